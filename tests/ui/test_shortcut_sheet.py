"""The sheet of keys: read, gone through and changed by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.running import Started, make_workspace, started
from ui.commands import KeyName
from ui.key_button import KeyButton
from ui.widgets.label import Label

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SEARCH = KeyName("window", "Ctrl+K")


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path) -> Iterator[Started]:
    """A window with the contacts in front and the sheet open."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        running.press(Qt.Key.Key_Question, SHIFT)
        yield running


def button_of(running: Started, name: KeyName) -> KeyButton:
    """The key of one command on the sheet as it is now."""
    found = [button for button in running.window.sheet.findChildren(KeyButton) if button.command.name == name]
    return found[-1]


def said(running: Started) -> str:
    """Every sentence of the sheet."""
    return "\n".join(label.text() for label in running.window.sheet.findChildren(Label) if label.isVisible())


def press_new(running: Started, qtbot: QtBot, name: KeyName, *presses: tuple[Qt.Key, Qt.KeyboardModifier]) -> None:
    """Change a key: press its button, then the presses of the new one."""
    button = button_of(running, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert button.is_catching
    for key, modifiers in presses:
        qtbot.keyClick(button, key, modifiers)
    qtbot.waitUntil(lambda: button_of(running, name) is not button or not button.is_catching, timeout=3000)


def test_a_key_is_changed_by_pressing_another_one(running: Started, qtbot: QtBot) -> None:
    press_new(running, qtbot, SEARCH, (Qt.Key.Key_P, CONTROL))
    qtbot.waitUntil(lambda: "is Ctrl P now" in said(running))
    running.press(Qt.Key.Key_Escape)
    running.press(Qt.Key.Key_P, CONTROL)
    palette = running.window.palette_overlay
    assert palette is not None and palette.is_open
    assert running.window.frame.top_bar.search.accessibleDescription() == "Ctrl P"


def test_a_key_that_is_taken_is_refused_with_what_holds_it(running: Started, qtbot: QtBot) -> None:
    press_new(running, qtbot, SEARCH, (Qt.Key.Key_Z, CONTROL))
    qtbot.waitUntil(lambda: "Ctrl Z is taken: Undo" in said(running))
    assert not running.window.shortcuts.key_map.is_changed


def test_two_presses_are_one_key(running: Started, qtbot: QtBot) -> None:
    none = Qt.KeyboardModifier.NoModifier
    press_new(running, qtbot, SEARCH, (Qt.Key.Key_G, none), (Qt.Key.Key_F, none))
    qtbot.waitUntil(lambda: running.window.shortcuts.keys("window", "Ctrl+K") == "G, F")


def test_escape_keeps_the_old_key_and_the_sheet_open(running: Started, qtbot: QtBot) -> None:
    press_new(running, qtbot, SEARCH, (Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier))
    assert running.window.sheet.is_open
    assert not running.window.shortcuts.key_map.is_changed


def test_delete_takes_a_key_away_and_all_are_given_back(running: Started, qtbot: QtBot) -> None:
    press_new(running, qtbot, SEARCH, (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier))
    qtbot.waitUntil(lambda: "has no key now" in said(running))
    running.window.sheet.reset.click()
    qtbot.waitUntil(lambda: "own key again" in said(running))
    assert running.window.shortcuts.keys("window", "Ctrl+K") == "Ctrl+K"


def test_the_keyboard_reaches_every_key_of_the_sheet(running: Started, qtbot: QtBot) -> None:
    sheet = running.window.sheet
    reached = set()
    for _step in range(200):
        qtbot.keyClick(sheet.focusWidget() or sheet, Qt.Key.Key_Down)
        focused = sheet.focusWidget()
        assert isinstance(focused, KeyButton)
        if focused.command.name in reached:
            break
        reached.add(focused.command.name)
    assert reached == {
        command.name for _title, commands in running.window.shortcuts.sections() for command in commands if command.run
    }
