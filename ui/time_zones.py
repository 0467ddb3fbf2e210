"""The time zones people can choose, named by city with their distance from UTC today."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import QDateTime, QTimeZone

_ALSO_UTC: Final = frozenset({"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu", "Etc/GMT"})


def system_time_zone() -> str:
    """The zone of this laptop by its IANA name; `UTC` when it does not tell."""
    name = bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")
    return "UTC" if "/" not in name or name in _ALSO_UTC else name


def zone_name(zone: str, at: datetime) -> str:
    """`Berlin, UTC+1`: the city of an IANA zone and its offset at a moment."""
    city = zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")
    return city if city == "UTC" else f"{city}, {_offset(zone, at)}"


def zone_options(at: datetime) -> list[tuple[str, str]]:
    """Name and IANA zone of every place, by name, `UTC` first."""
    zones = {bytes(zone.data()).decode("ascii", "replace") for zone in QTimeZone.availableTimeZoneIds()}
    places = [zone for zone in zones if "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/"))]
    options = sorted((zone_name(zone, at), zone) for zone in places)
    return [("UTC", "UTC"), *options]


def _offset(zone: str, at: datetime) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(at.timestamp()), QTimeZone(QTimeZone.Initialization.UTC))
    seconds = QTimeZone(zone.encode("ascii")).offsetFromUtc(moment)
    hours, minutes = divmod(abs(seconds) // 60, 60)
    sign = "+" if seconds >= 0 else "\u2212"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")
