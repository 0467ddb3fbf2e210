"""Tasks and calendar events."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, Identified, Recorded, TableKind, declared


class TaskTable(Recorded, Base):
    """Something to do; where `all_day` is set, `due_at` is midnight UTC of the day that is meant anywhere."""

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_sort_name", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_task_status", "status", "due_at", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_task_remind_at", "remind_at", sqlite_where=text("remind_at IS NOT NULL")),
        Index("ix_task_contact_id", "contact_id"),
        Index("ix_task_company_id", "company_id"),
        Index("ix_task_deal_id", "deal_id"),
        Index("ix_task_lead_id", "lead_id"),
        Index("ix_task_external_key", "external_key", sqlite_where=text("external_key IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    title: Mapped[str]
    status: Mapped[str]
    due_at: Mapped[int | None]
    all_day: Mapped[int]
    remind_at: Mapped[int | None]
    snoozed_until: Mapped[int | None]
    recurrence: Mapped[str | None]
    series: Mapped[str | None]
    priority: Mapped[str | None]
    done_at: Mapped[int | None]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sort_name: Mapped[str]


class TaskTagTable(Base):
    """A tag on a task."""

    __tablename__ = "task_tag"
    __table_args__ = (
        Index("ix_task_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class EventTable(Recorded, Base):
    """An entry of the calendar; a changed occurrence of a series is an event of its own under `recurrence_of`.

    Where `all_day` is set, `starts_at` and `ends_at` are midnights UTC of the days that are meant anywhere, the
    end exclusive (RFC 5545, 3.6.1). `excluded` is the JSON list of occurrences that do not take place, `added`
    of those beside the rule, `alarms` of minutes before the start.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_starts_at", "starts_at", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_event_calendar_uid", "calendar_uid"),
        Index("ix_event_recurrence_of_id", "recurrence_of_id"),
        Index("ix_event_contact_id", "contact_id"),
        Index("ix_event_company_id", "company_id"),
        Index("ix_event_deal_id", "deal_id"),
        Index("ix_event_external_key", "external_key", sqlite_where=text("external_key IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    title: Mapped[str]
    starts_at: Mapped[int]
    ends_at: Mapped[int | None]
    all_day: Mapped[int]
    time_zone: Mapped[str | None]
    location: Mapped[str | None]
    conference_url: Mapped[str | None]
    status: Mapped[str]
    transparency: Mapped[str | None]
    visibility: Mapped[str | None]
    recurrence: Mapped[str | None]
    excluded: Mapped[str | None]
    added: Mapped[str | None]
    alarms: Mapped[str | None]
    calendar_uid: Mapped[str | None]
    sequence: Mapped[int]
    recurrence_of_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"))
    occurrence_at: Mapped[int | None]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sort_name: Mapped[str]


class EventAttendeeTable(Identified, Base):
    """Somebody who is invited; `response` as RFC 5545 writes PARTSTAT, in lower case."""

    __tablename__ = "event_attendee"
    __table_args__ = (
        Index("ix_event_attendee_event_id", "event_id"),
        Index("ix_event_attendee_contact_id", "contact_id"),
        declared(TableKind.FACT, autoincrement=True),
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    email: Mapped[str]
    name: Mapped[str | None]
    response: Mapped[str | None]
    role: Mapped[str | None]
    is_organizer: Mapped[int]


class EventTagTable(Base):
    """A tag on an event."""

    __tablename__ = "event_tag"
    __table_args__ = (
        Index("ix_event_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)
