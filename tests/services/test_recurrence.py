"""Rules of RFC 5545: what is one, when it falls, and what is left of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import InvalidValue
from services.recurrence import continued, following, normal_rule, occurrences, shifted, until_end_of_day

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
NINE = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""Nine o'clock in Berlin, on a Monday."""

RULES = {
    "FREQ=DAILY": "FREQ=DAILY",
    " rrule:freq=weekly;byday=mo,we; ": "FREQ=WEEKLY;BYDAY=MO,WE",
    "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2": "FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2",
    "FREQ=YEARLY;UNTIL=20300101T000000Z": "FREQ=YEARLY;UNTIL=20300101T000000Z",
    "FREQ=DAILY;UNTIL=20300101": "FREQ=DAILY;UNTIL=20300101",
    "FREQ=DAILY;COUNT=10": "FREQ=DAILY;COUNT=10",
}


@pytest.mark.parametrize("text", RULES)
def test_a_rule_is_kept_in_capitals_without_its_name(text: str) -> None:
    assert normal_rule(text) == RULES[text]
    assert normal_rule(normal_rule(text)) == normal_rule(text)


MALFORMED = (
    *(
        "",
        " ",
        ";",
        "every day",
        "FREQ",
        "FREQ=",
        "FREQ=OFTEN",
        "BYDAY=MO",
        "FREQ=DAILY;WHEN=NOW",
        "FREQ=DAILY;;COUNT=2",
    ),
    *("FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=-1", "FREQ=DAILY;INTERVAL=x", "FREQ=DAILY;INTERVAL=²"),
    *("FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=-2", "FREQ=DAILY;COUNT=", "FREQ=DAILY;COUNT=2;COUNT=3"),
    *("FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;UNTIL=20261301", "FREQ=DAILY;UNTIL=20260101T250000Z", "FREQ=DAILY;UNTIL=Z"),
    *("FREQ=DAILY;COUNT=2;UNTIL=20300101", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;BYHOUR=25", "FREQ=DAILY;BYSETPOS=400"),
    *(
        "DTSTART:20200101T000000\nRRULE:FREQ=DAILY",
        "FREQ=DAILY\nFREQ=WEEKLY",
        "EXDATE:20260101",
        "FREQ=DAILY FREQ=DAILY",
    ),
    *("RRULE:RRULE:FREQ=DAILY", "FREQ=DAILY\x00", "FREQ=DAILY;DTSTART=20200101T000000", "FREQ=FREQ=DAILY"),
)


@pytest.mark.parametrize("text", MALFORMED, ids=repr)
def test_what_is_no_rule_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        normal_rule(text)
    assert refusal.value.field == "recurrence"


@given(st.text(alphabet="FREQ=DAILYWKMOCUNTBVSHP;:,-+0123456789TZ \n\x00é", max_size=40) | st.text(max_size=20))
def test_no_text_fails_in_another_way_than_as_a_value_that_cannot_be_kept(text: str) -> None:
    try:
        assert normal_rule(text)
    except InvalidValue as refusal:
        assert refusal.field == "recurrence"


def falls(rule: str, zone: ZoneInfo, start: datetime = NINE, *, times: int = 50) -> list[str]:
    """When a rule falls after its start, one by one, in local time."""
    found, at = [], start
    for _ in range(times):
        following_at = following(rule, start, at, zone)
        if following_at is None:
            break
        at = following_at
        found.append(f"{at.astimezone(zone):%m-%d %H:%M}")
    return found


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    start = datetime(2026, 3, 27, 8, tzinfo=UTC)
    assert falls("FREQ=DAILY", BERLIN, start, times=3) == ["03-28 09:00", "03-29 09:00", "03-30 09:00"]
    moments = [following("FREQ=DAILY", start, start + timedelta(days=days), BERLIN) for days in (0, 1, 2)]
    assert [moment.hour for moment in moments if moment] == [8, 7, 7]
    back = datetime(2026, 10, 24, 7, tzinfo=UTC)
    assert falls("FREQ=DAILY", BERLIN, back, times=2) == ["10-25 09:00", "10-26 09:00"]


def test_an_hour_that_the_clocks_leave_out_is_the_one_after_it() -> None:
    start = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)  # 02:30 in Berlin
    assert falls("FREQ=DAILY", BERLIN, start, times=2) == ["03-29 03:30", "03-30 02:30"]


ENDS = {
    # Nine o'clock in Berlin is 08:00 UTC: up to and including the end (RFC 5545, 3.3.10).
    ("FREQ=DAILY;UNTIL=20260107T080000Z", BERLIN): ["01-06 09:00", "01-07 09:00"],
    ("FREQ=DAILY;UNTIL=20260107T075959Z", BERLIN): ["01-06 09:00"],
    ("FREQ=DAILY;UNTIL=20260107T090000", BERLIN): ["01-06 09:00", "01-07 09:00"],
    ("FREQ=DAILY;UNTIL=20260107", BERLIN): ["01-06 09:00"],
    ("FREQ=DAILY;UNTIL=20260107T080000Z", NEW_YORK): ["01-06 03:00", "01-07 03:00"],
    ("FREQ=DAILY;UNTIL=20260107T075959Z", NEW_YORK): ["01-06 03:00"],
    ("FREQ=DAILY;COUNT=3", BERLIN): ["01-06 09:00", "01-07 09:00"],
    ("FREQ=DAILY;COUNT=1", BERLIN): [],
}


@pytest.mark.parametrize(("rule", "zone"), ENDS, ids=str)
def test_a_rule_ends_where_it_says_wherever_the_user_is(rule: str, zone: ZoneInfo) -> None:
    assert falls(rule, zone) == ENDS[rule, zone]


@pytest.mark.parametrize(
    ("rule", "lasting"),
    [
        ("FREQ=DAILY;UNTIL=20260107", "FREQ=DAILY;UNTIL=20260107T235959"),
        ("UNTIL=20260107;FREQ=DAILY", "UNTIL=20260107T235959;FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20260107T080000Z", "FREQ=DAILY;UNTIL=20260107T080000Z"),
        ("FREQ=DAILY;COUNT=3", "FREQ=DAILY;COUNT=3"),
    ],
)
def test_a_bare_day_as_the_end_of_something_with_a_time_lasts_until_it_is_over(rule: str, lasting: str) -> None:
    assert until_end_of_day(rule) == lasting
    assert until_end_of_day(lasting) == lasting


def test_a_rule_that_never_falls_again_ends() -> None:
    assert following("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", NINE, NINE, BERLIN) is None


def test_what_goes_on_at_an_occurrence_has_so_many_fewer_left() -> None:
    third = NINE + timedelta(days=2)
    assert continued("FREQ=DAILY;COUNT=5", NINE, third, BERLIN) == "FREQ=DAILY;COUNT=3"
    assert continued("FREQ=DAILY;COUNT=5", NINE, NINE, BERLIN) == "FREQ=DAILY;COUNT=5"
    for rule in ("FREQ=DAILY", "FREQ=DAILY;UNTIL=20260110"):
        assert continued(rule, NINE, third, BERLIN) == rule


@given(
    count=st.integers(1, 12),
    skipped=st.integers(0, 11),
    rule=st.sampled_from(
        ("FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=DAILY;INTERVAL=3")
    ),
)
def test_a_series_that_is_carried_on_falls_when_the_whole_one_would(count: int, skipped: int, rule: str) -> None:
    whole = f"{rule};COUNT={count}"
    everything = list(occurrences(whole, NINE, BERLIN, since=NINE, until=NINE + timedelta(days=900)))
    assert len(everything) == count
    if skipped < count:
        at = everything[skipped]
        rest = continued(whole, NINE, at, BERLIN)
        assert list(occurrences(rest, at, BERLIN, since=at, until=at + timedelta(days=900))) == everything[skipped:]


def test_occurrences_leave_out_and_add_what_they_are_told() -> None:
    days = [NINE + timedelta(days=day) for day in range(5)]
    extra = NINE + timedelta(days=1, hours=3)
    found = list(
        occurrences(
            "FREQ=DAILY", NINE, BERLIN, since=days[1], until=days[4], excluded=[days[2]], added=[extra, days[4]]
        )
    )
    assert found == [days[1], extra, days[3]]
    assert list(occurrences("", NINE, BERLIN, since=NINE, until=days[1])) == [NINE]
    assert list(occurrences("", NINE, BERLIN, since=days[1], until=days[2])) == []


def test_a_reminder_keeps_its_distance_by_the_clock_on_the_wall() -> None:
    before, after = datetime(2026, 3, 28, 8, tzinfo=UTC), datetime(2026, 3, 29, 7, tzinfo=UTC)
    at = shifted(before - timedelta(minutes=15), before, after, BERLIN, whole_days=False)
    assert f"{at.astimezone(BERLIN):%m-%d %H:%M}" == "03-29 08:45"
    days = datetime(2026, 3, 28, tzinfo=UTC), datetime(2026, 3, 29, tzinfo=UTC)
    at = shifted(datetime(2026, 3, 28, 7, tzinfo=UTC), *days, BERLIN, whole_days=True)
    assert f"{at.astimezone(BERLIN):%m-%d %H:%M}" == "03-29 08:00"
