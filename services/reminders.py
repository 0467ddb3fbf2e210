"""What is to be told at this moment: tasks that asked for it, and meetings that are about to begin."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from services.access import Access, Permission, verb
from services.calendar import EventService
from services.records.fields import EntityKind
from services.records.planning import EventRow, TaskRow
from services.records.reminders import Reminder
from services.store.store import Store
from services.tasks import TaskService

BEFORE_MEETINGS: Final = timedelta(minutes=10)
LOOK_AHEAD: Final = timedelta(days=1)
INSTANT: Final = timedelta(milliseconds=1)
CANCELLED: Final = "cancelled"


class ReminderService:
    """Reads what is due; what was told already is remembered by whoever tells it."""

    def __init__(self, store: Store, access: Access, tasks: TaskService, calendar: EventService) -> None:
        self._store = store
        self._access = access
        self._tasks = tasks
        self._calendar = calendar

    @verb(Permission.READ)
    def due(self, *, before_meetings: timedelta = BEFORE_MEETINGS) -> list[Reminder]:
        """Tasks whose reminder has come and is not put off, then meetings that begin within `before_meetings`.

        A meeting that has begun is nobody's reminder any more; a whole day is none at all.
        """
        now = self._store.clock.now()
        # A list of what takes place ends before its second moment; one that begins just then is to be told.
        coming = self._meetings(now, now + before_meetings + INSTANT)
        return [
            *(_of_task(row) for row in self._tasks.reminders()),
            *(_of_event(row, before_meetings) for row in coming if now <= row.starts_at),
        ]

    @verb(Permission.READ)
    def next_at(self, *, before_meetings: timedelta = BEFORE_MEETINGS) -> datetime | None:
        """When the next one comes, as far as a day ahead for meetings; None when nothing is in sight."""
        now = self._store.clock.now()
        moments = [row.starts_at - before_meetings for row in self._meetings(now, now + LOOK_AHEAD)]
        task_at = self._tasks.next_reminder_at()
        later = [moment for moment in (*moments, *([task_at] if task_at else [])) if moment > now]
        return min(later, default=None)

    def _meetings(self, since: datetime, until: datetime) -> list[EventRow]:
        rows = self._calendar.between(since, until)
        return [row for row in rows if row.starts_on is None and row.status != CANCELLED]


def _of_task(row: TaskRow) -> Reminder:
    asked_at = row.remind_at or row.snoozed_until
    assert asked_at is not None
    return Reminder(
        entity=EntityKind.TASK,
        id=row.id,
        uid=row.uid,
        title=row.title,
        subject=row.contact or row.company or row.deal,
        at=max(asked_at, row.snoozed_until or asked_at),
        about_at=row.due_at if row.due_on is None else None,
        about_on=row.due_on,
        place="",
        conference_url="",
        contact_id=row.contact_id,
    )


def _of_event(row: EventRow, before: timedelta) -> Reminder:
    return Reminder(
        entity=EntityKind.EVENT,
        id=row.id,
        uid=row.uid,
        title=row.title,
        subject=row.contact or row.company or row.deal,
        at=row.starts_at - before,
        about_at=row.starts_at,
        about_on=None,
        place=row.location,
        conference_url=row.conference_url,
        contact_id=row.contact_id,
    )
