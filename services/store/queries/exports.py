"""What an export reads: living records in slices, and how many contact points the richest record has."""

from __future__ import annotations

from sqlalchemy import Connection

from services.filtering.fields import HAVE_POINTS
from services.records.drafts import PointKind
from services.records.fields import EntityKind


def ids_after(connection: Connection, table: str, last: int, limit: int) -> list[int]:
    """The next living ids after `last`."""
    sql = f'SELECT id FROM "{table}" WHERE id > ? AND deleted_at IS NULL ORDER BY id LIMIT ?'
    return [row[0] for row in connection.exec_driver_sql(sql, (last, limit))]


def most_points(connection: Connection, entity: EntityKind) -> dict[PointKind, int]:
    """The largest number of points of each kind on one living record."""
    if entity not in HAVE_POINTS:
        return {}
    sql = (
        f"SELECT kind, max(n) FROM (SELECT p.kind, count(*) AS n FROM {entity}_point p JOIN {entity} t "
        f"ON t.id = p.{entity}_id WHERE t.deleted_at IS NULL GROUP BY p.{entity}_id, p.kind) GROUP BY kind"
    )
    return {PointKind(kind): most for kind, most in connection.exec_driver_sql(sql)}


def flagged_points(connection: Connection, entity: EntityKind) -> frozenset[PointKind]:
    """The kinds of point of which at least one on a living record was verified or bounced."""
    if entity not in HAVE_POINTS:
        return frozenset()
    found: set[PointKind] = set()
    for flag in ("verified", "bounced"):
        sql = (
            f"SELECT DISTINCT p.kind FROM {entity}_point p JOIN {entity} t ON t.id = p.{entity}_id "
            f"WHERE p.{flag} = 1 AND t.deleted_at IS NULL"
        )
        found.update(PointKind(kind) for (kind,) in connection.exec_driver_sql(sql))
    return frozenset(found)
