"""Reads one value of a query as its field holds it."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from services.filtering.fields import PATTERNED, FilterField, Matching
from services.filtering.tree import ME, Age, AgeUnit, Amount, Days, Moment, Pattern, Period, Value
from services.values.text import clean, fold
from services.values.unreadable import UnreadableValue

EARLIEST_YEAR: Final = 1000
LATEST_YEAR: Final = 9998
LONGEST_AGE: Final = 9999
LARGEST_NUMBER: Final = 10**18

_NUMBER: Final = re.compile(r"([+-]?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?)\s*([km]?)", re.IGNORECASE | re.ASCII)
_AMOUNT: Final = re.compile(
    r"([a-z]{3})?\s*([+-]?\d+(?:\.\d+)?)\s*([km](?=\s|$|[a-z]{3}$))?\s*([a-z]{3})?", re.IGNORECASE | re.ASCII
)
_THOUSANDS: Final = {"": 1, "k": 1000, "m": 1_000_000}
_AGE: Final = re.compile(r"(\d{1,4})\s*(h|d|w|m|y)", re.IGNORECASE | re.ASCII)
_ISO_DAYS: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
_ISO_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:?\d\d)?", re.ASCII | re.IGNORECASE
)
_UID: Final = re.compile(r"[0-9a-f]{1,32}")
_LANGUAGE_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)
_DAY_HINT: Final = "Write a day as 2026-03-15, a month as 2026-03, or how long ago as 30d, 8w, 6m or 1y."


def read_value(field: FilterField, text: str, *, quoted: bool = False) -> Value:
    """The value that `text` means for this field; in quotes nothing is a keyword. Raises InvalidValue."""
    if not clean(text):
        raise UnreadableValue(text, "is empty", f"Write {field.name}:none for records without {field.label}.")
    if field.name == "owner" and not quoted and text.lower() == "me":
        return ME
    reader = _READERS.get(field.matching)
    return reader(field, text) if reader else text


def read_pattern(field: FilterField, parts: tuple[str, ...]) -> Pattern:
    """Text with stars, taken apart at them. Raises InvalidValue for a field that has no text."""
    if field.matching not in PATTERNED:
        raise UnreadableValue("*".join(parts), "holds a star", f"{field.label} has no text in which it could stand.")
    kept = (parts[0], *(part for part in parts[1:-1] if part), parts[-1])
    if field.matching is Matching.PHONE and not any(character.isdecimal() for part in kept for character in part):
        raise UnreadableValue("*".join(parts), "holds no digit", "Write some digits, for example +49*.")
    return Pattern(kept)


def _choice(field: FilterField, text: str) -> str:
    exact = next((choice for choice in field.choices if choice == text), None)
    folded = next((choice for choice in field.choices if fold(choice) == fold(text)), None)
    if exact is not None or folded is not None:
        return exact or folded or ""
    if field.custom is not None and not field.choices:
        return text
    from services.values.choices import parse_choice

    return parse_choice(text, field.choices)


def _email(field: FilterField, text: str) -> str:
    if "@" not in text:
        raise UnreadableValue(text, "is not an e-mail address", f"For a part of it write {field.name}:*{text}*.")
    return text


def _phone(field: FilterField, text: str) -> str:
    if sum(map(str.isdecimal, text)) < 3:
        raise UnreadableValue(text, "is not a phone number", f"Write three digits or more, or {field.name}:any.")
    return text


def _country(field: FilterField, text: str) -> str:
    if len(text) == 2 and text.isascii() and text.isalpha():
        return text.upper()
    from services.values.countries import parse_country

    return parse_country(text)


def _language(field: FilterField, text: str) -> str:
    from services.values.languages import parse_language

    if _LANGUAGE_TAG.fullmatch(text) and len(text.partition("-")[0]) == 2:
        return text
    return parse_language(text)


def _number(field: FilterField, text: str) -> int | float:
    plain = _NUMBER.fullmatch(text)
    if plain:
        exact = Decimal(plain[1]) * _THOUSANDS[plain[2].lower()]
        # "9.3e16" is how a real number is written and stays one; "1.5k" is 1500.
        whole = plain[1].lstrip("+-").isdigit() or (plain[2] and exact == exact.to_integral_value())
        number: int | float = int(exact) if whole else float(exact)
    else:
        from services.values.numbers import parse_number

        number = parse_number(text)
    if abs(number) > LARGEST_NUMBER:
        raise UnreadableValue(text, "is too large a number", "Write one of 18 digits at most.")
    return number


def _identity(field: FilterField, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise UnreadableValue(text, "is no number of a record", "Write its digits, or ask for its uid.")
    return int(text)


def _duration(field: FilterField, text: str) -> int:
    from services.values.durations import parse_duration_s

    return parse_duration_s(text)


def _amount(field: FilterField, text: str) -> Amount:
    from services.values.numbers import minor_digits, parse_currency, parse_money

    plain = _AMOUNT.fullmatch(text.strip())
    if plain and not (plain[1] and plain[4]):
        code = plain[1] or plain[4]
        value = Decimal(plain[2]) * _THOUSANDS[(plain[3] or "").lower()]
        found = Amount(value, parse_currency(code) if code else "")
    else:
        money = parse_money(text)
        found = Amount(Decimal(money.minor_units).scaleb(-minor_digits(money.currency)), money.currency)
    if abs(found.value) > LARGEST_NUMBER:
        raise UnreadableValue(text, "is too large an amount", "Write one of 18 digits at most.")
    return found


def _day(field: FilterField, text: str) -> Value:
    found = _when(text)
    if isinstance(found, Moment):
        raise UnreadableValue(text, "is a time of day", f"{field.label} is a whole day: write it as 2026-03-15.")
    if isinstance(found, Age) and found.unit is AgeUnit.HOUR:
        raise UnreadableValue(text, "counts hours", f"{field.label} is a whole day: count days, as in 3d.")
    return found


def _moment(field: FilterField, text: str) -> Value:
    return _when(text)


def _when(text: str) -> Age | Period | Days | Moment:
    age = _AGE.fullmatch(text)
    if age:
        return Age(int(age[1]), AgeUnit(age[2].lower()))
    for period in Period:
        if text.lower() == period.value:
            return period
    iso = _ISO_DAYS.fullmatch(text)
    if iso:
        return _days(text, year=int(iso[1]), month=int(iso[2] or 0), day=int(iso[3] or 0))
    if _ISO_MOMENT.fullmatch(text):
        return _clock_time(text)
    return _written_day(text)


def _days(text: str, *, year: int, month: int, day: int) -> Days:
    try:
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise ValueError
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise UnreadableValue(text, "is not in the calendar", _DAY_HINT) from None
    if day:
        return Days(first, first)
    last_month = month or 12
    return Days(first, date(year, last_month, monthrange(year, last_month)[1]))


def _clock_time(text: str) -> Moment:
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError:
        raise UnreadableValue(text, "is not in the calendar", "Write it as 2026-03-15T09:30.") from None
    if not EARLIEST_YEAR <= at.year <= LATEST_YEAR:
        raise UnreadableValue(text, "is not in the calendar", _DAY_HINT)
    return Moment(at if at.tzinfo is None else at.astimezone(UTC))


def _written_day(text: str) -> Days:
    """15.03.2026, 15 March 2026; a bare number is no date here, whatever a spreadsheet says."""
    from services.values.dates import parse_date

    if text.isdecimal() and len(text) != 8:
        raise UnreadableValue(text, "is not a date", _DAY_HINT)
    try:
        found = parse_date(text)
    except UnreadableValue:
        raise UnreadableValue(text, "is not a date", _DAY_HINT) from None
    return Days(found, found)


def _yes_no(field: FilterField, text: str) -> bool:
    from services.values.booleans import parse_bool

    return parse_bool(text)


def _uid(field: FilterField, text: str) -> str:
    digits = text.lower().replace("-", "")
    if not _UID.fullmatch(digits):
        raise UnreadableValue(text, "is no uid", "A uid is 32 hexadecimal digits, or a beginning of them.")
    return digits


_READERS: Final[dict[Matching, Callable[[FilterField, str], Value]]] = {
    Matching.CHOICE: _choice,
    Matching.EMAIL: _email,
    Matching.PHONE: _phone,
    Matching.COUNTRY: _country,
    Matching.LANGUAGE: _language,
    Matching.NUMBER: _number,
    Matching.ID: _identity,
    Matching.DURATION: _duration,
    Matching.MONEY: _amount,
    Matching.DATE: _day,
    Matching.MOMENT: _moment,
    Matching.DAY_OR_MOMENT: _moment,
    Matching.YES_NO: _yes_no,
    Matching.UID: _uid,
}
