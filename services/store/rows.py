"""Writes documents as rows: bulk inserts with ids given out beforehand, updates of only what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Any

import orjson
from sqlalchemy import Connection

from services.errors import InvalidValue
from services.identity import UidSource
from services.records.fields import EntityKind
from services.store.aggregates import AggregateSpec, ColumnSpec, Document, PartSpec
from services.store.catalogue import CATALOGUE
from services.store.documents import computed_values, ids_of


@dataclass(slots=True)
class Edit:
    """One record to write: `before` is None for a new one; `id` is given out when the row is made."""

    uid: bytes
    before: Document | None
    after: Document
    id: int = 0


class LinkResolver:
    """Turns uids of linked records into local ids; remembers them for one transaction only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[EntityKind, dict[bytes, int]] = defaultdict(dict)

    def prefetch(self, entity: EntityKind, uids: Iterable[bytes]) -> None:
        """Look up many uids with few statements."""
        known = self._known[entity]
        missing = {uid for uid in uids if uid not in known}
        if missing:
            known.update(ids_of(self._connection, CATALOGUE[entity], missing))

    def remember(self, entity: EntityKind, uid: bytes, local_id: int) -> None:
        """Note the id of a record made in this transaction."""
        self._known[entity][uid] = local_id

    def id_of(self, entity: EntityKind, uid: bytes) -> int:
        """The local id of a uid. Raises InvalidValue when there is no such record."""
        known = self._known[entity]
        if uid not in known:
            known.update(ids_of(self._connection, CATALOGUE[entity], [uid]))
        if uid not in known:
            raise InvalidValue(
                f"There is no {entity} {uid.hex()[:12]}", "Choose a record that exists.", field=str(entity)
            )
        return known[uid]


def insert_sql(table: str, columns: Sequence[str]) -> str:
    """An INSERT of the named columns."""
    names = ", ".join(f'"{name}"' for name in columns)
    return f'INSERT INTO "{table}" ({names}) VALUES ({",".join("?" * len(columns))})'


@cache
def _root_columns(entity: EntityKind) -> tuple[str, ...]:
    spec = CATALOGUE[entity]
    custom = ("custom",) if spec.has_custom else ()
    stored = tuple(column.column for column in spec.columns)
    return ("id", "uid", *stored, *custom, *spec.computed, *spec.computed_links)


def next_id(connection: Connection, table: str) -> int:
    """The first id that AUTOINCREMENT has never given out in this table."""
    row = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return (row[0] if row else 0) + 1


class RowWriter:
    """Turns edits of one transaction into inserts, updates and deletes of rows."""

    def __init__(self, connection: Connection, uids: UidSource) -> None:
        self._connection = connection
        self._uids = uids
        self.links = LinkResolver(connection)

    def write(self, spec: AggregateSpec, edits: Sequence[Edit]) -> None:
        """Write the rows of these edits; sets the `id` of new records."""
        self._prefetch_links(spec, edits)
        created = [edit for edit in edits if edit.before is None]
        if created:
            self._insert(spec, created)
        changed = [edit for edit in edits if edit.before is not None]
        if changed:
            self._update(spec, changed)

    def _prefetch_links(self, spec: AggregateSpec, edits: Sequence[Edit]) -> None:
        if len(edits) == 1:
            return
        wanted: dict[EntityKind, set[bytes]] = defaultdict(set)
        linked = [column for column in spec.columns if column.link is not None]
        for edit in edits:
            for column in linked:
                value = edit.after[column.name]
                if value is not None and column.link is not None:
                    wanted[column.link].add(bytes.fromhex(value))
            for part in spec.parts:
                _collect_part_links(part, edit.after[part.name], wanted)
        for entity, uids in wanted.items():
            self.links.prefetch(entity, uids)

    def _insert(self, spec: AggregateSpec, edits: Sequence[Edit]) -> None:
        first = next_id(self._connection, spec.table)
        for offset, edit in enumerate(edits):
            edit.id = first + offset
            # Known before the rows are built: a record may link to another of the same batch.
            self.links.remember(spec.entity, edit.uid, edit.id)
        rows = [(edit.id, edit.uid, *self._root_values(spec, edit.after)) for edit in edits]
        self._many(insert_sql(spec.table, _root_columns(spec.entity)), rows)
        for part in spec.parts:
            elements = [(edit.id, edit.after[part.name]) for edit in edits if edit.after[part.name]]
            if elements:
                self._insert_elements(part, elements)

    def _root_values(self, spec: AggregateSpec, document: Document) -> tuple[Any, ...]:
        values = list(_picker(spec.columns)(document))
        for place, link in _links_among(spec.columns):
            values[place] = self._stored(link, values[place])
        if spec.has_custom:
            values.append(_custom_json(document["custom"]))
        if spec.computed or spec.computed_links:
            values.extend(computed_values(spec, document, self.links.id_of).values())
        return tuple(values)

    def _stored(self, link: EntityKind | None, value: Any) -> Any:
        if link is None or value is None:
            return value
        return self.links.id_of(link, bytes.fromhex(value))

    def _insert_elements(self, part: PartSpec, owned: Sequence[tuple[int, Document]]) -> None:
        if part.key_link is not None:
            sql = insert_sql(part.table, (part.owner_column, part.key_column))
            link = part.key_link
            rows: list[tuple[Any, ...]] = [
                (owner, self.links.id_of(link, bytes.fromhex(key))) for owner, elements in owned for key in elements
            ]
        else:
            sql = insert_sql(part.table, ("uid", part.owner_column, *(column.column for column in part.columns)))
            pick, links = _picker(part.columns), _links_among(part.columns)
            rows = [
                (bytes.fromhex(key), owner, *(self._linked(pick(element), links) if links else pick(element)))
                for owner, elements in owned
                for key, element in elements.items()
            ]
        self._many(sql, rows)

    def _linked(self, values: tuple[Any, ...], links: Sequence[tuple[int, EntityKind]]) -> list[Any]:
        """The values with uids of links turned into local ids."""
        found = list(values)
        for place, link in links:
            found[place] = self._stored(link, found[place])
        return found

    def _update(self, spec: AggregateSpec, edits: Sequence[Edit]) -> None:
        grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
        for edit in edits:
            values = self._changed_columns(spec, edit)
            if values:
                grouped[tuple(values)].append((*values.values(), edit.id))
            for part in spec.parts:
                self._update_part(part, edit)
        for names, rows in grouped.items():
            assigned = ", ".join(f'"{name}" = ?' for name in names)
            self._many(f'UPDATE "{spec.table}" SET {assigned} WHERE id = ?', rows)

    def _changed_columns(self, spec: AggregateSpec, edit: Edit) -> dict[str, Any]:
        assert edit.before is not None
        values = {
            column.column: self._stored(column.link, edit.after[column.name])
            for column in spec.columns
            if edit.after[column.name] != edit.before[column.name]
        }
        if spec.has_custom and edit.after["custom"] != edit.before["custom"]:
            values["custom"] = _custom_json(edit.after["custom"])
        if spec.computed or spec.computed_links:
            old = computed_values(spec, edit.before, self.links.id_of)
            new = computed_values(spec, edit.after, self.links.id_of)
            values.update({name: value for name, value in new.items() if value != old[name]})
        return values

    def _update_part(self, part: PartSpec, edit: Edit) -> None:
        assert edit.before is not None
        before, after = edit.before[part.name], edit.after[part.name]
        if before == after:
            return
        gone = [key for key in before if key not in after]
        if gone:
            self._delete_elements(part, edit.id, gone)
        came = {key: element for key, element in after.items() if key not in before}
        if came:
            self._insert_elements(part, [(edit.id, came)])
        for key in before.keys() & after.keys():
            changed = [column for column in part.columns if before[key][column.name] != after[key][column.name]]
            if changed:
                assigned = ", ".join(f'"{column.column}" = ?' for column in changed)
                values = [self._stored(column.link, after[key][column.name]) for column in changed]
                self._many(f'UPDATE "{part.table}" SET {assigned} WHERE uid = ?', [(*values, bytes.fromhex(key))])

    def _delete_elements(self, part: PartSpec, owner: int, keys: Sequence[str]) -> None:
        if part.key_link is None:
            rows: list[tuple[Any, ...]] = [(bytes.fromhex(key),) for key in keys]
            self._many(f'DELETE FROM "{part.table}" WHERE uid = ?', rows)
            return
        rows = [(owner, self.links.id_of(part.key_link, bytes.fromhex(key))) for key in keys]
        self._many(f'DELETE FROM "{part.table}" WHERE "{part.owner_column}" = ? AND "{part.key_column}" = ?', rows)

    def _many(self, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
        self._connection.exec_driver_sql(sql, list(rows))


@cache
def _picker(columns: tuple[ColumnSpec, ...]) -> Callable[[Document], tuple[Any, ...]]:
    """Takes the values of these columns out of a document, in C."""
    return itemgetter(*(column.name for column in columns))


@cache
def _links_among(columns: tuple[ColumnSpec, ...]) -> tuple[tuple[int, EntityKind], ...]:
    """The places of those columns that link to other records, and to what kind."""
    return tuple((place, column.link) for place, column in enumerate(columns) if column.link is not None)


def _collect_part_links(part: PartSpec, elements: Document, wanted: dict[EntityKind, set[bytes]]) -> None:
    if part.key_link is not None:
        wanted[part.key_link].update(bytes.fromhex(key) for key in elements)
        return
    for column in part.columns:
        if column.link is not None:
            for element in elements.values():
                if element[column.name] is not None:
                    wanted[column.link].add(bytes.fromhex(element[column.name]))


def _custom_json(values: Document) -> str | None:
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode() if values else None
