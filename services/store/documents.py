"""Reads aggregates as documents, many at a time, with as many statements for one record as for five hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Any

import orjson
from sqlalchemy import Connection

from services.store.aggregates import AggregateSpec, ColumnSpec, Document, PartSpec
from services.store.catalogue import CATALOGUE

CHUNK = 500
"""Records a statement: below SQLite's limit of bound values, above where round trips cost anything."""


def sliced(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """Lists of at most `size` values."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _marks(count: int) -> str:
    return ",".join("?" * count)


def _selected(columns: Sequence[ColumnSpec]) -> tuple[str, str]:
    """The select list and the joins that turn local ids of links into uids."""
    names, joins = [], []
    for index, column in enumerate(columns):
        if column.link is None:
            names.append(f't."{column.column}"')
        else:
            alias = f"l{index}"
            names.append(f"lower(hex({alias}.uid))")
            joins.append(f'LEFT JOIN "{CATALOGUE[column.link].table}" {alias} ON {alias}.id = t."{column.column}"')
    return ", ".join(names), " ".join(joins)


@cache
def _root_sql(table: str) -> str:
    spec = _by_table()[table]
    names, joins = _selected(spec.columns)
    custom = ", t.custom" if spec.has_custom else ""
    return f'SELECT t.id, t.uid, {names}{custom} FROM "{table}" t {joins} WHERE t.id IN '


@cache
def _by_table() -> dict[str, AggregateSpec]:
    return {spec.table: spec for spec in CATALOGUE.values()}


def _part_sql(part: PartSpec) -> str:
    if part.key_link is not None:
        linked = CATALOGUE[part.key_link].table
        return (
            f'SELECT t."{part.owner_column}", lower(hex(k.uid)) FROM "{part.table}" t '
            f'JOIN "{linked}" k ON k.id = t."{part.key_column}" WHERE t."{part.owner_column}" IN '
        )
    names, joins = _selected(part.columns)
    return (
        f'SELECT t."{part.owner_column}", lower(hex(t.uid)), {names} FROM "{part.table}" t {joins} '
        f'WHERE t."{part.owner_column}" IN '
    )


def load(connection: Connection, spec: AggregateSpec, ids: Iterable[int]) -> dict[int, tuple[bytes, Document]]:
    """The uid and document of each id that exists."""
    found: dict[int, tuple[bytes, Document]] = {}
    for chunk in sliced(ids):
        found.update(_load_chunk(connection, spec, chunk))
    return found


def _load_chunk(connection: Connection, spec: AggregateSpec, ids: list[int]) -> dict[int, tuple[bytes, Document]]:
    where = f"({_marks(len(ids))})"
    bound = tuple(ids)
    found: dict[int, tuple[bytes, Document]] = {}
    names = [column.name for column in spec.columns]
    # A link that is empty comes back as '' from hex(NULL).
    links = [column.name for column in spec.columns if column.link is not None]
    for row in connection.exec_driver_sql(_root_sql(spec.table) + where, bound):
        document: Document = dict(zip(names, row[2:], strict=False))
        for name in links:
            document[name] = document[name] or None
        for part in spec.parts:
            document[part.name] = {}
        if spec.has_custom:
            document["custom"] = orjson.loads(row[-1]) if row[-1] else {}
        found[row[0]] = (row[1], document)
    for part in spec.parts:
        _load_part(connection, part, where, bound, found)
    return found


def _load_part(
    connection: Connection,
    part: PartSpec,
    where: str,
    bound: tuple[int, ...],
    found: dict[int, tuple[bytes, Document]],
) -> None:
    names = [column.name for column in part.columns]
    links = [column.name for column in part.columns if column.link is not None]
    for row in connection.exec_driver_sql(_part_sql(part) + where, bound):
        owner = found.get(row[0])
        if owner is None:
            continue
        element: Document = dict(zip(names, row[2:], strict=True))
        for name in links:
            element[name] = element[name] or None
        owner[1][part.name][row[1]] = element


def ids_of(connection: Connection, spec: AggregateSpec, uids: Iterable[bytes]) -> dict[bytes, int]:
    """The local id of each uid that exists, in the trash or not."""
    found: dict[bytes, int] = {}
    for chunk in sliced(uids):
        sql = f'SELECT uid, id FROM "{spec.table}" WHERE uid IN ({_marks(len(chunk))})'
        found.update({row[0]: row[1] for row in connection.exec_driver_sql(sql, tuple(chunk))})
    return found


def uids_of(connection: Connection, spec: AggregateSpec, ids: Iterable[int]) -> dict[int, bytes]:
    """The uid of each local id that exists, in the trash or not."""
    found: dict[int, bytes] = {}
    for chunk in sliced(ids):
        sql = f'SELECT id, uid FROM "{spec.table}" WHERE id IN ({_marks(len(chunk))})'
        found.update({row[0]: row[1] for row in connection.exec_driver_sql(sql, tuple(chunk))})
    return found


def copied(document: Document) -> Document:
    """A copy that can be edited: values are shared, sets of elements are not."""
    return {
        name: {key: (dict(item) if isinstance(item, dict) else item) for key, item in value.items()}
        if isinstance(value, dict)
        else value
        for name, value in document.items()
    }


def computed_values(
    spec: AggregateSpec, document: Document, resolve: Callable[[Any, bytes], int | None]
) -> dict[str, Any]:
    """The columns that follow from a document; `resolve` turns a link's uid into its local id."""
    values = {name: make(document) for name, make in spec.computed.items()}
    for name, (entity, make) in spec.computed_links.items():
        uid = make(document)
        values[name] = None if uid is None else resolve(entity, bytes.fromhex(uid))
    return values
