"""The aggregates of planning: tasks and calendar events."""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind
from services.store.aggregates import COMMON_COLUMNS, AggregateSpec, ColumnSpec, PartSpec, tags
from services.values.text import fold

TASK: Final = AggregateSpec(
    EntityKind.TASK,
    "task",
    (
        *COMMON_COLUMNS,
        ColumnSpec("title", personal=True),
        ColumnSpec("status"),
        ColumnSpec("due_at"),
        ColumnSpec("all_day"),
        ColumnSpec("remind_at"),
        ColumnSpec("snoozed_until"),
        ColumnSpec("recurrence"),
        ColumnSpec("series"),
        ColumnSpec("priority"),
        ColumnSpec("done_at"),
        ColumnSpec("contact", link=EntityKind.CONTACT),
        ColumnSpec("company", link=EntityKind.COMPANY),
        ColumnSpec("deal", link=EntityKind.DEAL),
        ColumnSpec("lead", link=EntityKind.LEAD),
    ),
    parts=(tags("task"),),
    has_custom=True,
    name_column="title",
    computed={"sort_name": lambda document: fold(document["title"] or "")},
)

EVENT: Final = AggregateSpec(
    EntityKind.EVENT,
    "event",
    (
        *COMMON_COLUMNS,
        ColumnSpec("title", personal=True),
        ColumnSpec("starts_at"),
        ColumnSpec("ends_at"),
        ColumnSpec("all_day"),
        ColumnSpec("time_zone"),
        ColumnSpec("location", personal=True),
        ColumnSpec("conference_url", personal=True),
        ColumnSpec("status"),
        ColumnSpec("transparency"),
        ColumnSpec("visibility"),
        ColumnSpec("recurrence"),
        ColumnSpec("excluded"),
        ColumnSpec("added"),
        ColumnSpec("alarms"),
        ColumnSpec("calendar_uid", personal=True),
        ColumnSpec("sequence"),
        ColumnSpec("recurrence_of", link=EntityKind.EVENT),
        ColumnSpec("occurrence_at"),
        ColumnSpec("contact", link=EntityKind.CONTACT),
        ColumnSpec("company", link=EntityKind.COMPANY),
        ColumnSpec("deal", link=EntityKind.DEAL),
    ),
    parts=(
        PartSpec(
            "attendees",
            "event_attendee",
            "event_id",
            (
                ColumnSpec("contact", link=EntityKind.CONTACT),
                ColumnSpec("email", personal=True),
                ColumnSpec("name", personal=True),
                ColumnSpec("response"),
                ColumnSpec("role"),
                ColumnSpec("is_organizer"),
            ),
        ),
        tags("event"),
    ),
    has_custom=True,
    name_column="title",
    computed={"sort_name": lambda document: fold(document["title"] or "")},
)
