"""Tasks and calendar events as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.records.ids import CompanyId, ContactId, DealId, EventId, LeadId, TaskId, Uid


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as lists show it; `due_on` is set where a whole day is meant, else `due_at`."""

    id: TaskId
    uid: Uid
    title: str
    status: str
    due_at: datetime | None
    due_on: date | None
    remind_at: datetime | None
    snoozed_until: datetime | None
    priority: str
    recurrence: str
    done_at: datetime | None
    contact_id: ContactId | None
    contact: str
    company_id: CompanyId | None
    company: str
    deal_id: DealId | None
    deal: str
    lead_id: LeadId | None
    lead: str
    owner: str
    notes: str
    created_at: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is invited; `response` is needs-action, accepted, declined, tentative or delegated."""

    uid: Uid
    contact_id: ContactId | None
    email: str
    name: str
    response: str
    role: str
    is_organizer: bool


@dataclass(frozen=True, slots=True)
class EventRow:
    """One occurrence of an event in a calendar; of a series `starts_at` is that of the occurrence.

    `starts_on` and `ends_on` (exclusive) are set where whole days are meant.
    """

    id: EventId
    uid: Uid
    title: str
    starts_at: datetime
    ends_at: datetime
    starts_on: date | None
    ends_on: date | None
    time_zone: str
    location: str
    conference_url: str
    status: str
    recurrence: str
    contact_id: ContactId | None
    contact: str
    company_id: CompanyId | None
    company: str
    deal_id: DealId | None
    deal: str
    owner: str
    notes: str
    attendees: tuple[Attendee, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DueCounts:
    """How many open tasks stand in each list."""

    overdue: int
    today: int
    upcoming: int
    without_date: int
