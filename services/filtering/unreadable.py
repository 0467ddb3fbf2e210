"""What is raised for a query that cannot be read: where, what, and what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable

from services.errors import InvalidValue

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
    """The known word that looks most like `text`, or "" when none does."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(text.lower(), list(known), scorer=fuzz.ratio, score_cutoff=_CLOSE_ENOUGH)
    return str(found[0]) if found else ""
