"""What stands on the screen before the rest of the program is imported."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.session_state import SessionState
from ui.shell import Shell
from ui.theme.palettes import DARK, LIGHT
from ui.theme.tokens import Palette


@pytest.mark.parametrize(("theme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_shape_of_the_frame_is_painted_in_the_chosen_theme(
    qtbot: QtBot, tmp_path: Path, theme: str, palette: Palette[str]
) -> None:
    state = SessionState(tmp_path)
    state.set("appearance", "theme", theme)
    shell = Shell(state, shows_frame=True)
    qtbot.addWidget(shell)
    shell.resize(1440, 900)
    picture = shell.grab().toImage()
    assert picture.pixelColor(100, 400) == QColor(palette.canvas)
    assert picture.pixelColor(199, 400) == QColor(palette.line)
    assert picture.pixelColor(700, 20) == QColor(palette.surface)
    assert picture.pixelColor(700, 51) == QColor(palette.line)


def test_a_narrow_rail_is_painted_narrow(qtbot: QtBot, tmp_path: Path) -> None:
    state = SessionState(tmp_path)
    state.set("appearance", "theme", "light")
    state.set("window", "rail_collapsed", True)
    shell = Shell(state, shows_frame=True)
    qtbot.addWidget(shell)
    shell.resize(1440, 900)
    assert shell.grab().toImage().pixelColor(55, 400) == QColor(LIGHT.line)


def test_before_the_first_workspace_only_the_ground_is_painted(qtbot: QtBot, tmp_path: Path) -> None:
    state = SessionState(tmp_path)
    state.set("appearance", "theme", "light")
    shell = Shell(state, shows_frame=False)
    qtbot.addWidget(shell)
    shell.resize(1440, 900)
    picture = shell.grab().toImage()
    assert {picture.pixelColor(x, y).name() for x in range(0, 1440, 97) for y in range(0, 900, 97)} == {
        LIGHT.canvas.lower()
    }


def test_the_first_paint_is_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    shell = Shell(SessionState(tmp_path), shows_frame=True)
    qtbot.addWidget(shell)
    told: list[int] = []
    shell.painted.connect(lambda: told.append(1))
    shell.show()
    qtbot.waitUntil(lambda: told == [1])
    shell.repaint()
    qtbot.wait(1)
    assert told == [1]


@pytest.mark.parametrize("zoom", ["large", None, [], {"a": 1}, 99])
def test_a_zoom_that_makes_no_sense_does_not_keep_the_window_away(qtbot: QtBot, tmp_path: Path, zoom: object) -> None:
    state = SessionState(tmp_path)
    state.set("appearance", "zoom", zoom)
    shell = Shell(state, shows_frame=True)
    qtbot.addWidget(shell)
    shell.resize(1000, 700)
    assert not shell.grab().isNull()


def test_the_content_takes_the_whole_window(qtbot: QtBot, tmp_path: Path) -> None:
    shell = Shell(SessionState(tmp_path), shows_frame=True)
    qtbot.addWidget(shell)
    shell.resize(1000, 700)
    content = QLabel("content")
    shell.set_content(content)
    shell.show()
    assert content.size() == shell.size()
