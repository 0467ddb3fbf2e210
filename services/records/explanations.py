"""What the ledger tells of one record in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.records.fields import EntityKind
from services.records.ids import Uid


@dataclass(frozen=True, slots=True)
class Told:
    """One change of a record in words: who, when, by what, and a sentence for everything that became different.

    `undone` when the batch was taken back since; `erased` when what was personal in it was erased.
    """

    seq: int
    batch: Uid
    changed_at: datetime
    who: str
    by: str
    sentences: tuple[str, ...]
    undone: bool
    erased: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it stood at a moment: what it was called, and its values by contract name, links by name."""

    entity: EntityKind
    uid: Uid
    at: datetime
    name: str
    fields: dict[str, Any]
    in_trash: bool
    erased: bool
