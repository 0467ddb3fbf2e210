"""The records opened last on this device."""

from __future__ import annotations

from sqlalchemy import Connection

from services.records.ids import Uid
from services.records.people import SearchHit


def recent_hits(connection: Connection, limit: int) -> list[SearchHit]:
    """Living contacts and companies by when they were opened, newest first."""
    sql = (
        "SELECT r.kind, x.id, x.uid, x.name, x.detail FROM recent r JOIN ("
        "SELECT 'contact' AS kind, t.id, t.uid, t.display_name AS name, coalesce(c.name, '') AS detail "
        "FROM contact t LEFT JOIN company c ON c.id = t.company_id WHERE t.deleted_at IS NULL "
        "AND t.id IN (SELECT CAST(key AS INTEGER) FROM recent WHERE kind = 'contact') "
        "UNION ALL SELECT 'company', t.id, t.uid, t.name, coalesce(t.domain, '') FROM company t "
        "WHERE t.deleted_at IS NULL AND t.id IN (SELECT CAST(key AS INTEGER) FROM recent WHERE kind = 'company')"
        ") x ON x.kind = r.kind AND x.id = CAST(r.key AS INTEGER) ORDER BY r.used_at DESC, r.id DESC LIMIT ?"
    )
    rows = connection.exec_driver_sql(sql, (limit,)).fetchall()
    return [SearchHit(row[0], row[1], Uid(row[2]), row[3], row[4], rank) for rank, row in enumerate(rows)]
