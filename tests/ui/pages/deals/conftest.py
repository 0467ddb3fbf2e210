"""A page of deals with a board of nine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import services.filtering.grammar  # noqa: F401 - its first import belongs to the start of the program
from tests.ui.pages.deals.stage import DealStage, deal_stage, make_board
from ui.theme.theme import Theme


@pytest.fixture
def empty_stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DealStage]:
    """A workspace without deals."""
    with deal_stage(qtbot, theme, tmp_path) as stage:
        yield stage


@pytest.fixture(scope="session")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with a board of nine deals."""
    return make_board(tmp_path_factory.mktemp("board"))


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path, board: Path) -> Iterator[DealStage]:
    """Nine deals in four open stages, one of them won this month."""
    with deal_stage(qtbot, theme, tmp_path, copy_of=board) as stage:
        yield stage
