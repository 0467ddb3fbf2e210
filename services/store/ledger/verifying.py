"""Checks a workspace: its pages, its links, the ledger's chain, and that everything follows from the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.store.aggregates import AggregateSpec, Document
from services.store.catalogue import CATALOGUE
from services.store.documents import computed_values, ids_of, load, sliced
from services.store.ledger.changes import GENESIS, batch_header, chained, read_row, row_digest
from services.store.ledger.diff import forward
from services.store.ledger.projections import (
    drop_replay_tables,
    make_replay_tables,
    project,
    projection_tables,
    rows_that_differ,
)
from services.store.ledger.projectors import OpenChange, Projector, open_change

_PREFIX: Final = "replayed_"
_SLICE: Final = 5_000


def quick_problems(connection: Connection) -> list[str]:
    """What is wrong with pages, links and chain; empty when all is well."""
    problems = []
    for (line,) in connection.exec_driver_sql("PRAGMA quick_check(20)"):
        if line != "ok":
            problems.append(f"pages: {line}")
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(20):
        problems.append(f"links: row {row[1]} of {row[0]} names a {row[2]} that does not exist")
    problems.extend(_chain_problems(connection))
    return problems


def _chain_problems(connection: Connection) -> Iterator[str]:
    previous = GENESIS
    digests = _digests_by_batch(connection)
    nothing: tuple[int, list[bytes]] = (0, [])
    batch_of_digests, rows = next(digests, nothing)
    sql = "SELECT id, uid, kind, label_code, actor, origin, started_at, chain FROM batch ORDER BY id"
    for batch, uid, kind, label, actor, origin, started_at, chain in connection.exec_driver_sql(sql).fetchall():
        mine: list[bytes] = []
        if batch_of_digests == batch:
            mine = rows
            batch_of_digests, rows = next(digests, nothing)
        header = batch_header(uid=uid, kind=kind, label=label, actor=actor, origin=origin, started_at=started_at)
        previous = chained(previous, [header, *mine])
        if previous != chain:
            yield f"ledger: the chain breaks at batch {uid.hex()}"
            previous = chain
    if batch_of_digests:
        yield "ledger: there are changes without a batch"


def _digests_by_batch(connection: Connection) -> Iterator[tuple[int, list[bytes]]]:
    current, rows = 0, []
    for batch, digest in connection.execution_options(stream_results=True).exec_driver_sql(
        "SELECT batch, row_digest FROM change ORDER BY batch, seq"
    ):
        if batch != current:
            if current:
                yield current, rows
            current, rows = batch, []
        rows.append(digest)
    if current:
        yield current, rows


def full_problems(connection: Connection, projectors: list[Projector], *, index: bool = True) -> list[str]:
    """Everything of the quick check, and: each row's digest, every projection and every record replayed.

    `index` also checks the full text, for which the file must be writable.
    """
    problems = quick_problems(connection)
    problems.extend(_digest_problems(connection))
    problems.extend(_projection_problems(connection, projectors))
    for spec in CATALOGUE.values():
        problems.extend(_record_problems(connection, spec))
    if index:
        problems.extend(_index_problems(connection))
    return problems


def _digest_problems(connection: Connection) -> Iterator[str]:
    """Rows whose content does not match their digest; erased rows have no salt and are covered by the chain."""
    sql = (
        "SELECT c.seq, c.hlc, c.schema, c.entity, c.entity_uid, c.op, c.fields, c.personal, c.row_digest, s.salt "
        "FROM change c LEFT JOIN entity_salt s ON s.entity_uid = c.entity_uid ORDER BY c.seq"
    )
    last_hlc = 0
    for seq, hlc, schema, entity, uid, op, fields, personal, digest, salt in connection.exec_driver_sql(sql):
        if hlc <= last_hlc:
            yield f"ledger: change {seq} is not later than the one before it"
        last_hlc = hlc
        if salt is not None:
            found = row_digest(salt, entity, uid, op, hlc=hlc, schema=schema, fields=fields, personal=personal)
            if found != digest:
                yield f"ledger: change {seq} was altered"


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


def _projection_problems(connection: Connection, projectors: list[Projector]) -> list[str]:
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
    document, erased = replayed
    if not erased and row != document:
        names = ", ".join(sorted(name for name in document if document[name] != row.get(name)))
        yield f"record: {spec.entity} {uid.hex()} differs from the ledger in {names}"
    if computed is not None:

        def resolve(entity: EntityKind, link: bytes) -> int | None:
            return ids_of(connection, CATALOGUE[entity], [link]).get(link)

        if tuple(computed_values(spec, row, resolve).values()) != computed:
            yield f"record: {spec.entity} {uid.hex()} has computed values that do not follow from it"


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
            "SELECT c.seq, c.batch, c.hlc, c.schema, c.entity, c.entity_uid, c.op, c.fields, c.personal, s.salt IS NULL "
            "FROM change c LEFT JOIN entity_salt s ON s.entity_uid = c.entity_uid "
            f"WHERE c.entity_uid IN ({marks}) ORDER BY c.seq",
            tuple(chunk),
        )
        for row in rows:
            change = read_row(tuple(row[:9]))
            document, erased = documents[change.entity_uid]
            forward(spec, document, change.pairs)
            documents[change.entity_uid] = (document, erased or bool(row[9]))
        yield chunk, documents


def _index_problems(connection: Connection) -> Iterator[str]:
    """Records that the search index lacks or has too many of."""
    from services.store.search_index import CODES, STRIDE

    for table in ("search_name", "search_body"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('integrity-check')")
    for entity in (EntityKind.CONTACT, EntityKind.COMPANY):
        living = connection.exec_driver_sql(
            f"SELECT count(*) FROM {CATALOGUE[entity].table} WHERE deleted_at IS NULL"
        ).scalar_one()
        indexed = connection.exec_driver_sql(
            "SELECT count(*) FROM search_name_content WHERE id % ? = ?", (STRIDE, CODES[entity])
        ).scalar_one()
        if living != indexed:
            yield f"search: {indexed} {entity} entries for {living} records"
