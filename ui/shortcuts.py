"""The keys of the window: one table of global ones, the page in front adds its own, `?` shows both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.pages import Shortcut


@dataclass(frozen=True, slots=True)
class ShortcutSection:
    """Keys that belong together on the sheet."""

    title: str
    shortcuts: tuple[Shortcut, ...]


def key_caps(keys: str) -> tuple[str, ...]:
    """The caps of a key as Qt spells it: `Ctrl+Shift+Z` has three, `G, C` has two."""
    caps: list[str] = []
    for press in QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText).split(", "):
        # The plus key itself is spelled `+`, or `Ctrl++` with a modifier.
        parts = [*press[:-1].split("+")[:-1], "+"] if press.endswith("+") else press.split("+")
        caps += [part for part in parts if part]
    return tuple(caps)


class Shortcuts(QObject):
    """Binds keys on a window; letters do not fire while somebody types, because editors take them first."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._global: list[QShortcut] = []
        self._of_page: list[QShortcut] = []
        self._sections: list[ShortcutSection] = []
        self._page_section: ShortcutSection | None = None
        self._enabled = True

    def set_global(self, sections: Sequence[ShortcutSection]) -> None:
        """Bind the keys that always hold."""
        _drop(self._global)
        self._sections = list(sections)
        self._global = [made for section in sections for made in self._bound(section)]

    def set_page(self, title: str, shortcuts: Sequence[Shortcut]) -> None:
        """Bind the keys of the page that is in front now, in place of those of the one before."""
        _drop(self._of_page)
        self._page_section = ShortcutSection(title, tuple(shortcuts)) if shortcuts else None
        self._of_page = self._bound(self._page_section) if self._page_section else []

    def set_enabled(self, enabled: bool) -> None:
        """Keys are deaf while something covers the window, and while it is locked."""
        self._enabled = enabled
        for shortcut in self._global + self._of_page:
            shortcut.setEnabled(enabled)

    def sections(self) -> list[ShortcutSection]:
        """What the sheet shows: the keys of the page in front, then those that always hold."""
        first = [self._page_section] if self._page_section else []
        return [*first, *self._sections]

    def _bound(self, section: ShortcutSection) -> list[QShortcut]:
        made = []
        for shortcut in section.shortcuts:
            if shortcut.run is not None:
                bound = QShortcut(self._window)
                bound.setKeys(_presses(shortcut.keys))
                bound.activated.connect(shortcut.run)
                # One press can match both ways of writing the same key.
                bound.activatedAmbiguously.connect(shortcut.run)
                bound.setEnabled(self._enabled)
                made.append(bound)
        return made


def _presses(keys: str) -> list[QKeySequence]:
    """A sign that is typed with Shift on some keyboards is bound with and without it: not every platform does so."""
    with_shift = len(keys) == 1 and not keys.isalnum()
    return [QKeySequence(keys), QKeySequence(f"Shift+{keys}")] if with_shift else [QKeySequence(keys)]


def _drop(shortcuts: list[QShortcut]) -> None:
    for shortcut in shortcuts:
        shortcut.setEnabled(False)
        shortcut.deleteLater()
    shortcuts.clear()
