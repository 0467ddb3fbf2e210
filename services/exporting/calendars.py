"""Events and tasks as a calendar file (RFC 5545), with the definitions of the time zones it uses.

A file holds what EventDraft holds; what else belongs to an event here is in CALENDAR_CANNOT_HOLD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from services.records.calendar_drafts import AttendeeDraft, EventDraft
from services.records.planning import TaskRow

if TYPE_CHECKING:
    from icalendar import Alarm, Calendar, Event, Todo

CALENDAR_CANNOT_HOLD: Final = (
    "contact, company and deal of an event or task",
    "owner",
    "custom fields",
    "when a task is snoozed until",
    "the zone of a task that repeats",
)
"""What of an event or task is in no calendar file."""

_PRODUCT: Final = "-//MyCRM Desktop//EN"
_UNTIL: Final = re.compile(r"UNTIL=(\d{8})(?:T(\d{6}))?(Z?)")
_PRIORITIES: Final = {"urgent": 1, "high": 3, "normal": 5, "low": 9}
_TASK_STATUSES: Final = {"open": "NEEDS-ACTION", "done": "COMPLETED", "cancelled": "CANCELLED"}
_ROOM_AFTER: Final = timedelta(days=366)


def calendar_file(events: Iterable[EventDraft], tasks: Iterable[TaskRow] = (), *, written_at: datetime) -> bytes:
    """The whole file in UTF-8, its lines folded and ended as the standard says."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    kept = list(events)
    for event in kept:
        calendar.add_component(_event(event, written_at))
    for task in tasks:
        calendar.add_component(_task(task, written_at))
    if kept:
        _define_zones(calendar, kept)
    return bytes(calendar.to_ical())


def _define_zones(calendar: Calendar, events: Sequence[EventDraft]) -> None:
    """Put the definitions of the zones in front, from the first event to a year after the last."""
    first = min(event.starts_at for event in events).date()
    last = max(event.ends_at for event in events) + _ROOM_AFTER
    calendar.add_missing_timezones(first_date=date(first.year, 1, 1), last_date=date(last.year, 12, 31))


def _event(draft: EventDraft, written_at: datetime) -> Event:
    from icalendar import Event

    event = Event()
    zone = ZoneInfo(draft.time_zone or "UTC")
    event.add("uid", draft.calendar_uid)
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("summary", draft.title)
    _add_moments(event, draft, zone)
    if draft.recurrence:
        _add_rule(event, draft, zone)
    texts = {
        "location": draft.location,
        "description": draft.notes,
        "status": draft.status.upper(),
        "transp": draft.transparency.upper(),
        "class": draft.visibility.upper(),
    }
    for name, text in texts.items():
        if text:
            event.add(name, text)
    if draft.sequence:
        event.add("sequence", draft.sequence)
    if draft.tags:
        event.add("categories", list(draft.tags))
    if draft.conference_url:
        event.add("conference", draft.conference_url, parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    for person in draft.attendees:
        _invite(event, person)
    for minutes in draft.alarms:
        event.add_component(_alarm(-timedelta(minutes=minutes), draft.title))
    return event


def _add_moments(event: Event, draft: EventDraft, zone: tzinfo) -> None:
    event.add("dtstart", _shown(draft.starts_at, draft, zone))
    event.add("dtend", _shown(draft.ends_at, draft, zone))
    if draft.occurrence is not None:
        event.add("recurrence-id", _shown(draft.occurrence, draft, zone))
    for name, moments in (("exdate", draft.excluded), ("rdate", draft.added)):
        if moments:
            parameters = {"VALUE": "DATE"} if draft.all_day else {}
            event.add(name, [_shown(moment, draft, zone) for moment in moments], parameters=parameters)


def _shown(moment: datetime, draft: EventDraft, zone: tzinfo) -> date | datetime:
    if draft.all_day:
        return moment.date()
    if draft.time_zone in ("", "UTC"):
        return moment.astimezone(UTC)
    local = moment.astimezone(zone)
    # Of an hour that comes twice a file only knows the first.
    return local if local.replace(fold=0).astimezone(UTC) == moment else moment.astimezone(UTC)


def _add_rule(event: Event, draft: EventDraft, zone: tzinfo) -> None:
    from icalendar import vRecur

    rule = draft.recurrence if draft.all_day else _UNTIL.sub(lambda found: _utc_until(found, zone), draft.recurrence)
    event.add("rrule", vRecur.from_ical(rule))


def _utc_until(found: re.Match[str], zone: tzinfo) -> str:
    """UNTIL in UTC, in which the standard wants it where the start has a zone."""
    day, clock, _ = found.groups()
    local = datetime.strptime(day + (clock or "000000"), "%Y%m%d%H%M%S").replace(tzinfo=zone)
    return f"UNTIL={local.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _invite(event: Event, person: AttendeeDraft) -> None:
    from icalendar import vCalAddress

    address = vCalAddress(f"mailto:{person.email}")
    if person.name:
        address.params["CN"] = person.name
    if person.response:
        address.params["PARTSTAT"] = person.response.upper()
    if person.role:
        address.params["ROLE"] = person.role.upper()
    event.add("organizer" if person.is_organizer else "attendee", address, encode=False)


def _alarm(trigger: timedelta | datetime, text: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", trigger)
    return alarm


def _task(row: TaskRow, written_at: datetime) -> Todo:
    from icalendar import Todo, vRecur

    task = Todo()
    task.add("uid", row.uid.hex())
    task.add("dtstamp", written_at.astimezone(UTC))
    task.add("summary", row.title)
    task.add("status", _TASK_STATUSES[row.status])
    due = row.due_on or row.due_at
    if due is not None:
        task.add("due", due)
    if row.recurrence and due is not None:
        task.add("dtstart", due)
        task.add("rrule", vRecur.from_ical(row.recurrence))
    if row.done_at is not None:
        task.add("completed", row.done_at)
    if row.priority in _PRIORITIES:
        task.add("priority", _PRIORITIES[row.priority])
    if row.notes:
        task.add("description", row.notes)
    if row.tags:
        task.add("categories", list(row.tags))
    if row.remind_at is not None:
        task.add_component(_alarm(row.remind_at, row.title))
    return task
