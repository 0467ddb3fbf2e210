"""Values of one component of a calendar file: moments, rules, people and alarms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any, Final

from services.errors import InvalidValue
from services.importing.calendar_zones import FAULTS, CalendarZones, moment_in
from services.records.calendar_drafts import AttendeeDraft
from services.recurrence import following, normal_rule
from services.values.emails import normalise_email
from services.values.text import clean
from services.values.unreadable import UnreadableValue

if TYPE_CHECKING:
    from icalendar import Component

_UNTIL: Final = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z)?)?")
_LONGEST_RULE: Final = 500
_MOST_ALARMS: Final = 20
_ROUGHLY: Final = 60


class NotAnEvent(Exception):
    """Why a component cannot be kept; `column` names the property."""

    def __init__(self, column: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column
        self.value = value
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Point:
    """A date or moment as it stands in a file: all-day ones are midnights UTC."""

    at: datetime
    all_day: bool
    zone_name: str
    zone: tzinfo


def sound(component: Component, name: str) -> list[Any]:
    """The values of a property that the library could read, in their order."""
    from icalendar.prop import vBroken

    found = component.get(name)
    values = found if isinstance(found, list) else [] if found is None else [found]
    return [value for value in values if not isinstance(value, vBroken)]


class ComponentValues:
    """Reads the properties of one component; what cannot be read of it is noted in `broken`."""

    def __init__(self, component: Component, zones: CalendarZones) -> None:
        self._component = component
        self._zones = zones
        self.broken: list[str] = [name or "a line" for name, _ in component.errors]

    def all(self, name: str) -> list[Any]:
        """The values of a property, of which the broken ones are left out."""
        return sound(self._component, name)

    def text(self, name: str) -> str:
        """The first value of a property as text, else ""."""
        return next((str(value) for value in self.all(name)), "")

    def point(self, name: str) -> Point | None:
        """The date or moment of a property. Raises NotAnEvent when there are several, or none that can be read."""
        if name in self.broken:
            raise NotAnEvent(name, "", "is not a date")
        found = self.all(name)
        if len(found) > 1:
            raise NotAnEvent(name, "", "is there more than once")
        return self._point(found[0], found[0]) if found else None

    def points(self, name: str) -> Iterator[Point]:
        """The dates and moments of a property that may be there many times, of periods their starts."""
        for value in self.all(name):
            for one in getattr(value, "dts", ()):
                point = self._point(one, value)
                if point is not None:
                    yield point

    def _point(self, value: Any, owner: Any) -> Point | None:
        try:
            read = value.dt
            tzid = str(owner.params.get("TZID", "") or value.params.get("TZID", ""))
            if isinstance(read, tuple):
                read = read[0]
            return self._as_point(read, tzid)
        except FAULTS as error:
            raise NotAnEvent("DTSTART", str(value)[:60], "is not a date") from error

    def _as_point(self, read: Any, tzid: str) -> Point | None:
        if isinstance(read, datetime):
            if read.tzinfo is not None and not tzid:
                return Point(read.astimezone(UTC), False, "UTC", UTC)
            name, zone = self._zones.resolve(tzid)
            return Point(moment_in(read.replace(tzinfo=None), zone), False, name, zone)
        if isinstance(read, date):
            return Point(datetime.combine(read, time.min, UTC), True, "", UTC)
        return None

    def end(self, start: Point, name: str = "DTEND") -> datetime:
        """The exclusive end, by its property, by the duration, or by the standard's rule for neither."""
        end = self.point(name)
        if end is not None:
            return max(start.at, end.at)
        if "DURATION" in self.broken:
            raise NotAnEvent("DURATION", "", "is not a duration")
        lasting = next((value.td for value in self.all("DURATION")), None)
        if isinstance(lasting, timedelta):
            try:
                return max(start.at, _after(start, lasting))
            except OverflowError as error:
                raise NotAnEvent("DURATION", str(lasting), "is too long") from error
        return start.at + timedelta(days=1) if start.all_day else start.at

    def rule(self, start: Point) -> str:
        """The rule by which it repeats, counting in its local time. Raises NotAnEvent for one that is none."""
        if "RRULE" in self.broken:
            raise NotAnEvent("RRULE", "", "is no rule for repeating")
        rules = self.all("RRULE")
        if not rules:
            return ""
        if len(rules) > 1:
            raise NotAnEvent("RRULE", "", "repeats by several rules")
        text = rules[0].to_ical().decode()[:_LONGEST_RULE]
        rule = _UNTIL.sub(lambda found: _local_until(found, start), text.upper())
        try:
            normal = normal_rule(rule)
            first = following(normal, start.at, datetime.min.replace(tzinfo=UTC), start.zone)
        except (InvalidValue, *FAULTS) as error:
            raise NotAnEvent("RRULE", text, "is no rule for repeating") from error
        if first is None:
            raise NotAnEvent("RRULE", text, "names no day that exists")
        return normal

    def moments(self, name: str, start: Point) -> tuple[datetime, ...]:
        """The moments of EXDATE or RDATE; a bare day of an event with a time means that time of the day."""
        found = []
        for point in self.points(name):
            if point.all_day and not start.all_day:
                local = start.at.astimezone(start.zone)
                found.append(moment_in(datetime.combine(point.at.date(), local.time()), start.zone))
            elif start.all_day and not point.all_day:
                local_day = point.at.astimezone(point.zone).date()
                found.append(datetime.combine(local_day, time.min, UTC))
            else:
                found.append(point.at)
        return tuple(sorted(set(found)))

    def attendees(self) -> tuple[AttendeeDraft, ...]:
        """Who is invited, each once, the organizer marked; those without an e-mail address are left out."""
        people: dict[str, AttendeeDraft] = {}
        for value in self.all("ORGANIZER"):
            self._invite(people, value, is_organizer=True)
        for value in self.all("ATTENDEE"):
            self._invite(people, value, is_organizer=False)
        return tuple(people.values())

    def _invite(self, people: dict[str, AttendeeDraft], value: Any, *, is_organizer: bool) -> None:
        try:
            email = normalise_email(str(value))
        except UnreadableValue:
            self.broken.append("ORGANIZER" if is_organizer else "ATTENDEE")
            return
        known = people.get(email)
        response = str(value.params.get("PARTSTAT", "")).lower() or ("" if is_organizer else "needs-action")
        people[email] = AttendeeDraft(
            email=email,
            name=clean(str(value.params.get("CN", ""))) or (known.name if known else ""),
            response=response,
            role=str(value.params.get("ROLE", "")).lower(),
            is_organizer=is_organizer or bool(known and known.is_organizer),
        )

    def alarms(self, start: datetime, end: datetime) -> tuple[int, ...]:
        """Minutes before the start at which to be reminded, the earliest first."""
        found = set()
        for alarm in self._component.walk("VALARM"):
            trigger = next(iter(sound(alarm, "TRIGGER")), None)
            when = getattr(trigger, "dt", None)
            if isinstance(when, datetime):
                aware = when if when.tzinfo is not None else when.replace(tzinfo=UTC)
                before = start - aware
            elif isinstance(when, timedelta):
                related = str(getattr(trigger, "params", {}).get("RELATED", "START")).upper()
                before = start - end - when if related == "END" else -when
            else:
                self.broken.append("VALARM")
                continue
            found.add(round(before.total_seconds() / _ROUGHLY))
        return tuple(sorted(found, reverse=True)[:_MOST_ALARMS])


def _after(start: Point, lasting: timedelta) -> datetime:
    """The end of what lasts so long: days count in local time, as the clocks show them (RFC 5545, 3.3.6)."""
    local = start.at.astimezone(start.zone).replace(tzinfo=None)
    days, rest = timedelta(days=lasting.days), timedelta(seconds=lasting.seconds)
    return moment_in(local + days, start.zone) + rest


def _local_until(found: re.Match[str], start: Point) -> str:
    """UNTIL in the local time in which rules are kept; a bare day lasts to its end for what has a time."""
    day, clock, is_utc = found.groups()
    if start.all_day:
        return f"UNTIL={day}"
    if clock is None:
        return f"UNTIL={day}T235959"
    if not is_utc:
        return f"UNTIL={day}T{clock}"
    moment = datetime.strptime(day + clock, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    return f"UNTIL={moment.astimezone(start.zone):%Y%m%dT%H%M%S}"
