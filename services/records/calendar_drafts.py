"""Calendar events as a file or a provider gives them, and what taking them over came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.records.drafts import RecordDraft, RowReject
from services.records.fields import FieldKind
from services.records.ids import Uid


@dataclass(frozen=True, slots=True)
class AttendeeDraft:
    """Somebody who is invited: `response` and `role` as RFC 5545 writes PARTSTAT and ROLE, in lower case."""

    email: str
    name: str = ""
    response: str = "needs-action"
    role: str = ""
    is_organizer: bool = False


@dataclass(frozen=True, slots=True)
class EventDraft:
    """One event or changed occurrence, moments in UTC; where `all_day` is set they are midnights of the days meant.

    `ends_at` is exclusive. `recurrence` is a rule without its name that counts in the local time of `time_zone`.
    `occurrence` is the start that this occurrence of the series `calendar_uid` had by the rule. `alarms` are minutes
    before the start. `rest` is what else a file of this program says: links, owner, key, fields of the user's own.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool = False
    time_zone: str = "UTC"
    location: str = ""
    conference_url: str = ""
    status: str = "confirmed"
    transparency: str = ""
    visibility: str = ""
    recurrence: str = ""
    excluded: tuple[datetime, ...] = ()
    added: tuple[datetime, ...] = ()
    alarms: tuple[int, ...] = ()
    calendar_uid: str = ""
    sequence: int = 0
    occurrence: datetime | None = None
    attendees: tuple[AttendeeDraft, ...] = ()
    notes: str = ""
    tags: tuple[str, ...] = ()
    rest: RecordDraft | None = None


@dataclass(frozen=True, slots=True)
class CalendarContents:
    """What a calendar file holds; `left_out` counts by name the properties that are not kept.

    `custom_kinds` are the fields of the user's own that its events have, `numbers` the rows of events of a table.
    """

    events: tuple[EventDraft, ...] = ()
    tasks: tuple[RecordDraft, ...] = ()
    rejects: tuple[RowReject, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)
    custom_kinds: dict[str, FieldKind] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class EventsTaken:
    """How many drafts made, changed or left an event; `outdated` ones were older than what stands here."""

    created: int
    updated: int
    unchanged: int
    outdated: int
    batch: Uid | None
