"""Days as people name them beside the date of today: "tomorrow", "next friday", "in 3 days", "+2w". Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import Final

from services.values.text import fold

_NEAR: Final = {
    -1: "yesterday|gestern|hier|ayer|ieri|gisteren",
    0: "today|heute|aujourd hui|aujourdhui|hoy|oggi|vandaag",
    1: "tomorrow|morgen|demain|manana|domani",
    2: "day after tomorrow|ubermorgen|apres demain|pasado manana|dopodomani|overmorgen",
}
_WEEKDAYS: Final = (
    "monday|mon|montag|mo|lundi|lunes|lunedi|maandag",
    "tuesday|tue|tues|dienstag|di|mardi|martes|martedi|dinsdag",
    "wednesday|wed|mittwoch|mi|mercredi|miercoles|mercoledi|woensdag",
    "thursday|thu|thur|thurs|donnerstag|do|jeudi|jueves|giovedi|donderdag",
    "friday|fri|freitag|fr|vendredi|viernes|venerdi|vrijdag",
    "saturday|sat|samstag|sonnabend|sa|samedi|sabado|sabato|zaterdag",
    "sunday|sun|sonntag|so|dimanche|domingo|domenica|zondag",
)
_UNITS: Final = {
    **dict.fromkeys(("d", "day", "days", "tag", "tage", "tagen"), 1),
    **dict.fromkeys(("w", "week", "weeks", "woche", "wochen"), 7),
}
_COUNTED: Final = re.compile(r"(?:\+|in )(\d{1,4}) ?([a-z]+)")
_CLOCK: Final = re.compile(r"[\s,T]+(?:(?:at|um|à|a las|alle|om)\s+)?\d{1,2}[:h]\d{2}.*$", re.IGNORECASE)


@cache
def _near() -> dict[str, int]:
    return {word: days for days, words in _NEAR.items() for word in words.split("|")}


@cache
def _weekdays() -> dict[str, int]:
    return {word: number for number, words in enumerate(_WEEKDAYS) for word in words.split("|")}


def spoken_day(text: str, today: date) -> date | None:
    """The day that words name, a weekday being the next one after today; None for any other text."""
    counted = _COUNTED.fullmatch(" ".join(text.casefold().split()))
    if counted is not None and counted.group(2) in _UNITS:
        return today + timedelta(days=int(counted.group(1)) * _UNITS[counted.group(2)])
    words = fold(text)
    if words in _near():
        return today + timedelta(days=_near()[words])
    weekday = _weekdays().get(words.removeprefix("next "))
    if weekday is None:
        return None
    return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def dated(text: str, today: date) -> str:
    """The text with the day that words name in figures, its time of day kept; any other text as it is."""
    clock = _CLOCK.search(text)
    spoken = text[: clock.start()] if clock is not None else text
    day = spoken_day(spoken, today)
    if day is None:
        return text
    return day.isoformat() + (f" {clock.group(0).strip(' ,T')}" if clock is not None else "")
