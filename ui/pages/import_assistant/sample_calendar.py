"""The calendar in the pictures of the assistant: the days of a fair, one event that cannot be read, and a task."""

from __future__ import annotations

from pathlib import Path
from typing import Final

_DAY: Final = "DTSTART;VALUE=DATE:202611"
_EVENTS: Final = (
    ("Fair Hamburg", f"{_DAY}24", "DTEND;VALUE=DATE:20261127", "LOCATION:Hamburg Messe\\, Halle B4"),
    ("Stand opens", "DTSTART:20261124T080000Z", "DTEND:20261124T083000Z", "LOCATION:Halle B4"),
    ("Demo for Almeda Logistics", "DTSTART:20261124T100000Z", "DTEND:20261124T110000Z", "LOCATION:Stand 17"),
    ("Lunch with Kepler Optik", "DTSTART:20261124T113000Z", "DTEND:20261124T123000Z", "LOCATION:Parkcafé"),
    ("Panel: warehouses that count themselves", "DTSTART:20261125T090000Z", "DTEND:20261125T101500Z"),
    ("Demo for Solheim Marine", "DTSTART:20261125T130000Z", "DTEND:20261125T140000Z", "LOCATION:Stand 17"),
    ("Contract talk, Tanabe", "DTSTART:20261126T090000Z", "DTEND:20261126T100000Z", "LOCATION:Room 3"),
    ("Stand closes", "DTSTART:20261126T160000Z", "DTEND:20261126T170000Z", "LOCATION:Halle B4"),
    ("Weekly review", "DTSTART:20261127T090000Z", "DTEND:20261127T093000Z", "RRULE:FREQ=WEEKLY;COUNT=8"),
    ("Return of the van", "LOCATION:Depot"),
)


def write_calendar(path: Path) -> None:
    """Write the calendar."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fair//Plan//EN"]
    for place, (title, *more) in enumerate(_EVENTS, start=1):
        lines += ["BEGIN:VEVENT", f"UID:fair-{place}@fair.example", f"SUMMARY:{title}", *more, "END:VEVENT"]
    lines += ["BEGIN:VTODO", "UID:pack@fair.example", "SUMMARY:Pack the boxes", "END:VTODO", "END:VCALENDAR", ""]
    path.write_bytes("\r\n".join(lines).encode())
