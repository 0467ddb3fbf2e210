"""The table of keys that hold on every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication

from ui.navigation import NAVIGATION
from ui.pages import Shortcut, Target
from ui.shortcuts import ShortcutSection

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class WindowCommands:
    """What the keys of the window do."""

    navigate: Callable[[Target], None]
    palette: Callable[[], None]
    focus_search: Callable[[], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    rail: Callable[[], None]
    sheet: Callable[[], None]
    lock: Callable[[], None]
    quit: Callable[[], None]


def window_keys(commands: WindowCommands) -> list[ShortcutSection]:
    """Every key of the window with what it does."""
    go = [
        Shortcut(f"G, {line.letter}", line.title, partial(commands.navigate, Target(line.name))) for line in NAVIGATION
    ]
    go.append(Shortcut("Ctrl+,", translate("WindowKeys", "Settings"), partial(commands.navigate, Target("settings"))))
    everywhere = (
        Shortcut("Ctrl+K", translate("WindowKeys", "Search or run a command"), commands.palette),
        Shortcut("/", translate("WindowKeys", "Search on this page"), commands.focus_search),
        Shortcut("Ctrl+Z", translate("WindowKeys", "Undo"), commands.undo),
        Shortcut("Ctrl+Shift+Z", translate("WindowKeys", "Redo"), commands.redo),
        Shortcut("Ctrl+B", translate("WindowKeys", "Narrow or widen the rail"), commands.rail),
        Shortcut("Ctrl+Shift+L", translate("WindowKeys", "Lock"), commands.lock),
        Shortcut("Ctrl+Q", translate("WindowKeys", "Quit"), commands.quit),
        Shortcut("?", translate("WindowKeys", "All shortcuts"), commands.sheet),
    )
    return [
        ShortcutSection(translate("WindowKeys", "Go to"), tuple(go)),
        ShortcutSection(translate("WindowKeys", "Everywhere"), everywhere),
    ]
