"""The records opened last on this device."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import SearchHit

_SHOWN: Final = {
    EntityKind.CONTACT: ("t.display_name", "c.name", "contact t LEFT JOIN company c ON c.id = t.company_id"),
    EntityKind.COMPANY: ("t.name", "t.domain", "company t"),
    EntityKind.LEAD: ("t.display_name", "t.company", "lead t"),
    EntityKind.DEAL: ("t.title", "c.name", "deal t LEFT JOIN company c ON c.id = t.company_id"),
    EntityKind.TASK: (
        "t.title",
        "p.display_name, c.name, d.title",
        "task t LEFT JOIN contact p ON p.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
        "LEFT JOIN deal d ON d.id = t.deal_id",
    ),
}
"""Of each kind: what a record is called, the first of what tells it apart, and where both stand."""


def recent_hits(connection: Connection, limit: int) -> list[SearchHit]:
    """Living records of every kind that has a page, by when they were opened, newest first."""
    parts = " UNION ALL ".join(_living(kind) for kind in _SHOWN)
    sql = (
        f"SELECT r.kind, x.id, x.uid, x.name, x.detail FROM recent r JOIN ({parts}) x "
        "ON x.kind = r.kind AND x.id = CAST(r.key AS INTEGER) ORDER BY r.used_at DESC, r.id DESC LIMIT ?"
    )
    rows = connection.exec_driver_sql(sql, (limit,)).fetchall()
    return [SearchHit(row[0], row[1], Uid(row[2]), row[3], row[4], rank) for rank, row in enumerate(rows)]


def _living(kind: EntityKind) -> str:
    title, details, tables = _SHOWN[kind]
    return (
        f"SELECT '{kind}' AS kind, t.id, t.uid, {title} AS name, coalesce({details}, '') AS detail FROM {tables} "
        f"WHERE t.deleted_at IS NULL AND t.id IN (SELECT CAST(key AS INTEGER) FROM recent WHERE kind = '{kind}')"
    )
