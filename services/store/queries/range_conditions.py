"""Conditions on numbers, money, days and moments.

Days are those of the profile's zone. An age is counted back from now: `>30d` is earlier than thirty days ago.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from services.clock import to_millis
from services.filtering.fields import FilterField, Matching
from services.filtering.tree import Age, AgeUnit, Amount, Days, Moment, Operator, Period, Value
from services.store.queries.fragments import Sql, all_hold, is_in, one_holds
from services.store.queries.text_conditions import unfit

_LARGEST: Final = 2**63 - 1
_EARLIEST: Final = date(1000, 1, 1)
_LATEST: Final = date(9998, 12, 31)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MINUTE: Final = timedelta(minutes=1)
_SECOND: Final = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Today:
    """The moment from which ages and named days are counted, in the zone in which days are meant."""

    now: datetime
    zone: tzinfo

    @property
    def day(self) -> date:
        """The day it is in that zone."""
        return self.now.astimezone(self.zone).date()

    def moment_of(self, value: str, is_whole_day: str) -> str:
        """The expression of a moment, for a whole day one in the small hours of it in this zone.

        Two hours after midnight lie within the day whether the clocks have changed meanwhile or not.
        """
        offset = self.now.astimezone(self.zone).utcoffset() or timedelta(0)
        shift = to_millis(_EPOCH + timedelta(hours=2) - offset)
        return f"(CASE {is_whole_day} WHEN 1 THEN {value} + {shift} ELSE {value} END)"


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` up to, but not including, `high`."""

    low: Any
    high: Any


def in_range(expression: str, operator: Operator, values: Sequence[Value], field: FilterField, today: Today) -> Sql:
    """Whether an ordered value compares so. Raises InvalidValue for values of another kind."""
    if field.matching in (Matching.DATE, Matching.MOMENT):
        return _in_time(expression, operator, values, field, today)
    if field.matching is Matching.MONEY:
        return _in_money(operator, values, field)
    return _in_numbers(expression, operator, [_number(value, field) for value in values])


def _number(value: Value, field: FilterField) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise unfit(field, value)
    # Beyond 64 bits SQLite compares as a real number.
    return float(value) if isinstance(value, int) and abs(value) > _LARGEST else value


def _in_numbers(expression: str, operator: Operator, numbers: Sequence[int | float]) -> Sql:
    if operator is Operator.IS:
        return is_in(expression, numbers)
    if operator is Operator.BETWEEN:
        return Sql(f"{expression} BETWEEN ? AND ?", tuple(numbers))
    return Sql(f"{expression} {operator.value} ?", tuple(numbers))


def _in_money(operator: Operator, values: Sequence[Value], field: FilterField) -> Sql:
    amounts = []
    for value in values:
        if not isinstance(value, Amount):
            raise unfit(field, value)
        amounts.append(value)
    if operator is Operator.IS:
        return one_holds([_of_currency(amount, operator, [amount]) for amount in amounts])
    return _of_currency(amounts[-1], operator, amounts)


def _of_currency(amount: Amount, operator: Operator, amounts: Sequence[Amount]) -> Sql:
    condition = _in_numbers(_major_units(), operator, [float(each.value) for each in amounts])
    if not amount.currency:
        return condition
    return all_hold([Sql("t.currency = ?", (amount.currency,)), condition])


@cache
def _major_units() -> str:
    """The amount in major units; a quotient of whole numbers, it equals what was typed as a real number."""
    from babel.core import get_global

    from services.values.numbers import minor_digits

    usual = minor_digits("")
    codes: dict[int, list[str]] = {}
    for code in sorted(get_global("all_currencies")):
        codes.setdefault(minor_digits(code), []).append(f"'{code}'")
    cases = " ".join(
        f"WHEN t.currency IN ({','.join(names)}) THEN {10**digits}.0"
        for digits, names in codes.items()
        if digits != usual
    )
    return f"(t.amount / CASE {cases} ELSE {10**usual}.0 END)"


def _in_time(expression: str, operator: Operator, values: Sequence[Value], field: FilterField, today: Today) -> Sql:
    if isinstance(values[0], Age):
        return _in_ages(expression, operator, values, field, today)
    spans = [_span(value, field, today) for value in values]
    if operator is Operator.IS:
        return one_holds([_within(expression, span.low, span.high) for span in spans])
    if operator is Operator.BETWEEN:
        return _within(expression, spans[0].low, spans[1].high)
    span = spans[0]
    if operator is Operator.AT_LEAST:
        return Sql(f"{expression} >= ?", (span.low,))
    if operator is Operator.ABOVE:
        return Sql(f"{expression} >= ?", (span.high,))
    return _before(expression, span.low if operator is Operator.BELOW else span.high, field, "<")


def _within(expression: str, low: Any, high: Any) -> Sql:
    return Sql(f"({expression} >= ? AND {expression} < ?)", (low, high))


def _before(expression: str, limit: Any, field: FilterField, sign: str) -> Sql:
    if field.matching is Matching.MOMENT:
        return Sql(f"{expression} {sign} ?", (limit,))
    # A birthday without its year ("--11-14") sorts before every date, but is not earlier.
    return Sql(f"({expression} >= '0' AND {expression} {sign} ?)", (limit,))


def _in_ages(expression: str, operator: Operator, values: Sequence[Value], field: FilterField, today: Today) -> Sql:
    limits = []
    for value in values:
        if not isinstance(value, Age) or operator is Operator.IS:
            raise unfit(field, value)
        limits.append(_ago(value, field, today))
    if operator is Operator.BETWEEN:
        return Sql(f"({expression} >= ? AND {expression} <= ?)", (min(limits), max(limits)))
    if operator in (Operator.BELOW, Operator.AT_MOST):
        sign = ">" if operator is Operator.BELOW else ">="
        return Sql(f"{expression} {sign} ?", (limits[0],))
    return _before(expression, limits[0], field, "<" if operator is Operator.ABOVE else "<=")


def _ago(age: Age, field: FilterField, today: Today) -> Any:
    """The moment in ms, or the day as text, that lies so far back."""
    if field.matching is Matching.DATE:
        if age.unit is AgeUnit.HOUR:
            raise unfit(field, age)
        return _back(datetime.combine(today.day, time.min, UTC), age).date().isoformat()
    if age.unit in (AgeUnit.MONTH, AgeUnit.YEAR):
        return to_millis(_back(today.now.astimezone(today.zone), age))
    return to_millis(_back(today.now, age))


def _back(start: datetime, age: Age) -> datetime:
    steps = {
        AgeUnit.HOUR: relativedelta(hours=age.count),
        AgeUnit.DAY: relativedelta(days=age.count),
        AgeUnit.WEEK: relativedelta(weeks=age.count),
        AgeUnit.MONTH: relativedelta(months=age.count),
        AgeUnit.YEAR: relativedelta(years=age.count),
    }
    try:
        return start - steps[age.unit]
    except (ValueError, OverflowError):
        # Before the year 1: longer ago than anything that was kept.
        return datetime.combine(_EARLIEST, time.min, UTC)


def _span(value: Value, field: FilterField, today: Today) -> Span:
    """The span of a value in the form in which the field keeps it: ms UTC, or days as text."""
    if isinstance(value, Moment):
        at = value.at if value.at.tzinfo is not None else value.at.replace(tzinfo=today.zone)
        if field.matching is Matching.DATE:
            raise unfit(field, value)
        return Span(to_millis(at), to_millis(at + (_SECOND if at.second else _MINUTE)))
    if isinstance(value, Period):
        begins, ends = named_days(value, today.day)
    elif isinstance(value, Days):
        begins, ends = value.first, value.last
    else:
        raise unfit(field, value)
    first = min(max(begins, _EARLIEST), _LATEST)
    following = min(max(ends, _EARLIEST), _LATEST) + timedelta(days=1)
    if field.matching is Matching.DATE:
        return Span(first.isoformat(), following.isoformat())
    return Span(_midnight(first, today.zone), _midnight(following, today.zone))


def _midnight(day: date, zone: tzinfo) -> int:
    return to_millis(datetime.combine(day, time.min, zone))


_STEPS: Final = {"last": -1, "this": 0, "next": 1}
_SINGLE_DAYS: Final = {Period.YESTERDAY: -1, Period.TODAY: 0, Period.TOMORROW: 1}


def named_days(period: Period, today: date) -> tuple[date, date]:
    """The first and the last of the days that a name means today."""
    if period in _SINGLE_DAYS:
        day = today + timedelta(days=_SINGLE_DAYS[period])
        return day, day
    word, _, unit = period.value.partition("-")
    step = _STEPS[word]
    if unit == "week":
        monday = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return monday, monday + timedelta(days=6)
    if unit == "month":
        first = today.replace(day=1) + relativedelta(months=step)
        return first, first + relativedelta(months=1, days=-1)
    return date(today.year + step, 1, 1), date(today.year + step, 12, 31)
