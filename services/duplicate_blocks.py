"""Which records of many are worth comparing: those that share a block, never every one with every other. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from services.duplicate_firms import FirmForm
from services.duplicate_names import sounded
from services.duplicate_scoring import FirmTraits, PersonTraits
from services.duplicate_turns import Turns

SMALL: Final = 12
"""In blocks up to this size every two are compared."""

WINDOW: Final = 6
"""In larger ones each record is compared with this many that follow it in the order of their names."""

_MOST_COMPANIES: Final = 4


class Blocks:
    """Records by what they share; the pairs grow with the number of records, not with its square."""

    def __init__(self) -> None:
        # By the hash of a key: most keys have one record, and a text each would fill the memory.
        self._alone: dict[int, int] = {}
        self._together: dict[int, list[int]] = {}

    def add(self, key: str, local_id: int) -> None:
        """Put a record into a block."""
        place = hash(key)
        block = self._together.get(place)
        if block is not None:
            block.append(local_id)
        elif self._alone.setdefault(place, local_id) != local_id:
            self._together[place] = [self._alone[place], local_id]

    def size(self, key: str) -> int:
        """How many records are in a block."""
        place = hash(key)
        block = self._together.get(place)
        return len(block) if block is not None else int(place in self._alone)

    def pairs(self, order: Mapping[int, str], turns: Turns | None = None) -> set[tuple[int, int]]:
        """The pairs to compare, the smaller id first; `order` tells where a record stands in a large block."""
        turns = turns or Turns()
        found: set[tuple[int, int]] = set()
        for block in turns.taken(self._together.values()):
            pairs = combinations(block, 2) if len(block) <= SMALL else _neighbours(block, order)
            found.update((one, two) if one < two else (two, one) for one, two in pairs)
        return found

    def forget(self, turns: Turns) -> None:
        """Forget every record, in turns."""
        turns.forget(self._alone)
        turns.forget(self._together)


def _neighbours(block: Sequence[int], order: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    ranked = sorted(block, key=lambda local_id: (order[local_id], local_id))
    for place, local_id in enumerate(ranked):
        for other in ranked[place + 1 : place + 1 + WINDOW]:
            yield local_id, other


def reached_keys(traits: PersonTraits | FirmTraits) -> Iterator[tuple[str, str]]:
    """The values of which it counts how many records have them, each with the key of its block."""
    if isinstance(traits, PersonTraits):
        yield from ((value, f"@{value}") for value in traits.emails)
    else:
        yield from ((value, f"@{value}") for value in traits.domains)
    yield from ((value, f"+{value}") for value in traits.phones)


def person_keys(traits: PersonTraits) -> Iterator[str]:
    """The blocks of a contact: what reaches it, its name in any order, and its name at each of its companies."""
    yield from (key for _, key in reached_keys(traits))
    yield from (f"web {value}" for value in traits.profiles)
    if traits.key:
        yield f"key {traits.key}"
    name = traits.name
    if name.key:
        yield f"name {name.key}"
    last, first = name.last_key, name.first_key
    for company in sorted(traits.companies)[:_MOST_COMPANIES]:
        if last:
            yield f"last {company} {last}"
        if first:
            yield f"first {company} {first} {last[:1]}"


def person_order(traits: PersonTraits) -> str:
    """Where a contact stands among others: by name, then company, then mail address."""
    name = traits.name
    rest = (min(values, default="") for values in (traits.companies, traits.emails))
    return " ".join((name.last_key, *map(sounded, name.first), *rest))


def firm_keys(traits: FirmTraits) -> Iterator[str]:
    """The blocks of a company: its domains and numbers, its name in one word, its words in any order."""
    yield from (key for _, key in reached_keys(traits))
    if traits.key:
        yield f"key {traits.key}"
    yield f"name {traits.name.sound}"
    yield f"words {words_key(traits.name)}"


def words_key(form: FirmForm) -> str:
    """The words of a company's name in the order of the alphabet, by their sound."""
    return " ".join(sorted(map(sounded, form.words)))


def firm_order(traits: FirmTraits) -> str:
    """Where a company stands among others: by name, then place, then domain."""
    return " ".join((traits.name.sound, traits.city, min(traits.domains, default="")))
