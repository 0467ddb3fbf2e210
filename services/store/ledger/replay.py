"""Reads records out of the ledger alone: as they were at any moment, or as they should stand now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from services.store.aggregates import AggregateSpec, Document
from services.store.ledger.changes import CHANGE_COLUMNS, Change, read_row
from services.store.ledger.diff import forward


def changes_of(connection: Connection, entity_uid: bytes) -> Iterator[Change]:
    """All changes of one record, oldest first."""
    sql = f"SELECT {CHANGE_COLUMNS} FROM change WHERE entity_uid = ? ORDER BY seq"
    for row in connection.exec_driver_sql(sql, (entity_uid,)):
        yield read_row(tuple(row))


def as_of(connection: Connection, spec: AggregateSpec, entity_uid: bytes, moment_millis: int) -> Document | None:
    """The document of a record as it stood at `moment_millis`; None when it did not exist yet.

    That is as the last batch begun by then left it. A clock that was set back never leaves a batch out from
    under a later one, so the answer is always a state that the record was in.
    """
    last = "SELECT id FROM batch WHERE started_at <= ? ORDER BY id DESC LIMIT 1"
    sql = f"SELECT {CHANGE_COLUMNS} FROM change WHERE entity_uid = ? AND batch <= ({last}) ORDER BY seq"
    document: Document | None = None
    for row in connection.exec_driver_sql(sql, (entity_uid, moment_millis)):
        if document is None:
            document = spec.blank()
        forward(spec, document, read_row(tuple(row)).pairs)
    return document


def changes_with_batches(connection: Connection, entity_uid: bytes, limit: int) -> Sequence[Any]:
    """Rows of a record's changes, newest first, each followed by its batch: uid, label, origin, actor, started_at."""
    columns = ", ".join(f"c.{name}" for name in CHANGE_COLUMNS.split(", "))
    sql = (
        f"SELECT {columns}, b.uid, b.label_code, b.origin, coalesce(u.name, ''), b.started_at FROM change c "
        "JOIN batch b ON b.id = c.batch LEFT JOIN user u ON u.uid = b.actor "
        "WHERE c.entity_uid = ? ORDER BY c.seq DESC LIMIT ?"
    )
    return connection.exec_driver_sql(sql, (entity_uid, limit)).fetchall()
