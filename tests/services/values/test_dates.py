"""Dates and moments, and the order of day and month of a column."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.values.dates import (
    DateOrder,
    detect_order,
    is_empty_date,
    looks_like_date,
    parse_date,
    parse_moment,
)
from services.values.unreadable import UnreadableValue

DAY, MONTH, YEAR = DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST, DateOrder.YEAR_FIRST
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("14.11.2026", DAY, date(2026, 11, 14)),
        ("14.11.2026", YEAR, date(2026, 11, 14)),
        ("14. 11. 2026", DAY, date(2026, 11, 14)),
        ("3/2/1984", DAY, date(1984, 2, 3)),
        ("3/2/1984", MONTH, date(1984, 3, 2)),
        ("11-14-2026", MONTH, date(2026, 11, 14)),
        ("14/11/26", DAY, date(2026, 11, 14)),
        ("14/11/69", DAY, date(1969, 11, 14)),
        ("14/11/68", DAY, date(2068, 11, 14)),
        ("26-11-14", YEAR, date(2026, 11, 14)),
        ("2026-11-14", DAY, date(2026, 11, 14)),
        ("2026/11/14", MONTH, date(2026, 11, 14)),
        ("20261114", DAY, date(2026, 11, 14)),
        ("14. November 2026", MONTH, date(2026, 11, 14)),
        ("Nov 14, 2026", DAY, date(2026, 11, 14)),
        ("14-Nov-26", DAY, date(2026, 11, 14)),
        ("14th of November 2026", DAY, date(2026, 11, 14)),
        ("3 février 2024", DAY, date(2024, 2, 3)),
        ("15 août 2023", DAY, date(2023, 8, 15)),
        ("14 de noviembre de 2026", DAY, date(2026, 11, 14)),
        ("3 dicembre 2025", DAY, date(2025, 12, 3)),
        ("14 maart 2026", DAY, date(2026, 3, 14)),
        ("mar 3 mars 2026", DAY, date(2026, 3, 3)),
        ("Samstag, 14. März 2026", DAY, date(2026, 3, 14)),
        ("2026年11月14日", DAY, date(2026, 11, 14)),
        ("45975", DAY, date(2025, 11, 14)),
        ("29.02.2024", DAY, date(2024, 2, 29)),
        ("2026-11-13T23:30:00Z", DAY, date(2026, 11, 14)),
        ("1763112600", DAY, date(2025, 11, 14)),
    ],
)
def test_a_date_is_read_in_its_order(text: str, order: DateOrder, day: date) -> None:
    assert parse_date(text, order, BERLIN) == day


@pytest.mark.parametrize(
    "text",
    [
        "31.02.2026",
        "29.02.2023",
        "32.01.2026",
        "gestern",
        "",
        "-",
        "14.11",
        "14 Nov",
        "November 2026",
        "1.1.1",
        "14.11/2026",
        "14.11.0026",
        "2026-13-01",
        "99.99.9999",
        "12345",
        "123456",
        "14.11.2026 25:00",
        "9999-12-31",
        "14.11.20266",
        "2026-02-30 10:00",
        "Foo 14 2026",
        "0.1.2026",
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue) as refusal:
        parse_date(text, DAY, BERLIN)
    assert refusal.value.predicate == "is not a date"
    assert refusal.value.title == f"“{text}” is not a date"


def test_day_and_month_are_never_exchanged_because_it_happens_to_fit() -> None:
    with pytest.raises(UnreadableValue):
        parse_date("11/14/2026", DAY)
    with pytest.raises(UnreadableValue):
        parse_date("14/11/2026", MONTH)


@pytest.mark.parametrize(
    ("text", "order", "moment"),
    [
        ("14.11.2026", DAY, datetime(2026, 11, 13, 23, tzinfo=UTC)),
        ("14.07.2026", DAY, datetime(2026, 7, 13, 22, tzinfo=UTC)),
        ("2026-11-14 09:30", DAY, datetime(2026, 11, 14, 8, 30, tzinfo=UTC)),
        ("2026-11-14T09:30:00.000Z", DAY, datetime(2026, 11, 14, 9, 30, tzinfo=UTC)),
        ("2026-10-01T00:00:00.000+0000", DAY, datetime(2026, 10, 1, tzinfo=UTC)),
        ("2026-11-14T09:30:00-05:00", DAY, datetime(2026, 11, 14, 14, 30, tzinfo=UTC)),
        ("11/15/2026 9:02 AM", MONTH, datetime(2026, 11, 15, 8, 2, tzinfo=UTC)),
        ("11/14/2026, 12:05:11 a.m.", MONTH, datetime(2026, 11, 13, 23, 5, 11, tzinfo=UTC)),
        ("14.11.2026 14:30 Uhr", DAY, datetime(2026, 11, 14, 13, 30, tzinfo=UTC)),
        ("14/11/2026 à 14h30", DAY, datetime(2026, 11, 14, 13, 30, tzinfo=UTC)),
        ("14.11.2026 14:30 GMT", DAY, datetime(2026, 11, 14, 14, 30, tzinfo=UTC)),
        ("14.11.2026 14:30 UTC+2", DAY, datetime(2026, 11, 14, 12, 30, tzinfo=UTC)),
        ("Fri, 14 Nov 2026 10:00:00 +0100", DAY, datetime(2026, 11, 14, 9, tzinfo=UTC)),
        ("Sat Nov 14 2026 09:30:00 GMT+0100 (CET)", DAY, datetime(2026, 11, 14, 8, 30, tzinfo=UTC)),
        ("45975.5", DAY, datetime(2025, 11, 14, 11, tzinfo=UTC)),
        ("1763112600", DAY, datetime(2025, 11, 14, 9, 30, tzinfo=UTC)),
        ("1763112600000", DAY, datetime(2025, 11, 14, 9, 30, tzinfo=UTC)),
        ("20261114T093000Z", DAY, datetime(2026, 11, 14, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_in_its_zone_else_in_the_readers(text: str, order: DateOrder, moment: datetime) -> None:
    read = parse_moment(text, order, BERLIN)
    assert read == moment
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "text", ["14.11.2026 13:00 PM", "14.11.2026 10:61", "14.11.2026 10:00 XYZ", "10:00", "14.11.2026 10:00 +25:00"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(UnreadableValue):
        parse_moment(text, DAY, BERLIN)


@given(st.dates(date(1000, 1, 1), date(9998, 12, 31)), st.sampled_from([".", "/", "-", " "]))
@settings(deadline=None)
def test_every_day_written_in_an_order_is_read_in_it(day: date, mark: str) -> None:
    assert parse_date(f"{day.day}{mark}{day.month}{mark}{day.year:04d}", DAY) == day
    assert parse_date(f"{day.month:02d}{mark}{day.day:02d}{mark}{day.year:04d}", MONTH) == day
    assert parse_date(f"{day.year:04d}{mark}{day.month}{mark}{day.day}", DAY) == day
    assert parse_date(day.isoformat(), MONTH) == day


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.integers(-12 * 60, 14 * 60))  # noqa: DTZ001
@settings(deadline=None)
def test_every_moment_in_machine_form_is_read_back(naive: datetime, offset_min: int) -> None:
    moment = naive.replace(tzinfo=UTC)
    sign = "-" if offset_min < 0 else "+"
    local = moment + timedelta(minutes=offset_min)
    text = f"{local:%Y-%m-%dT%H:%M:%S.%f}{sign}{abs(offset_min) // 60:02d}:{abs(offset_min) % 60:02d}"
    assert parse_moment(text, DAY) == moment


@given(st.text(max_size=40), st.sampled_from(list(DateOrder)))
@settings(deadline=None)
def test_any_text_is_a_moment_or_refused(text: str, order: DateOrder) -> None:
    try:
        moment = parse_moment(text, order, BERLIN)
    except UnreadableValue:
        return
    assert moment.tzinfo is UTC


@pytest.mark.parametrize("text", ["0/0/00", "0.0.00", "0000-00-00", "0000-00-00 00:00:00", "--11-14", " --11-14"])
def test_what_programs_write_for_no_date_is_known(text: str) -> None:
    assert is_empty_date(text)


@pytest.mark.parametrize(
    ("samples", "region", "order", "least", "most"),
    [
        (["14.11.2026", "01.02.2026"], "", DAY, 0.95, 1.0),
        (["11/14/2026", "1/2/2026"], "DE", MONTH, 0.95, 1.0),
        (["1.2.2026", "3.4.2026"], "US", DAY, 0.85, 0.95),
        (["1/2/2026"], "US", MONTH, 0.5, 0.7),
        (["1/2/2026"], "GB", DAY, 0.5, 0.7),
        (["2026-11-14"], "DE", YEAR, 0.95, 1.0),
        (["2026-11-14", "14.11.2026"], "", DAY, 0.95, 1.0),
        (["14/11/2026", "13/11/2026", "11/14/2026"], "", DAY, 0.6, 0.7),
        (["31.02.2026", "gestern", "14.11.2026"], "", DAY, 0.9, 1.0),
        ([], "US", MONTH, 0.0, 0.4),
    ],
)
def test_the_order_of_a_column_is_found(
    samples: list[str], region: str, order: DateOrder, least: float, most: float
) -> None:
    guess = detect_order(samples, region)
    assert guess.order is order
    assert least <= guess.confidence <= most


@pytest.mark.parametrize(
    ("text", "looks"),
    [
        ("14.11.2026", True),
        ("2026-11-14T10:00", True),
        ("20261114", True),
        ("45975", False),
        ("47110.50", False),
        ("Anna", False),
    ],
)
def test_what_may_as_well_be_a_number_does_not_look_like_a_date(text: str, looks: bool) -> None:
    assert looks_like_date(text) is looks
