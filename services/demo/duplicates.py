"""Planted duplicates: rows that are the same person as another row, each damaged in one known way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.draws import Stream

if TYPE_CHECKING:
    from services.demo.cast import Cast
    from services.demo.draws import IntArray
    from services.demo.people import NameColumns

SHARE: Final = 0.015
_SHORTEST_FOR_TYPO: Final = 4
_KEEPS_MOBILE: Final = 0.6
_WEIGHTS: Final = (0.35, 0.15, 0.28, 0.22)


class DuplicateKind(StrEnum):
    """How a duplicate differs from its original.

    `TYPO` in the family name, `SWAPPED` names, `OTHER_MAIL` (same name and mobile, private address),
    `SAME_PHONE` (an initial and the same mobile).
    """

    TYPO = "typo"
    SWAPPED = "swapped"
    OTHER_MAIL = "other_mail"
    SAME_PHONE = "same_phone"


_KINDS: Final = tuple(DuplicateKind)


@dataclass(frozen=True, slots=True)
class PlantedDuplicate:
    """Keys of a duplicate and of the contact it repeats."""

    key: str
    original_key: str
    kind: DuplicateKind


@dataclass(frozen=True, slots=True)
class Doubles:
    """Row numbers of the duplicates of a world and of their originals, without those of the cast."""

    rows: IntArray
    originals: IntArray

    def source(self, count: int) -> IntArray:
        """For every row the row whose person it is."""
        source = np.arange(count, dtype=np.int64)
        source[self.rows] = self.originals
        return source


def draw_doubles(seed: int, *, count: int, cast: int) -> Doubles:
    """Choose which rows repeat which, no row twice."""
    free = count - cast
    wanted = min(round(count * SHARE), free // 2)
    order = cast + np.argsort(Stream(seed, "duplicates").uniform(max(free, 0)), kind="stable").astype(np.int64)
    return Doubles(order[:wanted], originals=order[wanted : 2 * wanted])


def draw_kinds(seed: int, doubles: Doubles, *, names: NameColumns, mobiles: list[str]) -> list[DuplicateKind]:
    """How each duplicate differs, among the ways its original allows."""
    drawn = Stream(seed, "duplicate kinds").pick(_WEIGHTS, len(doubles.rows)).tolist()
    kinds = []
    for code, original in zip(drawn, doubles.originals.tolist(), strict=True):
        kind = _KINDS[code]
        spelled = names.last[original]
        can_misspell = spelled.isascii() and len(spelled) >= _SHORTEST_FOR_TYPO
        if kind is DuplicateKind.TYPO and not can_misspell:
            kind = DuplicateKind.OTHER_MAIL
        if kind in {DuplicateKind.OTHER_MAIL, DuplicateKind.SAME_PHONE} and not mobiles[original]:
            kind = DuplicateKind.TYPO if can_misspell else DuplicateKind.SWAPPED
        kinds.append(kind)
    return kinds


def damage_names(seed: int, doubles: Doubles, *, names: NameColumns, kinds: list[DuplicateKind]) -> None:
    """Change the names of the duplicates in place."""
    shares = Stream(seed, "typos").uniform(2 * len(kinds)).reshape(-1, 2).tolist()
    for row, kind, (where, how) in zip(doubles.rows.tolist(), kinds, shares, strict=True):
        if kind is DuplicateKind.TYPO:
            names.last[row] = misspell(names.last[row], where=where, how=how)
            names.last_ascii[row] = misspell(names.last_ascii[row], where=where, how=how)
        elif kind is DuplicateKind.SWAPPED:
            for first, last in ((names.first, names.last), (names.first_ascii, names.last_ascii)):
                first[row], last[row] = last[row], first[row]
        elif kind is DuplicateKind.SAME_PHONE:
            names.first[row] = f"{names.first[row][0]}."
            names.first_ascii[row] = names.first_ascii[row][:1]


def misspell(name: str, *, where: float, how: float) -> str:
    """The name with one letter dropped, doubled or swapped with the next; never the first one."""
    place = 1 + int(where * (len(name) - 2))
    if how < 0.34 and name[place] != name[place + 1]:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    if how < 0.67:
        return name[:place] + name[place] + name[place:]
    return name[:place] + name[place + 1 :]


def share_mobiles(seed: int, doubles: Doubles, *, mobiles: list[str], kinds: list[DuplicateKind]) -> None:
    """Give the duplicates their original's mobile number, always or mostly as their kind wants."""
    keeps = Stream(seed, "duplicate phones").chance(_KEEPS_MOBILE, len(kinds)).tolist()
    by_phone = {DuplicateKind.OTHER_MAIL, DuplicateKind.SAME_PHONE}
    pairs = zip(doubles.rows.tolist(), doubles.originals.tolist(), strict=True)
    for (row, original), kind, keep in zip(pairs, kinds, keeps, strict=True):
        mobiles[row] = mobiles[original] if kind in by_phone or keep else ""


def list_duplicates(
    doubles: Doubles, *, kinds: list[DuplicateKind], keys: list[str], cast: Cast
) -> tuple[PlantedDuplicate, ...]:
    """All planted duplicates, those of the cast first."""
    full_names = [contact.full_name for contact in cast.contacts]
    by_hand = [
        PlantedDuplicate(keys[row], keys[full_names.index(contact.duplicate_of)], DuplicateKind(contact.duplicate_kind))
        for row, contact in enumerate(cast.contacts)
        if contact.duplicate_of
    ]
    drawn = [
        PlantedDuplicate(keys[row], keys[original], kind)
        for row, original, kind in zip(doubles.rows.tolist(), doubles.originals.tolist(), kinds, strict=True)
    ]
    return (*by_hand, *drawn)
