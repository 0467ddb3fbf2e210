"""Rows of company lists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from services.clock import from_millis
from services.records.fields import EntityKind
from services.records.ids import CompanyId, Uid
from services.records.people import CompanyRow
from services.store.queries.pages import marks, moment, points_of, tags_of
from services.store.queries.sources import LAST


def rows(connection: Connection, ids: Sequence[int]) -> list[CompanyRow]:
    """The rows of these companies in this order; ids that are gone are left out."""
    if not ids:
        return []
    sql = (
        "SELECT t.id, t.uid, t.name, t.domain, t.industry, t.size, t.lifecycle, u.name, t.created_at, "
        "(SELECT count(*) FROM contact p WHERE p.company_id = t.id AND p.deleted_at IS NULL), "
        f"{LAST[EntityKind.COMPANY]} "
        f"FROM company t LEFT JOIN user u ON u.id = t.owner_id WHERE t.id IN ({marks(ids)})"
    )
    points = points_of(connection, "company", ids)
    tags = tags_of(connection, "company", ids)
    found = {}
    for row in connection.exec_driver_sql(sql, tuple(ids)):
        mine = points.get(row[0], {})
        found[row[0]] = CompanyRow(
            id=CompanyId(row[0]),
            uid=Uid(row[1]),
            name=row[2],
            domain=row[3] or "",
            industry=row[4] or "",
            size=row[5],
            phone=mine.get("phone", ""),
            city=mine.get("city", ""),
            country=mine.get("country", ""),
            lifecycle=row[6] or "",
            owner=row[7] or "",
            contacts=row[9],
            last_activity_at=moment(row[10]),
            created_at=from_millis(row[8]),
            tags=tags.get(row[0], ()),
        )
    return [found[local_id] for local_id in ids if local_id in found]
