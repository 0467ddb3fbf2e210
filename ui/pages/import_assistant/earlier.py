"""The imports of earlier days: each can be taken back as long as the workspace lives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from services.records.ids import Uid
from services.records.ledger import BatchRow
from ui.pages.import_assistant.kinds import KINDS

SHOWN: Final = 4
SEARCHED_BATCHES: Final = 500
_KIND: Final = "import"
_LABELS: Final = {**{f"{kind}.import": str(kind) for kind in KINDS}, "event.take": "event"}
_WRITTEN: Final = ("create", "update")


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """One import: what it brought, how many of them, when, by whom, and whether it was taken back."""

    batch: Uid
    entity: str
    count: int
    done_at: datetime
    by: str
    is_undone: bool


def records_of(batch: BatchRow) -> int:
    """How many records an import made or changed, companies that came along with contacts not counted."""
    entity = _entity_of(batch)
    return sum(batch.counts.get(f"{entity}.{operation}", 0) for operation in _WRITTEN)


def _entity_of(batch: BatchRow) -> str:
    """What an import brought; of a calendar that brought no event the tasks."""
    entity = _LABELS.get(batch.label_code, "")
    brought_events = any(batch.counts.get(f"event.{operation}") for operation in _WRITTEN)
    return "task" if entity == "event" and not brought_events else entity


def earlier_imports(batches: Sequence[BatchRow]) -> list[EarlierImport]:
    """The newest imports among batches that are listed newest first."""
    found = []
    for batch in batches:
        entity = _entity_of(batch) if batch.kind == _KIND else ""
        count = records_of(batch)
        if entity and count:
            found.append(EarlierImport(batch.uid, entity, count, batch.started_at, batch.actor_name, batch.undone))
    return found[:SHOWN]
