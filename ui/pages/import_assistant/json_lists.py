"""The lists that a JSON file holds at its top, found without reading the file into objects."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from services.records.fields import PLURALS, EntityKind

SEARCHED_BYTES: Final = 8 << 20
"""Lists that begin later are not found; such a file is read as the kind of record that was chosen."""
_TOKEN: Final = re.compile(rb'"(?:[^"\\\\]|\\\\.)*"|[\[\]{}]')
_KINDS: Final = {name.encode(): entity for entity, name in PLURALS.items()}


def lists_in(path: Path) -> tuple[EntityKind, ...]:
    """The kinds of record whose lists, not empty, stand under their names in an object; none for other files."""
    try:
        with path.open("rb") as file:
            data = file.read(SEARCHED_BYTES)
    except OSError:
        # Whoever reads the file next says why it cannot be read.
        return ()
    found: list[EntityKind] = []
    depth, named = 0, b""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return ()
    for token in _TOKEN.finditer(data):
        text = token.group()
        if text in (b"{", b"["):
            depth += 1
            if depth == 3 and named in _KINDS:
                found.append(_KINDS[named])
                named = b""
        elif text in (b"}", b"]"):
            depth -= 1
        elif depth == 1:
            named = text[1:-1]
    return tuple(dict.fromkeys(found))
