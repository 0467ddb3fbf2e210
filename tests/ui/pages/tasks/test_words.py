"""Rules, reminders and days in words. No window."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from services.records.ids import TaskId, Uid
from services.records.planning import TaskRow
from ui.pages.record.due_words import due_text, is_overdue
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.pages.tasks.rule_words import monthly, rule_words, weekly
from ui.pages.tasks.snoozing import offers
from ui.pages.tasks.task_form import changes

BERLIN = ZoneInfo("Europe/Berlin")


def moments(now: datetime) -> Moments:
    """As seen at a moment in Berlin."""
    return Moments(lambda: now, BERLIN)


def task(**values: Any) -> TaskRow:
    """An open task."""
    plain: dict[str, Any] = dict.fromkeys(TaskRow.__dataclass_fields__)
    plain.update(
        id=TaskId(1), uid=Uid(bytes(16)), title="Call", status="open", notes="", recurrence="", tags=(), created_at=NOW
    )
    return TaskRow(**plain | values)


NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", ""),
        ("FREQ=DAILY", "Every day"),
        ("FREQ=DAILY;INTERVAL=3", "Every 3 days"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Every weekday"),
        ("FREQ=WEEKLY;BYDAY=MO", "Every week on Monday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR", "Every 2 weeks on Monday, Wednesday and Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
        ("FREQ=MONTHLY;BYDAY=1MO", "Every month on the first Monday"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "Every month on the last Friday"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", "Every year on the 15. in March"),
        ("FREQ=DAILY;COUNT=10", "Every day, 10 times"),
        ("FREQ=DAILY;UNTIL=20261224T225959Z", "Every day, until 24 December 2026"),
        ("RRULE:FREQ=DAILY", "Every day"),
        ("FREQ=HOURLY", "FREQ=HOURLY"),
        ("FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO", "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO"),
    ],
)
def test_a_rule_is_said_in_words_or_as_it_is_written(rule: str, words: str) -> None:
    assert rule_words(rule) == words


@pytest.mark.parametrize(
    ("day", "rule"),
    [(date(2026, 1, 15), "FREQ=MONTHLY;BYMONTHDAY=15"), (date(2026, 1, 31), "FREQ=MONTHLY;BYMONTHDAY=-1")],
)
def test_a_day_that_not_every_month_has_is_the_last_one(day: date, rule: str) -> None:
    assert monthly(day) == rule
    assert weekly(date(2026, 11, 24)) == "FREQ=WEEKLY;BYDAY=TU"


@pytest.mark.parametrize(
    ("values", "text", "late"),
    [
        ({}, "", False),
        ({"due_on": date(2026, 11, 24)}, "Today", False),
        ({"due_at": NOW + timedelta(hours=1)}, "11:00", False),
        ({"due_at": NOW - timedelta(hours=1)}, "09:00", True),
        ({"due_on": date(2026, 11, 23)}, "Yesterday", True),
        ({"due_on": date(2026, 11, 20)}, "Fri", True),
        ({"due_on": date(2026, 11, 25)}, "Tomorrow", False),
        ({"due_at": NOW + timedelta(days=2)}, "Thu, 10:00", False),
        ({"due_on": date(2026, 12, 3)}, "3 Dec", False),
        ({"due_on": date(2027, 1, 3)}, "3 Jan 2027", False),
        ({"due_on": date(2026, 11, 20), "status": "done"}, "Fri", False),
    ],
)
def test_a_due_day_is_said_as_people_say_it(values: dict[str, Any], text: str, late: bool) -> None:
    row = task(**values)
    assert (due_text(row, moments(NOW)), is_overdue(row, moments(NOW))) == (text, late)


@pytest.mark.parametrize(
    ("now", "texts"),
    [
        # Tuesday, ten in the morning in Berlin.
        (NOW, ["In 1 hour", "This evening", "Tomorrow, 09:00", "Next Monday"]),
        # Half past five: the evening begins within the hour.
        (NOW.replace(hour=16, minute=30), ["In 1 hour", "Tomorrow, 09:00", "Next Monday"]),
        # On a Sunday tomorrow is Monday.
        (NOW.replace(day=22), ["In 1 hour", "This evening", "Tomorrow, 09:00"]),
    ],
)
def test_only_moments_that_make_sense_are_offered(now: datetime, texts: list[str]) -> None:
    found = offers(moments(now))
    assert [offer.text for offer in found] == texts
    assert all(offer.until > now for offer in found)


def test_nine_in_the_morning_stays_nine_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 24, 8, tzinfo=UTC)
    tomorrow = next(offer for offer in offers(moments(before)) if offer.text.startswith("Tomorrow"))
    assert tomorrow.until == datetime(2026, 10, 25, 8, tzinfo=UTC)


def test_a_reminder_before_a_due_day_moves_with_it() -> None:
    before = {"due_at": "2026-11-24", "remind_at": "due-60", "title": "Call"}
    assert changes(before, {**before, "due_at": "2026-11-30"}) == [("due_at", "2026-11-30"), ("remind_at", "due-60")]
    assert changes(before, {**before, "title": "Write"}) == [("title", "Write")]
    assert changes(before, before) == []


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (None, "EUR", ""),
        (5_830_000, "EUR", "€58,300"),
        (5_830_050, "EUR", "€58,300.50"),
        (1200, "JPY", "¥1,200"),
        (0, "EUR", "€0.00"),
        (250_000, "", "2,500"),
    ],
)
def test_money_is_written_with_its_sign(amount: int | None, currency: str, text: str) -> None:
    assert money(amount, currency) == text
