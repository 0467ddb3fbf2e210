"""Counts what a csv file of a kind of record has no place for, so that nobody loses it without knowing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from services.records.fields import EntityKind
from services.records.people import RecordCard

Test = Callable[[RecordCard], bool]


def _has_more_roles(card: RecordCard) -> bool:
    return any(not role.is_primary or role.role or role.started_on or role.ended_on for role in card.roles)


def _was_converted(card: RecordCard) -> bool:
    return any(link.field.startswith("converted_") for link in card.links)


_LIMITS: Final[dict[EntityKind, tuple[tuple[str, Test], ...]]] = {
    EntityKind.CONTACT: (
        ("what contacts are at their companies, and companies beside the main one", _has_more_roles),
        ("relations between people", lambda card: bool(card.relations)),
        ("consents", lambda card: bool(card.consents)),
    ),
    EntityKind.LEAD: (("what leads were converted into", _was_converted),),
}


class Limits:
    """Notes of the records that pass what csv cannot hold of them."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def note(self, entity: EntityKind, card: RecordCard) -> None:
        """Look at one record."""
        for what, has in _LIMITS.get(entity, ()):
            if has(card):
                self._counts[what] += 1

    def add(self, what: str, count: int) -> None:
        """Note something of which there are so many."""
        if count:
            self._counts[what] += count

    def told(self) -> tuple[str, ...]:
        """What was left out, with the number of records it was left out of."""
        return tuple(f"{what} ({_records(count)})" for what, count in self._counts.items())


def _records(count: int) -> str:
    return "1 record" if count == 1 else f"{count:,} records"
