"""Calendar files (RFC 5545) into drafts of events and tasks.

A file is taken whole; if the library refuses it, its events and tasks are tried one by one, so that one broken line
costs one event.
"""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from services.importing.calendar_values import ComponentValues, NotAnEvent, Point, sound
from services.importing.calendar_zones import FAULTS, FIRST_YEAR, LAST_YEAR, CalendarZones
from services.importing.reading import cannot_open
from services.importing.refusals import UnreadableFile
from services.importing.vcard_lines import as_utf8
from services.records.calendar_drafts import CalendarContents, EventDraft
from services.records.drafts import RecordDraft, RowReject, Value
from services.records.fields import EVENT_STATUSES
from services.values.text import clean, clean_lines, listed

if TYPE_CHECKING:
    from icalendar import Component

LARGEST_FILE: Final = 64 << 20
"""Bytes of a calendar file."""

_BREAK: Final = re.compile(rb"\r\n|\n|\r")
_FILE: Final = re.compile(rb"BEGIN:V(?:CALENDAR|EVENT|TODO)\b", re.IGNORECASE)
_EDGE: Final = re.compile(rb"(BEGIN|END):(VEVENT|VTODO|VTIMEZONE)[ \t]*", re.IGNORECASE)
_CONFERENCES: Final = ("CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL")
_KEPT: Final = listed(
    "DTSTART DTEND DURATION DUE SUMMARY DESCRIPTION LOCATION STATUS TRANSP CLASS RRULE EXDATE RDATE UID SEQUENCE "
    "RECURRENCE-ID ATTENDEE ORGANIZER CATEGORIES PRIORITY COMPLETED CONFERENCE X-GOOGLE-CONFERENCE "
    "X-MICROSOFT-SKYPETEAMSMEETINGURL"
)
_SILENT: Final = listed("DTSTAMP CREATED LAST-MODIFIED PRODID METHOD")
_TASK_STATUSES: Final = {"COMPLETED": "done", "CANCELLED": "cancelled"}
_URGENT: Final = 1
_NORMAL: Final = 5
_SHOWN: Final = 200


def read_calendar(path: Path, time_zone: str = "UTC") -> CalendarContents:
    """The events and tasks of a file; `time_zone` is where times without a zone are meant. Raises UnreadableFile."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(f"“{path.name}” is too large", "Export a shorter time of the calendar.")
        data = as_utf8(path.read_bytes())
    except OSError as error:
        raise cannot_open(path, error) from error
    components = list(_components(data))
    if not components:
        what = "is empty" if not data.strip() else "holds no calendar"
        raise UnreadableFile(f"“{path.name}” {what}", "Choose a file that begins with BEGIN:VCALENDAR.")
    return _Reader(components, time_zone).contents()


def _components(data: bytes) -> Iterator[Component | str]:
    """The components of a file in their order, or the reason why one of them cannot be read."""
    import icalendar

    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call] # forgets the zones that other files defined under the same names
    reason = "has no end"
    try:
        whole = _parsed(data)
    except FAULTS as error:
        whole, reason = [], str(error)
    if whole:
        yield from whole
        return
    blocks = list(_blocks(data))
    if not blocks and _FILE.search(data):
        yield reason[:_SHOWN]
    for block in blocks:
        try:
            yield from _parsed(block)
        except FAULTS as error:
            yield str(error)[:_SHOWN]


def _parsed(data: bytes) -> list[Component]:
    """All components, those inside others after them."""
    import icalendar

    with warnings.catch_warnings():
        # It warns of a zone that it recognises by the end of its name; these names are resolved here in any case.
        warnings.simplefilter("ignore")
        return [part for one in icalendar.Component.from_ical(data, multiple=True) for part in one.walk()]


def _blocks(data: bytes) -> Iterator[bytes]:
    """The events, tasks and zones of a file, each as a text of its own."""
    held: list[bytes] = []
    inside = b""
    for line in _BREAK.split(data):
        edge = _EDGE.fullmatch(line)
        if edge and edge.group(1).upper() == b"BEGIN" and not inside:
            held, inside = [], edge.group(2).upper()
        if inside:
            held.append(line)
        if edge and edge.group(1).upper() == b"END" and edge.group(2).upper() == inside:
            yield b"\r\n".join(held) + b"\r\n"
            inside = b""


class _Reader:
    """Reads all components of one file."""

    def __init__(self, components: list[Component | str], time_zone: str) -> None:
        self._failed = [one for one in components if isinstance(one, str)]
        self._all = [one for one in components if not isinstance(one, str)]
        self._is_cancelling = any(str(one.get("METHOD", "")).upper() == "CANCEL" for one in self._all)
        definitions = [one for one in self._all if one.name == "VTIMEZONE" and hasattr(one, "to_tz")]
        self._zones = CalendarZones(definitions, time_zone, self._years())
        self._left_out: Counter[str] = Counter()

    def _years(self) -> Iterator[int]:
        for one in self._all:
            if one.name in ("VEVENT", "VTODO"):
                years = (getattr(start.dt, "year", 0) for start in sound(one, "DTSTART"))
                yield from (year for year in years if FIRST_YEAR <= year <= LAST_YEAR)

    def contents(self) -> CalendarContents:
        """Everything, in the order of the file."""
        events: list[EventDraft] = []
        tasks: list[RecordDraft] = []
        rejects: list[RowReject] = []
        number = 0
        for component in self._all:
            if component.name not in ("VEVENT", "VTODO"):
                if component.name in ("VJOURNAL", "VFREEBUSY", "VAVAILABILITY"):
                    self._left_out[component.name] += 1
                continue
            number += 1
            try:
                if component.name == "VEVENT":
                    events.append(self._event(component))
                else:
                    tasks.append(self._task(component))
            except NotAnEvent as no:
                cells = (clean(str(component.get("SUMMARY", "")))[:_SHOWN],)
                rejects.append(RowReject(number, no.column, no.value[:_SHOWN], no.reason, cells))
        rejects += [RowReject(number + index, "", "", reason) for index, reason in enumerate(self._failed, start=1)]
        self._left_out.update(f"TZID {name}" for name in self._zones.unknown)
        return CalendarContents(tuple(events), tuple(tasks), tuple(rejects), dict(self._left_out))

    def _event(self, component: Component) -> EventDraft:
        values = ComponentValues(component, self._zones)
        start = values.point("DTSTART")
        if start is None:
            raise NotAnEvent("DTSTART", "", "has no start")
        ends_at = values.end(start)
        if start.all_day and ends_at <= start.at:
            ends_at = start.at + timedelta(days=1)
        occurrence = values.point("RECURRENCE-ID")
        conference = next((text for name in _CONFERENCES if (text := values.text(name))), "")
        draft = EventDraft(
            title=clean(values.text("SUMMARY")),
            starts_at=start.at,
            ends_at=ends_at,
            all_day=start.all_day,
            time_zone=start.zone_name,
            location=clean_lines(values.text("LOCATION")),
            conference_url=clean(conference),
            status=self._status(values),
            transparency=values.text("TRANSP").lower(),
            visibility=values.text("CLASS").lower(),
            recurrence=values.rule(start) if occurrence is None else "",
            excluded=values.moments("EXDATE", start),
            added=values.moments("RDATE", start),
            alarms=values.alarms(start.at, ends_at),
            calendar_uid=clean(values.text("UID")),
            sequence=_whole(values.text("SEQUENCE")),
            occurrence=occurrence.at if occurrence else None,
            attendees=values.attendees(),
            notes=clean_lines(values.text("DESCRIPTION")),
            tags=_tags(values),
        )
        self._note(component, values)
        return draft if draft.calendar_uid else identified(draft)

    def _status(self, values: ComponentValues) -> str:
        status = values.text("STATUS").lower()
        if self._is_cancelling:
            return "cancelled"
        return status if status in EVENT_STATUSES else "confirmed"

    def _task(self, component: Component) -> RecordDraft:
        values = ComponentValues(component, self._zones)
        due, start = values.point("DUE"), values.point("DTSTART")
        if due is None and start is not None and values.all("DURATION"):
            due = Point(values.end(start), start.all_day, start.zone_name, start.zone)
        due = due or start
        fields: dict[str, Value] = {"title": clean(values.text("SUMMARY"))}
        if not fields["title"]:
            raise NotAnEvent("SUMMARY", "", "has no title")
        done = values.point("COMPLETED")
        status = "done" if done is not None else _TASK_STATUSES.get(values.text("STATUS").upper(), "open")
        fields["status"] = status
        if due is not None:
            fields["due_at"] = due.at.date() if due.all_day else due.at
            fields["recurrence"] = values.rule(due) or None
            alarms = values.alarms(due.at, due.at)
            fields["remind_at"] = due.at - timedelta(minutes=alarms[0]) if alarms else None
        fields["done_at"] = done.at if done else None
        fields["priority"] = _priority(values.text("PRIORITY"))
        fields["notes"] = clean_lines(values.text("DESCRIPTION"))
        fields["external_key"] = clean(values.text("UID"))
        self._note(component, values)
        kept: dict[str, Value] = {name: value for name, value in fields.items() if value not in (None, "")}
        return RecordDraft(kept, tags=_tags(values))

    def _note(self, component: Component, values: ComponentValues) -> None:
        names = {str(name).upper() for name in component} - _KEPT - _SILENT
        self._left_out.update(names | set(values.broken))
        if any("RANGE" in one.params for one in values.all("RECURRENCE-ID")):
            self._left_out["RANGE"] += 1


def _tags(values: ComponentValues) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for value in values.all("CATEGORIES"):
        for one in getattr(value, "cats", ()):
            tag = clean(str(one)).lstrip("#")
            if tag:
                found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def _whole(text: Any) -> int:
    return int(text) if str(text).isdecimal() and len(str(text)) < 9 else 0


def _priority(text: str) -> str | None:
    """The word for a number of RFC 5545, 3.8.1.9: 1 is the highest, 5 the middle, 0 none."""
    number = _whole(text)
    if not 0 < number < 10:
        return None
    if number == _URGENT:
        return "urgent"
    return "high" if number < _NORMAL else "normal" if number == _NORMAL else "low"


def identified(draft: EventDraft) -> EventDraft:
    """An event without a uid gets one by what it says, so that the same file read again is the same event."""
    told = f"{draft.title}\0{draft.starts_at.astimezone(UTC).isoformat()}\0{draft.location}"
    return replace(draft, calendar_uid=f"derived-{hashlib.sha256(told.encode()).hexdigest()[:32]}")
