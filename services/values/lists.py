"""Several values of one field as one text: "a.example; b.example"."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from services.values.text import clean

MARK: Final = ";"


def split_list(text: str) -> list[str]:
    """The values in a text, each once, in order."""
    return list(dict.fromkeys(piece for piece in map(clean, text.split(MARK)) if piece))


def joined_list(values: Iterable[str]) -> str:
    """The values as one text, which `split_list` takes apart again."""
    return f"{MARK} ".join(values)
