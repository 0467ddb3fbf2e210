"""Saved views as rows, and the condition of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from services.filtering import parse
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import CustomField
from services.records.saved_views import SavedView, SavedViewId
from services.store.directory import custom_fields
from services.store.queries.listing import zone_of
from services.store.queries.where import QueryContext, compile_query

_ROWS: Final = (
    "SELECT t.id, t.uid, t.entity, t.name, t.query, t.columns, t.sort, t.descending, t.grouping, t.position, "
    "coalesce(u.name, '') FROM saved_view t LEFT JOIN user u ON u.id = t.owner_id WHERE t.deleted_at IS NULL "
)


def saved_views(connection: Connection, entity: EntityKind | None = None) -> list[SavedView]:
    """The living views, of one kind of record or of all, in their order."""
    sql = f"{_ROWS} AND (? IS NULL OR t.entity = ?) ORDER BY t.entity, t.position, t.id"
    return [_view(row) for row in connection.exec_driver_sql(sql, (entity, entity))]


def saved_view(connection: Connection, local_id: int) -> SavedView | None:
    """A living view by its local id."""
    row = connection.exec_driver_sql(f"{_ROWS} AND t.id = ?", (local_id,)).fetchone()
    return _view(row) if row else None


def had_starters(connection: Connection, entity: EntityKind) -> bool:
    """Whether the views to start with were made: those belong to nobody, deleted or not."""
    sql = "SELECT EXISTS (SELECT 1 FROM saved_view WHERE entity = ? AND owner_id IS NULL)"
    return bool(connection.exec_driver_sql(sql, (entity,)).scalar())


def _view(row: Any) -> SavedView:
    return SavedView(
        id=SavedViewId(row[0]),
        uid=Uid(row[1]),
        entity=EntityKind(row[2]),
        name=row[3],
        query=row[4],
        columns=tuple(orjson.loads(row[5])) if row[5] else (),
        sort=row[6] or "",
        descending=bool(row[7]),
        grouping=row[8] or "",
        position=row[9],
        owner=row[10],
    )


def condition(
    connection: Connection,
    entity: EntityKind,
    where: str,
    *,
    now: datetime,
    actor: bytes | None,
    fields: Sequence[CustomField] | None = None,
) -> tuple[str, tuple[Any, ...]]:
    """The condition of the living records of a list under the alias `t`. Raises InvalidValue."""
    if not where.strip():
        return "t.deleted_at IS NULL", ()
    known = custom_fields(connection, entity) if fields is None else fields
    context = QueryContext(now, actor, known, zone=zone_of(connection, actor))
    text, bound = compile_query(parse(where, entity, known), entity, context)
    return f"t.deleted_at IS NULL AND ({text})", tuple(bound)


def count(connection: Connection, entity: EntityKind, where: str, *, now: datetime, actor: bytes | None) -> int:
    """How many living records match. Raises InvalidValue."""
    text, bound = condition(connection, entity, where, now=now, actor=actor)
    sql = f'SELECT count(*) FROM "{entity}" t WHERE {text}'
    return int(connection.exec_driver_sql(sql, bound).scalar_one())
