"""Dates and moments, read in a known order of day and month, and that order found from samples.

The order is never guessed value by value: a text that is no date in the given order is refused, because
exchanging day and month where it happens to fit would silently falsify the rest of a column. A year in
front ("2026-11-14") and a month by name are read in any order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import StrEnum
from typing import Final

from services.values.calendar_words import month_numbers, weekday_words
from services.values.text import clean, fold, listed
from services.values.unreadable import UnreadableValue


class DateOrder(StrEnum):
    """Which of day, month and year a numeric date begins with."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"
    YEAR_FIRST = "year_first"


@dataclass(frozen=True, slots=True)
class OrderGuess:
    """The order of a column of dates, and how sure that is, from 0 to 1."""

    order: DateOrder
    confidence: float


EARLIEST_YEAR: Final = 1000
LATEST_YEAR: Final = 9998  # one before the last: every date of it exists in every zone
_CENTURY_TURN: Final = 69  # two digits from here on are of the last century, as in POSIX
_SERIALS: Final = range(20_000, 80_001)  # 1954 to 2119 as days of a spreadsheet
_SERIAL_ORIGIN: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's serials have no zone
_MONTH_FIRST_REGIONS: Final = listed("US PH PR GU VI AS MP FM MH PW")

_NUMERIC: Final = re.compile(r"(\d{1,4})(\s?[./\-\s年]\s?)(\d{1,2})(\s?[./\-\s月]\s?)(\d{1,4})[.日]?")
_SEPARATOR_PAIRS: Final = frozenset(["", "..", "//", "--", "年月"])
_COMPACT: Final = re.compile(r"(\d{4})(\d\d)(\d\d)")
_COMPACT_MOMENT: Final = re.compile(r"(\d{8})T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?")
_MAY_BE_NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d*)?")
_SERIAL: Final = re.compile(r"(\d{5})(?:[.,](\d{1,12}))?")
_EPOCH_S: Final = re.compile(r"\d{9,10}(?:\.\d{1,9})?")
_EPOCH_MS: Final = re.compile(r"\d{12,13}")
_TIME: Final = re.compile(
    r"(?:(?<=\d)T|[\s,]\s*(?:(?:at|um|à|a las|alle|om|kl\.?)\s)?)"
    r"(\d{1,2})[:h](\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?"
    r"\s*([ap]\.?\s?m\.?)?\s*(?:uhr)?\s*(\(?[a-z]{1,5}\)?|(?:utc|gmt)?\s?[+\-−]\d{1,2}:?\d{0,2})?\s*(?:\([^()]*\))?$",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"(?:utc|gmt)?\s?([+\-−])(\d{1,2}):?(\d{2})?", re.IGNORECASE)
_WORD_OR_NUMBER: Final = re.compile(r"\d+|[^\W\d_]+")
_EMPTY: Final = re.compile(r"0{1,4}[./\-]0{1,2}[./\-]0{1,4}(?: 00:00(?::00)?)?|-{1,2}\d{2}-?\d{2}")
_ZONE_HOURS: Final = {
    "z": 0.0,
    "utc": 0.0,
    "gmt": 0.0,
    "wet": 0.0,
    "west": 1.0,
    "bst": 1.0,
    "cet": 1.0,
    "mez": 1.0,
    "cest": 2.0,
    "mesz": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "msk": 3.0,
    "jst": 9.0,
    "est": -5.0,
    "edt": -4.0,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
}
_FILLER: Final = listed("de del di of the den der le el il am vom st nd rd th er e d dia")
_EXAMPLES: Final = {
    DateOrder.DAY_FIRST: "Write it as day, month, year, for example 14.11.2026.",
    DateOrder.MONTH_FIRST: "Write it as month, day, year, for example 11/14/2026.",
    DateOrder.YEAR_FIRST: "Write it as year, month, day, for example 2026-11-14.",
}


def is_empty_date(text: str) -> bool:
    """Whether a program wrote this for "no date": 0/0/00, 0000-00-00, a birthday without year (--11-14)."""
    return bool(_EMPTY.fullmatch(text.strip()))


def parse_date(text: str, order: DateOrder = DateOrder.YEAR_FIRST, zone: tzinfo = UTC) -> date:
    """The calendar day; of a moment with its own zone, the day it was in `zone`. Raises UnreadableValue."""
    if len(text) == 10 and text[4] == "-" == text[7]:
        found = _day_of(text[:4], text[5:7], text[8:])
        return found if found is not None else _refuse(text, order)
    bare = clean(text)
    day = _parse_day(bare, order)
    if day is not None:
        return day
    moment = _parse_iso(bare, zone) or _parse_moment(bare, order, zone)
    return moment.astimezone(zone).date() if moment is not None else _refuse(text, order)


def parse_moment(text: str, order: DateOrder = DateOrder.YEAR_FIRST, zone: tzinfo = UTC) -> datetime:
    """The moment, aware, in UTC; without a zone of its own in `zone`, where a bare day begins at midnight."""
    bare = clean(text)
    moment = _parse_iso(bare, zone)
    if moment is not None:
        return moment.astimezone(UTC)
    day = _parse_day(bare, order)
    if day is not None:
        return datetime.combine(day, time.min, zone).astimezone(UTC)
    moment = _parse_moment(bare, order, zone)
    return moment.astimezone(UTC) if moment is not None else _refuse(text, order)


def parse_day_or_moment(text: str, order: DateOrder = DateOrder.YEAR_FIRST, zone: tzinfo = UTC) -> date:
    """A calendar day where no time of day is given, else the moment, aware, in UTC. Raises UnreadableValue."""
    day = _parse_day(clean(text), order)
    return day if day is not None else parse_moment(text, order, zone)


def _refuse(text: str, order: DateOrder) -> datetime:
    raise UnreadableValue(text, "is not a date", _EXAMPLES[order])


def _parse_iso(bare: str, zone: tzinfo) -> datetime | None:
    """The usual machine form "2026-11-14T09:30:00Z", by the fast way."""
    if len(bare) < 16 or bare[4] != "-" or bare[7] != "-" or bare[10] not in "T ":
        return None
    try:
        moment = datetime.fromisoformat(bare)
    except ValueError:
        return None
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)


def _parse_day(bare: str, order: DateOrder) -> date | None:
    numeric = _NUMERIC.fullmatch(bare)
    if numeric:
        first, separator, second, other, third = numeric.groups()
        separators = separator.strip() + other.strip()
        if separators not in _SEPARATOR_PAIRS:
            return None
        if order is DateOrder.YEAR_FIRST and separators == ".." and len(first) < 3 and len(third) == 4:
            order = DateOrder.DAY_FIRST  # nobody writes month.day.year with dots
        return _numeric_day(first, second, third, order=order)
    compact = _COMPACT.fullmatch(bare)
    if compact:
        return _day_of(*compact.groups())
    serial = _SERIAL.fullmatch(bare)
    if serial and serial.group(2) is None and int(serial.group(1)) in _SERIALS:
        return (_SERIAL_ORIGIN + timedelta(days=int(serial.group(1)))).date()
    return _day_with_month_name(bare, order)


def _numeric_day(first: str, second: str, third: str, *, order: DateOrder) -> date | None:
    if len(first) == 4:
        return _day_of(first, second, third) if len(third) <= 2 else None
    if len(first) > 2 or len(third) == 3:
        return None
    if order is DateOrder.YEAR_FIRST:
        # Years in front are in fours here; with two digits in front only the end can hold a whole year.
        return _day_of(first, second, third) if len(third) <= 2 else None
    if order is DateOrder.DAY_FIRST:
        return _day_of(third, second, first)
    return _day_of(third, first, second)


def _day_of(year: str, month: str, day: str) -> date | None:
    if not (year.isdecimal() and month.isdecimal() and day.isdecimal()) or len(year) in (1, 3):
        return None
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= _CENTURY_TURN else 2000
    if not EARLIEST_YEAR <= number <= LATEST_YEAR:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _day_with_month_name(bare: str, order: DateOrder) -> date | None:
    tokens = [fold(token) for token in _WORD_OR_NUMBER.findall(bare)]
    months = month_numbers()
    # "mar" is a Tuesday and a March: in front of another month it is the day.
    if tokens and tokens[0] in weekday_words() and any(token in months for token in tokens[1:]):
        tokens.pop(0)
    numbers = [token for token in tokens if token.isdecimal()]
    spoken = [months[token] for token in tokens if token in months]
    unknown = [token for token in tokens if not (token.isdecimal() or token in months or token in _FILLER)]
    if len(numbers) != 2 or len(spoken) != 1 or unknown:
        return None
    day, year = numbers
    if len(day) == 4 or (order is DateOrder.YEAR_FIRST and len(year) < 3 and tokens[0] == day):
        day, year = year, day
    return _day_of(year, str(spoken[0]), day) if len(day) <= 2 else None


def _parse_moment(bare: str, order: DateOrder, zone: tzinfo) -> datetime | None:
    found = _parse_counted(bare, zone) if bare[:1].isdigit() else None
    if found is not None:
        return found
    clock = _TIME.search(bare)
    if clock is None:
        return None
    day = _parse_day(bare[: clock.start()].rstrip(" ,"), order)
    at = _clock_time(clock)
    where = _zone(clock.group(6), zone)
    if day is None or at is None or where is None:
        return None
    return datetime.combine(day, at, where)


def _parse_counted(bare: str, zone: tzinfo) -> datetime | None:
    """Moments counted since a beginning, or written without separators."""
    if _EPOCH_MS.fullmatch(bare):
        return datetime.fromtimestamp(int(bare) / 1000, UTC)
    compact = _COMPACT_MOMENT.fullmatch(bare)
    if compact:
        return _compact_moment(compact, zone)
    if _EPOCH_S.fullmatch(bare):
        return datetime.fromtimestamp(float(bare), UTC)
    serial = _SERIAL.fullmatch(bare)
    if serial and int(serial.group(1)) in _SERIALS:
        days = float(f"{serial.group(1)}.{serial.group(2) or 0}")
        naive = _SERIAL_ORIGIN + timedelta(seconds=round(days * 86_400))
        return naive.replace(tzinfo=zone)
    return None


def _compact_moment(found: re.Match[str], zone: tzinfo) -> datetime | None:
    digits, hour, minute, second, offset = found.groups()
    day = _day_of(digits[:4], digits[4:6], digits[6:])
    at = _time_of(int(hour), int(minute), int(second or 0), 0)
    where = _zone(offset, zone)
    return datetime.combine(day, at, where) if day and at is not None and where else None


def _clock_time(clock: re.Match[str]) -> time | None:
    hour, minute, second, fraction, half = clock.group(1, 2, 3, 4, 5)
    hours = int(hour)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half[0] in "pP" else 0)
    return _time_of(hours, int(minute), int(second or 0), int((fraction or "0")[:6].ljust(6, "0")))


def _time_of(hour: int, minute: int, second: int, microsecond: int) -> time | None:
    try:
        return time(hour, minute, second, microsecond)
    except ValueError:
        return None


def _zone(text: str | None, default: tzinfo) -> tzinfo | None:
    if not text:
        return default
    offset = _OFFSET.fullmatch(text)
    if offset:
        sign, hours, minutes = offset.groups()
        if (len(hours) == 1 and minutes) or int(hours) > 14 or int(minutes or 0) > 59:
            return None
        distance = timedelta(hours=int(hours), minutes=int(minutes or 0))
        return timezone(distance if sign == "+" else -distance)
    known = _ZONE_HOURS.get(text.strip("()").lower())
    return None if known is None else timezone(timedelta(hours=known))


def looks_like_date(text: str) -> bool:
    """Whether a text is a date or moment in any order; what may as well be a number is left out."""
    bare = text.strip()
    if _MAY_BE_NUMBER.fullmatch(bare):
        return bool(_COMPACT.fullmatch(bare)) and _is_moment(bare, DateOrder.YEAR_FIRST)
    return any(_is_moment(bare, order) for order in DateOrder)


def _is_moment(text: str, order: DateOrder) -> bool:
    try:
        parse_moment(text, order)
    except UnreadableValue:
        return False
    return True


def detect_order(samples: Iterable[str], region: str = "") -> OrderGuess:
    """The order that the samples show; what `region` uses, with little confidence, where they show none."""
    votes = dict.fromkeys(DateOrder, 0)
    dotted = unclear = 0
    for sample in samples:
        found = _NUMERIC.match(clean(sample))
        if found is None:
            continue
        order = _order_of(found)
        if order is not None:
            votes[order] += 1
        else:
            unclear += 1
            dotted += found.group(2).strip() == "."
    total = sum(votes.values())
    usual = DateOrder.MONTH_FIRST if region in _MONTH_FIRST_REGIONS else DateOrder.DAY_FIRST
    between = {order: votes[order] for order in (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)}
    if any(between.values()):
        winner = max(between, key=between.__getitem__)
        return OrderGuess(winner, round(min(0.99, between[winner] / sum(between.values())), 2))
    if unclear:
        if dotted == unclear:
            return OrderGuess(DateOrder.DAY_FIRST, 0.9)
        return OrderGuess(usual, 0.6 if region else 0.5)
    return OrderGuess(DateOrder.YEAR_FIRST, 0.99) if total else OrderGuess(usual, 0.3)


def _order_of(found: re.Match[str]) -> DateOrder | None:
    """The order one numeric date proves, or None where day and month could change places."""
    first, second, third = int(found.group(1)), int(found.group(3)), found.group(5)
    if len(found.group(1)) == 4:
        return DateOrder.YEAR_FIRST
    if first == 0 or second == 0 or len(third) not in (2, 4):
        return None
    if 12 < first <= 31 and second <= 12:
        return DateOrder.DAY_FIRST
    if 12 < second <= 31 and first <= 12:
        return DateOrder.MONTH_FIRST
    return None
