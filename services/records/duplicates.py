"""Records that may be one, and what merging two of them would make."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.records.fields import EntityKind
from services.records.ids import Uid


@dataclass(frozen=True, slots=True)
class Likely:
    """A record that may be the one being typed; `score` is 0 to 100, `reason` one sentence, `grounds` its codes."""

    entity: EntityKind
    id: int
    uid: Uid
    name: str
    detail: str
    score: int
    reason: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairSide:
    """One record of a pair; `detail` is its company, or the domain of a company."""

    id: int
    uid: Uid
    name: str
    detail: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records that may be one; `first` is the fuller, then the older, which a merge would keep."""

    entity: EntityKind
    first: PairSide
    second: PairSide
    score: int
    reason: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IgnoredPair:
    """Two records of which somebody said that they are not the same."""

    id: int
    uid: Uid
    entity: EntityKind
    first: PairSide
    second: PairSide
    ignored_at: datetime


class Side(StrEnum):
    """Whose value a merge takes."""

    KEEP = "keep"
    OTHER = "other"
    BOTH = "both"


class MergeReason(StrEnum):
    """Why a value is suggested."""

    EQUAL = "equal"
    ONLY = "only"
    BOTH = "both"
    HAS_ALL = "has_all"
    FULLER = "fuller"
    WRITTEN = "written"
    NEWER = "newer"
    STAYS = "stays"
    FURTHER = "further"
    LEFT = "left"
    NOT_SINCE = "not_since"
    EARLIER = "earlier"
    STRICTER = "stricter"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class WholeAddress:
    """An address of one record with all its parts; `country` is an ISO code."""

    street: str
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    def line(self, country: str) -> str:
        """The address on one line, its country named so; what the street says already is not said again."""
        street = " ".join(self.street.split())
        place = " ".join(part for part in (self.postal_code, self.city) if part and part not in street)
        rest = [part for part in (place, self.region, country) if part and part not in street]
        return ", ".join(part for part in (street, *rest) if part)

    def __str__(self) -> str:
        return self.line(self.country)


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of two records: both values as a card shows them, which of them a merge takes, and why.

    A field of several values holds tuples of texts, or of addresses. `may_both` says that both can be kept; `locked`
    that the rule decides and nothing can be chosen.
    """

    name: str
    keep: Any
    other: Any
    differs: bool
    suggested: Side
    may_both: bool = False
    locked: bool = False
    reason: MergeReason = MergeReason.EQUAL


@dataclass(frozen=True, slots=True)
class MoveCount:
    """How many living records of a kind hang on each of the two, and on the result."""

    kind: str
    keep: int
    other: int
    result: int


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge of two records would do."""

    entity: EntityKind
    keep: PairSide
    other: PairSide
    score: int
    reason: str
    fields: tuple[MergeField, ...]
    moves: tuple[MoveCount, ...]

    @property
    def differing(self) -> tuple[MergeField, ...]:
        """The fields that are not equal on both."""
        return tuple(field for field in self.fields if field.differs)


@dataclass(frozen=True, slots=True)
class PlannedMerge:
    """One of many pairs to merge: who stays, who goes, and the fields in which a value of the two is left behind."""

    keep: PairSide
    other: PairSide
    conflicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What merging many pairs would do; `remaining` counts the records that stay, fewer than pairs that share some."""

    entity: EntityKind
    merges: tuple[PlannedMerge, ...]
    remaining: int

    @property
    def conflicts(self) -> int:
        """How many values are left behind in all."""
        return sum(len(merge.conflicts) for merge in self.merges)

    @property
    def ends(self) -> frozenset[int]:
        """The ids of the records that are named as going."""
        return frozenset(int(merge.other.id) for merge in self.merges)
