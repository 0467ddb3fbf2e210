"""Pieces that list pages share: as many statements for five rows as for five hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from services.clock import from_millis


def marks(ids: Sequence[object]) -> str:
    """Placeholders for these ids."""
    return ",".join("?" * len(ids))


def moment(millis: int | None) -> datetime | None:
    """An aware moment, or None."""
    return None if millis is None else from_millis(millis)


def tags_of(connection: Connection, entity: str, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """The names of the tags on each record, in order."""
    sql = (
        f"SELECT x.{entity}_id, g.name FROM {entity}_tag x JOIN tag g ON g.id = x.tag_id "
        f"WHERE x.{entity}_id IN ({marks(ids)}) ORDER BY g.folded_name"
    )
    found: dict[int, list[str]] = defaultdict(list)
    for owner, name in connection.exec_driver_sql(sql, tuple(ids)):
        found[owner].append(name)
    return {owner: tuple(names) for owner, names in found.items()}


def points_of(connection: Connection, entity: str, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """What a list shows of contact points: the primary email, phone, city and country of each record."""
    sql = (
        f"SELECT {entity}_id, kind, raw, city, country FROM {entity}_point WHERE {entity}_id IN ({marks(ids)}) "
        "ORDER BY is_primary, uid DESC"
    )
    found: dict[int, dict[str, str]] = defaultdict(dict)
    # The primary point of a kind comes last and wins.
    for owner, kind, raw, city, country in connection.exec_driver_sql(sql, tuple(ids)):
        shown = found[owner]
        shown[kind] = raw
        if kind == "address":
            shown["city"], shown["country"] = city or "", country or ""
    return found
