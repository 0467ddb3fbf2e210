"""The nodes of a query: what the typed form is read into and what a builder of conditions puts together."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Final, TypeAlias


class Operator(StrEnum):
    """How a field is compared; the value is the sign that is typed for it."""

    IS = ":"
    BELOW = "<"
    AT_MOST = "<="
    ABOVE = ">"
    AT_LEAST = ">="
    BETWEEN = ".."
    EMPTY = "none"
    FILLED = "any"


ORDERING: Final = (Operator.BELOW, Operator.AT_MOST, Operator.ABOVE, Operator.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Text with anything in between: `("", ".example")` is `*.example`; only the outer parts may be empty."""

    parts: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.parts) < 2 or not any(self.parts) or not all(self.parts[1:-1]):
            raise ValueError("A pattern needs text, and text between two stars")


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in major units; without a currency it is compared with the number alone."""

    value: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Days:
    """A day, a month or a year in the zone of the profile; other spans are BETWEEN two of them."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if not (self.is_day or self.is_month or self.is_year):
            raise ValueError("Days are a day, a month or a year")

    @property
    def is_day(self) -> bool:
        """Whether it is one day."""
        return self.first == self.last

    @property
    def is_month(self) -> bool:
        """Whether it is the whole of one month."""
        first, last = self.first, self.last
        same = (first.year, first.month) == (last.year, last.month)
        return same and first.day == 1 and last.day == monthrange(last.year, last.month)[1]

    @property
    def is_year(self) -> bool:
        """Whether it is the whole of one year."""
        first, last = self.first, self.last
        return (first.year, first.month, first.day) == (last.year, 1, 1) and (last.month, last.day) == (
            12,
            31,
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute, or with seconds a second; a naive one is clock time in the zone of the profile."""

    at: datetime

    def __post_init__(self) -> None:
        if self.at.microsecond or not 1 < self.at.year < MAXYEAR:
            raise ValueError("Moments are whole seconds of a year that has both neighbours")


class AgeUnit(StrEnum):
    """What an age is counted in; months and years are those of the calendar."""

    HOUR = "h"
    DAY = "d"
    WEEK = "w"
    MONTH = "m"
    YEAR = "y"


@dataclass(frozen=True, slots=True)
class Age:
    """How long ago: more (`>`) is earlier."""

    count: int
    unit: AgeUnit


class Period(Enum):
    """Days named from today; weeks begin on Monday."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    TOMORROW = "tomorrow"
    THIS_WEEK = "this-week"
    LAST_WEEK = "last-week"
    NEXT_WEEK = "next-week"
    THIS_MONTH = "this-month"
    LAST_MONTH = "last-month"
    NEXT_MONTH = "next-month"
    THIS_YEAR = "this-year"
    LAST_YEAR = "last-year"
    NEXT_YEAR = "next-year"


@dataclass(frozen=True, slots=True)
class Me:
    """The acting user, whoever asks."""


ME: Final = Me()

Value: TypeAlias = str | int | float | Pattern | Amount | Days | Moment | Age | Period | Me
"""Yes and no are `True` and `False`; durations are seconds; uids are (beginnings of) hexadecimal text."""

_VALUES_NEEDED: Final = {Operator.EMPTY: 0, Operator.FILLED: 0, Operator.BETWEEN: 2} | dict.fromkeys(ORDERING, 1)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field against values: any one of them for IS, both ends for BETWEEN, none for EMPTY and FILLED."""

    field: str
    operator: Operator
    values: tuple[Value, ...] = ()

    def __post_init__(self) -> None:
        needed = _VALUES_NEEDED.get(self.operator)
        if needed != len(self.values) and (needed is not None or not self.values):
            raise ValueError(f"{self.operator.name} does not take {len(self.values)} values")


@dataclass(frozen=True, slots=True)
class Words:
    """Words without a field: each must begin a word of the name, the company or the email."""

    words: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.words or any(not word or len(word.split()) != 1 or word.strip() != word for word in self.words):
            raise ValueError("Words are at least one, without white space")


@dataclass(frozen=True, slots=True)
class Not:
    """What does not match; a missing value is no match, so its negation is one."""

    operand: Query

    def __post_init__(self) -> None:
        if self.operand == EVERYTHING:
            raise ValueError("The empty query has no negation")


@dataclass(frozen=True, slots=True)
class And:
    """All of them; no operand at all is the query that everything matches."""

    operands: tuple[Query, ...]

    def __post_init__(self) -> None:
        if self.operands:
            _check_group(self.operands)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of them."""

    operands: tuple[Query, ...]

    def __post_init__(self) -> None:
        _check_group(self.operands)


Query: TypeAlias = And | Or | Not | Comparison | Words

EVERYTHING: Final = And(())


def _check_group(operands: tuple[Query, ...]) -> None:
    if len(operands) < 2 or EVERYTHING in operands:
        raise ValueError("A group has at least two operands, none of them empty")


def all_of(*queries: Query) -> Query:
    """The conjunction without needless groups: of none everything, of one that one, inner ones opened."""
    opened = [part for query in queries for part in (query.operands if isinstance(query, And) else (query,))]
    return opened[0] if len(opened) == 1 else And(tuple(opened))


def any_of(*queries: Query) -> Query:
    """The disjunction without needless groups. Raises ValueError for none."""
    opened = [part for query in queries for part in (query.operands if isinstance(query, Or) else (query,))]
    if EVERYTHING in opened:
        return EVERYTHING
    return opened[0] if len(opened) == 1 else Or(tuple(opened))
