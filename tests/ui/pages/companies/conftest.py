"""A page of companies with those that five people work for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import services.filtering.grammar  # noqa: F401 - its first import belongs to the start of the program
from services.records.fields import EntityKind
from tests.ui.pages.record.stage import Stage, make_people, stage_for
from ui.theme.theme import Theme


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with five people and their two companies."""
    return make_people(tmp_path_factory.mktemp("people"))


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path, people: Path) -> Iterator[Stage]:
    """The page of companies."""
    with stage_for(qtbot, theme, tmp_path, EntityKind.COMPANY, copy_of=people) as stage:
        yield stage
