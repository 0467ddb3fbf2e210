"""How moments, durations, numbers and codes are said."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QLocale

from ui.pages.record.moments import Moments, country_name, duration, language_name, long_date, number

NOW = datetime(2026, 11, 20, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    """The wording of dates is that of one locale."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def moments(zone: str = "UTC") -> Moments:
    return Moments(lambda: NOW, ZoneInfo(zone))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "Today"),
        (1, "Yesterday"),
        (2, "2 days ago"),
        (30, "30 days ago"),
        (31, "20 Oct"),
        (400, "16 Oct 2025"),
        (-1, "21 Nov"),
    ],
)
def test_days_are_counted_as_long_as_that_says_more_than_the_date(days: int, said: str) -> None:
    assert moments().relative(NOW - timedelta(days=days)) == said


def test_never_is_said_with_nothing() -> None:
    assert (moments().relative(None), moments().exact(None), moments().day(None)) == ("", "", "")


def test_a_day_begins_in_the_zone_of_the_reader() -> None:
    late = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)
    assert (moments().relative(late), moments("Europe/Berlin").relative(late)) == ("Yesterday", "Today")


def test_the_exact_moment_is_that_of_the_zone() -> None:
    assert moments("Europe/Berlin").exact(NOW) == "Friday, 20 November 2026, 14:00"


def test_days_of_this_year_have_their_weekday_those_of_others_the_year() -> None:
    assert moments().day(datetime(2026, 11, 18, 9, tzinfo=UTC)) == "Wed 18 Nov"
    assert moments().day(date(2025, 11, 18)) == "18 Nov 2025"


def test_a_log_says_day_and_time() -> None:
    assert moments().day_and_time(NOW) == "Today, 13:00"
    assert moments().day_and_time(NOW - timedelta(days=9)) == "Wed 11 Nov, 13:00"


@pytest.mark.parametrize(
    ("seconds", "said"), [(20, "20 s"), (60, "1 min"), (840, "14 min"), (3600, "1 h"), (5400, "1 h 30 min")]
)
def test_durations_are_said_in_the_largest_units(seconds: int, said: str) -> None:
    assert duration(seconds) == said


def test_codes_have_names_and_unknown_ones_stay() -> None:
    assert [country_name("DE"), country_name("XX"), country_name("")] == ["Germany", "XX", ""]
    assert [language_name("de-AT"), language_name("zz")] == ["German", "zz"]


def test_numbers_and_dates_follow_the_locale() -> None:
    assert (number(2418), long_date(date(1990, 5, 9))) == ("2,418", "9 May 1990")


def test_a_machine_without_a_locale_still_parts_thousands() -> None:
    QLocale.setDefault(QLocale.c())
    assert number(2418) == "2,418"
