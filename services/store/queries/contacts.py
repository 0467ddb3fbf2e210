"""Rows of contact lists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from services.clock import from_millis
from services.records.fields import EntityKind
from services.records.ids import CompanyId, ContactId, Uid
from services.records.people import ContactRow
from services.store.queries.pages import marks, moment, points_of, tags_of
from services.store.queries.sources import LAST


def rows(connection: Connection, ids: Sequence[int]) -> list[ContactRow]:
    """The rows of these contacts in this order; ids that are gone are left out."""
    if not ids:
        return []
    sql = (
        "SELECT t.id, t.uid, t.display_name, t.title, t.company_id, c.name, t.lifecycle, u.name, t.created_at, "
        f"{LAST[EntityKind.CONTACT]} "
        "FROM contact t LEFT JOIN company c ON c.id = t.company_id LEFT JOIN user u ON u.id = t.owner_id "
        f"WHERE t.id IN ({marks(ids)})"
    )
    points = points_of(connection, "contact", ids)
    tags = tags_of(connection, "contact", ids)
    found = {}
    for row in connection.exec_driver_sql(sql, tuple(ids)):
        mine = points.get(row[0], {})
        found[row[0]] = ContactRow(
            id=ContactId(row[0]),
            uid=Uid(row[1]),
            name=row[2],
            title=row[3] or "",
            company_id=CompanyId(row[4]) if row[4] is not None else None,
            company=row[5] or "",
            email=mine.get("email", ""),
            phone=mine.get("phone", ""),
            city=mine.get("city", ""),
            country=mine.get("country", ""),
            lifecycle=row[6] or "",
            owner=row[7] or "",
            last_activity_at=moment(row[9]),
            created_at=from_millis(row[8]),
            tags=tags.get(row[0], ()),
        )
    return [found[local_id] for local_id in ids if local_id in found]
