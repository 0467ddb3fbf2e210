"""The keys of the window: one table of global ones, the page in front adds its own, `?` shows both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.commands import Command, KeyName
from ui.key_map import EVERYWHERE, FIXED, KeyMap, in_the_way
from ui.pages import Shortcut

GO_SECTION = "go"


@dataclass(frozen=True, slots=True)
class ShortcutSection:
    """Keys that belong together on the sheet; `name` is a page's name or one of `key_map.EVERYWHERE`."""

    name: str
    title: str
    shortcuts: tuple[Shortcut, ...]


class Shortcuts(QObject):
    """Binds keys on a window; letters do not fire while somebody types, because editors take them first."""

    def __init__(self, window: QWidget, key_map: KeyMap) -> None:
        super().__init__(window)
        self._window = window
        self.key_map = key_map
        self._global: list[QShortcut] = []
        self._of_page: list[QShortcut] = []
        self._sections: list[ShortcutSection] = []
        self._page_section: ShortcutSection | None = None
        self._enabled = True
        key_map.keys_changed.connect(self._bind_again)

    def set_global(self, sections: Sequence[ShortcutSection]) -> None:
        """Bind the keys that always hold."""
        _drop(self._global)
        self._sections = list(sections)
        self._global = [made for section in sections for made in self._bound(section)]

    def set_page(self, name: str, title: str, shortcuts: Sequence[Shortcut]) -> None:
        """Bind the keys of the page that is in front now, in place of those of the one before."""
        _drop(self._of_page)
        self._page_section = ShortcutSection(name, title, tuple(shortcuts)) if shortcuts else None
        self._of_page = self._bound(self._page_section) if self._page_section else []

    def set_enabled(self, enabled: bool) -> None:
        """Keys are deaf while something covers the window, and while it is locked."""
        self._enabled = enabled
        for shortcut in self._global + self._of_page:
            shortcut.setEnabled(enabled)

    def sections(self) -> list[tuple[str, list[Command]]]:
        """What the sheet shows: the keys of the page in front, then those that always hold, each under its title."""
        first = [self._page_section] if self._page_section else []
        return [(section.title, self._commands_of(section)) for section in (*first, *self._sections)]

    def commands(self) -> list[Command]:
        """Everything that can be run now, the page's first; going to a page is told by the navigation."""
        first = [self._page_section] if self._page_section else []
        sections = (section for section in (*first, *self._sections) if section.name != GO_SECTION)
        return [command for section in sections for command in self._commands_of(section) if command.run]

    def obstacle(self, name: KeyName, keys: str) -> str:
        """What stands in the way of a key for a command: what already holds it here, empty when nothing does."""
        if keys in FIXED:
            return keys
        for _title, commands in self.sections():
            for command in commands:
                if command.name != name and in_the_way(keys, [command.keys]):
                    return command.text
        return ""

    def keys(self, section: str, default: str) -> str:
        """The key that holds now for a command that came with `default`."""
        return self.key_map.keys(KeyName(section, default), default)

    def _commands_of(self, section: ShortcutSection) -> list[Command]:
        place = "" if section.name in EVERYWHERE else section.title
        return [
            Command(name, place, shortcut.text, self.key_map.keys(name, shortcut.keys), shortcut.icon, shortcut.run)
            for shortcut in section.shortcuts
            for name in (_name(section, shortcut),)
        ]

    def _bind_again(self) -> None:
        page = self._page_section
        self.set_global(self._sections)
        if page is not None:
            self.set_page(page.name, page.title, page.shortcuts)

    def _bound(self, section: ShortcutSection) -> list[QShortcut]:
        made = []
        for command in self._commands_of(section):
            if command.run is not None and command.keys:
                bound = QShortcut(self._window)
                bound.setKeys(_presses(command.keys))
                bound.activated.connect(command.run)
                # One press can match both ways of writing the same key.
                bound.activatedAmbiguously.connect(command.run)
                bound.setEnabled(self._enabled)
                made.append(bound)
        return made


def _name(section: ShortcutSection, shortcut: Shortcut) -> KeyName:
    return KeyName(section.name, shortcut.keys or shortcut.name)


def _presses(keys: str) -> list[QKeySequence]:
    """A sign that is typed with Shift on some keyboards is bound with and without it: not every platform does so."""
    with_shift = len(keys) == 1 and not keys.isalnum()
    return [QKeySequence(keys), QKeySequence(f"Shift+{keys}")] if with_shift else [QKeySequence(keys)]


def _drop(shortcuts: list[QShortcut]) -> None:
    for shortcut in shortcuts:
        shortcut.setEnabled(False)
        shortcut.deleteLater()
    shortcuts.clear()
