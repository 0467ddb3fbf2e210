"""What is raised for a query that cannot be read: where, what, and what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable

from services.errors import InvalidValue
from services.records.fields import CUSTOM_PREFIX

_CLOSE_ENOUGH = 60.0
_SHOWN_CHARACTERS = 60


class UnreadableQuery(InvalidValue):
    """`position` counts characters from 0; `suggestion` is the nearest known word, or ""."""

    def __init__(self, fragment: str, predicate: str, hint: str, *, position: int, suggestion: str = "") -> None:
        shown = fragment if len(fragment) <= _SHOWN_CHARACTERS else fragment[: _SHOWN_CHARACTERS - 1] + "…"
        what = f"“{shown}” {predicate}" if shown else predicate
        advice = f"Did you mean “{suggestion}”? {hint}" if suggestion else hint
        super().__init__(f"{what} (character {position + 1})", advice, field="where")
        self.fragment = fragment
        self.position = position
        self.suggestion = suggestion


def nearest(text: str, known: Iterable[str]) -> str:
    """The known word that looks most like `text`, case and the prefix of custom fields aside; "" for none."""
    from rapidfuzz import fuzz, process

    words = {_bare(word): word for word in known}
    found = process.extractOne(_bare(text), list(words), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return words[found[0]] if found else ""


def _bare(word: str) -> str:
    return word.lower().removeprefix(CUSTOM_PREFIX)
