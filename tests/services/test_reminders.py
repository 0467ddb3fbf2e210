"""What is told now: tasks that asked for it, meetings that are about to begin, and when to look again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from tests.services.selling import task_draft
from tests.support.workspaces import NOON, contact_draft, make_workspace

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at noon."""
    return ManualClock(NOON)


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    """An empty workspace."""
    workspace = make_workspace(tmp_path, clock=clock)
    yield workspace
    workspace.close()


def meet(book: OpenWorkspace, title: str, starts_at: object, ends_at: object, **values: object) -> int:
    return book.calendar.add(
        RecordDraft({"title": title, "starts_at": starts_at, "ends_at": ends_at, **values})  # type: ignore[dict-item]
    ).id


def told(book: OpenWorkspace) -> list[str]:
    return [reminder.title for reminder in book.reminders.due()]


def test_a_task_is_told_from_the_moment_it_asked_for(book: OpenWorkspace, clock: ManualClock) -> None:
    book.tasks.add(task_draft("Call back", NOON + 2 * HOUR, remind_at=NOON + HOUR))
    assert told(book) == []
    assert book.reminders.next_at() == NOON + HOUR
    clock.advance(HOUR)
    [reminder] = book.reminders.due()
    assert (reminder.entity, reminder.at, reminder.about_at) == (EntityKind.TASK, NOON + HOUR, NOON + 2 * HOUR)


def test_a_task_that_was_put_off_is_told_again_later_and_a_done_one_never(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    task = book.tasks.add(task_draft("Call back", NOON + HOUR, remind_at=NOON)).id
    book.tasks.snooze(task, NOON + 10 * MINUTE)
    assert told(book) == []
    clock.advance(10 * MINUTE)
    assert [(reminder.title, reminder.at) for reminder in book.reminders.due()] == [("Call back", NOON + 10 * MINUTE)]
    book.tasks.done([task])
    assert told(book) == []


def test_a_task_due_on_a_day_says_the_day_and_whom_it_is_about(book: OpenWorkspace) -> None:
    contact = book.contacts.cards([book.contacts.add(contact_draft("Anna Berg")).id])[0].uid.hex()
    day = NOON.date() + DAY
    book.tasks.add(task_draft("Offer", day, remind_at=NOON, contact=contact))
    [reminder] = book.reminders.due()
    assert (reminder.about_at, reminder.about_on, reminder.subject) == (None, day, "Anna Berg")


def test_a_meeting_is_told_ten_minutes_before_and_not_once_it_has_begun(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    meet(book, "Contract terms", NOON + HOUR, NOON + 2 * HOUR, location="Room 3")
    assert told(book) == []
    assert book.reminders.next_at() == NOON + 50 * MINUTE
    clock.advance(50 * MINUTE)
    [reminder] = book.reminders.due()
    assert (reminder.entity, reminder.about_at, reminder.place) == (EntityKind.EVENT, NOON + HOUR, "Room 3")
    clock.advance(10 * MINUTE + timedelta(seconds=1))
    assert told(book) == []


def test_every_occurrence_of_a_series_is_told(book: OpenWorkspace, clock: ManualClock) -> None:
    meet(book, "Stand-up", NOON + 5 * MINUTE, NOON + 20 * MINUTE, recurrence="FREQ=DAILY;COUNT=3")
    for day in range(3):
        assert [reminder.about_at for reminder in book.reminders.due()] == [NOON + 5 * MINUTE + day * DAY]
        clock.advance(DAY)
    assert told(book) == []


def test_whole_days_and_cancelled_meetings_are_nobodys_reminder(book: OpenWorkspace) -> None:
    meet(book, "Fair", NOON.date(), NOON.date() + DAY)
    meet(book, "Called off", NOON + 5 * MINUTE, NOON + HOUR, status="cancelled")
    assert told(book) == []
    assert book.reminders.next_at() is None


def test_how_long_before_a_meeting_is_up_to_the_user(book: OpenWorkspace) -> None:
    meet(book, "Site visit", NOON + 40 * MINUTE, NOON + HOUR)
    assert book.reminders.due(before_meetings=timedelta(minutes=10)) == []
    assert [reminder.title for reminder in book.reminders.due(before_meetings=HOUR)] == ["Site visit"]
