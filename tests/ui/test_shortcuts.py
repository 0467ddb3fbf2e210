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
from ui.navigation import NAVIGATION
from ui.pages import Shortcut, Target
from ui.shortcuts import Shortcuts, ShortcutSection, key_caps

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


def test_a_key_runs_what_it_is_bound_to(window: QWidget, qtbot: QtBot) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window)
    shortcuts.set_global([ShortcutSection("All", (Shortcut("Ctrl+K", "Search", lambda: ran.append("search")),))])
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    assert ran == ["search"]


def test_a_letter_does_not_fire_while_somebody_types(window: QWidget, qtbot: QtBot) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window)
    shortcuts.set_page("Page", [Shortcut("E", "Edit", lambda: ran.append("edit"))])
    field = window.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_E)
    assert (ran, field.text()) == ([], "e")


def test_keys_of_a_page_go_with_it(window: QWidget, qtbot: QtBot) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window)
    shortcuts.set_page("Contacts", [Shortcut("E", "Edit", lambda: ran.append("contact"))])
    shortcuts.set_page("Companies", [Shortcut("E", "Edit", lambda: ran.append("company"))])
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == ["company"]
    assert [section.title for section in shortcuts.sections()] == ["Companies"]


def test_deaf_keys_do_nothing_and_hear_again(window: QWidget, qtbot: QtBot) -> None:
    ran: list[str] = []
    shortcuts = Shortcuts(window)
    shortcuts.set_global([ShortcutSection("All", (Shortcut("Ctrl+K", "Search", lambda: ran.append("search")),))])
    shortcuts.set_enabled(False)
    shortcuts.set_page("Page", [Shortcut("E", "Edit", lambda: ran.append("edit"))])
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == []
    shortcuts.set_enabled(True)
    qtbot.keyClick(window, Qt.Key.Key_E)
    assert ran == ["edit"]


def test_a_key_without_a_command_is_only_listed(window: QWidget) -> None:
    shortcuts = Shortcuts(window)
    shortcuts.set_page("Page", [Shortcut("Space", "Preview")])
    assert shortcuts.sections()[0].shortcuts[0].text == "Preview"
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
                QKeySequence(shortcut.keys).toString()
                for section in running.window.shortcuts.sections()
                for shortcut in section.shortcuts
                if shortcut.run is not None
            ]
            assert len(bound) == len(set(bound)), line.name
