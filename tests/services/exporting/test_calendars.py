"""What goes out as a calendar file comes back the same, and says the same to the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar  # noqa: TID253 - the oracle; nobody waits for a test to start
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.exporting.calendars import calendar_file
from services.importing.calendars import read_calendar
from services.records.calendar_drafts import AttendeeDraft, EventDraft
from services.records.ids import TaskId, Uid
from services.records.planning import TaskRow
from services.values.text import clean, clean_lines

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")


def at(day: int, hour: int = 9, *, month: int = 11, zone: str = "UTC") -> datetime:
    return datetime(2026, month, day, hour, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def back(tmp_path: Path, *events: EventDraft) -> list[EventDraft]:
    path = tmp_path / "out.ics"
    path.write_bytes(calendar_file(events, written_at=NOW))
    read = read_calendar(path, "Pacific/Auckland")
    assert read.rejects == ()
    assert read.left_out == {}
    return list(read.events)


PLAIN = EventDraft("Visit", at(24), at(24, 10), calendar_uid="1@crm.example")


@pytest.mark.parametrize(
    "event",
    [
        PLAIN,
        replace(PLAIN, time_zone="Europe/Berlin"),
        replace(PLAIN, starts_at=at(24, 0), ends_at=at(26, 0), all_day=True, time_zone=""),
        replace(PLAIN, title="a, b; c\\n d", notes="one\ntwo; three, \\four", location="Room 1,\nBonn"),
        replace(PLAIN, status="tentative", transparency="transparent", visibility="private", sequence=7),
        replace(PLAIN, status="cancelled", tags=("Customer", "a,b; c"), alarms=(1440, 15, 0, -5)),
        replace(PLAIN, conference_url="https://meet.example/a-b?x=1;y,z"),
        replace(PLAIN, time_zone="Europe/Berlin", recurrence="FREQ=WEEKLY;COUNT=9;BYDAY=TU,TH"),
        replace(PLAIN, time_zone="America/New_York", recurrence="FREQ=DAILY;UNTIL=20270310T040000"),
        replace(
            PLAIN,
            starts_at=at(24, 0),
            ends_at=at(25, 0),
            all_day=True,
            time_zone="",
            recurrence="FREQ=MONTHLY;UNTIL=20270324",
            excluded=(datetime(2026, 12, 24, tzinfo=UTC),),
            added=(datetime(2026, 12, 27, tzinfo=UTC),),
        ),
        replace(
            PLAIN,
            time_zone="Europe/Berlin",
            recurrence="FREQ=DAILY",
            excluded=(at(25), at(28)),
            added=(at(29, 17), at(29, 18)),
        ),
        replace(PLAIN, time_zone="Europe/Berlin", occurrence=at(25, 9)),
        replace(
            PLAIN,
            attendees=(
                AttendeeDraft("anna@firm.example", "Berg, Anna", "accepted", "chair", is_organizer=True),
                AttendeeDraft("ben@firm.example", 'Ben "Bo" Ort', "tentative", "opt-participant"),
                AttendeeDraft("cem@firm.example"),
            ),
        ),
    ],
)
def test_an_event_comes_back_as_it_went_out(tmp_path: Path, event: EventDraft) -> None:
    assert back(tmp_path, event) == [event]


def test_a_series_and_its_changed_occurrence_come_back_together(tmp_path: Path) -> None:
    series = replace(PLAIN, time_zone="Europe/Berlin", recurrence="FREQ=WEEKLY")
    changed = replace(PLAIN, title="Later", starts_at=at(1, 11, month=12), ends_at=at(1, 12, month=12))
    changed = replace(changed, time_zone="Europe/Berlin", occurrence=at(1, month=12))
    assert back(tmp_path, series, changed) == [series, changed]


@pytest.mark.parametrize("zone", ZONES)
def test_an_hour_that_comes_twice_or_never_keeps_its_moment(tmp_path: Path, zone: str) -> None:
    turn = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    events = [
        replace(PLAIN, starts_at=turn + timedelta(hours=n), ends_at=turn + timedelta(hours=n + 1), time_zone=zone)
        for n in range(3)
    ]
    found = back(tmp_path, *events)
    assert [(event.starts_at, event.ends_at) for event in found] == [(one.starts_at, one.ends_at) for one in events]


LINE = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=50).map(clean)
LINES = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=120).map(clean_lines)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    title=LINE,
    notes=LINES,
    location=LINES,
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 3000),
    minutes=st.integers(0, 5000),
    tags=st.lists(LINE.map(lambda tag: tag.lstrip("#").strip()).filter(bool), max_size=3, unique_by=str.casefold),
)
def test_any_event_comes_back_as_it_went_out(
    tmp_path: Path, *, title: str, notes: str, location: str, zone: str, start: int, minutes: int, tags: list[str]
) -> None:
    starts_at = at(1, 12, month=1) + timedelta(hours=start * 5)
    event = replace(PLAIN, title=title, notes=notes, location=location, tags=tuple(tags), starts_at=starts_at)
    event = replace(event, ends_at=starts_at + timedelta(minutes=minutes), time_zone=zone)
    (found,) = back(tmp_path, event)
    if any(moment.astimezone(ZoneInfo(zone)).fold for moment in (event.starts_at, event.ends_at)):
        found = replace(found, time_zone=zone)  # an hour that comes twice is told in UTC
    assert found == event


def test_the_file_defines_its_zones_and_is_valid_to_the_library() -> None:
    series = replace(PLAIN, time_zone="Europe/Berlin", recurrence="FREQ=DAILY;UNTIL=20261201T100000")
    data = calendar_file([series, PLAIN], written_at=NOW)
    read = icalendar.Calendar.from_ical(data)
    assert isinstance(read, icalendar.Calendar)
    assert [str(zone["TZID"]) for zone in read.timezones] == ["Europe/Berlin"]
    assert read.get_missing_tzids() == set()
    assert b"UNTIL=20261201T090000Z" in data
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert [str(event.uid) for event in read.events] == ["1@crm.example"] * 2


def task(**changed: Any) -> TaskRow:
    row = TaskRow(
        id=TaskId(1),
        uid=Uid(b"t" * 16),
        title="Call Ben; ask, twice",
        status="open",
        due_at=None,
        due_on=None,
        remind_at=None,
        snoozed_until=None,
        priority="normal",
        recurrence="",
        done_at=None,
        contact_id=None,
        contact="",
        company_id=None,
        company="",
        deal_id=None,
        deal="",
        lead_id=None,
        lead="",
        owner="",
        notes="",
        created_at=NOW,
        tags=(),
    )
    return replace(row, **changed)


@pytest.mark.parametrize(
    ("row", "fields"),
    [
        (task(), {}),
        (task(due_on=date(2026, 11, 30), priority="urgent"), {"due_at": date(2026, 11, 30)}),
        (task(due_at=at(30), remind_at=at(29), priority="low"), {"due_at": at(30), "remind_at": at(29)}),
        (
            task(due_at=at(30), recurrence="FREQ=WEEKLY;BYDAY=MO"),
            {"due_at": at(30), "recurrence": "FREQ=WEEKLY;BYDAY=MO"},
        ),
        (task(status="done", done_at=at(20)), {"done_at": at(20)}),
        (task(status="cancelled", notes="two\nlines"), {"notes": "two\nlines"}),
    ],
)
def test_a_task_comes_back_as_it_went_out(tmp_path: Path, row: TaskRow, fields: dict[str, Any]) -> None:
    path = tmp_path / "out.ics"
    path.write_bytes(calendar_file([], [row], written_at=NOW))
    (draft,) = read_calendar(path).tasks
    always = {"title": row.title, "status": row.status, "priority": row.priority, "external_key": row.uid.hex()}
    assert draft.fields == always | fields
