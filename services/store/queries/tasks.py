"""Rows of task lists, and whose reminder is due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.clock import from_millis, to_millis
from services.records.ids import CompanyId, ContactId, DealId, LeadId, TaskId, Uid
from services.records.planning import DueCounts, TaskRow
from services.store.connection import Connection
from services.store.queries.listing import zone_of
from services.store.queries.pages import marks, moment, tags_of


def day_of(millis: int) -> date:
    """The day that a midnight UTC stands for."""
    return from_millis(millis).date()


def rows(connection: Connection, ids: Sequence[int]) -> list[TaskRow]:
    """The rows of these tasks in this order; ids that are gone are left out."""
    if not ids:
        return []
    sql = (
        "SELECT t.id, t.uid, t.title, t.status, t.due_at, t.all_day, t.remind_at, t.snoozed_until, t.priority, "
        "t.recurrence, t.done_at, t.contact_id, k.display_name, t.company_id, c.name, t.deal_id, d.title, "
        "t.lead_id, l.display_name, u.name, t.notes, t.created_at "
        "FROM task t LEFT JOIN contact k ON k.id = t.contact_id LEFT JOIN company c ON c.id = t.company_id "
        "LEFT JOIN deal d ON d.id = t.deal_id LEFT JOIN lead l ON l.id = t.lead_id "
        f"LEFT JOIN user u ON u.id = t.owner_id WHERE t.id IN ({marks(ids)})"
    )
    tags = tags_of(connection, "task", ids)
    found = {row[0]: _row(row, tags) for row in connection.exec_driver_sql(sql, tuple(ids))}
    return [found[local_id] for local_id in ids if local_id in found]


def _row(row: Any, tags: dict[int, tuple[str, ...]]) -> TaskRow:
    due, all_day = row[4], bool(row[5])
    return TaskRow(
        id=TaskId(row[0]),
        uid=Uid(row[1]),
        title=row[2],
        status=row[3],
        due_at=moment(due) if due is not None and not all_day else None,
        due_on=day_of(due) if due is not None and all_day else None,
        remind_at=moment(row[6]),
        snoozed_until=moment(row[7]),
        priority=row[8] or "",
        recurrence=row[9] or "",
        done_at=moment(row[10]),
        contact_id=ContactId(row[11]) if row[11] is not None else None,
        contact=row[12] or "",
        company_id=CompanyId(row[13]) if row[13] is not None else None,
        company=row[14] or "",
        deal_id=DealId(row[15]) if row[15] is not None else None,
        deal=row[16] or "",
        lead_id=LeadId(row[17]) if row[17] is not None else None,
        lead=row[18] or "",
        owner=row[19] or "",
        notes=row[20] or "",
        created_at=from_millis(row[21]),
        tags=tags.get(row[0], ()),
    )


def due_counts(connection: Connection, *, now: datetime, actor: bytes | None) -> DueCounts:
    """How many open tasks are overdue, due today, later, or without a date."""
    zone = zone_of(connection, actor)
    today = now.astimezone(zone).date()
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC)
    tomorrow = datetime.combine(today + timedelta(days=1), datetime.min.time(), tzinfo=zone)
    bound = {
        "now": to_millis(now),
        "today": to_millis(midnight),
        "tomorrow": to_millis(tomorrow.astimezone(UTC)),
    }
    sql = (
        "SELECT sum(due_at IS NOT NULL AND CASE all_day WHEN 1 THEN due_at < :today ELSE due_at < :now END), "
        "sum(CASE all_day WHEN 1 THEN due_at = :today ELSE due_at >= :now AND due_at < :tomorrow END), "
        "sum(CASE all_day WHEN 1 THEN due_at > :today ELSE due_at >= :tomorrow END), "
        "sum(due_at IS NULL) FROM task WHERE deleted_at IS NULL AND status = 'open'"
    )
    row = connection.exec_driver_sql(sql, bound).one()
    return DueCounts(*(int(count or 0) for count in row))


def reminders(connection: Connection, *, now: datetime, limit: int) -> list[int]:
    """Open tasks of which the reminder is due and not put off, the longest overdue first."""
    sql = (
        "SELECT id FROM task WHERE deleted_at IS NULL AND status = 'open' AND remind_at IS NOT NULL "
        "AND remind_at <= ? AND coalesce(snoozed_until, 0) <= ? "
        "ORDER BY max(remind_at, coalesce(snoozed_until, 0)), id LIMIT ?"
    )
    millis = to_millis(now)
    return [row[0] for row in connection.exec_driver_sql(sql, (millis, millis, limit))]


def next_reminder(connection: Connection, *, now: datetime) -> datetime | None:
    """When the next reminder after now falls due."""
    sql = (
        "SELECT min(max(remind_at, coalesce(snoozed_until, 0))) FROM task WHERE deleted_at IS NULL "
        "AND status = 'open' AND remind_at IS NOT NULL AND max(remind_at, coalesce(snoozed_until, 0)) > ?"
    )
    return moment(connection.exec_driver_sql(sql, (to_millis(now),)).scalar())
