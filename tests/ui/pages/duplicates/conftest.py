"""The page of duplicates with two pairs of contacts and one of companies."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.duplicates.stage import DuplicatesStage, duplicates_stage, make_doubles
from ui.theme.theme import Theme


@pytest.fixture
def empty_stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DuplicatesStage]:
    """A workspace without records."""
    with duplicates_stage(qtbot, theme, tmp_path) as stage:
        yield stage


@pytest.fixture(scope="session")
def doubles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with three pairs."""
    return make_doubles(tmp_path_factory.mktemp("doubles"))


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path, doubles: Path) -> Iterator[DuplicatesStage]:
    """Two pairs of contacts, one pair of companies."""
    with duplicates_stage(qtbot, theme, tmp_path, copy_of=doubles) as stage:
        yield stage
