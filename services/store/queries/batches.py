"""The batches of the ledger as history lists them."""

from __future__ import annotations

import orjson
from sqlalchemy import Connection

from services.clock import from_millis
from services.records.ids import BatchId, Uid
from services.records.ledger import BatchRow
from services.store.undoing import undone_batches


def batch_rows(connection: Connection, *, limit: int, before: BatchId | None) -> list[BatchRow]:
    """The newest batches first; `before` continues after a page."""
    sql = (
        "SELECT b.id, b.uid, b.kind, b.label_code, b.origin, coalesce(u.name, ''), b.started_at, b.counts "
        "FROM batch b LEFT JOIN user u ON u.uid = b.actor WHERE ? IS NULL OR b.id < ? ORDER BY b.id DESC LIMIT ?"
    )
    undone = undone_batches(connection)
    return [
        BatchRow(
            Uid(row[1]),
            row[2],
            row[3],
            row[4],
            row[5],
            from_millis(row[6]),
            dict(orjson.loads(row[7])),
            row[0] in undone,
        )
        for row in connection.exec_driver_sql(sql, (before, before, limit)).fetchall()
    ]


def batches_beginning(connection: Connection, digits: str) -> list[Uid]:
    """Up to two batches whose uid begins with these hexadecimal digits."""
    sql = "SELECT uid FROM batch WHERE uid BETWEEN ? AND ? LIMIT 2"
    bounds = (bytes.fromhex(digits.ljust(32, "0")), bytes.fromhex(digits.ljust(32, "f")))
    return [Uid(row[0]) for row in connection.exec_driver_sql(sql, bounds)]


def batch_id(connection: Connection, uid: Uid) -> int | None:
    """The local id of a batch, unless there is none."""
    found: int | None = connection.exec_driver_sql("SELECT id FROM batch WHERE uid = ?", (uid,)).scalar()
    return found


def changes_in(connection: Connection, batch: int) -> int:
    """How many changes a batch holds."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM change WHERE batch = ?", (batch,)).scalar_one())


def records_named_by(connection: Connection, batch: int, label_code: str) -> int:
    """How many records of the kind in its label a batch changed: not the companies made on the way."""
    entity = label_code.partition(".")[0]
    sql = "SELECT count(DISTINCT entity_uid) FROM change WHERE batch = ? AND entity = ?"
    return int(connection.exec_driver_sql(sql, (batch, entity)).scalar_one())
