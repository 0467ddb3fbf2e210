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
    capture: Callable[[], None]
    focus_search: Callable[[], None]
    undo: Callable[[], None]
    redo: Callable[[], None]
    rail: Callable[[], None]
    sheet: Callable[[], None]
    lock: Callable[[], None]
    quit: Callable[[], None]
    look: LookCommands


@dataclass(frozen=True, slots=True)
class LookCommands:
    """How the window looks on this laptop."""

    zoom_in: Callable[[], None]
    zoom_out: Callable[[], None]
    zoom_reset: Callable[[], None]
    mode: Callable[[], None]
    density: Callable[[], None]


def window_keys(commands: WindowCommands) -> list[ShortcutSection]:
    """Every key of the window with what it does."""
    return [
        ShortcutSection("go", translate("WindowKeys", "Go to"), _going(commands)),
        ShortcutSection("create", translate("WindowKeys", "Add from anywhere"), _creating(commands)),
        ShortcutSection("window", translate("WindowKeys", "Everywhere"), _everywhere(commands)),
    ]


def _going(commands: WindowCommands) -> tuple[Shortcut, ...]:
    return tuple(
        Shortcut(f"G, {line.letter}", line.title, partial(commands.navigate, Target(line.name)), line.icon)
        for line in NAVIGATION
    )


def _creating(commands: WindowCommands) -> tuple[Shortcut, ...]:
    texts = {
        "contacts": translate("WindowKeys", "New contact"),
        "companies": translate("WindowKeys", "New company"),
        "leads": translate("WindowKeys", "New lead"),
        "deals": translate("WindowKeys", "New deal"),
        "tasks": translate("WindowKeys", "New task"),
    }
    return tuple(
        Shortcut("", text, partial(commands.navigate, Target(page, argument="new")), "add", f"new-{page}")
        for page, text in texts.items()
    )


def _everywhere(commands: WindowCommands) -> tuple[Shortcut, ...]:
    look = commands.look
    settings = partial(commands.navigate, Target("settings"))
    return (
        Shortcut("Ctrl+K", translate("WindowKeys", "Search or run a command"), commands.palette, "search"),
        Shortcut("Ctrl+N", translate("WindowKeys", "Quick capture"), commands.capture, "add"),
        Shortcut("/", translate("WindowKeys", "Search on this page"), commands.focus_search, "search"),
        Shortcut("Ctrl+Z", translate("WindowKeys", "Undo"), commands.undo, "undo"),
        Shortcut("Ctrl+Shift+Z", translate("WindowKeys", "Redo"), commands.redo, "redo"),
        Shortcut("Ctrl+B", translate("WindowKeys", "Narrow or widen the rail"), commands.rail, "sidebar"),
        Shortcut("Ctrl++", translate("WindowKeys", "Larger"), look.zoom_in, "search"),
        Shortcut("Ctrl+-", translate("WindowKeys", "Smaller"), look.zoom_out, "search"),
        Shortcut("Ctrl+0", translate("WindowKeys", "Usual size"), look.zoom_reset, "search"),
        Shortcut("", translate("WindowKeys", "Light or dark"), look.mode, "appearance", "mode"),
        Shortcut("", translate("WindowKeys", "Compact or comfortable rows"), look.density, "table", "density"),
        Shortcut("Ctrl+,", translate("WindowKeys", "Settings"), settings, "settings"),
        Shortcut("Ctrl+Shift+L", translate("WindowKeys", "Lock"), commands.lock, "lock"),
        Shortcut("Ctrl+Q", translate("WindowKeys", "Quit"), commands.quit, "close"),
        Shortcut("?", translate("WindowKeys", "All shortcuts"), commands.sheet, "keyboard"),
    )
