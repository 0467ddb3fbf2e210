"""What the user can run now, as the palette and the sheet of keys show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence


@dataclass(frozen=True, slots=True)
class KeyName:
    """A command by where it holds and the key it came with; stays the same when the key is another or none.

    `section` is a page's name or one of `EVERYWHERE`; `command` is the key as Qt spells it, or a word for a
    command that came without a key.
    """

    section: str
    command: str


@dataclass(frozen=True, slots=True)
class Command:
    """What can be run now, as the palette and the sheet show it; `run` is None where a widget takes the key.

    `place` is what the section is called, `keys` the key that holds now, empty for none.
    """

    name: KeyName
    place: str
    text: str
    keys: str
    icon: str
    run: Callable[[], None] | None


def key_caps(keys: str) -> tuple[str, ...]:
    """The caps of a key as Qt spells it: `Ctrl+Shift+Z` has three, `G, C` has two."""
    caps: list[str] = []
    for press in QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText).split(", "):
        # The plus key itself is spelled `+`, or `Ctrl++` with a modifier.
        parts = [*press[:-1].split("+")[:-1], "+"] if press.endswith("+") else press.split("+")
        caps += [part for part in parts if part]
    return tuple(caps)
