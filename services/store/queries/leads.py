"""Rows of lead lists, and who a lead may be already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.clock import from_millis
from services.records.fields import EntityKind
from services.records.ids import LeadId, Uid
from services.records.sales import LeadRow
from services.store.connection import Connection
from services.store.queries.pages import marks, moment, points_of, tags_of
from services.store.queries.sources import LAST


def rows(connection: Connection, ids: Sequence[int]) -> list[LeadRow]:
    """The rows of these leads in this order; ids that are gone are left out."""
    if not ids:
        return []
    sql = (
        "SELECT t.id, t.uid, t.display_name, t.title, t.company, t.source, t.status, t.score, t.response_due, "
        f"t.responded_at, u.name, t.created_at, {LAST[EntityKind.LEAD]} "
        f"FROM lead t LEFT JOIN user u ON u.id = t.owner_id WHERE t.id IN ({marks(ids)})"
    )
    points = points_of(connection, "lead", ids)
    tags = tags_of(connection, "lead", ids)
    found = {}
    for row in connection.exec_driver_sql(sql, tuple(ids)):
        mine = points.get(row[0], {})
        found[row[0]] = LeadRow(
            id=LeadId(row[0]),
            uid=Uid(row[1]),
            name=row[2],
            title=row[3] or "",
            company=row[4] or "",
            email=mine.get("email", ""),
            phone=mine.get("phone", ""),
            city=mine.get("city", ""),
            country=mine.get("country", ""),
            source=row[5] or "",
            status=row[6],
            score=row[7],
            response_due=moment(row[8]),
            responded_at=moment(row[9]),
            owner=row[10] or "",
            last_activity_at=moment(row[12]),
            created_at=from_millis(row[11]),
            tags=tags.get(row[0], ()),
        )
    return [found[local_id] for local_id in ids if local_id in found]


def contact_reached_by(connection: Connection, emails: Iterable[str]) -> int | None:
    """The oldest living contact with one of these emails, in their normal form."""
    wanted = tuple(emails)
    if not wanted:
        return None
    sql = (
        "SELECT min(c.id) FROM contact_point p JOIN contact c ON c.id = p.contact_id "
        f"WHERE p.kind = 'email' AND p.normal IN ({marks(wanted)}) AND c.deleted_at IS NULL"
    )
    found = connection.exec_driver_sql(sql, wanted).scalar()
    return int(found) if found is not None else None


def linked_to(connection: Connection, table: str, lead: int) -> list[int]:
    """The ids of the activities, tasks or files of a lead."""
    sql = f'SELECT id FROM "{table}" WHERE lead_id = ? ORDER BY id'
    return [row[0] for row in connection.exec_driver_sql(sql, (lead,))]
