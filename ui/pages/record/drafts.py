"""Half-typed text, kept while the panel shows another record, until it is saved or dropped."""

from collections.abc import Hashable
from typing import Generic, TypeVar

Typed = TypeVar("Typed")


class Drafts(Generic[Typed]):
    """One draft a place; a place is a record id, or None for a record that is not made yet."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Typed] = {}

    def keep(self, place: Hashable, typed: Typed | None) -> None:
        """Keep what was typed; None forgets it."""
        if typed is None:
            self._kept.pop(place, None)
        else:
            self._kept[place] = typed

    def get(self, place: Hashable) -> Typed | None:
        """What was typed there and not finished."""
        return self._kept.get(place)
