"""Text into the typed value of a field, under a known reading of dates, numbers, phones and zones.

Nothing written where the field is not text is None: an empty cell, a lone dash, NULL, and for dates what
programs write for "no date". Everything else is a value or raises.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from services.records.drafts import Value
from services.records.fields import FieldKind, FieldSpec
from services.values.booleans import parse_bool
from services.values.choices import parse_choice
from services.values.countries import parse_country
from services.values.dates import DateOrder, is_empty_date, parse_date, parse_day_or_moment, parse_moment
from services.values.domains import normalise_social, normalise_url, split_domains
from services.values.durations import parse_duration_s
from services.values.emails import normalise_email
from services.values.languages import parse_language
from services.values.lists import joined_list, split_list
from services.values.numbers import parse_currency, parse_integer, parse_money, parse_number
from services.values.percents import parse_percent
from services.values.phones import normalise_phone
from services.values.repeating import parse_recurrence
from services.values.spoken_days import dated
from services.values.text import clean, clean_lines, fold
from services.values.unreadable import UnreadableValue
from services.values.zones import parse_time_zone

_NOTHING: Final = frozenset(["", "-", "--", "–", "—", "NULL", "null", "(null)", "\\N"])
# HubSpot's stage "Other", and what lists write for it, says nothing about the relation.
_NO_LIFECYCLE: Final = frozenset(
    ["other", "unknown", "none", "sonstige", "unbekannt", "autre", "otro", "altro", "overig"]
)
_SAYS_NOTHING: Final = {
    "lifecycle": _NO_LIFECYCLE,
    # What is won is no forecast; what has no priority is as any other.
    "forecast_category": frozenset(["closed", "closed won", "not forecasted", "none"]),
    "priority": frozenset(["none", "keine", "aucune", "ninguna", "nessuna", "geen"]),
}
"""What lists write where a choice is not made, by field."""

_TEXT_KINDS: Final = frozenset([FieldKind.TEXT, FieldKind.LONG_TEXT, FieldKind.LINK, FieldKind.TAGS])
_DATE_KINDS: Final = frozenset([FieldKind.DATE, FieldKind.MOMENT, FieldKind.DAY_OR_MOMENT])
Coercer = Callable[[str], Value]


@dataclass(frozen=True, slots=True)
class Reading:
    """How ambiguous text is read: `default_region` is an ISO country code or "", `time_zone` an IANA name.

    `today` is the day from which "tomorrow" counts; None where nobody speaks, as in files.
    """

    date_order: DateOrder = DateOrder.DAY_FIRST
    decimal_mark: str = "."
    default_region: str = ""
    default_currency: str = "EUR"
    time_zone: str = "UTC"
    today: date | None = None


def is_nothing(text: str) -> bool:
    """Whether a cell that is not text holds no value."""
    return text in _NOTHING or text.strip() in _NOTHING


def coerce(spec: FieldSpec, text: str, reading: Reading) -> Value:
    """The typed value of a text for a field; raises InvalidValue naming the field."""
    try:
        return coercer(spec, reading)(text)
    except UnreadableValue as unreadable:
        raise unreadable.at(spec.name) from None


@lru_cache(maxsize=256)
def coercer(spec: FieldSpec, reading: Reading) -> Coercer:
    """The function that types the texts of one field; it raises UnreadableValue."""
    if spec.kind is FieldKind.LONG_TEXT:
        return _or_none(clean_lines)
    if spec.kind in _TEXT_KINDS:
        return _or_none(_TIDIERS.get(spec.name, clean))
    parse = _parser(spec, reading)
    if spec.kind in _DATE_KINDS:
        return _unless_empty_date(_unless_spoken(parse, reading.today))
    return _unless_nothing(parse)


def _parser(spec: FieldSpec, reading: Reading) -> Coercer:
    """The parser of a field that is not text."""
    by_reading = _parsers_by_reading(reading)
    if spec.kind is FieldKind.CHOICE:
        return _parser_of_choice(spec)
    if spec.kind is FieldKind.INTEGER:
        return _parser_of_integer(spec, reading)
    if spec.name == "social":
        return normalise_social
    return by_reading[spec.kind]


def _parser_of_choice(spec: FieldSpec) -> Coercer:
    if not spec.choices:
        return clean
    if spec.name in _SAYS_NOTHING:
        nothing = _SAYS_NOTHING[spec.name]
        return lambda text: None if fold(text) in nothing else parse_choice(text, spec.choices)
    return lambda text: parse_choice(text, spec.choices)


def _parsers_by_reading(reading: Reading) -> dict[FieldKind, Coercer]:
    order, mark = reading.date_order, reading.decimal_mark
    currency, region = reading.default_currency, reading.default_region
    zone = ZoneInfo(reading.time_zone)
    return {
        FieldKind.NUMBER: lambda text: parse_number(text, mark),
        FieldKind.MONEY: lambda text: parse_money(text, mark, currency).minor_units,
        FieldKind.CURRENCY: lambda text: parse_currency(text, currency),
        FieldKind.BOOL: parse_bool,
        FieldKind.DATE: lambda text: parse_date(text, order, zone),
        FieldKind.MOMENT: lambda text: parse_moment(text, order, zone),
        FieldKind.DAY_OR_MOMENT: lambda text: parse_day_or_moment(text, order, zone),
        FieldKind.RECURRENCE: parse_recurrence,
        FieldKind.EMAIL: normalise_email,
        FieldKind.PHONE: lambda text: normalise_phone(text, region),
        FieldKind.URL: normalise_url,
        FieldKind.COUNTRY: parse_country,
        FieldKind.LANGUAGE: parse_language,
        FieldKind.TIME_ZONE: parse_time_zone,
    }


def _parser_of_integer(spec: FieldSpec, reading: Reading) -> Coercer:
    if spec.name == "duration_s":
        return parse_duration_s
    if spec.name == "probability":
        return lambda text: parse_percent(text, reading.decimal_mark)
    if spec.name == "size":
        return lambda text: _headcount(text, reading.decimal_mark)
    return lambda text: parse_integer(text, reading.decimal_mark)


def _headcount(text: str, mark: str) -> int:
    """People in a company; of "51-200" and "1,000+" the number that are there at least."""
    lowest = clean(text).lstrip("><≥~ ").rstrip("+ ")
    for dash in ("-", "–", " to ", " bis "):
        lowest = lowest.split(dash)[0]
    try:
        return parse_integer(lowest.strip(), "," if mark == "," else ".")
    except UnreadableValue as unreadable:
        raise UnreadableValue(text, unreadable.predicate, unreadable.hint) from None


def _domains(text: str) -> str:
    return joined_list(split_domains(text))


def _listed(text: str) -> str:
    return joined_list(split_list(text))


_TIDIERS: Final[dict[str, Callable[[str], str]]] = {"domain": _domains, "participants": _listed}
"""How texts are tidied that hold several values."""


def _or_none(tidy: Callable[[str], str]) -> Coercer:
    def typed(text: str) -> Value:
        return tidy(text) or None

    return typed


def _unless_nothing(parse: Coercer) -> Coercer:
    def typed(text: str) -> Value:
        return None if is_nothing(text) else parse(text)

    return typed


def _unless_spoken(parse: Coercer, today: date | None) -> Coercer:
    return parse if today is None else lambda text: parse(dated(text, today))


def _unless_empty_date(parse: Coercer) -> Coercer:
    def typed(text: str) -> Value:
        return None if is_nothing(text) or is_empty_date(text) else parse(text)

    return typed
