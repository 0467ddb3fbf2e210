"""The changes of one record with their batches, and the names of what they link to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.store.aggregates import AggregateSpec, Document
from services.store.catalogue import CATALOGUE
from services.store.documents import sliced
from services.store.ledger.changes import CHANGE_COLUMNS, Change, read_row
from services.store.undoing import undone_batches

Names = dict[tuple[EntityKind, str], str]
"""(kind, uid in hexadecimal) -> what it is called now."""


@dataclass(frozen=True, slots=True)
class ChangeInBatch:
    """A change, and what is known of the batch it is in; `undone_label` is of the batch that an undo took back."""

    change: Change
    batch: Uid
    kind: str
    label: str
    origin: str
    actor: str
    started_at: int
    records: int
    undone_label: str
    undone_at: int | None
    is_undone: bool
    erased: bool


def changes_with_batches(connection: Connection, uid: Uid) -> list[ChangeInBatch]:
    """Every change of a record, oldest first."""
    columns = ", ".join(f"c.{name}" for name in CHANGE_COLUMNS.split(", "))
    # Without a salt nothing can prove a row any more: whoever it was of was erased.
    sql = (
        f"SELECT {columns}, b.uid, b.kind, b.label_code, b.origin, coalesce(u.name, ''), b.started_at, b.counts, "
        "coalesce(o.label_code, ''), o.started_at, b.id, s.salt IS NULL FROM change c JOIN batch b ON b.id = c.batch "
        "LEFT JOIN user u ON u.uid = b.actor LEFT JOIN batch o ON o.id = b.undo_of "
        "LEFT JOIN entity_salt s ON s.entity_uid = c.entity_uid AND s.first_seq <= c.seq "
        "WHERE c.entity_uid = ? ORDER BY c.seq"
    )
    undone = undone_batches(connection)
    return [
        ChangeInBatch(
            change=read_row(tuple(row[:9])),
            batch=Uid(row[9]),
            kind=row[10],
            label=row[11],
            origin=row[12],
            actor=row[13],
            started_at=row[14],
            records=_records(row[11], orjson.loads(row[15])),
            undone_label=row[16],
            undone_at=row[17],
            is_undone=row[18] in undone,
            erased=bool(row[19]),
        )
        for row in connection.exec_driver_sql(sql, (uid,))
    ]


def _records(label: str, counts: dict[str, int]) -> int:
    """How many records of the kind in its label a batch changed: not the companies made on the way."""
    entity = label.partition(".")[0]
    return sum(count for name, count in counts.items() if name.startswith(f"{entity}."))


def kind_of(connection: Connection, uid: Uid) -> EntityKind | None:
    """What kind of record the ledger knows under a uid."""
    found = connection.exec_driver_sql("SELECT entity FROM change WHERE entity_uid = ? LIMIT 1", (uid,)).scalar()
    return EntityKind(found) if found else None


def records_beginning(connection: Connection, digits: str) -> list[Uid]:
    """Up to two records of the ledger whose uid begins with these hexadecimal digits."""
    sql = "SELECT DISTINCT entity_uid FROM change WHERE entity_uid BETWEEN ? AND ? LIMIT 2"
    bounds = (bytes.fromhex(digits.ljust(32, "0")), bytes.fromhex(digits.ljust(32, "f")))
    return [Uid(row[0]) for row in connection.exec_driver_sql(sql, bounds)]


def links_of(spec: AggregateSpec, document: Document) -> Iterator[tuple[EntityKind, str]]:
    """Everything that a document links to."""
    for column in spec.columns:
        if column.link is not None and document[column.name]:
            yield column.link, document[column.name]
    for part in spec.parts:
        if part.key_link is not None:
            yield from ((part.key_link, key) for key in document[part.name])
        for column in part.columns:
            if column.link is not None:
                yield from (
                    (column.link, item[column.name]) for item in document[part.name].values() if item[column.name]
                )
    yield from ((EntityKind.CUSTOM_FIELD, key) for key in document.get("custom", {}))


def names_of(connection: Connection, wanted: Iterable[tuple[EntityKind, str]]) -> Names:
    """What records are called now; what is gone for good has no name."""
    by_kind: dict[EntityKind, set[str]] = defaultdict(set)
    for entity, uid in wanted:
        by_kind[entity].add(uid)
    names: Names = {}
    for entity, uids in by_kind.items():
        spec = CATALOGUE[entity]
        for chunk in sliced(sorted(uids)):
            marks = ",".join("?" * len(chunk))
            sql = f'SELECT uid, "{spec.name_column}" FROM "{spec.table}" WHERE uid IN ({marks})'
            for row in connection.exec_driver_sql(sql, tuple(bytes.fromhex(uid) for uid in chunk)):
                names[entity, row[0].hex()] = str(row[1] or "")
    return names


def custom_kinds(connection: Connection) -> dict[str, Any]:
    """The kind of every custom field, by its uid in hexadecimal."""
    return {row[0].hex(): row[1] for row in connection.exec_driver_sql("SELECT uid, kind FROM custom_field")}
