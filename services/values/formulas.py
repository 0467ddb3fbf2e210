"""Cells that a spreadsheet would run as formulas: marked on the way out, unmarked on the way in.

`unmarked(marked(text)) == text` for every text, so that an export read back is the identity.
"""

from __future__ import annotations

from typing import Final

MARK: Final = "'"
_STARTERS: Final = frozenset("=+-@\t\r\n＝＋－＠")


def could_be_formula(text: str) -> bool:
    """Whether a spreadsheet may take the cell for a formula, with or without marks or spaces in front."""
    if not text:
        return False
    bare = text.lstrip(MARK)
    return bare[:1] in _STARTERS or bare.lstrip()[:1] in _STARTERS


def marked(text: str) -> str:
    """The cell as it is written to a file: with one apostrophe more if it could be a formula."""
    return MARK + text if could_be_formula(text) else text


def unmarked(text: str) -> str:
    """The cell as it was before `marked`; an apostrophe of any other origin stays."""
    return text[1:] if text[:1] == MARK and could_be_formula(text) else text
