"""Reminders in the running window: told once and in time, after a night, not in quiet hours, done where they show."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from services.records.drafts import RecordDraft, Value
from tests.ui.running import NOW, Started, make_workspace, started
from ui.notifications.notifier import OPEN, Notification, Notifier
from ui.notifications.preferences import NotificationPreferences
from ui.notifications.wording import DONE, SNOOZE
from ui.session_state import SessionState

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Desk(Notifier):
    """A desktop that keeps what it was given to show."""

    def __init__(self) -> None:
        super().__init__()
        self.standing: dict[str, Notification] = {}
        self.ever: list[Notification] = []

    def show(self, notification: Notification) -> None:
        """Keep it."""
        self.standing[notification.key] = notification
        self.ever.append(notification)

    def withdraw(self, key: str) -> None:
        """Take it away."""
        self.standing.pop(key, None)

    def close(self) -> None:
        """Nothing to end."""

    def titles(self) -> list[str]:
        """What was shown, in order."""
        return [notification.title for notification in self.ever]


@pytest.fixture
def desk() -> Desk:
    """A desktop."""
    return Desk()


@pytest.fixture
def running(qtbot: QtBot, tmp_path: Path, desk: Desk) -> Iterator[Started]:
    """The window with three people and a desktop that shows notifications."""
    make_workspace(tmp_path)
    with started(qtbot, tmp_path, find_notifier=lambda: lambda: desk) as running:
        running.wait_open()
        yield running


def add_task(running: Started, title: str = "Call Anna Berg", *, remind_in: timedelta = MINUTE) -> int:
    """A task that is due an hour after its reminder."""
    now = running.clock.now()
    draft = RecordDraft({"title": title, "due_at": now + remind_in + HOUR, "remind_at": now + remind_in})
    return running.workspace.tasks.add(draft).id


def pass_time(running: Started, time_passed: timedelta) -> None:
    """Let time pass, and the window look."""
    running.clock.advance(time_passed)
    running.window.reminders.reminding.look()
    running.settle()


def test_a_task_is_told_when_its_time_has_come_and_only_once(running: Started, desk: Desk) -> None:
    add_task(running)
    pass_time(running, timedelta(seconds=30))
    assert desk.titles() == []
    pass_time(running, MINUTE)
    pass_time(running, MINUTE)
    assert desk.titles() == ["Call Anna Berg"]
    assert "due 10:42" in desk.ever[0].body


def test_a_task_that_is_added_late_is_told_without_anybody_looking(running: Started, desk: Desk) -> None:
    add_task(running, remind_in=timedelta(seconds=-1))
    running.window.reminders.reminding.look()
    running.wait(lambda: desk.titles() == ["Call Anna Berg"])


def test_done_and_snooze_are_done_from_the_notification_with_undo(running: Started, desk: Desk) -> None:
    first, second = add_task(running), add_task(running, "Offer for Vireo")
    pass_time(running, 2 * MINUTE)
    desk.chosen.emit(f"task-{first}", DONE)
    running.wait(lambda: "Done: Call Anna Berg" in running.said())
    desk.chosen.emit(f"task-{second}", SNOOZE)
    running.wait(lambda: "Snoozed" in running.said())
    rows = {row.id: row for row in running.workspace.tasks.rows([first, second])}
    assert rows[first].status == "done"  # type: ignore[index]
    assert rows[second].snoozed_until == NOW + 12 * MINUTE  # type: ignore[index]
    pass_time(running, 11 * MINUTE)
    assert desk.titles() == ["Call Anna Berg", "Offer for Vireo", "Offer for Vireo"]


def test_what_was_done_meanwhile_is_taken_off_the_screen(running: Started, desk: Desk) -> None:
    task = add_task(running)
    pass_time(running, 2 * MINUTE)
    running.workspace.tasks.done([task])
    pass_time(running, MINUTE)
    assert desk.standing == {}


def test_opening_it_goes_to_the_task(running: Started, desk: Desk) -> None:
    task = add_task(running)
    pass_time(running, 2 * MINUTE)
    desk.chosen.emit(f"task-{task}", OPEN)
    running.wait(lambda: running.window.frame.pages.current_name == "tasks")
    running.settle()


def test_a_meeting_is_told_before_it_begins_and_opens_whom_it_is_with(running: Started, desk: Desk) -> None:
    anna = running.workspace.contacts.cards([1])[0].uid.hex()
    begins = NOW + 30 * MINUTE
    terms: dict[str, Value] = {"title": "Contract terms", "starts_at": begins, "ends_at": begins + HOUR}
    running.workspace.calendar.add(RecordDraft({**terms, "contact": anna, "location": "Room 3"}))
    pass_time(running, 19 * MINUTE)
    assert desk.titles() == []
    pass_time(running, MINUTE)
    assert "begins 10:11, Room 3" in desk.ever[0].body
    desk.chosen.emit(desk.ever[0].key, OPEN)
    running.wait(lambda: running.window.frame.pages.current_name == "contacts")
    running.settle()


def test_in_quiet_hours_nothing_is_told_and_after_them_everything(running: Started, desk: Desk) -> None:
    preferences = NotificationPreferences(running.parts.state)
    preferences.set_quiet((time(9), time(11)))
    add_task(running)
    pass_time(running, 5 * MINUTE)
    assert desk.titles() == []
    pass_time(running, 2 * HOUR)
    assert desk.titles() == ["Call Anna Berg"]
    assert "was to be told 09:42" in desk.ever[0].body


def test_many_at_once_are_one_notification(running: Started, desk: Desk) -> None:
    for number in range(5):
        add_task(running, f"Call {number}")
    pass_time(running, 9 * HOUR)
    assert desk.titles() == ["5 reminders came meanwhile"]
    assert desk.ever[0].body == "Call 0, Call 1, Call 2, 2 more"
    desk.chosen.emit("reminders", OPEN)
    running.wait(lambda: running.window.frame.pages.current_name == "tasks")
    running.settle()


def test_without_names_a_notification_only_says_that_there_is_something(running: Started, desk: Desk) -> None:
    NotificationPreferences(running.parts.state).set_with_names(False)
    add_task(running)
    pass_time(running, 2 * MINUTE)
    assert (desk.titles(), "Anna" in desk.ever[0].body) == (["A task"], False)


def test_nobody_is_reminded_who_does_not_want_to_be(running: Started, desk: Desk) -> None:
    NotificationPreferences(running.parts.state).set_wanted(False)
    add_task(running)
    pass_time(running, 2 * MINUTE)
    assert desk.titles() == []


def test_locking_takes_every_name_off_the_screen(running: Started, desk: Desk) -> None:
    add_task(running)
    pass_time(running, 2 * MINUTE)
    running.window.lock()
    running.wait(lambda: desk.standing == {})


def test_what_came_while_the_program_was_closed_is_told_at_the_next_start_and_no_other(
    qtbot: QtBot, tmp_path: Path, desk: Desk
) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path, find_notifier=lambda: lambda: desk) as running:
        running.wait_open()
        add_task(running, "Told today")
        pass_time(running, 2 * MINUTE)
        add_task(running, "In the night", remind_in=8 * HOUR)
    later = Desk()
    with started(qtbot, tmp_path, now=NOW + DAY, find_notifier=lambda: lambda: later) as running:
        running.wait_open()
        running.wait(lambda: later.titles() != [])
        assert later.titles() == ["In the night"]
        assert "was to be told yesterday 17:43" in later.ever[0].body


def test_without_a_desktop_that_shows_them_the_window_says_them(qtbot: QtBot, tmp_path: Path) -> None:
    make_workspace(tmp_path)
    with started(qtbot, tmp_path) as running:
        running.wait_open()
        task = add_task(running)
        pass_time(running, 2 * MINUTE)
        assert "Call Anna Berg" in running.said()
        toast = running.window.frame.toasts.current
        assert toast is not None
        toast.action_pressed.emit()
        running.wait(lambda: running.window.frame.pages.current_name == "tasks")
        running.settle()
        assert [row.id for row in running.workspace.tasks.reminders()] == [task]


@pytest.mark.parametrize(
    ("quiet", "moment", "is_quiet"),
    [
        ((time(22), time(7)), time(23), True),
        ((time(22), time(7)), time(6, 59), True),
        ((time(22), time(7)), time(7), False),
        ((time(12), time(13)), time(12), True),
        ((time(12), time(13)), time(13), False),
        (None, time(3), False),
    ],
)
def test_quiet_hours_may_go_over_midnight(
    tmp_path: Path, quiet: tuple[time, time] | None, moment: time, is_quiet: bool
) -> None:
    preferences = NotificationPreferences(SessionState(tmp_path))
    preferences.set_quiet(quiet)
    assert preferences.is_quiet_at(moment) is is_quiet
