"""What the words of a day mean beside today: each answers the day, or None where there is none. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from typing import Final

from dateutil.relativedelta import relativedelta

FRIDAY: Final = 4
_SATURDAY: Final = 5
_FEWEST_YEARS_TO_LEAP: Final = 9
_MONTHS_OF_QUARTER: Final = 3
_RECENT: Final = timedelta(days=30)


class Which(StrEnum):
    """Which of several days of one name is meant."""

    BARE = "bare"
    THIS = "this"
    NEXT = "next"
    COMING = "coming"
    AFTER_NEXT = "after_next"
    LAST = "last"
    WEEK_AFTER = "week_after"


@dataclass(frozen=True, slots=True)
class Seen:
    """From where a day is looked at: what day it is, and whether the line says that it happened.

    `is_noun` lines have a noun and no verb ("Meeting with Bill 3 March"): they may be of either.
    """

    today: date
    past: bool = False
    is_noun: bool = False


Day = Callable[[Seen], date | None]


def week_start(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def moved(day: date, unit: str, count: int) -> date | None:
    """A day some units later; None beyond the calendar."""
    steps = {
        "day": relativedelta(days=count),
        "week": relativedelta(weeks=count),
        "month": relativedelta(months=count),
        "quarter": relativedelta(months=count * _MONTHS_OF_QUARTER),
        "year": relativedelta(years=count),
    }
    try:
        found: date = day + steps[unit]
    except (OverflowError, ValueError):
        return None
    return found


def counted(unit: str, count: int) -> Day:
    """So many days, weeks, months or years from today."""
    return lambda seen: moved(seen.today, unit, count)


def weekday(number: int, which: Which = Which.BARE) -> Day:
    """A day of the week."""
    return partial(_weekday, number=number, which=which)


def _weekday(seen: Seen, *, number: int, which: Which) -> date:
    today, monday = seen.today, week_start(seen.today)
    after = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    if which is Which.LAST or (which is Which.BARE and seen.past):
        return after - timedelta(days=7 if after - timedelta(days=7) < today else 14)
    return {
        Which.THIS: max(monday + timedelta(days=number), today) if not seen.past else monday + timedelta(days=number),
        Which.NEXT: monday + timedelta(days=7 + number),
        Which.AFTER_NEXT: monday + timedelta(days=14 + number),
        Which.WEEK_AFTER: after + timedelta(days=7),
    }.get(which, after)


def dated(year: int, month: int, day: int) -> date | None:
    """A date; None for one that does not exist."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of_year(month: int, day: int) -> Day:
    """A day and month without a year: the next one, the last one where it happened.

    A noun without a verb and a day at most thirty days ago: it happened, reps log late.
    """
    return partial(_day_of_year, month=month, day=day)


def _day_of_year(seen: Seen, *, month: int, day: int) -> date | None:
    step = -1 if seen.past else 1
    years = [seen.today.year + step * number for number in range(_FEWEST_YEARS_TO_LEAP)]
    days = [found for year in years if (found := dated(year, month, day)) is not None]
    recent = next((found for found in days if timedelta(0) < seen.today - found <= _RECENT), None)
    if seen.is_noun and recent is not None:
        return recent
    fits = (found for found in days if (found <= seen.today if seen.past else found >= seen.today))
    return next(fits, None)


def day_of_month(number: int) -> Day:
    """The 15th: of the next month that has it, or of the last one where it happened."""
    return partial(_day_of_month, number=number)


def _day_of_month(seen: Seen, *, number: int) -> date | None:
    first = seen.today.replace(day=1)
    for step in range(12):
        month = moved(first, "month", -step if seen.past else step)
        found = dated(month.year, month.month, number) if month is not None else None
        if found is not None and (found <= seen.today if seen.past else found >= seen.today):
            return found
    return None


def month_day(month: int, edge: str) -> Day:
    """The start, middle or end of a month of the year, the next one."""

    def day(seen: Seen) -> date:
        year = seen.today.year + (month < seen.today.month)
        return _edge_of_month(date(year, month, 1), edge)

    return day


def _edge_of_month(first: date, edge: str) -> date:
    if edge == "middle":
        return first.replace(day=15)
    return first.replace(day=monthrange(first.year, first.month)[1]) if edge == "end" else first


def unit_day(unit: str, which: Which, edge: str = "start") -> Day:
    """The start, middle or end of this or the next week, month, quarter or year."""
    return partial(_unit_day, unit=unit, which=which, edge=edge)


_STEPS: Final = {Which.NEXT: 1, Which.COMING: 1, Which.AFTER_NEXT: 2, Which.LAST: -1}


def _unit_day(seen: Seen, *, unit: str, which: Which, edge: str) -> date | None:
    day = moved(_start_of(unit, seen.today), unit, _STEPS.get(which, 0))
    if day is None or unit == "week":
        return day + timedelta(days={"middle": 2, "end": FRIDAY}.get(edge, 0)) if day is not None else None
    if unit == "month":
        return _edge_of_month(day, edge)
    after = moved(day, unit, 1)
    return after - timedelta(days=1) if edge == "end" and after is not None else day


def _start_of(unit: str, day: date) -> date:
    if unit == "week":
        return week_start(day)
    if unit == "month":
        return day.replace(day=1)
    if unit == "quarter":
        return date(day.year, day.month - (day.month - 1) % _MONTHS_OF_QUARTER, 1)
    return date(day.year, 1, 1) if unit == "year" else day


def weekday_of_week(number: int, which: Which) -> Day:
    """Thursday of this or next week."""
    return lambda seen: week_start(seen.today) + timedelta(days=7 * _STEPS.get(which, 0) + number)


def weekend(which: Which) -> Day:
    """The Saturday of this or the next weekend."""
    return weekday_of_week(_SATURDAY, which)


def iso_week(number: int) -> Day:
    """The Monday of an ISO week, this year's or next year's."""

    def day(seen: Seen) -> date | None:
        for year in (seen.today.year, seen.today.year + 1):
            try:
                found = date.fromisocalendar(year, number, 1)
            except ValueError:
                continue
            if found >= week_start(seen.today):
                return found
        return None

    return day


def quarter_day(number: int, edge: str) -> Day:
    """The first or last day of a quarter of the year."""

    def day(seen: Seen) -> date | None:
        first = date(seen.today.year, _MONTHS_OF_QUARTER * (number - 1) + 1, 1)
        last = _edge_of_month(first + relativedelta(months=2), "end")
        if last < seen.today:
            first, last = first + relativedelta(years=1), _edge_of_month(first + relativedelta(months=14), "end")
        return last if edge == "end" else first

    return day


def counted_weekday(number: int, position: int, month: int | None) -> Day:
    """The first Monday in April; -1 is the last one. Without a month: of this one, or the next."""

    def day(seen: Seen) -> date | None:
        first = seen.today.replace(day=1) if month is None else month_day(month, "start")(seen)
        for step in range(3):
            start = moved(first, "month" if month is None else "year", step) if first is not None else None
            found = None if start is None else nth_weekday(start, number, position)
            if found is not None and found >= seen.today:
                return found
        return None

    return day


def nth_weekday(first: date, number: int, position: int) -> date | None:
    """A counted weekday of the month that begins at `first`."""
    days = [first + timedelta(days=step) for step in range(monthrange(first.year, first.month)[1])]
    fitting = [day for day in days if day.weekday() == number]
    index = position if position < 0 else position - 1
    return fitting[index] if -len(fitting) <= index < len(fitting) else None


def fixed(day: date | None) -> Day:
    """A day that is written in full; None for one that does not exist."""
    return lambda _seen: day
