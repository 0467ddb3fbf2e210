"""What quick capture asks of the workspace: whom and what a name of the line may mean. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.capture.lines import name_words
from services.records.capture import NamedRecord


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the words of its name as lines are cut; `given` counts those of a person's first name."""

    record: NamedRecord
    words: tuple[str, ...]
    given: int = 0


class KnownNames(Protocol):
    """The names of a workspace; texts are folded."""

    def deals_titled(self, titles: Collection[str]) -> Sequence[Entry]:
        """The deals that have one of these titles, open ones first."""

    def companies_named(self, names: Collection[str]) -> Sequence[Entry]:
        """The companies that have one of these names."""

    def companies_beginning(self, word: str) -> Sequence[Entry]:
        """Some of the companies whose name begins with this whole word."""

    def people_named(self, names: Collection[str]) -> Sequence[Entry]:
        """The contacts that have one of these whole names, in either order of its parts."""

    def people_with(self, words: Sequence[str], *, company: int | None = None) -> Sequence[Entry]:
        """Some of the contacts with all of these words in their names, of one company if it is told."""

    def people_reached(self, points: Collection[str]) -> Sequence[tuple[str, Entry]]:
        """The contacts that have one of these mail addresses or numbers, by the address or number."""

    def alike(self, word: str) -> Sequence[str]:
        """Words of names that are one typo away from this one."""


def entry(record: NamedRecord, first: str = "") -> Entry:
    """A record as it is matched; `first` is the first name of a person.

    Names that are shown without a space are parted where the first name begins.
    """
    given = name_words(first)
    whole = name_words(record.name)
    if len(whole) == 1 and given and whole[0].endswith(given[0]) and whole != given:
        whole = (whole[0].removesuffix(given[0]), *given)
        return Entry(record, whole, 0)
    return Entry(record, whole, len(given))
