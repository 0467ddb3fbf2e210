"""When an event takes place within a time: the rules that calendars mostly hold by arithmetic, all others by steps.

Pure: does no I/O. Says the same as `services.recurrence.occurrences`, of which it need not look through the years
before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final, NamedTuple

from dateutil.rrule import rrule, rrulestr

from services.recurrence import MOST_STEPS

MOST_SHOWN: Final = 1000
"""Occurrences of one series within one time; one that repeats every second has no more of them in a list."""

_DAYS: Final = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_PLAIN_PARTS: Final = frozenset(["FREQ", "INTERVAL", "BYDAY", "UNTIL", "WKST"])
_STEPPED: Final = frozenset(["YEARLY", "MONTHLY", "WEEKLY", "DAILY"])
_UTC_END: Final = re.compile(r"UNTIL=(\d{8}T\d{6})Z")
_DAY: Final = timedelta(days=1)


class _Plain(NamedTuple):
    """A rule of days: every so many days or weeks, on some weekdays, to an end in local time."""

    is_weekly: bool
    interval: int
    weekdays: frozenset[int]
    until: datetime | None


def starts(rule: str, start: datetime, zone: tzinfo, *, since: datetime, until: datetime) -> list[datetime]:
    """The starts by a rule from `since` to before `until`, in order; of a rule that cannot be read none."""
    first = start.astimezone(zone).replace(tzinfo=None)
    # A day on both sides: local time is at most that far from UTC.
    low = max(first, since.astimezone(zone).replace(tzinfo=None) - _DAY)
    high = until.astimezone(zone).replace(tzinfo=None) + _DAY
    rule = _with_local_end(rule, zone)
    plain = _plain(rule)
    local = _by_days(plain, first, low, high) if plain is not None else _by_steps(rule, first, low, high)
    moments = (moment.replace(tzinfo=zone).astimezone(UTC) for moment in local)
    return list(islice((moment for moment in moments if since <= moment < until), MOST_SHOWN))


def _with_local_end(rule: str, zone: tzinfo) -> str:
    """The rule with an end that it gives in UTC as local time, in which it counts."""
    found = _UTC_END.search(rule)
    if found is None:
        return rule
    try:
        end = datetime.strptime(found.group(1), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return rule  # which is then none
    return _UTC_END.sub(f"UNTIL={end.astimezone(zone):%Y%m%dT%H%M%S}", rule)


@lru_cache(maxsize=4096)
def _plain(rule: str) -> _Plain | None:
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    frequency = parts.get("FREQ")
    # Weeks that do not begin on Monday matter where not every week counts.
    usual_week = parts.get("WKST", "MO") == "MO" or parts.get("INTERVAL", "1") == "1"
    if frequency not in ("DAILY", "WEEKLY") or not parts.keys() <= _PLAIN_PARTS or not usual_week:
        return None
    days = parts.get("BYDAY", "")
    names = days.split(",") if days else []
    if not all(name in _DAYS for name in names) or not parts.get("INTERVAL", "1").isdecimal():
        return None
    until = _until(parts["UNTIL"]) if "UNTIL" in parts else None
    if "UNTIL" in parts and until is None:
        return None
    interval = max(1, int(parts.get("INTERVAL", "1")))
    return _Plain(frequency == "WEEKLY", interval, frozenset(_DAYS[name] for name in names), until)


def _until(text: str) -> datetime | None:
    for form in ("%Y%m%dT%H%M%S", "%Y%m%d"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - rules count in local time
        except ValueError:
            continue
    return None


def _by_days(plain: _Plain, first: datetime, low: datetime, high: datetime) -> Iterator[datetime]:
    weekdays = plain.weekdays or (frozenset([first.weekday()]) if plain.is_weekly else frozenset(range(7)))
    origin = first.date() - timedelta(days=first.weekday()) if plain.is_weekly else first.date()
    length = 7 * plain.interval if plain.is_weekly else plain.interval
    day = low.date()
    end = high if plain.until is None else min(high, plain.until)
    while day <= end.date():
        passed = (day - origin).days % length
        if (passed < 7 if plain.is_weekly else passed == 0) and day.weekday() in weekdays:
            moment = datetime.combine(day, first.time())
            if low <= moment <= end:
                yield moment
        day += _DAY


def _by_steps(rule: str, first: datetime, low: datetime, high: datetime) -> Iterator[datetime]:
    series = _parsed(rule, first)
    if series is not None:
        for moment in takewhile(lambda moment: moment <= high, islice(series, MOST_STEPS)):
            if moment >= low:
                yield moment


@lru_cache(maxsize=2048)
def _parsed(rule: str, first: datetime) -> rrule | None:
    """The rule from its local start, which remembers its occurrences unless they are closer than days."""
    steps = any(f"FREQ={frequency}" in rule for frequency in _STEPPED)
    try:
        parsed = rrulestr(rule, dtstart=first, cache=steps)
    except (ValueError, TypeError, AttributeError, OverflowError):
        return None
    return parsed if isinstance(parsed, rrule) else None
