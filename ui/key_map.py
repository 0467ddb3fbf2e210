"""Which key runs a command on this laptop: the one the program came with, or the one the user chose instead."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from ui.commands import KeyName
from ui.session_state import SessionState

STATE_GROUP: Final = "keys"
EVERYWHERE: Final = frozenset({"go", "window", "create"})
"""The sections whose keys hold on every page; any other name is that of a page."""

FIXED: Final = frozenset({"Return", "Enter", "Esc", "Tab", "Space", "Up", "Down", "Left", "Right", "Ctrl+A", "Ctrl+C"})
"""Keys that lists, fields and dialogs take for themselves."""


class KeyMap(QObject):
    """The user's choices over the keys the program came with."""

    #: A key is another one now.
    keys_changed = Signal()

    def __init__(self, state: SessionState) -> None:
        super().__init__()
        self._state = state
        kept = state.get(STATE_GROUP, "chosen", {})
        self._chosen: dict[KeyName, str] = {}
        for name, keys in kept.items() if isinstance(kept, dict) else ():
            section, _slash, command = str(name).partition("/")
            if command and (keys == "" or normal(str(keys))):
                self._chosen[KeyName(section, command)] = normal(str(keys))

    @property
    def is_changed(self) -> bool:
        """Whether the user chose any key."""
        return bool(self._chosen)

    def keys(self, name: KeyName, default: str) -> str:
        """The key of a command as Qt spells it; empty when it has none."""
        return self._chosen.get(name, default)

    def is_chosen(self, name: KeyName) -> bool:
        """Whether the key of a command is the user's choice."""
        return name in self._chosen

    def choose(self, name: KeyName, keys: str) -> None:
        """Run a command by another key from now on; by none where `keys` is empty."""
        self._chosen[name] = normal(keys)
        self._keep()

    def reset(self, name: KeyName) -> None:
        """Give a command its own key back."""
        if self._chosen.pop(name, None) is not None:
            self._keep()

    def reset_all(self) -> None:
        """Give every command its own key back."""
        self._chosen.clear()
        self._keep()

    def _keep(self) -> None:
        chosen = {f"{name.section}/{name.command}": keys for name, keys in self._chosen.items()}
        self._state.set(STATE_GROUP, "chosen", chosen)
        self._state.save()
        self.keys_changed.emit()


def normal(keys: str) -> str:
    """A key as Qt spells it, the same for every way of writing it; empty when it is none."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def in_the_way(keys: str, others: Iterable[str]) -> str:
    """The first of other keys that would make `keys` ambiguous: the same one, or one that begins the other."""
    wanted = QKeySequence(keys)
    for other in others:
        match = QKeySequence(other)
        if other and (
            wanted.matches(match) != QKeySequence.SequenceMatch.NoMatch
            or match.matches(wanted) != QKeySequence.SequenceMatch.NoMatch
        ):
            return other
    return ""
