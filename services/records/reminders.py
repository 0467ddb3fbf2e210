"""What the user is to be reminded of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.records.fields import EntityKind
from services.records.ids import Uid


@dataclass(frozen=True, slots=True)
class Reminder:
    """A task whose reminder is due, or a meeting that is about to begin.

    `at` is when it was to be told, `about_at` when the task is due or the meeting begins; of a task that is due on a
    day as a whole `about_on` says the day, one without a day has neither. `subject` is whom or what it is about.
    """

    entity: EntityKind
    id: int
    uid: Uid
    title: str
    subject: str
    at: datetime
    about_at: datetime | None
    about_on: date | None
    place: str
    conference_url: str
    contact_id: int | None
