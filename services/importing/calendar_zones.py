"""The time zones of a calendar file as IANA zones: by name, by Windows' names, or by what their rules come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global

from services.values.unreadable import UnreadableValue
from services.values.zones import parse_time_zone

if TYPE_CHECKING:
    from icalendar import Component

FAULTS: Final = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    RecursionError,
)
"""What the library raises on values that are none."""

FIRST_YEAR: Final = 1800
LAST_YEAR: Final = 9990
"""The years of which events are kept: before, no clock had a zone; after, there is no room for an end."""

_SIGNED: Final = re.compile(r"[+-]\d")
_MOST_YEARS: Final = 4
_USUAL_YEARS: Final = (2024, 2025)
_DAYS_OF_MONTH: Final = (1, 15)
_SEGMENTS: Final = 3
Offset = timedelta | None


class CalendarZones:
    """Resolves the TZIDs of one file; `unknown` collects those that no IANA zone stands for."""

    def __init__(self, definitions: Iterable[Component], default: str, years: Iterable[int] = ()) -> None:
        self._default = default
        self._definitions = {str(one.get("TZID", "")): one for one in definitions}
        self._years = sorted(set(years))[-_MOST_YEARS:] or list(_USUAL_YEARS)
        self._known: dict[str, tuple[str, tzinfo]] = {}
        self.unknown: set[str] = set()

    def resolve(self, tzid: str) -> tuple[str, tzinfo]:
        """The IANA name, and the zone by which local times become moments; "" is floating time, the default zone."""
        if tzid not in self._known:
            self._known[tzid] = self._found(tzid)
        return self._known[tzid]

    def _found(self, tzid: str) -> tuple[str, tzinfo]:
        if not tzid:
            return self._default, ZoneInfo(self._default)
        definition = self._definitions.get(tzid)
        name = _named(tzid)
        if not name and definition is not None:
            name = _named(str(definition.get("X-LIC-LOCATION", "")))
        if name:
            return name, ZoneInfo(name)
        own = _zone_of(definition) if definition is not None else None
        if own is None:
            self.unknown.add(tzid)
            return self._default, ZoneInfo(self._default)
        name = self._alike(own)
        if name:
            return name, ZoneInfo(name)
        self.unknown.add(tzid)
        return "UTC", own

    def _alike(self, zone: tzinfo) -> str:
        """The IANA zone with the same offsets in the years of the file; the default zone and usual ones first."""
        moments = [
            datetime(year, month, day, 12)  # noqa: DTZ001 - local time is what the two are compared by
            for year in self._years
            for month in range(1, 13)
            for day in _DAYS_OF_MONTH
        ]
        try:
            wanted = tuple(zone.utcoffset(moment) for moment in moments)
        except FAULTS:
            return ""
        for name in _candidates(self._default):
            if _same(ZoneInfo(name).utcoffset, moments, wanted):
                return name
        return ""


def _same(offset: Callable[[datetime], Offset], moments: list[datetime], wanted: tuple[Offset, ...]) -> bool:
    return all(offset(moment) == one for moment, one in zip(moments, wanted, strict=True))


def _candidates(default: str) -> Iterator[str]:
    yield default
    usual = _usual_zones()
    yield from usual
    yield from sorted(available_timezones() - set(usual))


@lru_cache(maxsize=1)
def _usual_zones() -> tuple[str, ...]:
    mapped: Mapping[str, Any] = get_global("windows_zone_mapping")
    return tuple(
        sorted(set(map(str, mapped.values())) & available_timezones(), key=lambda name: (name[:3] == "Etc", name))
    )


def _named(tzid: str) -> str:
    """The IANA zone of a name, its vendor's prefix passed over: "/mozilla.org/20050126_1/Europe/Berlin"."""
    bare = tzid.strip(" /\"'")
    segments = bare.split("/")
    for start in range(max(0, len(segments) - _SEGMENTS), len(segments)):
        text = bare if start == 0 else "/".join(segments[start:])
        if start and "/" not in text:
            break
        # "UTC+11" and "UTC-11" differ in nothing but their sign: such a name is taken as it is written or not at all.
        if _SIGNED.search(text):
            return text if text in available_timezones() else ""
        try:
            return parse_time_zone(text) if text else ""
        except UnreadableValue:
            continue
    return "UTC" if bare.upper() in ("Z", "GMT", "UTC") else ""


def _zone_of(definition: Any) -> tzinfo | None:
    """The zone that a VTIMEZONE defines, None for one that is broken."""
    try:
        zone: tzinfo = definition.to_tz(lookup_tzid=False)
        zone.utcoffset(datetime(2025, 1, 1))  # noqa: DTZ001 - a broken one shows it here
    except FAULTS:
        return None
    return zone


def moment_in(local: datetime, zone: tzinfo) -> datetime:
    """A local time as a moment."""
    return local.replace(tzinfo=zone).astimezone(UTC)
