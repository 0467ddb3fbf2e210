"""Yes and no in the languages people's lists are written in."""

from __future__ import annotations

from typing import Final

from services.values.text import fold, listed
from services.values.unreadable import UnreadableValue

_YES: Final = listed("yes y true t 1 on x ja j wahr an ein oui o vrai si s verdadero vero waar aan tak sim hai da jo")
_NO: Final = listed("no n false f 0 off nein falsch aus non faux falso nee onwaar uit nie nao nej ei")
_SIGNS: Final = {"✓": True, "✔": True, "☑": True, "✅": True, "✗": False, "✘": False, "☐": False, "❌": False}


def parse_bool(text: str) -> bool:
    """Yes or no; raises UnreadableValue for anything else."""
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    sign = _SIGNS.get(text.strip().rstrip("\ufe0f"))
    if sign is None:
        raise UnreadableValue(text, "is neither yes nor no", "Write yes or no.")
    return sign
