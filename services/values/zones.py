"""Time zones: IANA names in any spelling, and the names Windows uses, to IANA names."""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from babel.core import get_global

from services.values.text import clean, fold
from services.values.unreadable import UnreadableValue

_NOT_PLACES: Final = ("posix/", "right/")


_OFFSET: Final = re.compile(r"([+\-\u2212])\s*\d+(?::?\d\d)?\s*$")


def _key(name: str) -> tuple[str, str]:
    """A name folded, with the sign of an offset at its end: Etc/GMT+11 and Etc/GMT-11 are a day apart."""
    sign = _OFFSET.search(name)
    return fold(name), "" if sign is None else "+" if sign.group(1) == "+" else "-"


@cache
def _zones_by_name() -> dict[tuple[str, str], str]:
    zones = {_key(windows): str(name) for windows, name in get_global("windows_zone_mapping").items()}
    zones.update({_key(name): name for name in available_timezones() if not name.startswith(_NOT_PLACES)})
    return zones


def parse_time_zone(text: str) -> str:
    """The IANA name of a time zone; raises UnreadableValue."""
    zone = _zones_by_name().get(_key(clean(text)))
    if zone is None:
        raise UnreadableValue(text, "is not a time zone", "Write its IANA name, for example Europe/Berlin.")
    return zone
