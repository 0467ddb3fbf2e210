"""Keeps the full-text index in step with the records, inside the transaction of the change.

Two stages: `search_name` (names, companies, emails, phones, and whatever else a record of a person or company
says, in `other`; of a company its domains stand under `company`) and `search_body` (subjects, bodies, notes and
places of activities).
Texts are folded before they go in, because the tokenizer does not fold strokes; `search_term` lists the
words of names so that a typo can be forgiven.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE
from services.store.documents import load, sliced
from services.store.rows import Edit
from services.store.search_entries import (
    CODES,
    COMPANY_OF,
    SEARCHED,
    BodyEntry,
    NameEntry,
    body_entry,
    name_entry,
    row_id,
    terms_of,
)
from services.values.text import fold

NAME_SQL: Final = "INSERT INTO search_name(rowid, name, company, email, phone, other) VALUES (?,?,?,?,?,?)"
BODY_SQL: Final = "INSERT INTO search_body(rowid, subject, body) VALUES (?,?,?)"

_TOKENIZE: Final = "tokenize = \"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\""

CREATE_SQL: Final = (
    f"CREATE VIRTUAL TABLE search_name USING fts5(name, company, email, phone, other, {_TOKENIZE}, "
    "prefix = '1 2 3 4', detail = column, columnsize = 0)",
    f"CREATE VIRTUAL TABLE search_body USING fts5(subject, body, {_TOKENIZE}, "
    "prefix = '3', detail = column, columnsize = 0)",
    "CREATE TABLE search_term (term VARCHAR NOT NULL PRIMARY KEY) WITHOUT ROWID",
)


class SearchIndexer:
    """Brings the index up to date with the edits of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._company_names: dict[str, str] = {}

    def follow(self, entity: EntityKind, edits: Sequence[Edit]) -> None:
        """Take in edits whose rows are already written."""
        if entity not in CODES:
            return
        living = [edit for edit in edits if edit.after["deleted_at"] is None]
        fresh = [edit for edit in living if edit.before is None]
        moved = [edit for edit in edits if edit.before is not None and _concerns_search(edit)]
        self._remove(entity, [edit.id for edit in moved])
        self._add(entity, fresh + [edit for edit in moved if edit.after["deleted_at"] is None])
        if entity is EntityKind.COMPANY:
            self._follow_renames([edit for edit in edits if edit.before is not None])

    def entries(self, entity: EntityKind, edits: Sequence[Edit]) -> tuple[list[NameEntry], list[BodyEntry]]:
        """What both stages are to hold of these records."""
        if entity is EntityKind.ACTIVITY:
            bodies = [body_entry(edit.id, edit.after) for edit in edits]
            return [], [row for row in bodies if row is not None]
        if entity is EntityKind.COMPANY:
            self._company_names.update((edit.uid.hex(), fold(edit.after["name"] or "")) for edit in edits)
        company_of = COMPANY_OF.get(entity)
        if company_of is None:
            return [name_entry(entity, edit.id, edit.after, "") for edit in edits], []
        uids = [company_of(edit.after) or "" for edit in edits]
        self._learn_companies(uids)
        names = self._company_names
        return [name_entry(entity, e.id, e.after, names.get(u, "")) for e, u in zip(edits, uids, strict=True)], []

    def _add(self, entity: EntityKind, edits: Sequence[Edit]) -> None:
        names, bodies = self.entries(entity, edits)
        self._add_names(names)
        if bodies:
            self._connection.exec_driver_sql(BODY_SQL, bodies)

    def _add_names(self, rows: Sequence[NameEntry]) -> None:
        if not rows:
            return
        self._connection.exec_driver_sql(NAME_SQL, rows)
        terms = {word for row in rows for word in terms_of(row)}
        if terms:
            sql = "INSERT OR IGNORE INTO search_term(term) VALUES (?)"
            self._connection.exec_driver_sql(sql, [(term,) for term in sorted(terms)])

    def _remove(self, entity: EntityKind, ids: Sequence[int]) -> None:
        if not ids:
            return
        rows = [(row_id(entity, local_id),) for local_id in ids]
        table = "search_body" if entity is EntityKind.ACTIVITY else "search_name"
        self._connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid = ?", rows)

    def _learn_companies(self, uids: Iterable[str]) -> None:
        wanted = set(uids) - {""} - self._company_names.keys()
        for chunk in sliced(bytes.fromhex(uid) for uid in wanted):
            marks = ",".join("?" * len(chunk))
            sql = f"SELECT uid, name FROM company WHERE uid IN ({marks})"
            for uid, name in self._connection.exec_driver_sql(sql, tuple(chunk)):
                self._company_names[uid.hex()] = fold(name)

    def _follow_renames(self, edits: Sequence[Edit]) -> None:
        """A company's name is found through its people and deals too."""
        renamed = [edit.id for edit in edits if edit.before and edit.before["name"] != edit.after["name"]]
        for edit in edits:
            self._company_names[edit.uid.hex()] = fold(edit.after["name"] or "")
        for local_id in renamed:
            for entity in COMPANY_OF:
                sql = f'SELECT id FROM "{CATALOGUE[entity].table}" WHERE company_id = ? AND deleted_at IS NULL'
                self.refresh(entity, [row[0] for row in self._connection.exec_driver_sql(sql, (local_id,))])

    def refresh(self, entity: EntityKind, ids: Sequence[int]) -> None:
        """Index these records anew from their rows."""
        self._remove(entity, ids)
        documents = load(self._connection, CATALOGUE[entity], ids)
        living = [
            Edit(uid, None, document, local_id)
            for local_id, (uid, document) in documents.items()
            if document["deleted_at"] is None
        ]
        self._add(entity, living)


def _concerns_search(edit: Edit) -> bool:
    assert edit.before is not None
    return any(edit.before.get(name) != edit.after.get(name) for name in SEARCHED)


def purge(connection: Connection) -> None:
    """Merge the index into one piece, so that words of removed records leave the file and not only the answers.

    FTS5's own `secure-delete` would do it at each edit, at up to 8 ms an edit; only an erasure needs it. Pages
    that become free are overwritten by `PRAGMA secure_delete`.
    """
    for table in ("search_name", "search_body"):
        connection.exec_driver_sql(f"INSERT INTO {table}({table}) VALUES ('optimize')")


def rebuild(connection: Connection) -> None:
    """Throw the index away and make it again from the records."""
    for table in ("search_name", "search_body", "search_term"):
        connection.exec_driver_sql(f"DELETE FROM {table}")
    indexer = SearchIndexer(connection)
    for entity in CODES:
        sql = f"SELECT id FROM {CATALOGUE[entity].table} WHERE deleted_at IS NULL ORDER BY id"
        ids = [row[0] for row in connection.exec_driver_sql(sql)]
        for chunk in sliced(ids, 2000):
            indexer.refresh(entity, chunk)
