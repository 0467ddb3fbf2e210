"""A page of tasks on a real workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.tasks.stage import TaskStage
from ui.theme.theme import Theme


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[TaskStage]:
    """The page of tasks over an empty workspace, with its panel beside it."""
    made = TaskStage(qtbot, theme, tmp_path)
    try:
        yield made
    finally:
        made.close()
