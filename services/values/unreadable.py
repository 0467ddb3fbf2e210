"""The one error of this package: a text that cannot be read as what its field holds."""

from __future__ import annotations

from services.errors import InvalidValue

SHOWN_CHARACTERS = 60


class UnreadableValue(InvalidValue):
    """A text that is not a value of its kind; `predicate` completes the sentence "“31.02.2026” ..."."""

    def __init__(self, value: str, predicate: str, hint: str, *, field: str = "") -> None:
        shown = value if len(value) <= SHOWN_CHARACTERS else value[: SHOWN_CHARACTERS - 1] + "…"
        super().__init__(f"“{shown}” {predicate}", hint, field=field)
        self.value = value
        self.predicate = predicate
        self.hint = hint

    def at(self, field: str) -> UnreadableValue:
        """The same finding, naming the field it was found in."""
        return UnreadableValue(self.value, self.predicate, self.hint, field=field)
