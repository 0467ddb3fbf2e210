"""People with the parts they play as one text: "anna@almeda.example (champion); berg@almeda.example"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from services.values.lists import joined_list, split_list
from services.values.text import fold

_WITH_PART: Final = re.compile(r"(?P<key>.+?)\s*\((?P<part>[^()]*)\)")


def split_people(text: str) -> list[tuple[str, str]]:
    """Each person's key with the part, "" where none is told; of "Anna Berg (anna@berg.example)" the address."""
    found: dict[str, str] = {}
    for piece in split_list(text):
        match = _WITH_PART.fullmatch(piece)
        key, part = (match["key"], match["part"].strip()) if match else (piece, "")
        if "@" in part and "@" not in key:
            key, part = part, ""
        found[key] = found.get(key) or part
    return list(found.items())


def joined_people(people: Iterable[tuple[str, str]]) -> str:
    """The people as one text, which `split_people` takes apart again."""
    return joined_list(f"{key} ({part})" if part else key for key, part in people)


def known_part(part: str, parts: Iterable[str]) -> str:
    """A part as this program names it where it knows it, else as it was told."""
    return next((known for known in parts if fold(known) == fold(part)), part)
