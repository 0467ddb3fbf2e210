"""Names of files: what is kept of one, and what can safely be written to any disk."""

from __future__ import annotations

import unicodedata
from typing import Final

LONGEST_BYTES: Final = 200
"""Of 255 that file systems allow; the rest is for the program that copies."""

_FORBIDDEN: Final = frozenset('<>:"/\\|?*')
_DIGITS: Final = "123456789¹²³"
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"com{digit}" for digit in _DIGITS), *(f"lpt{digit}" for digit in _DIGITS)}
)
"""Windows opens a device under these names, with whatever ending (Naming Files, Paths, and Namespaces)."""


def kept_name(name: str) -> str:
    """A name as it is kept: NFC, in one line, without what cannot be seen or turns the reading round."""
    composed = unicodedata.normalize("NFC", name.encode("utf-8", "replace").decode())
    seen = "".join(" " if sign.isspace() else sign for sign in composed if sign.isspace() or sign.isprintable())
    return " ".join(seen.split())


def safe_name(name: str, fallback: str = "file") -> str:
    """A name under which a file can be written into a folder on any system, and never outside it."""
    plain = "".join("_" if sign in _FORBIDDEN else sign for sign in kept_name(name)).strip(" .") or fallback
    stem, dot, ending = plain.rpartition(".")
    if not dot:
        stem, ending = plain, ""
    if plain.split(".")[0].strip().lower() in _DEVICES:
        stem = f"_{stem}"
    ending = dot + _cut(ending, LONGEST_BYTES // 4)
    return _cut(stem, LONGEST_BYTES - len(ending.encode())) + ending


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore").rstrip(" .")
