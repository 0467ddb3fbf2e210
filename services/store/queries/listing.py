"""Ordered ids of a list, all at once for the window or page by page for scripts."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from services.errors import InvalidValue
from services.filtering import parse
from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE
from services.store.directory import custom_fields
from services.store.queries.sorting import order_by
from services.store.queries.where import QueryContext, compile_query

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What to list and in which order; `where` is the typed query, `trash` lists what was deleted."""

    where: str = ""
    sort: str = "name"
    descending: bool = False
    trash: bool = False


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Item]):
    """Some items of a list; `next` is the cursor that continues it, empty at the end."""

    items: tuple[Item, ...]
    next: str


@dataclass(frozen=True, slots=True)
class ListTerms:
    """What a request means in SQL under the alias `t`: its condition, what is bound to it, and its order."""

    condition: str
    bound: tuple[Any, ...]
    order: str


def list_terms(
    connection: Connection, entity: EntityKind, request: ListRequest, *, now: datetime, actor: bytes | None
) -> ListTerms:
    """The condition and the order of a list. Raises InvalidValue."""
    conditions = ["t.deleted_at IS NOT NULL" if request.trash else "t.deleted_at IS NULL"]
    bound: tuple[Any, ...] = ()
    fields = custom_fields(connection, entity)
    if request.where.strip():
        query = parse(request.where, entity, fields)
        context = QueryContext(now, actor, fields, zone=zone_of(connection, actor), trash=request.trash)
        condition, bound = compile_query(query, entity, context)
        conditions.append(f"({condition})")
    order = order_by(entity, request.sort, descending=request.descending, custom_fields=fields)
    return ListTerms(" AND ".join(conditions), tuple(bound), order)


def _statement(
    connection: Connection, entity: EntityKind, request: ListRequest, *, now: datetime, actor: bytes | None
) -> tuple[str, tuple[Any, ...]]:
    terms = list_terms(connection, entity, request, now=now, actor=actor)
    table = CATALOGUE[entity].table
    return f'SELECT t.id FROM "{table}" t WHERE {terms.condition} ORDER BY {terms.order}', terms.bound


def zone_of(connection: Connection, actor: bytes | None) -> tzinfo:
    """The zone in which the acting user's days begin and end."""
    name = connection.exec_driver_sql("SELECT time_zone FROM user WHERE uid = ?", (actor,)).scalar()
    try:
        return ZoneInfo(name) if name else UTC
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def list_ids(
    connection: Connection, entity: EntityKind, request: ListRequest, *, now: datetime, actor: bytes | None
) -> Sequence[int]:
    """All ids of a list in its order: 8 bytes a record, so that a hundred thousand fit into a megabyte."""
    sql, bound = _statement(connection, entity, request, now=now, actor=actor)
    raw = connection.connection.driver_connection
    assert raw is not None
    return array("q", [row[0] for row in raw.execute(sql, bound)])


def list_page(
    connection: Connection,
    entity: EntityKind,
    request: ListRequest,
    *,
    limit: int,
    after: str,
    now: datetime,
    actor: bytes | None,
) -> ListPage[int]:
    """One page of ids; `after` is the cursor that the page before gave. Raises InvalidValue."""
    if limit < 1:
        raise InvalidValue("A page needs at least one row", "Give --limit a number from 1.", field="limit")
    skip = _position(after)
    sql, bound = _statement(connection, entity, request, now=now, actor=actor)
    rows = connection.exec_driver_sql(f"{sql} LIMIT ? OFFSET ?", (*bound, limit + 1, skip)).fetchall()
    following = f"p{skip + limit:x}" if len(rows) > limit else ""
    return ListPage(tuple(row[0] for row in rows[:limit]), following)


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        position = int(cursor.removeprefix("p"), 16)
    except ValueError:
        position = -1
    if position < 0:
        raise InvalidValue(f"“{cursor}” is no cursor", "Use the value of `next` of the page before.", field="after")
    return position
