"""Time zones: IANA names in any spelling, and the names Windows uses, to IANA names."""

from __future__ import annotations

from functools import cache
from typing import Final
from zoneinfo import available_timezones

from babel.core import get_global

from services.values.text import clean, fold
from services.values.unreadable import UnreadableValue

_NOT_PLACES: Final = ("posix/", "right/")


@cache
def _zones_by_name() -> dict[str, str]:
    zones = {fold(windows): str(name) for windows, name in get_global("windows_zone_mapping").items()}
    zones.update({fold(name): name for name in available_timezones() if not name.startswith(_NOT_PLACES)})
    return zones


def parse_time_zone(text: str) -> str:
    """The IANA name of a time zone; raises UnreadableValue."""
    zone = _zones_by_name().get(fold(clean(text)))
    if zone is None:
        raise UnreadableValue(text, "is not a time zone", "Write its IANA name, for example Europe/Berlin.")
    return zone
