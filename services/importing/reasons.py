"""How a column is read, in the few words that stand beside it."""

from __future__ import annotations

from typing import Final

from services.importing.shapes import ColumnShape
from services.records.fields import CUSTOM_PREFIX, FIELDS, FieldKind
from services.values.coercion import Reading
from services.values.countries import country_name
from services.values.dates import DateOrder
from services.values.numbers import POINT
from services.values.tags import SEPARATORS

_ORDERS: Final = {
    DateOrder.DAY_FIRST: "Day, month, year",
    DateOrder.MONTH_FIRST: "Month, day, year",
    DateOrder.YEAR_FIRST: "Year, month, day",
}
_SEPARATOR_NAMES: Final = {" ::: ": ":::", ";": "semicolon", ",": "comma"}
_FIXED: Final = {
    "": "Not imported",
    "email": "Lower case",
    "company": "Match by name and domain",
    "contact": "Match by key",
    "deal": "Match by key",
    "lead": "Match by key",
    "stage": "Match by name",
    "pipeline": "Match by name",
    "status": "State by name",
    "priority": "Priority by name",
    "forecast_category": "Forecast by name",
    "probability": "Per cent",
    "score": "Whole number",
    "recurrence": "Rule",
    "country": "Country by name or code",
    "lifecycle": "Prospect, customer or churned",
    "type": "Kind of activity",
    "direction": "In or out",
    "currency": "Currency by code or sign",
    "language": "Language by name or code",
    "duration_s": "Duration",
    "website": "Web address",
    "domain": "Domain",
    "participants": "Match by key",
    "people": "Match by key, part in brackets",
    "verified": "Yes or no",
    "bounced": "Yes or no",
    "formatted_address": "Whole address",
}
_DATES: Final = frozenset(
    [
        "closed_at",
        *(
            name
            for fields in FIELDS.values()
            for name, spec in fields.items()
            if spec.kind in (FieldKind.DATE, FieldKind.MOMENT, FieldKind.DAY_OR_MOMENT)
        ),
    ]
)


def reason_for(target: str, kind: FieldKind | None, column: ColumnShape, reading: Reading, has_country: bool) -> str:
    """How the column is read: "Day, month, year", "International, Germany", "Split at comma", "As it is"."""
    if target in _FIXED:
        return _FIXED[target]
    if target == "phone":
        return _phone(reading, has_country)
    if target in _DATES or kind is FieldKind.DATE:
        return _date(column, reading)
    if target in ("amount", "size") or kind is FieldKind.NUMBER:
        return _number(column, reading, target)
    if target == "full_name":
        commas = sum(1 for value in column.samples if "," in value)
        return "Split at comma" if commas * 2 > len(column.samples) else "First name, then family name"
    if target == "tags":
        mark = next((mark for mark in SEPARATORS if any(mark in value for value in column.samples)), ",")
        return f"Split at {_SEPARATOR_NAMES[mark]}"
    if kind is FieldKind.BOOL and target.startswith(CUSTOM_PREFIX):
        return "Yes or no"
    return "As it is"


def holds_money(column: ColumnShape) -> bool:
    """Whether the numbers of a column are written with a currency's sign."""
    return any(sign in value for value in column.samples for sign in "€$£¥")


def _phone(reading: Reading, has_country: bool) -> str:
    place = country_name(reading.default_region) if reading.default_region else ""
    if has_country:
        return f"International, by country, else {place}" if place else "International, by country"
    return f"International, {place}" if place else "International as written"


def _date(column: ColumnShape, reading: Reading) -> str:
    guess = column.date_order
    if guess is not None and guess.order is DateOrder.YEAR_FIRST and guess.confidence > 0.5:
        return _ORDERS[DateOrder.YEAR_FIRST]
    return _ORDERS[reading.date_order]


def _number(column: ColumnShape, reading: Reading, target: str) -> str:
    if target == "size":
        return "Whole number"
    money = target == "amount" or holds_money(column)
    mark = "point" if reading.decimal_mark == POINT else "comma"
    return f"{'Amount' if money else 'Number'}, {mark} decimals"
