"""Strategies for queries: any tree that can be typed, over the fields of one kind of record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from services.filtering.fields import ORDERED, PATTERNED, FilterField, Matching
from services.filtering.tree import (
    ME,
    ORDERING,
    Age,
    AgeUnit,
    Amount,
    And,
    Comparison,
    Days,
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
from services.values.text import clean, fold

Values = Callable[[FilterField], st.SearchStrategy[Value]]
Ages = Callable[[FilterField], "st.SearchStrategy[Age] | None"]

_SIGNS = " .,:;<>=()\"'*-!\\/@&_…“”„≤≥≠\n\t%["
_LETTERS = "abzAZ019äßøŁçéÅ東京мАא"
TEXT = st.text(st.sampled_from(_SIGNS + _LETTERS) | st.characters(exclude_categories=["Cs"]), max_size=12).filter(
    lambda text: bool(clean(text))
)
_KEYWORDS = st.sampled_from(["none", "any", "me", "AND", "OR", "NOT", "10..50", "today", "30d", "-x", "custom.a:b"])
ANY_TEXT = TEXT | _KEYWORDS
_PARTS = st.lists(ANY_TEXT, min_size=0, max_size=2)
_OUTER = st.just("") | ANY_TEXT
_DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31)).map(lambda day: Days(day, day))
_MONTHS = st.dates(date(1000, 1, 1), date(9998, 12, 31)).map(
    lambda day: Days(day.replace(day=1), day.replace(day=_month_end(day)))
)
_YEARS = st.integers(1000, 9998).map(lambda year: Days(date(year, 1, 1), date(year, 12, 31)))
_CLOCK_TIMES = st.datetimes(datetime.fromisoformat("1001-01-01"), datetime.fromisoformat("9997-12-31"))
_MOMENTS = (_CLOCK_TIMES | _CLOCK_TIMES.map(lambda at: at.replace(tzinfo=UTC))).map(
    lambda at: Moment(at.replace(microsecond=0))
)
_FLOATS = st.floats(-1e17, 1e17, allow_nan=False, allow_infinity=False)
_AMOUNTS = st.builds(
    Amount,
    st.decimals(-(10**14), 10**14, places=2, allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "EUR", "JPY", "KWD"]),
)


def _month_end(day: date) -> int:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return (following - date(day.year, day.month, 1)).days


def _ages(*units: AgeUnit) -> st.SearchStrategy[Age]:
    return st.builds(Age, st.integers(0, 9999), st.sampled_from(units))


def any_pattern() -> st.SearchStrategy[Pattern]:
    """Text with stars."""
    return st.builds(lambda first, inner, last: (first, *inner, last), _OUTER, _PARTS, _OUTER).filter(any).map(Pattern)


def any_value(field: FilterField) -> st.SearchStrategy[Value]:
    """Any value that the field can be compared with, but for ages."""
    return _VALUES[field.matching](field)


_VALUES: Mapping[Matching, Callable[[FilterField], st.SearchStrategy[Any]]] = {
    **{matching: lambda field: ANY_TEXT | any_pattern() for matching in PATTERNED},
    Matching.EMAIL: lambda field: st.just("a@b.example") | ANY_TEXT.map(lambda text: f"{text}@x") | any_pattern(),
    Matching.PHONE: lambda field: (
        st.from_regex(r"\+?[0-9 ]{0,3}[0-9]{3,9}", fullmatch=True) | st.just(Pattern(("+49", "")))
    ),
    Matching.LANGUAGE: lambda field: st.sampled_from(["de", "en-GB", "PT-br"]) | any_pattern(),
    Matching.PERSON: lambda field: (
        ANY_TEXT | any_pattern() | st.just(ME) if field.name == "owner" else ANY_TEXT | any_pattern()
    ),
    Matching.CHOICE: lambda field: st.sampled_from(field.choices),
    Matching.COUNTRY: lambda field: st.sampled_from(["DE", "FR", "US"]),
    Matching.NUMBER: lambda field: st.integers(-(10**18), 10**18) | _FLOATS,
    Matching.DURATION: lambda field: st.integers(0, 366 * 86_400),
    Matching.MONEY: lambda field: _AMOUNTS,
    Matching.DATE: lambda field: _DAYS | _MONTHS | _YEARS | st.sampled_from(Period),
    Matching.MOMENT: lambda field: _DAYS | _MONTHS | _YEARS | _MOMENTS | st.sampled_from(Period),
    Matching.YES_NO: lambda field: st.booleans(),
    Matching.UID: lambda field: st.from_regex(r"[0-9a-f]{1,32}", fullmatch=True),
    Matching.ID: lambda field: st.integers(0, 10**18 - 1),
}


def any_age(field: FilterField) -> st.SearchStrategy[Age] | None:
    """How long ago, for fields that are dates."""
    if field.matching is Matching.MOMENT:
        return _ages(*AgeUnit)
    return _ages(AgeUnit.DAY, AgeUnit.WEEK, AgeUnit.MONTH, AgeUnit.YEAR) if field.matching is Matching.DATE else None


def _between(values: st.SearchStrategy[Value]) -> st.SearchStrategy[tuple[Value, Value]]:
    return st.tuples(values, values).map(_in_order)


def _in_order(ends: tuple[Value, Value]) -> tuple[Value, Value]:
    low, high = ends
    if isinstance(low, Amount) and isinstance(high, Amount):
        return (Amount(min(low.value, high.value), high.currency), Amount(max(low.value, high.value), high.currency))
    return (low, high) if _place(low) <= _place(high) else (high, low)


def _place(value: Value) -> Any:
    if isinstance(value, Days):
        return value.first
    if isinstance(value, Moment):
        return value.at.date()
    return value if isinstance(value, int | float) else date(2026, 1, 1)


@st.composite
def comparisons(
    draw: st.DrawFn, fields: Mapping[str, FilterField], values: Values = any_value, ages: Ages = any_age
) -> Query:
    """One condition on one field."""
    field = draw(st.sampled_from(list(fields.values())))
    presence = [Operator.EMPTY, Operator.FILLED]
    operators = [*presence, Operator.IS, Operator.IS, Operator.IS]
    if field.matching in ORDERED:
        operators += [*ORDERING, Operator.BETWEEN]
    operator = draw(st.sampled_from(operators))
    if operator in presence:
        return Comparison(field.name, operator)
    if operator is Operator.IS:
        return Comparison(field.name, operator, tuple(draw(st.lists(values(field), min_size=1, max_size=3))))
    ago = ages(field)
    ordered = ago if ago is not None and draw(st.booleans()) else values(field)
    if operator is Operator.BETWEEN:
        return Comparison(field.name, operator, draw(_between(ordered)))
    return Comparison(field.name, operator, (draw(ordered),))


_WORD = ANY_TEXT.map(lambda text: "".join(text.split())).filter(bool)
ANY_WORDS = (
    st.lists(_WORD, min_size=1, max_size=3)
    .filter(lambda words: bool(fold(" ".join(words))))
    .map(lambda words: Words(tuple(words)))
)


def queries(
    fields: Mapping[str, FilterField],
    values: Values = any_value,
    ages: Ages = any_age,
    words: st.SearchStrategy[Words] = ANY_WORDS,
) -> st.SearchStrategy[Query]:
    """Any query over these fields, groups and negations in each other included."""
    leaves: st.SearchStrategy[Query] = comparisons(fields, values, ages) | words

    def grown(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
        several = st.lists(inner, min_size=2, max_size=3).map(tuple)
        return several.map(And) | several.map(Or) | inner.map(Not)

    return st.recursive(leaves, grown, max_leaves=6)
