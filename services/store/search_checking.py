"""Compares the full-text index with what the records say it must hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from services.store.catalogue import CATALOGUE
from services.store.documents import load, sliced
from services.store.rows import Edit
from services.store.search_entries import CODES, terms_of
from services.store.search_index import SearchIndexer

SEARCH_TABLES: Final = ("search_name", "search_body")

Entry = tuple[Any, ...]


def index_problems(connection: Connection) -> list[str]:
    """Entries that the search index lacks, has too many of, or that say something else than their records."""
    problems: list[str] = []
    indexer = SearchIndexer(connection)
    expected = dict.fromkeys(SEARCH_TABLES, 0)
    terms: set[str] = set()
    for entity in CODES:
        for edits in _living(connection, entity):
            names, bodies = indexer.entries(entity, edits)
            terms.update(word for entry in names for word in terms_of(entry))
            found: tuple[Sequence[Entry], ...] = (names, bodies)
            for table, entries in zip(SEARCH_TABLES, found, strict=True):
                expected[table] += len(entries)
                problems.extend(_wrong_entries(connection, table, entries))
    for table, wanted in expected.items():
        held = connection.exec_driver_sql(f"SELECT count(*) FROM {table}_content").scalar_one()
        if held != wanted:
            problems.append(f"search: {table} holds {held} entries where there should be {wanted}")
    if missing := terms - {row[0] for row in connection.exec_driver_sql("SELECT term FROM search_term")}:
        problems.append(f"search: {len(missing)} words of names are missing")
    return problems


def _living(connection: Connection, entity: Any) -> Iterator[list[Edit]]:
    spec = CATALOGUE[entity]
    sql = f'SELECT id FROM "{spec.table}" WHERE deleted_at IS NULL ORDER BY id'
    for chunk in sliced([row[0] for row in connection.exec_driver_sql(sql)]):
        found = load(connection, spec, chunk)
        yield [Edit(uid, None, document, local_id) for local_id, (uid, document) in found.items()]


def _wrong_entries(connection: Connection, table: str, entries: Sequence[Entry]) -> Iterable[str]:
    if not entries:
        return
    columns = ", ".join(f"c{index}" for index in range(len(entries[0]) - 1))
    marks = ",".join("?" * len(entries))
    sql = f"SELECT id, {columns} FROM {table}_content WHERE id IN ({marks})"
    found = {row[0]: tuple(row) for row in connection.exec_driver_sql(sql, tuple(entry[0] for entry in entries))}
    for entry in entries:
        if entry[0] not in found:
            yield f"search: {table} lacks the entry {entry[0]}"
        elif _words(found[entry[0]]) != _words(entry):
            yield f"search: the entry {entry[0]} of {table} does not say what its record says"


def _words(entry: Entry) -> list[set[str]]:
    """The words of each column; their order follows that of sets of elements and means nothing."""
    return [set(text.split()) for text in entry[1:]]
