"""Tasks: done, put off, repeated, and due in the zone of whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, NotFound
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.planning import DueCounts, TaskRow
from tests.services.selling import deal_draft, lead_draft, problems, task_draft, titles
from tests.services.store.reading import facts
from tests.support.workspaces import NOON, contact_draft, make_workspace

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
TODAY = NOON.date()


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


def add(book: OpenWorkspace, title: str = "Call back", due_at: Any = None, **values: Any) -> int:
    return book.tasks.add(task_draft(title, due_at, **values)).id


def row(book: OpenWorkspace, local_id: int) -> TaskRow:
    return book.tasks.rows([local_id])[0]


def still_open(book: OpenWorkspace) -> list[TaskRow]:
    return [
        row(book, local_id) for local_id in range(1, 60) if book.tasks.rows([local_id]) and _is_open(book, local_id)
    ]


def _is_open(book: OpenWorkspace, local_id: int) -> bool:
    return row(book, local_id).status == "open" and book.tasks.card(local_id).deleted_at is None


def test_a_new_task_is_open_and_the_users(book: OpenWorkspace) -> None:
    shown = row(book, add(book, due_at=NOON + DAY))
    assert (shown.status, shown.priority, shown.owner, shown.done_at) == ("open", "normal", "Rosa Quill", None)
    assert (shown.due_at, shown.due_on) == (NOON + DAY, None)
    assert problems(book) == []


def test_a_task_names_the_records_it_is_about(book: OpenWorkspace) -> None:
    contact = book.contacts.add(contact_draft("Anna", company="Ørsted"))
    deal, lead = book.deals.add(deal_draft("Pilot")), book.leads.add(lead_draft("Bo"))
    shown = row(book, add(book, contact="Anna", company="Ørsted", deal="pilot", lead=lead.uid.hex()))
    assert (shown.contact, shown.company, shown.deal, shown.lead) == ("Anna", "Ørsted", "Pilot", "Bo")
    assert (shown.contact_id, shown.deal_id, shown.lead_id) == (contact.id, deal.id, lead.id)
    with pytest.raises(NotFound):
        add(book, deal="nothing of the kind")


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"title": " "}, "title"),
    "no rule": ({"due_at": NOON, "recurrence": "every day"}, "recurrence"),
    "a series without a beginning": ({"recurrence": "FREQ=DAILY"}, "due_at"),
    "no status": ({"status": None}, "status"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_task_that_makes_no_sense_is_refused(case: str, book: OpenWorkspace) -> None:
    values, field = REFUSED[case]
    standing = add(book)
    before = facts(book.store)
    commands: tuple[Callable[[RecordDraft], object], ...] = (book.tasks.add, partial(book.tasks.change, standing))
    for command in commands:
        with pytest.raises(InvalidValue) as refusal:
            command(RecordDraft({"title": "Call", **values}))
        assert refusal.value.field == field
    assert facts(book.store) == before


def test_tasks_are_ticked_off_together_and_opened_again(book: OpenWorkspace, clock: ManualClock) -> None:
    ids = [add(book, f"Task {number}") for number in range(3)]
    clock.advance(HOUR)
    saved = book.tasks.done(ids)
    assert {(row(book, task).status, row(book, task).done_at) for task in ids} == {("done", NOON + HOUR)}
    clock.advance(HOUR)
    assert book.tasks.done(ids).batch is None
    assert row(book, ids[0]).done_at == NOON + HOUR
    book.tasks.reopen(ids[:1])
    assert (row(book, ids[0]).status, row(book, ids[0]).done_at) == ("open", None)
    book.history.undo()
    book.history.undo(saved.batch)
    assert len(still_open(book)) == 3
    assert problems(book) == []


@pytest.mark.parametrize("verb", ["done", "reopen"])
def test_ticking_off_nothing_is_refused(verb: str, book: OpenWorkspace) -> None:
    with pytest.raises(InvalidValue, match="Nothing is selected"):
        getattr(book.tasks, verb)([])
    with pytest.raises(NotFound):
        getattr(book.tasks, verb)([99])


def test_a_task_that_is_said_to_be_done_is_done_now_or_when_it_is_said(book: OpenWorkspace) -> None:
    task = add(book)
    book.tasks.change(task, RecordDraft({"status": "done"}))
    assert row(book, task).done_at == NOON
    book.tasks.change(task, RecordDraft({"done_at": NOON - DAY}))
    assert row(book, task).done_at == NOON - DAY
    book.tasks.change(task, RecordDraft({"status": "cancelled"}))
    assert row(book, task).done_at is None


def test_a_whole_day_is_that_day_wherever_one_is(book: OpenWorkspace) -> None:
    task = add(book, due_at=date(2026, 5, 6))
    for zone in ("Pacific/Kiritimati", "Pacific/Honolulu", "Europe/Berlin"):
        book.users.change_profile(time_zone=zone)
        assert (row(book, task).due_at, row(book, task).due_on) == (None, date(2026, 5, 6))
    book.tasks.change(task, RecordDraft({"due_at": NOON}))
    assert (row(book, task).due_at, row(book, task).due_on) == (NOON, None)
    book.tasks.change(task, RecordDraft({"due_at": None}))
    assert (row(book, task).due_at, row(book, task).due_on) == (None, None)


# --- Repeating -------------------------------------------------------------------------------------------------


def done_again(book: OpenWorkspace, clock: ManualClock, *, times: int = 10) -> list[TaskRow]:
    """Tick the open task off as soon as it is due, over and over; what was there each time."""
    seen = []
    for _ in range(times):
        tasks = still_open(book)
        if not tasks:
            break
        (task,) = tasks
        seen.append(task)
        clock.set(task.due_at or datetime.combine(task.due_on or TODAY, datetime.min.time(), UTC) + 12 * HOUR)
        book.tasks.done([task.id])
    return seen


def test_a_series_with_a_count_is_done_so_many_times(book: OpenWorkspace, clock: ManualClock) -> None:
    add(book, due_at=NOON + HOUR, recurrence="rrule:freq=daily;count=3")
    seen = done_again(book, clock)
    assert [task.due_at for task in seen] == [NOON + HOUR + day * DAY for day in range(3)]
    assert [task.recurrence for task in seen] == [f"FREQ=DAILY;COUNT={left}" for left in (3, 2, 1)]
    with book.store.read() as connection:
        series = connection.exec_driver_sql("SELECT series FROM task ORDER BY id").scalars().all()
    assert series[0] is None
    assert series[1] == series[2]
    assert problems(book) == []


def test_a_series_with_an_end_is_done_until_then(book: OpenWorkspace, clock: ManualClock) -> None:
    for end in ("20260514T120000Z", "20260514"):
        clock.set(NOON)
        add(book, due_at=NOON, recurrence=f"FREQ=WEEKLY;BYDAY=MO,TH;UNTIL={end}")
        assert [f"{task.due_at:%m-%d}" for task in done_again(book, clock)] == ["05-04", "05-07", "05-11", "05-14"]


def test_the_next_one_is_at_the_same_hour_after_the_clocks_changed(book: OpenWorkspace, clock: ManualClock) -> None:
    book.users.change_profile(time_zone="Europe/Berlin")
    start = datetime(2026, 10, 24, 7, tzinfo=UTC)
    add(book, due_at=start, remind_at=start - HOUR / 4, recurrence="FREQ=DAILY;COUNT=2")
    first, second = done_again(book, clock)
    assert (first.due_at, second.due_at) == (start, datetime(2026, 10, 25, 8, tzinfo=UTC))
    assert second.remind_at == datetime(2026, 10, 25, 7, 45, tzinfo=UTC)


def test_a_whole_day_repeats_as_a_whole_day_and_is_reminded_of_at_the_same_hour(
    book: OpenWorkspace, clock: ManualClock
) -> None:
    book.users.change_profile(time_zone="Europe/Berlin")
    add(
        book,
        due_at=date(2026, 10, 24),
        remind_at=datetime(2026, 10, 24, 7, tzinfo=UTC),
        recurrence="FREQ=DAILY;COUNT=3",
    )
    seen = done_again(book, clock)
    assert [task.due_on for task in seen] == [date(2026, 10, 24), date(2026, 10, 25), date(2026, 10, 26)]
    assert [task.remind_at for task in seen] == [
        datetime(2026, 10, 24 + day, 7 + (day > 0), tzinfo=UTC) for day in range(3)
    ]


def test_what_was_left_lying_goes_on_from_now_and_not_from_the_past(book: OpenWorkspace, clock: ManualClock) -> None:
    task = add(book, due_at=NOON, recurrence="FREQ=DAILY;COUNT=30")
    clock.advance(10 * DAY + HOUR)
    book.tasks.done([task])
    (following,) = still_open(book)
    assert (following.due_at, following.recurrence) == (NOON + 11 * DAY, "FREQ=DAILY;COUNT=19")


@pytest.mark.parametrize(
    ("zone", "at", "expected"),
    [
        ("UTC", datetime(2026, 5, 14, 1, tzinfo=UTC), date(2026, 5, 14)),
        ("Pacific/Auckland", datetime(2026, 5, 13, 13, tzinfo=UTC), date(2026, 5, 14)),
        ("Pacific/Honolulu", datetime(2026, 5, 14, 9, tzinfo=UTC), date(2026, 5, 13)),
    ],
)
def test_a_whole_day_that_was_left_lying_is_due_today_where_the_user_is(
    zone: str, at: datetime, expected: date, book: OpenWorkspace, clock: ManualClock
) -> None:
    book.users.change_profile(time_zone=zone)
    task = add(book, due_at=TODAY, recurrence="FREQ=DAILY")
    clock.set(at)
    book.tasks.done([task])
    assert [task.due_on for task in still_open(book)] == [expected]


def test_the_next_of_a_series_has_what_the_last_one_had(book: OpenWorkspace) -> None:
    contact = book.contacts.add(contact_draft("Anna"))
    task = add(
        book, "Review", NOON, recurrence="FREQ=MONTHLY", priority="high", notes="bring figures",
        contact=contact.uid.hex(), external_key="T-1",
    )  # fmt: skip
    book.tasks.tag([task], "vip")
    book.tasks.snooze(task, NOON + HOUR)
    book.tasks.done([task])
    (following,) = still_open(book)
    assert (following.title, following.priority, following.notes, following.contact, following.tags) == (
        *("Review", "high", "bring figures", "Anna"),
        ("vip",),
    )
    assert (following.snoozed_until, following.done_at) == (None, None)
    assert book.tasks.card(following.id).fields["external_key"] is None
    book.history.undo()
    assert [task.id for task in still_open(book)] == [task]
    book.history.redo()
    assert [task.id for task in still_open(book)] == [following.id]
    assert problems(book) == []


@pytest.mark.parametrize("together", [False, True])
def test_one_that_is_set_to_done_leaves_the_next_like_one_that_is_ticked(together: bool, book: OpenWorkspace) -> None:
    task = add(book, due_at=NOON + HOUR, recurrence="FREQ=DAILY")
    done = RecordDraft({"status": "done"})
    batch = (book.tasks.change_many([task], done) if together else book.tasks.change(task, done)).batch
    (following,) = still_open(book)
    assert (following.due_at, row(book, task).status) == (NOON + HOUR + DAY, "done")
    assert book.tasks.card(following.id).fields["done_at"] is None
    book.tasks.change(task, done)
    assert [found.id for found in still_open(book)] == [following.id]
    assert batch is not None
    book.history.undo(batch)
    assert [found.id for found in still_open(book)] == [task]
    assert problems(book) == []


def test_one_that_is_done_or_cancelled_already_leaves_none_behind(book: OpenWorkspace) -> None:
    for status in ("done", "cancelled"):
        task = add(book, due_at=NOON, recurrence="FREQ=DAILY", status=status)
        book.tasks.done([task])
    assert still_open(book) == []


# --- Reminders and what is due ---------------------------------------------------------------------------------


def reminded(book: OpenWorkspace) -> list[str]:
    return [task.title for task in book.tasks.reminders()]


def test_reminders_fall_due_the_longest_overdue_first(book: OpenWorkspace, clock: ManualClock) -> None:
    add(book, "Soon", remind_at=NOON + HOUR)
    add(book, "Later", remind_at=NOON + 2 * HOUR)
    add(book, "Never")
    done = add(book, "Done", remind_at=NOON + HOUR)
    gone = add(book, "Gone", remind_at=NOON + HOUR)
    book.tasks.done([done])
    book.tasks.delete([gone])
    assert (reminded(book), book.tasks.next_reminder_at()) == ([], NOON + HOUR)
    clock.advance(HOUR)
    assert (reminded(book), book.tasks.next_reminder_at()) == (["Soon"], NOON + 2 * HOUR)
    clock.advance(HOUR)
    assert (reminded(book), book.tasks.next_reminder_at()) == (["Soon", "Later"], None)


def test_a_task_that_is_put_off_reminds_again_then(book: OpenWorkspace, clock: ManualClock) -> None:
    early, without = add(book, "Early", remind_at=NOON), add(book, "Without")
    assert reminded(book) == ["Early"]
    for task in (early, without):
        book.tasks.snooze(task, NOON + HOUR)
    assert (reminded(book), book.tasks.next_reminder_at()) == ([], NOON + HOUR)
    clock.advance(HOUR)
    assert reminded(book) == ["Early", "Without"]
    with pytest.raises(InvalidValue, match="past"):
        book.tasks.snooze(early, NOON + HOUR)
    with pytest.raises(NotFound):
        book.tasks.snooze(99, NOON + DAY)
    assert problems(book) == []


def fill(book: OpenWorkspace) -> None:
    """Tasks around noon UTC of 4 May 2026, moments and whole days."""
    for title, due in (
        ("an hour ago", NOON - HOUR),
        ("in an hour", NOON + HOUR),
        ("at 23 UTC", datetime(2026, 5, 4, 23, tzinfo=UTC)),
        ("tomorrow at 9 UTC", datetime(2026, 5, 5, 9, tzinfo=UTC)),
        ("all of the 3rd", date(2026, 5, 3)),
        ("all of the 4th", date(2026, 5, 4)),
        ("all of the 5th", date(2026, 5, 5)),
        ("some day", None),
    ):
        add(book, title, due)
    book.tasks.done([add(book, "done", NOON - DAY)])


COUNTS = {
    "UTC": DueCounts(overdue=2, today=3, upcoming=2, without_date=1),
    # 2 a.m. of the 5th: the 4th is over, and the 5th lasts until 10:00 UTC.
    "Pacific/Kiritimati": DueCounts(overdue=3, today=4, upcoming=0, without_date=1),
    # 2 a.m. of the 4th: it lasts until 10:00 UTC of the next day.
    "Pacific/Honolulu": DueCounts(overdue=2, today=4, upcoming=1, without_date=1),
}


@pytest.mark.parametrize("zone", COUNTS)
def test_what_is_due_is_counted_by_the_days_of_the_user(zone: str, book: OpenWorkspace) -> None:
    fill(book)
    book.users.change_profile(time_zone=zone)
    assert book.tasks.due() == COUNTS[zone]


def test_nothing_is_due_where_there_is_nothing(book: OpenWorkspace) -> None:
    assert book.tasks.due() == DueCounts(0, 0, 0, 0)
    assert (book.tasks.reminders(), book.tasks.next_reminder_at()) == ([], None)


MORNING = ["an hour ago", "in an hour", "at 23 UTC"]
DUE = {
    ("due<today", "UTC"): ["all of the 3rd"],
    ("due:today", "UTC"): ["all of the 4th", *MORNING],
    ("due>today", "UTC"): ["all of the 5th", "tomorrow at 9 UTC"],
    ("due<today", "Pacific/Kiritimati"): ["all of the 3rd", "all of the 4th"],
    ("due:today", "Pacific/Kiritimati"): ["all of the 5th", *MORNING, "tomorrow at 9 UTC"],
    ("due>today", "Pacific/Kiritimati"): [],
    ("due<today", "Pacific/Honolulu"): ["all of the 3rd"],
    ("due:today", "Pacific/Honolulu"): ["all of the 4th", *MORNING, "tomorrow at 9 UTC"],
    ("due>today", "Pacific/Honolulu"): ["all of the 5th"],
    ("due:tomorrow", "Pacific/Honolulu"): ["all of the 5th"],
    ("due<=2026-05-04", "Europe/Berlin"): ["all of the 3rd", "all of the 4th", "an hour ago", "in an hour"],
    ("due:none", "UTC"): ["some day"],
    ("due_at:any", "UTC"): [
        *("all of the 3rd", "all of the 4th", "all of the 5th"),
        *("an hour ago", "in an hour", "at 23 UTC", "tomorrow at 9 UTC"),
    ],
}


@pytest.mark.parametrize(("where", "zone"), DUE)
def test_a_query_for_days_means_those_of_the_user(where: str, zone: str, book: OpenWorkspace) -> None:
    fill(book)
    book.users.change_profile(time_zone=zone)
    assert sorted(titles(book, "tasks", f"status:open {where}")) == sorted(DUE[where, zone])


FILTERS = {
    "status:done": ["Done"],
    "priority:high": ["Call Anna"],
    "contact:anna": ["Call Anna"],
    "company:orsted": ["Call Anna"],
    "deal:pilot": ["Send offer"],
    "lead:bo": ["Send offer"],
    "title:offer": ["Send offer"],
    "call": ["Call Anna"],
    "owner:me recurrence:any": ["Send offer"],
    "notes:figures": ["Call Anna"],
}


@pytest.mark.parametrize("where", FILTERS)
def test_a_query_finds_the_tasks_it_means(where: str, book: OpenWorkspace) -> None:
    book.contacts.add(contact_draft("Anna"))
    book.deals.add(deal_draft("Pilot"))
    book.leads.add(lead_draft("Bo"))
    add(book, "Call Anna", NOON, contact="Anna", company="Ørsted", priority="high", notes="bring figures")
    add(book, "Send offer", NOON, deal="Pilot", lead="Bo", recurrence="FREQ=DAILY")
    book.tasks.done([add(book, "Done")])
    assert titles(book, "tasks", where) == FILTERS[where]


def test_a_list_of_tasks_is_in_the_order_asked_for(book: OpenWorkspace) -> None:
    for title, due, priority in (("B", NOON, "high"), ("A", NOON - DAY, "low"), ("C", None, "urgent")):
        add(book, title, due, priority=priority)
    assert titles(book, "tasks") == ["A", "B", "C"]
    assert titles(book, "tasks", sort="due") == ["A", "B", "C"]
    assert titles(book, "tasks", sort="due", descending=True) == ["B", "A", "C"]
    assert titles(book, "tasks", sort="priority") == ["A", "B", "C"]
    assert titles(book, "tasks", sort="priority", descending=True) == ["C", "B", "A"]
