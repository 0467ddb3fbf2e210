"""Tags: several in one cell, parted as programs part them."""

from __future__ import annotations

from typing import Final

from services.values.text import clean

SEPARATORS: Final = (" ::: ", ";", ",")
# Google marks the groups it made itself with an asterisk; these two say nothing about a person.
_SYSTEM_GROUPS: Final = frozenset(["* mycontacts", "* starred"])


def split_tags(text: str, separator: str = "") -> tuple[str, ...]:
    """The tags in a cell, each once, in order; with no separator given " ::: ", ";" and "," are tried."""
    if not separator:
        separator = next((mark for mark in SEPARATORS if mark in text), ",")
    tags: dict[str, str] = {}
    for piece in text.split(separator):
        tag = clean(piece)
        if tag.lower() in _SYSTEM_GROUPS:
            continue
        tag = tag[2:] if tag[:2] == "* " else tag.lstrip("#")
        if tag:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())
