"""Plans that make no sense are refused; the calendar knows local days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from services.clock import from_millis
from services.demo.plan import Calendar, DemoPlan
from services.errors import InvalidValue
from tests.services.demo.worlds import TODAY

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"contacts": 0}, "contacts"),
        ({"contacts": 5_000_001}, "contacts"),
        ({"months": 0}, "months"),
        ({"months": 241}, "months"),
        ({"seed": -1}, "seed"),
        ({"owner_name": "  "}, "owner_name"),
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": "../etc"}, "time_zone"),
        ({"ends_at": datetime(2026, 11, 25, 12, tzinfo=UTC)}, "ends_at"),
    ],
)
def test_a_plan_out_of_range_is_refused_and_names_the_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        DemoPlan(**{"today": TODAY, **changes})
    assert caught.value.field == field


def test_a_world_ends_in_the_morning_of_today_unless_told_otherwise() -> None:
    assert from_millis(Calendar(DemoPlan(today=TODAY)).end_ms).astimezone(BERLIN) == datetime(
        2026, 11, 24, 9, 50, tzinfo=BERLIN
    )
    told = datetime(2026, 11, 24, 20, 15, tzinfo=timezone(timedelta(hours=2)))
    assert from_millis(Calendar(DemoPlan(today=TODAY, ends_at=told)).end_ms) == told


@pytest.mark.parametrize(
    ("today", "months", "first"),
    [
        (date(2026, 11, 24), 18, date(2025, 5, 24)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_a_world_begins_so_many_months_before_its_last_day(today: date, months: int, first: date) -> None:
    calendar = Calendar(DemoPlan(today=today, months=months))
    assert calendar.first_day == first
    assert calendar.date_of(calendar.days - 1) == today


def test_local_times_follow_summer_and_winter_time() -> None:
    calendar = Calendar(DemoPlan(today=TODAY))
    days = np.array([0, calendar.days - 1])
    moments = calendar.moments(day=days, second=np.array([9 * 3600, 9 * 3600]))
    local = [from_millis(moment).astimezone(BERLIN) for moment in moments.tolist()]
    assert [(moment.hour, moment.utcoffset()) for moment in local] == [
        (9, timedelta(hours=2)),
        (9, timedelta(hours=1)),
    ]
    assert calendar.day_of(moments).tolist() == days.tolist()


def test_the_cut_off_is_the_end_of_the_day_ninety_days_back() -> None:
    cut_off = from_millis(Calendar(DemoPlan(today=TODAY)).cut_off_ms).astimezone(BERLIN)
    assert cut_off == datetime(2026, 8, 27, 0, 0, tzinfo=BERLIN)
    assert cut_off.date() - timedelta(days=1) == TODAY - timedelta(days=90)


def test_work_days_are_never_saturdays_or_sundays() -> None:
    calendar = Calendar(DemoPlan(today=TODAY))
    days = calendar.work_day(np.arange(-400, calendar.days))
    assert {calendar.date_of(day).weekday() for day in days.tolist()} == {0, 1, 2, 3, 4}
