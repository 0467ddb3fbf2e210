"""Which parts of two texts differ, word by word; an address differs before its @ or after it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_PARTS: Final = re.compile(r"[\s,;]+|@?[^\s,;@]+|@")
_GAP: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; `differs` says that the other text does not have it."""

    text: str
    differs: bool


def marked(text: str, other: str) -> tuple[Part, ...]:
    """A text in pieces, those marked that the other lacks; none is marked where the two share no word."""
    pieces = _PARTS.findall(text)
    known = {piece.casefold() for piece in _PARTS.findall(other) if not _GAP.fullmatch(piece)}
    own = [not _GAP.fullmatch(piece) and piece.casefold() not in known for piece in pieces]
    words = [not _GAP.fullmatch(piece) for piece in pieces]
    if not any(own) or sum(own) == sum(words):
        return (Part(text, differs=False),)
    return tuple(Part(piece, differs) for piece, differs in zip(pieces, own, strict=True))
