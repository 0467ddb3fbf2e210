"""Checks a workspace: its pages, its links, the ledger's chain, and that everything follows from the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.store.aggregates import AggregateSpec, ColumnSpec, Document
from services.store.catalogue import CATALOGUE
from services.store.documents import computed_values, ids_of, load, sliced
from services.store.ledger.changes import GENESIS, BatchHeader, chained, header_digest, read_row, row_digest
from services.store.ledger.diff import forward
from services.store.ledger.projections import (
    drop_replay_tables,
    make_replay_tables,
    project,
    projection_tables,
    rows_that_differ,
)
from services.store.ledger.projectors import OpenChange, Projector, open_change
from services.store.ledger.upcasting import first_domain_key
from services.store.rows import next_id
from services.store.search_checking import SEARCH_TABLES, index_problems

_PREFIX: Final = "replayed_"
_SLICE: Final = 5_000
_NOT_JUDGED: Final = "records: not compared, because the ledger itself was altered"


def quick_problems(connection: Connection) -> list[str]:
    """What is wrong with pages, links and chain; empty when all is well."""
    try:
        return [*_page_problems(connection), *_chain_problems(connection)]
    except DatabaseError as error:
        # Pages that cannot be read end the search: what they held cannot be judged.
        return [f"pages: {error.orig}"]


def _page_problems(connection: Connection) -> Iterator[str]:
    for table in SEARCH_TABLES:
        # A connection keeps what it knew of the index; only a query, not the check, looks whether it is still so.
        connection.exec_driver_sql(f"SELECT rowid FROM {table} LIMIT 1").fetchall()
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check(20)"):
        if line != "ok":
            yield f"pages: {line}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20):
        yield f"links: row {row[1]} of {row[0]} names a {row[2]} that does not exist"


@dataclass(slots=True)
class _Rows:
    """What the rows of one batch say: their digests in order, and how many of each kind there are."""

    batch: int = 0
    digests: list[bytes] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


_HEADERS: Final = (
    "SELECT uid, kind, label_code, origin, actor, device, source_digest, undo_of, parent, "
    "id, started_at, counts, chain FROM batch ORDER BY id"
)


def _chain_problems(connection: Connection) -> Iterator[str]:
    previous = GENESIS
    all_rows = _rows_by_batch(connection)
    rows = next(all_rows, _Rows())
    batches = connection.exec_driver_sql(_HEADERS).fetchall()
    for *said, batch, started_at, counts, chain in batches:
        mine = _Rows()
        if rows.batch == batch:
            mine, rows = rows, next(all_rows, _Rows())
        header = BatchHeader(Uid(said[0]), *said[1:])
        if _chain_after(previous, header, started_at, mine.digests) != chain:
            yield f"ledger: the chain breaks at batch {header.uid.hex()}"
        previous = chain
        if orjson.dumps(mine.counts, option=orjson.OPT_SORT_KEYS).decode() != counts:
            yield f"ledger: batch {header.uid.hex()} does not hold the changes that it counts"
    if rows.batch:
        yield "ledger: there are changes without a batch"
    for table, last in (("batch", "id"), ("change", "seq")):
        # The chain cannot miss what stood at its end; the counter of rows can.
        sql = f"SELECT coalesce(max({last}), 0) FROM {table}"
        missing = next_id(connection, table) - 1 - connection.exec_driver_sql(sql).scalar_one()
        if missing:
            yield f"ledger: the last {missing} rows of {table} are missing"


def _chain_after(previous: bytes, header: BatchHeader, started_at: int, digests: Sequence[bytes]) -> bytes | None:
    try:
        return chained(previous, [header_digest(header, started_at), *digests])
    except TypeError:
        # Text or nothing where bytes were written.
        return None


def _rows_by_batch(connection: Connection) -> Iterator[_Rows]:
    rows = _Rows()
    for batch, entity, op, digest in connection.execution_options(stream_results=True).exec_driver_sql(
        "SELECT batch, entity, op, row_digest FROM change ORDER BY batch, seq"
    ):
        if batch != rows.batch:
            if rows.batch:
                yield rows
            rows = _Rows(batch)
        rows.digests.append(digest)
        rows.counts[f"{entity}.{op}"] += 1
    if rows.batch:
        yield rows


def full_problems(connection: Connection, projectors: Sequence[Projector]) -> list[str]:
    """Everything of the quick check, and: each row's digest, every projection, record and index entry made again."""
    problems = quick_problems(connection)
    if any(problem.startswith("pages:") for problem in problems):
        return problems
    altered = list(_row_problems(connection))
    problems.extend(altered)
    if altered:
        problems.append(_NOT_JUDGED)
    else:
        problems.extend(_projection_problems(connection, projectors))
        for spec in CATALOGUE.values():
            problems.extend(_record_problems(connection, spec))
    problems.extend(index_problems(connection))
    return problems


_WITH_SALT: Final = "change c LEFT JOIN entity_salt s ON s.entity_uid = c.entity_uid AND s.first_seq <= c.seq"
"""A change has no salt when its entity was erased after it; then only the chain answers for it."""


def _row_problems(connection: Connection) -> Iterator[str]:
    """Rows whose content does not match their digest or cannot be read, and stamps out of order."""
    sql = (
        "SELECT c.seq, c.batch, c.hlc, c.schema, c.entity, c.entity_uid, c.op, c.fields, c.personal, c.row_digest, "
        f"s.salt FROM {_WITH_SALT} ORDER BY c.seq"
    )
    last_hlc = 0
    for *row, digest, salt in connection.exec_driver_sql(sql):
        seq, hlc = row[0], row[2]
        if not _is_as_written(row, digest, salt):
            yield f"ledger: change {seq} was altered"
        elif hlc <= last_hlc:
            yield f"ledger: change {seq} is not later than the one before it"
        last_hlc = hlc if isinstance(hlc, int) else last_hlc


def _is_as_written(row: Sequence[Any], digest: bytes, salt: bytes | None) -> bool:
    """Whether a row matches its digest, or can at least be read where the salt is gone."""
    _, _, hlc, schema, entity, uid, op, fields, personal = row
    try:
        read_row(tuple(row))
        if salt is None:
            return True
        return row_digest(salt, entity, uid, op, hlc=hlc, schema=schema, fields=fields, personal=personal) == digest
    except (ValueError, LookupError, TypeError, AttributeError):
        # Whatever stands there now was not written by the journal.
        return False


def _open_changes(connection: Connection) -> Iterator[list[OpenChange]]:
    last = 0
    sql = (
        "SELECT c.seq, c.batch, c.hlc, c.schema, c.entity, c.entity_uid, c.op, c.fields, NULL, "
        "b.started_at, b.origin, b.actor FROM change c JOIN batch b ON b.id = c.batch "
        "WHERE c.seq > ? ORDER BY c.seq LIMIT ?"
    )
    while rows := connection.exec_driver_sql(sql, (last, _SLICE)).fetchall():
        yield [open_change(read_row(tuple(row[:9])), moment=row[9], origin=row[10], actor=row[11]) for row in rows]
        last = rows[-1][0]


def _projection_problems(connection: Connection, projectors: Sequence[Projector]) -> list[str]:
    tables = projection_tables(projectors)
    make_replay_tables(connection, tables, _PREFIX)
    try:
        for changes in _open_changes(connection):
            project(connection, projectors, changes, _PREFIX)
        counted = [(table, rows_that_differ(connection, table, _PREFIX)) for table in tables]
    finally:
        drop_replay_tables(connection, tables, _PREFIX)
    return [f"projection: {count} rows of {table} differ from a replay" for table, count in counted if count]


def _record_problems(connection: Connection, spec: AggregateSpec) -> Iterator[str]:
    """Records that do not stand as the ledger says, or whose computed columns do not follow from them."""
    standing = connection.exec_driver_sql(f'SELECT count(*) FROM "{spec.table}"').scalar_one()
    seen = 0
    for uids, documents in _replayed(connection, spec):
        ids = ids_of(connection, spec, uids)
        rows = load(connection, spec, ids.values())
        computed = _stored_computed(connection, spec, list(ids.values()))
        seen += len(ids)
        for uid in uids:
            local_id = ids.get(uid)
            if local_id is None:
                if not documents[uid][1]:
                    yield f"record: {spec.entity} {uid.hex()} is in the ledger but not in the table"
                continue
            yield from _compare(connection, spec, uid, rows[local_id][1], documents[uid], computed.get(local_id))
    if seen != standing:
        yield f"record: {standing - seen} rows of {spec.table} are not in the ledger"


def _compare(
    connection: Connection,
    spec: AggregateSpec,
    uid: bytes,
    row: Document,
    replayed: tuple[Document, bool],
    computed: tuple[Any, ...] | None,
) -> Iterator[str]:
    if computed is not None:

        def resolve(entity: EntityKind, link: bytes) -> int | None:
            return ids_of(connection, CATALOGUE[entity], [link]).get(link)

        if tuple(computed_values(spec, row, resolve).values()) != computed:
            yield f"record: {spec.entity} {uid.hex()} has computed values that do not follow from it"
    document, erased = replayed
    if erased:
        row, document = _open_half(spec, row, document, uid), _open_half(spec, document, document, uid)
    if row != document:
        names = ", ".join(sorted(name for name in document if document[name] != row.get(name)))
        yield f"record: {spec.entity} {uid.hex()} differs from the ledger in {names}"


def _open_half(spec: AggregateSpec, document: Document, known: Document, uid: bytes) -> Document:
    """What the ledger still tells of an erased record; of custom values those that are `known` to it."""
    half: Document = _open_values(spec.columns, document)
    lifted = first_domain_key(uid)
    for part in spec.parts:
        half[part.name] = {
            key: _open_values(part.columns, item)
            for key, item in document[part.name].items()
            # A row of format 1 told nothing of a domain but the domain itself, which is erased.
            if key != lifted or key in known[part.name]
        }
    if spec.has_custom:
        half["custom"] = {key: value for key, value in document["custom"].items() if key in known["custom"]}
    return half


def _open_values(columns: Sequence[ColumnSpec], values: Document) -> Document:
    return {column.name: values[column.name] for column in columns if not column.personal}


def _stored_computed(connection: Connection, spec: AggregateSpec, ids: list[int]) -> dict[int, tuple[Any, ...]]:
    names = [*spec.computed, *spec.computed_links]
    if not names:
        return {}
    columns = ", ".join(f'"{name}"' for name in names)
    found: dict[int, tuple[Any, ...]] = {}
    for chunk in sliced(ids):
        marks = ",".join("?" * len(chunk))
        sql = f'SELECT id, {columns} FROM "{spec.table}" WHERE id IN ({marks})'
        for row in connection.exec_driver_sql(sql, tuple(chunk)):
            found[row[0]] = tuple(row[1:])
    return found


def _replayed(
    connection: Connection, spec: AggregateSpec
) -> Iterator[tuple[list[bytes], dict[bytes, tuple[Document, bool]]]]:
    """Records of one kind rebuilt from the ledger alone, a slice at a time; True where something was erased."""
    sql = "SELECT DISTINCT entity_uid FROM change WHERE entity = ?"
    uids = [row[0] for row in connection.exec_driver_sql(sql, (spec.entity.value,))]
    for chunk in sliced(uids):
        documents: dict[bytes, tuple[Document, bool]] = {uid: (spec.blank(), False) for uid in chunk}
        marks = ",".join("?" * len(chunk))
        rows = connection.exec_driver_sql(
            "SELECT c.seq, c.batch, c.hlc, c.schema, c.entity, c.entity_uid, c.op, c.fields, c.personal, "
            f"s.salt IS NULL FROM {_WITH_SALT} WHERE c.entity_uid IN ({marks}) ORDER BY c.seq",
            tuple(chunk),
        )
        for row in rows:
            change = read_row(tuple(row[:9]))
            document, erased = documents[change.entity_uid]
            forward(spec, document, change.pairs)
            documents[change.entity_uid] = (document, erased or bool(row[9]))
        yield chunk, documents
