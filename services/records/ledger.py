"""What the ledger tells: who changed what, when, and what an undo did and left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.records.fields import EntityKind
from services.records.ids import Uid


class Origin:
    """Where a change came from; a sync adds its integration after a colon."""

    USER: Final = "user"
    IMPORT: Final = "import"
    RULE: Final = "rule"
    UNDO: Final = "undo"
    TEAM: Final = "team"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value before and after; None for both personal sides once the person was erased."""

    path: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One change of one record, as its history shows it."""

    seq: int
    batch: Uid
    label_code: str
    origin: str
    actor_name: str
    changed_at: datetime
    entity: EntityKind
    uid: Uid
    op: str
    fields: tuple[FieldChange, ...]
    erased: bool


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One user command, import, sync run or rule, as a list shows it."""

    uid: Uid
    kind: str
    label_code: str
    origin: str
    actor_name: str
    started_at: datetime
    counts: dict[str, int]
    undone: bool


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A value that an undo did not touch, and why: changed since, erased, in use by others, or gone."""

    entity: EntityKind
    uid: Uid
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class UndoOutcome:
    """What an undo or redo did: the batch it made, the batches it took back, and what it left alone."""

    batch: Uid | None
    undone: tuple[Uid, ...]
    label_code: str
    records: int
    left_alone: tuple[LeftAlone, ...]
