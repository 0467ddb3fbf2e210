"""Rows of activity lists and timelines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from services.clock import from_millis
from services.records.ids import CompanyId, ContactId, DealId, LeadId, Uid
from services.records.people import ActivityRow, Participant
from services.store.queries.pages import marks
from services.values.text import fold

_SELECT = (
    "SELECT t.id, t.uid, t.type, t.contact_id, p.display_name, t.company_id, c.name, t.occurred_at, t.recorded_at, "
    "t.subject, t.body, t.outcome, t.duration_s, t.amount, t.currency, t.direction, t.pinned, "
    "coalesce(t.location, ''), t.deal_id, d.title, t.lead_id, l.display_name FROM activity t "
    "LEFT JOIN contact p ON p.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
    "LEFT JOIN deal d ON d.id = t.deal_id LEFT JOIN lead l ON l.id = t.lead_id "
)


def participants_of(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[Participant, ...]]:
    """Who took part in each of these activities, by name."""
    sql = (
        "SELECT w.activity_id, k.id, k.uid, k.display_name, k.external_key, (SELECT p.normal FROM contact_point p "
        "WHERE p.contact_id = k.id AND p.kind = 'email' AND p.is_primary = 1 LIMIT 1) FROM activity_contact w "
        f"JOIN contact k ON k.id = w.contact_id WHERE w.activity_id IN ({marks(ids)})"
    )
    found: dict[int, list[Participant]] = defaultdict(list)
    for activity, contact, uid, name, key, email in connection.exec_driver_sql(sql, tuple(ids)):
        found[activity].append(Participant(ContactId(contact), Uid(uid), name, key or email or uid.hex()))
    return {
        activity: tuple(sorted(people, key=lambda person: (fold(person.name), person.id)))
        for activity, people in found.items()
    }


def _rows(connection: Connection, found: Sequence[Any]) -> list[ActivityRow]:
    participants = participants_of(connection, [row[0] for row in found])
    return [_row(row, participants.get(row[0], ())) for row in found]


def _row(row: Any, participants: tuple[Participant, ...]) -> ActivityRow:
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
        location=row[17],
        participants=participants,
        deal_id=DealId(row[18]) if row[18] is not None else None,
        deal=row[19] or "",
        lead_id=LeadId(row[20]) if row[20] is not None else None,
        lead=row[21] or "",
    )


def rows(connection: Connection, ids: Sequence[int]) -> list[ActivityRow]:
    """The rows of these activities in this order; ids that are gone are left out."""
    if not ids:
        return []
    listed = connection.exec_driver_sql(f"{_SELECT} WHERE t.id IN ({marks(ids)})", tuple(ids)).fetchall()
    found = {row.id: row for row in _rows(connection, listed)}
    return [found[local_id] for local_id in ids if local_id in found]


def timeline(
    connection: Connection,
    *,
    contact: int | None,
    company: int | None,
    deal: int | None = None,
    lead: int | None = None,
    types: Sequence[str],
    limit: int,
    skip: int,
) -> tuple[list[ActivityRow], int]:
    """Newest entries first, pinned ones before them, and how many there are in all."""
    bound: list[int | None]
    if contact is not None:
        scope = (
            "t.id IN (SELECT id FROM activity WHERE contact_id = ? AND deleted_at IS NULL "
            "UNION SELECT activity_id FROM activity_contact WHERE contact_id = ?)"
        )
        bound = [contact, contact]
    elif deal is not None or lead is not None:
        scope = "t.deal_id = ?" if deal is not None else "t.lead_id = ?"
        bound = [deal if deal is not None else lead]
    else:
        # As one set of ids: with OR, SQLite would read every activity there is.
        scope = (
            "t.id IN (SELECT id FROM activity WHERE company_id = ? AND deleted_at IS NULL UNION SELECT a.id "
            "FROM contact p JOIN activity a ON a.contact_id = p.id WHERE p.company_id = ? AND a.deleted_at IS NULL "
            "UNION SELECT w.activity_id FROM contact p JOIN activity_contact w ON w.contact_id = p.id "
            "WHERE p.company_id = ?)"
        )
        bound = [company, company, company]
    kinds = f"AND t.type IN ({','.join('?' * len(types))})" if types else ""
    where = f"WHERE t.deleted_at IS NULL AND {scope} {kinds}"
    everything = (*bound, *types)
    total = connection.exec_driver_sql(f"SELECT count(*) FROM activity t {where}", everything).scalar_one()
    sql = f"{_SELECT} {where} ORDER BY t.pinned DESC, t.occurred_at DESC, t.id DESC LIMIT ? OFFSET ?"
    found = connection.exec_driver_sql(sql, (*everything, limit, skip)).fetchall()
    return _rows(connection, found), int(total)
