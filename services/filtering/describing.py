"""Says a query in words: one chip for each condition that holds on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.filtering.fields import Matching, fields_of, label_of
from services.filtering.tree import (
    EVERYTHING,
    Age,
    AgeUnit,
    Amount,
    And,
    Comparison,
    Days,
    Me,
    Moment,
    Not,
    Operator,
    Or,
    Pattern,
    Period,
    Query,
    Value,
    Words,
)
from services.records.fields import CUSTOM_PREFIX, FIELDS
from services.records.people import CustomField

AND: Final = "AND"
OR: Final = "OR"


@dataclass(frozen=True, slots=True)
class ChipText:
    """One chip: "Lifecycle", "is", "Customer"; `joint` stands before it, closing it takes `query` away."""

    subject: str
    relation: str
    value: str
    joint: str
    query: Query

    @property
    def text(self) -> str:
        """The whole chip in words."""
        return " ".join(part for part in (self.subject, self.relation, self.value) if part)


# Each relation with its negation.
Relation = tuple[str, str]

_NUMBERS: Final[Mapping[Operator, Relation]] = {
    Operator.IS: ("is", "is not"),
    Operator.BELOW: ("is less than", "is not less than"),
    Operator.AT_MOST: ("is at most", "is not at most"),
    Operator.ABOVE: ("is more than", "is not more than"),
    Operator.AT_LEAST: ("is at least", "is not at least"),
    Operator.BETWEEN: ("is between", "is not between"),
}
_TIMES: Final[Mapping[Operator, Relation]] = {
    Operator.IS: ("in", "not in"),
    Operator.BELOW: ("before", "not before"),
    Operator.AT_MOST: ("until", "not until"),
    Operator.ABOVE: ("after", "not after"),
    Operator.AT_LEAST: ("from", "not from"),
    Operator.BETWEEN: ("between", "not between"),
}
_AGES: Final[Mapping[Operator, Relation]] = {
    Operator.BELOW: ("less than", "not less than"),
    Operator.AT_MOST: ("at most", "not at most"),
    Operator.ABOVE: ("more than", "not more than"),
    Operator.AT_LEAST: ("at least", "not at least"),
    Operator.BETWEEN: ("between", "not between"),
}
_PRESENCE: Final[Mapping[Operator, Relation]] = {
    Operator.EMPTY: ("is empty", "is not empty"),
    Operator.FILLED: ("is not empty", "is empty"),
}
_UNITS: Final = {
    AgeUnit.HOUR: "hour",
    AgeUnit.DAY: "day",
    AgeUnit.WEEK: "week",
    AgeUnit.MONTH: "month",
    AgeUnit.YEAR: "year",
}
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MATCHINGS: Final = {name: field.matching for entity in FIELDS for name, field in fields_of(entity).items()}


def describe(query: Query, custom_fields: Iterable[CustomField] = ()) -> tuple[ChipText, ...]:
    """The chips of a query in order; none for the one that everything matches."""
    if query == EVERYTHING:
        return ()
    fields = {CUSTOM_PREFIX + field.name: field.label or field.name for field in custom_fields}
    if not isinstance(query, And | Or):
        return (_chip(query, "", fields),)
    joint = OR if isinstance(query, Or) else AND
    return tuple(_chip(part, joint if index else "", fields) for index, part in enumerate(query.operands))


def _chip(query: Query, joint: str, labels: Mapping[str, str]) -> ChipText:
    inner, negated = query, False
    while isinstance(inner, Not):
        inner, negated = inner.operand, not negated
    if isinstance(inner, Comparison):
        subject = labels.get(inner.field) or label_of(inner.field)
        relation, value = _said(inner)
        return ChipText(subject, relation[negated], value, joint, query)
    if isinstance(inner, Words):
        relation = ("Contains", "Does not contain")
        return ChipText("", relation[negated], " ".join(inner.words), joint, query)
    said = [_in_group(_chip(part, "", labels)) for part in inner.operands]
    group = (" or " if isinstance(inner, Or) else " and ").join(said)
    return ChipText("", "Not" if negated else "", f"({group})" if negated or joint else group, joint, query)


def _in_group(chip: ChipText) -> str:
    return chip.text if chip.subject else chip.text[:1].lower() + chip.text[1:]


def _said(query: Comparison) -> tuple[Relation, str]:
    """Relation and value: ("is", ...) "Customer", or ("more than", ...) "30 days ago"."""
    operator, values = query.operator, query.values
    if operator in _PRESENCE:
        return _PRESENCE[operator], ""
    relation = _relation(query)
    if operator is Operator.BETWEEN:
        return relation, _between(values[0], values[1], query.field)
    return relation, " or ".join(say_value(value, query.field) for value in values)


def _relation(query: Comparison) -> Relation:
    first = query.values[0]
    if isinstance(first, Age):
        return _AGES[query.operator]
    if isinstance(first, Days | Moment | Period):
        return _when(first) if query.operator is Operator.IS else _TIMES[query.operator]
    if query.operator is not Operator.IS:
        return _NUMBERS[query.operator]
    matching = _MATCHINGS.get(query.field)
    if matching is Matching.WORDS:
        return ("contains", "does not contain")
    if matching is Matching.PHONE and isinstance(first, str) and not first.startswith(("+", "00")):
        return ("ends in", "does not end in")
    return _NUMBERS[Operator.IS]


def _when(value: Days | Moment | Period) -> Relation:
    if isinstance(value, Period):
        return ("", "not")
    one_day = isinstance(value, Moment) or value.is_day
    return ("on", "not on") if one_day else _TIMES[Operator.IS]


def _between(low: Value, high: Value, field: str) -> str:
    if isinstance(low, Age) and isinstance(high, Age) and low.unit is high.unit:
        return f"{min(low.count, high.count)} and {_counted(max(low.count, high.count), high.unit)} ago"
    return f"{say_value(low, field)} and {say_value(high, field)}"


def _counted(count: int, unit: AgeUnit) -> str:
    return f"{count} {_UNITS[unit]}{'' if count == 1 else 's'}"


def say_value(value: Value, field: str) -> str:
    """One value in words, as a chip shows it."""
    if isinstance(value, str):
        return _say_text(value, field)
    if isinstance(value, Pattern):
        return "*".join(value.parts)
    if isinstance(value, Amount):
        return f"{value.value:f} {value.currency}".rstrip()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _say_duration(int(value)) if _MATCHINGS.get(field) is Matching.DURATION else str(value)
    return _say_time(value)


def _say_text(value: str, field: str) -> str:
    matching = _MATCHINGS.get(field)
    if matching is Matching.CHOICE:
        return (value[:1].upper() + value[1:]).replace("_", " ")
    if matching is Matching.COUNTRY:
        from services.values.countries import country_name

        return country_name(value)
    return value


def _say_duration(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    parts = [f"{count} {unit}" for count, unit in ((hours, "h"), (minutes, "min"), (left, "s")) if count]
    return " ".join(parts) or "0 s"


def _say_time(value: Days | Moment | Age | Period | Me) -> str:
    if isinstance(value, Age):
        return f"{_counted(value.count, value.unit)} ago"
    if isinstance(value, Period):
        return value.value.replace("-", " ")
    if isinstance(value, Me):
        return "me"
    if isinstance(value, Moment):
        zone = "" if value.at.tzinfo is None else " UTC"
        return f"{_say_day(value.at)}, {value.at:%H:%M}{zone}"
    if value.is_day:
        return _say_day(value.first)
    month = f"{_MONTHS[value.first.month - 1]} " if value.is_month else ""
    return f"{month}{value.first.year}"


def _say_day(value: date) -> str:
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
