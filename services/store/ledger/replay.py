"""Reads records out of the ledger alone: as they were at any moment, or as they should stand now."""

from __future__ import annotations

from collections.abc import Iterator

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
