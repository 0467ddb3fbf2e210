"""Rows of activity lists and timelines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from services.clock import from_millis
from services.records.ids import CompanyId, ContactId, Uid
from services.records.people import ActivityRow
from services.store.queries.pages import marks

_SELECT = (
    "SELECT t.id, t.uid, t.type, t.contact_id, p.display_name, t.company_id, c.name, t.occurred_at, t.recorded_at, "
    "t.subject, t.body, t.outcome, t.duration_s, t.amount, t.currency, t.direction, t.pinned FROM activity t "
    "LEFT JOIN contact p ON p.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
)


def _row(row: Any) -> ActivityRow:
    return ActivityRow(
        id=row[0],
        uid=Uid(row[1]),
        type=row[2],
        contact_id=ContactId(row[3]) if row[3] is not None else None,
        contact=row[4] or "",
        company_id=CompanyId(row[5]) if row[5] is not None else None,
        company=row[6] or "",
        occurred_at=from_millis(row[7]),
        recorded_at=from_millis(row[8]),
        subject=row[9] or "",
        body=row[10] or "",
        outcome=row[11] or "",
        duration_s=row[12],
        amount=row[13],
        currency=row[14] or "",
        direction=row[15] or "",
        pinned=bool(row[16]),
    )


def rows(connection: Connection, ids: Sequence[int]) -> list[ActivityRow]:
    """The rows of these activities in this order; ids that are gone are left out."""
    if not ids:
        return []
    found = {
        row[0]: _row(row) for row in connection.exec_driver_sql(f"{_SELECT} WHERE t.id IN ({marks(ids)})", tuple(ids))
    }
    return [found[local_id] for local_id in ids if local_id in found]


def timeline(
    connection: Connection,
    *,
    contact: int | None,
    company: int | None,
    types: Sequence[str],
    limit: int,
    skip: int,
) -> tuple[list[ActivityRow], int]:
    """Newest entries first, pinned ones before them, and how many there are in all."""
    bound: list[int | None]
    if contact is not None:
        scope, bound = "t.contact_id = ?", [contact]
    else:
        # As one set of ids: with OR, SQLite would read every activity there is.
        scope = (
            "t.id IN (SELECT id FROM activity WHERE company_id = ? AND deleted_at IS NULL UNION SELECT a.id "
            "FROM contact p JOIN activity a ON a.contact_id = p.id WHERE p.company_id = ? AND a.deleted_at IS NULL)"
        )
        bound = [company, company]
    kinds = f"AND t.type IN ({','.join('?' * len(types))})" if types else ""
    where = f"WHERE t.deleted_at IS NULL AND {scope} {kinds}"
    everything = (*bound, *types)
    total = connection.exec_driver_sql(f"SELECT count(*) FROM activity t {where}", everything).scalar_one()
    sql = f"{_SELECT} {where} ORDER BY t.pinned DESC, t.occurred_at DESC, t.id DESC LIMIT ? OFFSET ?"
    found = [_row(row) for row in connection.exec_driver_sql(sql, (*everything, limit, skip))]
    return found, int(total)
