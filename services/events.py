"""What is announced after a commit; events carry ids and an origin, never data."""

from __future__ import annotations

from dataclasses import dataclass

from services.records.fields import EntityKind

MANY = 2_000
"""A change of more records than this is announced without ids: whoever shows them reads again."""


@dataclass(frozen=True, slots=True)
class RecordsChanged:
    """Records of one kind were created, edited, deleted or restored; `ids` is None when there were too many to name."""

    entity: EntityKind
    ids: tuple[int, ...] | None
    origin: str
    batch: int


@dataclass(frozen=True, slots=True)
class WorkspaceReplaced:
    """Another file is open now: everything shown must be read again."""

    name: str


Event = RecordsChanged | WorkspaceReplaced
