"""The calendar: when what takes place, whom it is with, and what an imported calendar changes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar import EventService
from services.clock import ManualClock
from services.errors import InvalidValue
from services.exporting.calendars import calendar_file
from services.importing.calendars import read_calendar
from services.occurring import MOST_SHOWN, starts
from services.records.calendar_drafts import AttendeeDraft, EventDraft
from services.records.drafts import RecordDraft, Value
from services.recurrence import occurrences
from tests.support.workspaces import NOON, Book, contact_draft, email, make_book

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A workspace of somebody in Berlin who knows Anna and Ben."""
    book = make_book(tmp_path, clock=ManualClock(NOON))
    book.users.change_profile(time_zone="Europe/Berlin")
    book.contacts.add(contact_draft("Anna", "Berg", email("anna@firm.example")))
    book.contacts.add(contact_draft("Ben", "Ort", email("ben@firm.example")))
    yield book
    assert book.problems() == []
    book.close()


@pytest.fixture
def calendar(book: Book) -> EventService:
    return EventService(book.store, book.access)


def at(day: int, hour: int = 9, minute: int = 0, *, month: int = 6) -> datetime:
    """A time in Berlin, 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def day(number: int, month: int = 6) -> datetime:
    """A whole day as drafts hold it."""
    return datetime(2026, month, number, tzinfo=UTC)


def event(name: str = "Visit", /, **values: Value) -> RecordDraft:
    return RecordDraft({"title": name, "starts_at": at(3), "ends_at": at(3, 10), **values})


def draft(uid: str = "1", title: str = "Visit", start: datetime | None = None, **values: object) -> EventDraft:
    begins = start or at(3)
    made = EventDraft(title, begins, begins + timedelta(hours=1), time_zone="Europe/Berlin", calendar_uid=uid)
    return replace(made, **values)  # type: ignore[arg-type]


def shown(calendar: EventService, since: datetime, until: datetime) -> list[tuple[str, datetime]]:
    return [(row.title, row.starts_at) for row in calendar.between(since, until)]


# --- One event ----------------------------------------------------------------------------------------------


def test_an_event_is_added_changed_deleted_and_undone(book: Book, calendar: EventService) -> None:
    saved = calendar.add(event(location="Hafen 7", tags="x"))
    (row,) = calendar.rows([saved.id])
    assert (row.title, row.starts_at, row.ends_at, row.time_zone) == ("Visit", at(3), at(3, 10), "Europe/Berlin")
    assert (row.status, row.location, row.owner) == ("confirmed", "Hafen 7", "Rosa Quill")
    calendar.change(saved.id, RecordDraft({"title": "Demo"}))
    assert shown(calendar, at(3, 0), at(4, 0)) == [("Demo", at(3))]
    calendar.delete([saved.id])
    assert shown(calendar, at(3, 0), at(4, 0)) == []
    book.history.undo()
    book.history.undo()
    assert shown(calendar, at(3, 0), at(4, 0)) == [("Visit", at(3))]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": " "}, "title"),
        ({"starts_at": None}, "starts_at"),
        ({"ends_at": at(2)}, "ends_at"),
        ({"ends_at": date(2026, 6, 5)}, "ends_at"),
        ({"recurrence": "FREQ=SOMETIMES"}, "recurrence"),
        ({"recurrence": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"}, "recurrence"),
    ],
)
def test_an_event_that_makes_no_sense_is_refused(calendar: EventService, values: dict[str, Value], field: str) -> None:
    with pytest.raises(InvalidValue) as told:
        calendar.add(event(**values))
    assert told.value.field == field


def test_an_event_without_an_end_lasts_an_hour_and_a_whole_day_to_the_next(calendar: EventService) -> None:
    timed = calendar.add(RecordDraft({"title": "Call", "starts_at": at(3)}))
    whole = calendar.add(RecordDraft({"title": "Fair", "starts_at": date(2026, 6, 3)}))
    first, second = calendar.rows([timed.id, whole.id])
    assert first.ends_at == at(3, 10)
    assert (second.starts_on, second.ends_on) == (date(2026, 6, 3), date(2026, 6, 4))


def test_those_invited_are_known_by_their_addresses_and_keep_their_place(calendar: EventService) -> None:
    saved = calendar.add(event())
    people = [
        AttendeeDraft("Anna@Firm.example", response="accepted", is_organizer=True),
        AttendeeDraft("stranger@x.example", "Eva Fremd"),
    ]
    calendar.invite(saved.id, people)
    (row,) = calendar.rows([saved.id])
    anna, eva = row.attendees
    assert (anna.name, anna.email, anna.response, anna.is_organizer) == (
        "Anna Berg",
        "anna@firm.example",
        "accepted",
        True,
    )
    assert (anna.contact_id, eva.contact_id, eva.name) == (1, None, "Eva Fremd")
    calendar.invite(saved.id, [people[0], AttendeeDraft("ben@firm.example")])
    (row,) = calendar.rows([saved.id])
    assert [(one.email, one.contact_id) for one in row.attendees] == [("anna@firm.example", 1), ("ben@firm.example", 2)]
    assert row.attendees[0].uid == anna.uid
    assert calendar.invite(saved.id, [people[0], AttendeeDraft("ben@firm.example")]).batch is None


# --- What takes place in a time -----------------------------------------------------------------------------


def test_what_only_touches_a_time_is_not_in_it(calendar: EventService) -> None:
    calendar.add(event("before", starts_at=at(3, 7), ends_at=at(3, 8)))
    calendar.add(event("into", starts_at=at(3, 7), ends_at=at(3, 8, 1)))
    calendar.add(event("around", starts_at=at(3, 7), ends_at=at(3, 19)))
    calendar.add(event("at once", starts_at=at(3, 8), ends_at=at(3, 8)))
    calendar.add(event("after", starts_at=at(3, 18), ends_at=at(3, 19)))
    assert [title for title, _ in shown(calendar, at(3, 8), at(3, 18))] == ["into", "around", "at once"]


def test_whole_days_are_the_days_of_the_user(calendar: EventService) -> None:
    calendar.add(RecordDraft({"title": "Fair", "starts_at": date(2026, 6, 3), "ends_at": date(2026, 6, 5)}))
    assert [title for title, _ in shown(calendar, at(3, 0), at(3, 0, 1))] == ["Fair"]
    assert [title for title, _ in shown(calendar, at(4, 23), at(5, 0))] == ["Fair"]
    assert shown(calendar, at(5, 0), at(6, 0)) == []
    assert shown(calendar, at(2, 0), at(3, 0)) == []


def test_a_series_is_unrolled_at_its_local_hour(calendar: EventService) -> None:
    calendar.add(event("Standup", recurrence="freq=weekly;byday=mo,we"))
    assert shown(calendar, at(8, 0), at(11, 0)) == [("Standup", at(8)), ("Standup", at(10))]
    winter = shown(calendar, at(2, 0, month=11), at(3, 0, month=11))
    assert winter == [("Standup", at(2, month=11))]
    assert winter[0][1].hour == 8
    assert shown(calendar, at(1, 0), at(3, 0)) == []


def test_a_series_shows_each_occurrence_with_its_own_end(calendar: EventService) -> None:
    calendar.add(event("Shift", ends_at=at(4, 2), recurrence="FREQ=DAILY"))
    rows = calendar.between(at(10, 0), at(10, 12))
    assert [(row.starts_at, row.ends_at) for row in rows] == [(at(9), at(10, 2)), (at(10), at(11, 2))]


def test_a_whole_day_that_repeats_is_the_same_day_anywhere(book: Book, calendar: EventService) -> None:
    calendar.add(
        RecordDraft({"title": "Close", "starts_at": date(2026, 6, 30), "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1"})
    )
    book.users.change_profile(time_zone="America/Los_Angeles")
    since = datetime(2026, 7, 1, tzinfo=ZoneInfo("America/Los_Angeles"))
    rows = calendar.between(since, since + timedelta(days=31))
    assert [(row.starts_on, row.ends_on) for row in rows] == [(date(2026, 7, 31), date(2026, 8, 1))]


def test_an_occurrence_left_out_does_not_take_place(calendar: EventService) -> None:
    saved = calendar.add(event(recurrence="FREQ=DAILY"))
    calendar.leave_out(saved.id, at(5))
    assert shown(calendar, at(4, 0), at(7, 0)) == [("Visit", at(4)), ("Visit", at(6))]


def test_a_changed_occurrence_stands_in_for_the_one_of_the_rule(calendar: EventService) -> None:
    calendar.take(
        [
            draft(recurrence="FREQ=DAILY", excluded=(at(6),), added=(at(20, 17),)),
            draft(title="Moved", start=at(9, 15), occurrence=at(4)),
            draft(title="Off", start=at(5), occurrence=at(5), status="cancelled"),
        ]
    )
    assert shown(calendar, at(3, 0), at(8, 0)) == [("Visit", at(3)), ("Visit", at(7))]
    assert shown(calendar, at(9, 0), at(10, 0)) == [("Visit", at(9)), ("Moved", at(9, 15))]
    assert shown(calendar, at(20, 12), at(21, 0)) == [("Visit", at(20, 17))]


def test_a_cancelled_series_and_what_was_changed_of_it_do_not_take_place(calendar: EventService) -> None:
    taken = [draft(recurrence="FREQ=DAILY"), draft(title="Moved", start=at(4, 15), occurrence=at(4))]
    calendar.take(taken)
    calendar.take([replace(taken[0], status="cancelled", sequence=1)])
    assert shown(calendar, at(1, 0), at(30, 0)) == []


RULES = st.sampled_from(
    [
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,SA",
        "FREQ=DAILY;UNTIL=20260812T090000",
        "FREQ=DAILY;UNTIL=20260812",
        "FREQ=DAILY;COUNT=40",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=5;WKST=MO",
        "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270101T000000Z",
        "FREQ=DAILY;UNTIL=20260812T023000Z",
        "FREQ=MONTHLY;UNTIL=20261001T043000Z",
        "FREQ=WEEKLY;BYDAY=WE,FR;COUNT=17",
        "FREQ=MONTHLY",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=HOURLY;INTERVAL=7",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    rule=RULES,
    zone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"]),
    begun=st.integers(0, 24 * 400),
    ahead=st.integers(-24 * 30, 24 * 500),
    length=st.integers(0, 24 * 40),
)
def test_arithmetic_says_the_same_as_going_through_the_rule(
    *, rule: str, zone: str, begun: int, ahead: int, length: int
) -> None:
    start = datetime(2025, 9, 1, 2, 30, tzinfo=UTC) + timedelta(hours=begun)
    since = start + timedelta(hours=ahead)
    until = since + timedelta(hours=length)
    place = ZoneInfo(zone)
    slowly = list(occurrences(rule, start, place, since=since, until=until))
    assert sorted(set(starts(rule, start, place, since=since, until=until))) == slowly


def test_a_series_of_seconds_does_not_fill_a_list_without_end() -> None:
    found = starts("FREQ=SECONDLY", at(3), BERLIN, since=at(3), until=at(4))
    assert len(found) == MOST_SHOWN


def test_a_week_of_a_full_calendar_is_there_at_once(book: Book, calendar: EventService) -> None:
    rules = [
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=MONTHLY;BYDAY=1WE",
        "FREQ=YEARLY",
        "FREQ=WEEKLY;COUNT=90",
    ]
    single = [draft(f"s{n}", start=at(1) - timedelta(hours=7 * (n - 300))) for n in range(4500)]
    series = [
        draft(f"r{n}", start=at(1) - timedelta(days=n), recurrence=rules[n % 5 if n % 10 == 0 else n % 2])
        for n in range(500)
    ]
    calendar.take([*single, *series])
    first = calendar.between(at(8, 0), at(15, 0))
    took = []
    for _ in range(5):
        begun = datetime.now(UTC)
        assert calendar.between(at(8, 0), at(15, 0)) == first
        took.append((datetime.now(UTC) - begun).total_seconds())
    assert len(first) > 500
    assert min(took) < 0.5


# --- Taking a calendar over ---------------------------------------------------------------------------------


def test_a_calendar_taken_twice_is_there_once(calendar: EventService) -> None:
    drafts = [
        draft("a", recurrence="FREQ=WEEKLY", attendees=(AttendeeDraft("anna@firm.example"),), tags=("Key",)),
        draft("a", title="Moved", start=at(10, 15), occurrence=at(10)),
        draft("b", alarms=(60, 5)),
    ]
    first = calendar.take(reversed(drafts))
    assert (first.created, first.updated, first.unchanged, first.outdated) == (3, 0, 0, 0)
    again = calendar.take(drafts)
    assert (again.created, again.updated, again.unchanged, again.batch) == (0, 0, 3, None)


def test_a_newer_draft_changes_the_event_and_an_older_one_does_not(calendar: EventService) -> None:
    calendar.take([draft(sequence=2)])
    older = calendar.take([draft(title="Old", sequence=1)])
    assert (older.updated, older.outdated) == (0, 1)
    newer = calendar.take([draft(title="Newer", sequence=3), draft(title="New", sequence=2)])
    assert (newer.created, newer.updated) == (0, 1)
    assert shown(calendar, at(3, 0), at(4, 0)) == [("Newer", at(3))]


def test_those_in_a_calendar_are_linked_to_contacts_and_keep_a_link_made_by_hand(calendar: EventService) -> None:
    people = (AttendeeDraft("ben@firm.example", "B. Ort", "tentative"), AttendeeDraft("nobody@x.example"))
    calendar.take([draft(attendees=people)])
    (row,) = calendar.between(at(3, 0), at(4, 0))
    assert [(one.email, one.contact_id, one.response) for one in row.attendees] == [
        ("ben@firm.example", 2, "tentative"),
        ("nobody@x.example", None, "needs-action"),
    ]


def test_a_calendar_taken_over_is_one_batch_and_undone_as_one(book: Book, calendar: EventService) -> None:
    taken = calendar.take(
        [draft("a", recurrence="FREQ=DAILY"), draft("a", start=at(4, 12), occurrence=at(4)), draft("b")]
    )
    assert taken.batch is not None
    book.history.undo()
    assert shown(calendar, at(1, 0), at(30, 0)) == []


def test_what_is_taken_in_goes_out_again_as_it_was(tmp_path: Path, calendar: EventService) -> None:
    drafts = [
        draft(
            "a",
            recurrence="FREQ=WEEKLY;UNTIL=20261201T090000",
            excluded=(at(10),),
            attendees=(
                AttendeeDraft("anna@firm.example", "Anna", "accepted", "chair", is_organizer=True),
                AttendeeDraft("x@y.example"),
            ),
            alarms=(60, 0),
            tags=("Key",),
            notes="two\nlines",
            sequence=4,
        ),
        draft("c", start=day(3), all_day=True, time_zone="", ends_at=day(5)),
        draft("a", title="Moved", start=at(17, 15), occurrence=at(17)),
    ]
    calendar.take(drafts)
    assert calendar.drafts([1, 2, 3]) == drafts
    path = tmp_path / "out.ics"
    path.write_bytes(calendar_file(calendar.drafts([1, 2, 3]), written_at=NOON))
    assert list(read_calendar(path).events) == drafts
    assert calendar.take(read_calendar(path).events).unchanged == 3


def test_an_occurrence_that_was_changed_and_then_deleted_does_not_come_back_from_the_rule(
    book: Book, calendar: EventService, tmp_path: Path
) -> None:
    calendar.take([draft(recurrence="FREQ=DAILY;COUNT=3"), draft(title="Moved", start=at(4, 15), occurrence=at(4))])
    assert shown(calendar, day(3), day(8)) == [("Visit", at(3)), ("Moved", at(4, 15)), ("Visit", at(5))]
    moved = next(row for row in calendar.between(day(3), day(8)) if row.title == "Moved")
    calendar.delete([moved.id])
    assert shown(calendar, day(3), day(8)) == [("Visit", at(3)), ("Visit", at(5))]
    series = calendar.between(day(3), day(8))[0].id
    assert calendar.drafts([series])[0].excluded == (at(4),)
    calendar.restore([moved.id])
    assert ("Moved", at(4, 15)) in shown(calendar, day(3), day(8))
    assert calendar.drafts([series])[0].excluded == ()
