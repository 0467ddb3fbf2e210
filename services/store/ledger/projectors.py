"""What a projector is, and how projections are written live and compared on replay.

A projector is a pure function of changes: it reads no clock, no setting and no table but its own and what
earlier projectors wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from services.store.ledger.changes import Change


@dataclass(frozen=True, slots=True)
class OpenChange:
    """What a projector may know of a change: nothing personal; `moment` is when its batch began, in ms UTC."""

    seq: int
    batch: int
    moment: int
    entity: str
    entity_uid: bytes
    op: str
    origin: str
    actor: bytes | None
    fields: Mapping[str, tuple[Any, Any]]


Row = tuple[Any, ...]


class ProjectionRows(Protocol):
    """The rows of a projector's own tables: the live ones, or those of a replay."""

    def get(self, table: str, key: Row) -> Row | None:
        """The row under a primary key, or None."""
        ...

    def put(self, table: str, row: Row) -> None:
        """Insert the row, or replace the one under its key."""
        ...

    def delete(self, table: str, key: Row) -> None:
        """Take the row under a key away."""
        ...


class Projector(Protocol):
    """Turns changes into rows of its own tables; a changed rule has a higher version."""

    name: str
    version: int
    tables: Sequence[str]

    def apply(self, changes: Iterable[OpenChange], rows: ProjectionRows) -> None:
        """Take in changes in the order of the ledger."""
        ...


def open_change(change: Change, *, moment: int, origin: str, actor: bytes | None) -> OpenChange:
    """The part of a change that a projector may see."""
    return OpenChange(
        change.seq,
        change.batch,
        moment,
        change.entity,
        change.entity_uid,
        change.op,
        origin,
        actor,
        change.fields,
    )
