"""The frame around a page: rail, panel and top bar at the widths of the design."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.frame import Frame
from ui.navigation import NAVIGATION
from ui.session_state import SessionState
from ui.theme.theme import Theme
from ui.undisturbed import Undisturbed


@pytest.fixture
def frame(qtbot: QtBot, qapp: QApplication, theme: Theme, tmp_path: Path) -> Frame:
    """A frame with one page that has a panel."""
    frame = Frame(NAVIGATION, SessionState(tmp_path), Undisturbed(qapp))
    qtbot.addWidget(frame)
    frame.panel.place("contacts", QLabel("Anna Berg"))
    frame.panel.show_page("contacts")
    frame.resize(1440, 900)
    frame.show()
    return frame


def is_narrow(frame: Frame) -> bool:
    """Whether the rail shows icons only."""
    return frame.rail.is_collapsed


def test_the_rail_is_200_wide_and_56_when_narrow(frame: Frame) -> None:
    assert frame.rail.width() == 200
    frame.toggle_rail()
    assert frame.rail.width() == 56


def test_the_top_bar_is_52_high(frame: Frame) -> None:
    assert frame.top_bar.height() == 52


@pytest.mark.parametrize(("window", "panel"), [(1280, 360), (1359, 360), (1360, 400), (1440, 400), (1920, 480)])
def test_the_panel_is_as_wide_as_the_window_allows(frame: Frame, window: int, panel: int) -> None:
    frame.resize(window, 900)
    frame.panel.set_page_open("contacts", True)
    assert frame.panel.width() == panel


def test_in_a_narrow_window_the_rail_makes_room_for_the_panel_and_comes_back(frame: Frame) -> None:
    frame.resize(1280, 800)
    assert not is_narrow(frame)
    frame.panel.set_page_open("contacts", True)
    assert is_narrow(frame)
    frame.panel.set_page_open("contacts", False)
    assert not is_narrow(frame)


def test_a_rail_widened_beside_the_panel_stays_so_until_the_panel_closes(frame: Frame) -> None:
    frame.resize(1280, 800)
    frame.panel.set_page_open("contacts", True)
    frame.toggle_rail()
    assert not is_narrow(frame)
    frame.panel.set_page_open("contacts", False)
    frame.panel.set_page_open("contacts", True)
    assert is_narrow(frame)


def test_a_rail_that_made_room_is_not_remembered_as_narrow(frame: Frame, tmp_path: Path) -> None:
    frame.resize(1280, 800)
    frame.panel.set_page_open("contacts", True)
    assert not SessionState(tmp_path).get("window", "rail_collapsed", default=False)


def test_escape_closes_the_panel(frame: Frame, qtbot: QtBot) -> None:
    frame.panel.set_page_open("contacts", True)
    frame.pages._current = "contacts"
    qtbot.keyClick(frame, Qt.Key.Key_Escape)
    assert not frame.panel.is_open


def test_each_page_finds_its_panel_as_it_left_it(frame: Frame) -> None:
    frame.panel.set_page_open("contacts", True)
    frame.panel.show_page("settings")
    assert not frame.panel.is_open
    frame.panel.show_page("contacts")
    assert frame.panel.is_open


def test_a_page_without_a_panel_cannot_open_one(frame: Frame) -> None:
    frame.panel.show_page("settings")
    frame.panel.panel_of("settings").open()
    assert not frame.panel.is_open
    assert not frame.panel.panel_of("settings").is_open


def test_an_encrypted_workspace_carries_no_mark(frame: Frame) -> None:
    frame.top_bar.set_workspace(is_open=True, encrypted=True)
    assert frame.top_bar._plain.isHidden()
    assert frame.top_bar._read_only.isHidden()


def test_a_workspace_that_cannot_be_written_says_so(frame: Frame) -> None:
    frame.top_bar.set_workspace(is_open=True, read_only=True)
    assert not frame.top_bar._read_only.isHidden()


def test_the_sync_pill_explains_that_nothing_leaves_the_laptop(frame: Frame) -> None:
    frame.top_bar.sync.click()
    popover = frame.top_bar.popover
    assert popover is not None
    texts = " ".join(label.text() for label in popover.findChildren(QLabel))
    assert "nothing leaves it" in texts
    popover.close()
    assert frame.top_bar.popover is None
