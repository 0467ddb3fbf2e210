"""Repeats tasks and events by the rules of RFC 5545, section 3.3.10. Pure: does no I/O.

Rules are kept without "RRULE:", and count in the local time of a zone, so that 9 o'clock stays 9 o'clock when the
clocks change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import islice
from typing import Final

from dateutil.rrule import rrule, rrulestr

from services.errors import InvalidValue

MOST_STEPS: Final = 100_000
"""Occurrences that are looked through before a rule is given up."""


def normal_rule(text: str) -> str:
    """A rule in capitals without its name. Raises InvalidValue for text that is no rule."""
    rule = text.strip().upper().removeprefix("RRULE:").strip(";")
    if ":" in rule or len(rule.split()) > 1:
        # The library also reads whole components: a rule with a beginning of its own, or several rules.
        raise _no_rule(rule)
    names = [part.partition("=")[0] for part in rule.split(";")]
    for name, _, value in (part.partition("=") for part in rule.split(";")):
        # The library reads these without a word: twice the same, two ends, and steps that lead nowhere.
        both_ends = name == "UNTIL" and "COUNT" in names
        if names.count(name) > 1 or both_ends or (name in _COUNTED and not _is_from_one(value)):
            raise _no_rule(rule)
    _parsed(rule, datetime(2026, 1, 1), UTC)  # noqa: DTZ001 - rules count in local time
    return rule


_COUNTED: Final = frozenset({"COUNT", "INTERVAL"})


def _is_from_one(value: str) -> bool:
    return value.isascii() and value.isdigit() and int(value) > 0


def _no_rule(rule: str) -> InvalidValue:
    return InvalidValue(
        f"“{rule}” is no rule for repeating", "Write one like FREQ=WEEKLY;BYDAY=MO.", field="recurrence"
    )


def _parsed(rule: str, start: datetime, zone: tzinfo) -> rrule:
    """The rule from a start that is local in the zone, in which its end is counted too."""
    try:
        parsed = rrulestr(_local_until(rule, zone), dtstart=start)
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise _no_rule(rule) from error
    if not isinstance(parsed, rrule):
        raise _no_rule(rule)
    return parsed


def _local_until(rule: str, zone: tzinfo) -> str:
    """The rule with its end as local time, which RFC 5545 gives in UTC; a bare day is its midnight."""
    parts = rule.split(";")
    for place, part in enumerate(parts):
        name, _, value = part.partition("=")
        if name == "UNTIL" and value.endswith("Z"):
            end = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(zone)
            parts[place] = f"UNTIL={end:%Y%m%dT%H%M%S}"
    return ";".join(parts)


def until_end_of_day(rule: str) -> str:
    """The rule of something with a time of day: an end that is a bare day counts with all that is in it."""
    parts = rule.split(";")
    return ";".join(f"{part}T235959" if part.startswith("UNTIL=") and "T" not in part[6:] else part for part in parts)


def _aware(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def following(rule: str, start: datetime, after: datetime, zone: tzinfo) -> datetime | None:
    """The first occurrence after a moment of what began at `start`; None when there is no more. Moments are UTC."""
    local = start.astimezone(zone).replace(tzinfo=None)
    for occurrence in islice(_parsed(rule, local, zone), MOST_STEPS):
        moment = _aware(occurrence, zone)
        if moment > after:
            return moment
    return None


def continued(rule: str, start: datetime, at: datetime, zone: tzinfo) -> str:
    """The rule of what goes on at one of its occurrences: one that ends after a number of times has fewer left."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    if "COUNT" not in parts:
        return rule
    local = start.astimezone(zone).replace(tzinfo=None)
    passed = sum(_aware(moment, zone) < at for moment in islice(_parsed(rule, local, zone), MOST_STEPS))
    parts["COUNT"] = str(max(1, int(parts["COUNT"]) - passed))
    return ";".join(f"{name}={value}" for name, value in parts.items())


def shifted(moment: datetime, before: datetime, after: datetime, zone: tzinfo, *, whole_days: bool) -> datetime:
    """A moment as far from `after` as it was from `before` by the clock on the wall: nine o'clock stays nine o'clock.

    Moments are UTC; of `whole_days` the two ends are midnights UTC wherever one is.
    """
    ends_zone: tzinfo = UTC if whole_days else zone
    ends = [end.astimezone(ends_zone).replace(tzinfo=None) for end in (before, after)]
    return _aware(moment.astimezone(zone).replace(tzinfo=None) + (ends[1] - ends[0]), zone)


def occurrences(
    rule: str,
    start: datetime,
    zone: tzinfo,
    *,
    since: datetime,
    until: datetime,
    excluded: Sequence[datetime] = (),
    added: Sequence[datetime] = (),
) -> Iterator[datetime]:
    """The occurrences from `since` to before `until` in order, without the excluded ones. Moments are UTC."""
    local = start.astimezone(zone).replace(tzinfo=None)
    left_out = frozenset(excluded)
    found = {moment for moment in added if since <= moment < until}
    for occurrence in islice(_parsed(rule, local, zone), MOST_STEPS) if rule else [local]:
        moment = _aware(occurrence, zone)
        if moment >= until:
            break
        if moment >= since:
            found.add(moment)
    yield from sorted(found - left_out)
