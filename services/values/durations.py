"""Durations in seconds, from plain numbers, clock forms and words."""

from __future__ import annotations

import re
from typing import Final

from services.values.text import clean
from services.values.unreadable import UnreadableValue

SECOND: Final = "s"
MINUTE: Final = "min"
HOUR: Final = "h"
UNIT_S: Final = {SECOND: 1, MINUTE: 60, HOUR: 3600}
LONGEST_S: Final = 366 * 86_400

_PLAIN: Final = re.compile(r"\d{1,9}(?:[.,]\d{1,4})?")
_CLOCK: Final = re.compile(r"(\d{1,4}):(\d{2})(?::(\d{2}))?")
_ISO: Final = re.compile(r"PT(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?")
_SPOKEN: Final = re.compile(
    r"(?:(\d+)\s*(?:h|hrs?|hours?|std|stunden?|heures?|horas?|ore|uur)\.?)?\s*"
    r"(?:(\d+)\s*(?:m|mins?|minutes?|minuten?|minutos?|minuti|minuut)\.?)?\s*"
    r"(?:(\d+)\s*(?:s|secs?|seconds?|sek|sekunden?|secondes?|segundos?|secondi|seconden)\.?)?"
)
_HINT: Final = "Write it in seconds, or as 0:15:30."


def parse_duration_s(text: str, unit: str = SECOND) -> int:
    """Seconds; a plain number counts in `unit`; "15:30" is minutes and seconds if that is s, else hours.

    Raises UnreadableValue, also beyond a year.
    """
    bare = clean(text)
    seconds = _in_seconds(bare, unit)
    if seconds is None or seconds > LONGEST_S:
        raise UnreadableValue(text, "is not a duration", _HINT)
    return seconds


def _in_seconds(bare: str, unit: str) -> int | None:
    if _PLAIN.fullmatch(bare):
        return round(float(bare.replace(",", ".")) * UNIT_S[unit])
    clock = _CLOCK.fullmatch(bare)
    if clock:
        first, second, third = (int(part) if part else None for part in clock.groups())
        if third is not None:
            return (first or 0) * 3600 + (second or 0) * 60 + third
        small = 1 if unit == SECOND else 60
        return (first or 0) * small * 60 + (second or 0) * small
    spoken = _ISO.fullmatch(bare.upper()) or _SPOKEN.fullmatch(bare.lower())
    if not spoken or not any(spoken.groups()):
        return None
    hours, minutes, seconds = (int(part or 0) for part in spoken.groups())
    return hours * 3600 + minutes * 60 + seconds
