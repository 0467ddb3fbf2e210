"""The table of keys: bound, shown, deaf when it must be, and without a key that stands for two things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.running import make_workspace, started
from ui.commands import KeyName, key_caps
from ui.key_map import KeyMap
from ui.navigation import NAVIGATION
from ui.pages import Shortcut, Target
from ui.session_state import SessionState
from ui.shortcuts import Shortcuts, ShortcutSection

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    """An active window with a field to type in."""
    window = QWidget()
    QVBoxLayout(window).addWidget(QLineEdit())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.setFocus()
    yield window


@pytest.mark.parametrize(
    ("keys", "caps"),
    [
        ("E", ("E",)),
        ("Ctrl+K", ("Ctrl", "K")),
        ("Ctrl+Shift+Z", ("Ctrl", "Shift", "Z")),
        ("G, C", ("G", "C")),
        ("Ctrl+,", ("Ctrl", ",")),
        ("?", ("?",)),
        ("Ctrl++", ("Ctrl", "+")),
    ],
)
def test_a_key_is_shown_cap_by_cap(keys: str, caps: tuple[str, ...]) -> None:
    assert key_caps(keys) == caps


def test_a_key_runs_what_it_is_bound_to(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window, KeyMap(SessionState(tmp_path)))
    shortcuts.set_global(
        [ShortcutSection("window", "All", (Shortcut("Ctrl+K", "Search", lambda: ran.append("search")),))]
    )
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert ran == ["search"]


def test_a_letter_does_not_fire_while_somebody_types(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window, KeyMap(SessionState(tmp_path)))
    shortcuts.set_page("page", "Page", [Shortcut("E", "Edit", lambda: ran.append("edit"))])
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_E)
    assert (ran, field.text()) == ([], "e")


def test_keys_of_a_page_go_with_it(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window, KeyMap(SessionState(tmp_path)))
    shortcuts.set_page("contacts", "Contacts", [Shortcut("E", "Edit", lambda: ran.append("contact"))])
    shortcuts.set_page("companies", "Companies", [Shortcut("E", "Edit", lambda: ran.append("company"))])
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == ["company"]
    assert [title for title, _commands in shortcuts.sections()] == ["Companies"]


def test_deaf_keys_do_nothing_and_hear_again(window: QWidget, qtbot: QtBot, tmp_path: Path) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window, KeyMap(SessionState(tmp_path)))
    shortcuts.set_global(
        [ShortcutSection("window", "All", (Shortcut("Ctrl+K", "Search", lambda: ran.append("search")),))]
    )
    shortcuts.set_enabled(False)
    shortcuts.set_page("page", "Page", [Shortcut("E", "Edit", lambda: ran.append("edit"))])
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == []
    shortcuts.set_enabled(True)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == ["edit"]


def test_a_key_without_a_command_is_only_listed(window: QWidget, tmp_path: Path) -> None:
    shortcuts = Shortcuts(window, KeyMap(SessionState(tmp_path)))
    shortcuts.set_page("page", "Page", [Shortcut("Space", "Preview")])
    assert shortcuts.sections()[0][1][0].text == "Preview"
    assert shortcuts.commands() == []
    assert shortcuts._of_page == []


def test_no_key_stands_for_two_things_on_any_page(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        for line in NAVIGATION:
            running.window.navigate(Target(line.name))
            running.wait(lambda name=line.name: running.window.frame.pages.current_name == name)  # type: ignore[misc]
            running.settle()
            bound = [
                QKeySequence(command.keys).toString()
                for _title, commands in running.window.shortcuts.sections()
                for command in commands
                if command.run is not None and command.keys
            ]
            assert len(bound) == len(set(bound)), line.name


def do_nothing() -> None:
    """A command that is only named."""


@pytest.fixture
def key_map(tmp_path: Path) -> KeyMap:
    """Keys as the program came with them."""
    return KeyMap(SessionState(tmp_path))


def test_another_key_runs_a_command_and_the_old_one_does_not(window: QWidget, qtbot: QtBot, key_map: KeyMap) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window, key_map)
    shortcuts.set_page("page", "Page", [Shortcut("E", "Edit", lambda: ran.append("edit"))])
    key_map.choose(KeyName("page", "E"), "ctrl+j")
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == []
    qtbot.keyClick(window, Qt.Key.Key_J, CONTROL)
    assert ran == ["edit"]
    assert [command.keys for command in shortcuts.commands()] == ["Ctrl+J"]


def test_a_chosen_key_is_there_at_the_next_start_until_it_is_reset(tmp_path: Path) -> None:
    name = KeyName("window", "Ctrl+K")
    KeyMap(SessionState(tmp_path)).choose(name, "Ctrl+P")
    again = KeyMap(SessionState(tmp_path))
    assert again.keys(name, "Ctrl+K") == "Ctrl+P"
    again.reset(name)
    assert KeyMap(SessionState(tmp_path)).keys(name, "Ctrl+K") == "Ctrl+K"


@pytest.mark.parametrize("kept", ["nonsense", ["Ctrl+K"], {"nosection": "A"}, {"window/Ctrl+K": "No such key"}])
def test_kept_keys_that_make_no_sense_are_left_out(tmp_path: Path, kept: object) -> None:
    state = SessionState(tmp_path)
    state.set("keys", "chosen", kept)
    assert not KeyMap(state).is_changed


@pytest.mark.parametrize(
    ("keys", "in_the_way"),
    [
        ("Ctrl+P", ""),
        ("Ctrl+K", "Search"),
        ("E", "Edit"),
        ("G", "Contacts"),
        ("G, C", "Contacts"),
        ("G, X", ""),
        ("Return", "Return"),
        ("E, E", "Edit"),
    ],
)
def test_a_key_that_is_taken_or_begins_another_is_refused(
    window: QWidget, key_map: KeyMap, keys: str, in_the_way: str
) -> None:
    shortcuts = Shortcuts(window, key_map)
    shortcuts.set_global(
        [
            ShortcutSection("go", "Go to", (Shortcut("G, C", "Contacts", do_nothing),)),
            ShortcutSection("window", "All", (Shortcut("Ctrl+K", "Search", do_nothing),)),
        ]
    )
    shortcuts.set_page("page", "Page", [Shortcut("E", "Edit", do_nothing), Shortcut("N", "New", do_nothing)])
    assert shortcuts.obstacle(KeyName("page", "N"), keys) == in_the_way


def test_a_command_may_have_no_key_and_take_one(window: QWidget, qtbot: QtBot, key_map: KeyMap) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window, key_map)
    named = Shortcut("", "New deal", lambda: ran.append("new"), name="new-deals")
    shortcuts.set_global([ShortcutSection("create", "Add", (named,))])
    assert [command.keys for command in shortcuts.commands()] == [""]
    key_map.choose(KeyName("create", "new-deals"), "Ctrl+D")
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)
    assert ran == ["new"]
