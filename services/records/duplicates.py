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


@dataclass(frozen=True, slots=True)
class MergeField:
    """One field of two records: both values as a card shows them, and which of them a merge takes.

    A field of several values holds tuples of texts. `suggested` is the fuller value, then the newer; `may_both`
    says that both can be kept; `locked` that the rule decides and nothing can be chosen.
    """

    name: str
    keep: Any
    other: Any
    differs: bool
    suggested: Side
    may_both: bool = False
    locked: bool = False


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
