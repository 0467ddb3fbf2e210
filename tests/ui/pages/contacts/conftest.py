"""A page of contacts with a handful of people."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import services.filtering.grammar  # noqa: F401 - its first import belongs to the start of the program
from tests.ui.pages.record.stage import Stage, make_people, stage_for
from ui.theme.theme import Theme


@pytest.fixture
def empty_stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """A workspace without anybody."""
    with stage_for(qtbot, theme, tmp_path) as stage:
        yield stage


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with five people."""
    return make_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path, people: Path) -> Iterator[Stage]:
    """Five people; Anna was called today, Karim written to long ago."""
    with stage_for(qtbot, theme, tmp_path, copy_of=people) as stage:
        yield stage
