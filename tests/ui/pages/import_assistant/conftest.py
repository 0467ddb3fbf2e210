"""The import assistant on an empty workspace."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.pages.import_assistant.stage import Stage, stage_for
from ui.theme.theme import Theme


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Stage]:
    """The page, not opened yet."""
    with stage_for(qtbot, theme, tmp_path) as stage:
        yield stage
