"""Events through csv, workbooks, JSON and calendars: there and back again, and told before anything is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

TABLES = ("csv", "xlsx", "json")
HERE_ONLY = ("uid", "created_at", "links", "calendar_uid")
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:weekly@x.example
SEQUENCE:2
SUMMARY:Weekly
DTSTART;TZID=Europe/Berlin:20261201T090000
DTEND;TZID=Europe/Berlin:20261201T100000
RRULE:FREQ=WEEKLY;COUNT=6
EXDATE;TZID=Europe/Berlin:20261208T090000
ORGANIZER;CN=Rosa Quill:mailto:rosa@x.example
ATTENDEE;CN="Berg, Anna";PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:anna@x.example
ATTENDEE;PARTSTAT=DECLINED:mailto:otto@x.example
BEGIN:VALARM
ACTION:DISPLAY
TRIGGER:-PT15M
END:VALARM
CATEGORIES:sales,weekly
TRANSP:TRANSPARENT
CLASS:PRIVATE
END:VEVENT
BEGIN:VEVENT
UID:weekly@x.example
RECURRENCE-ID;TZID=Europe/Berlin:20261215T090000
SUMMARY:Weekly\\, later
DTSTART;TZID=Europe/Berlin:20261215T140000
DTEND;TZID=Europe/Berlin:20261215T150000
END:VEVENT
BEGIN:VEVENT
UID:fair@x.example
SUMMARY:=Fair
DTSTART;VALUE=DATE:20261203
DTEND;VALUE=DATE:20261206
RRULE:FREQ=YEARLY
EXDATE;VALUE=DATE:20271203
LOCATION:Hall 4\\, Hamburg
DESCRIPTION:Line one\\nLine two
END:VEVENT
BEGIN:VTODO
UID:pack@x.example
SUMMARY:Pack
DUE;VALUE=DATE:20261202
END:VTODO
BEGIN:VTODO
UID:call@x.example
SUMMARY:Call
END:VTODO
END:VCALENDAR
"""


@pytest.fixture(name="other")
def _other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Mycrm:
    calls = Mycrm(tmp_path / "other.mycrm", capsys)
    calls.good("workspace", "create", calls.path, "--plain", "--user", "Lena Hartmann", "--email", "lena@x.example")
    return calls


def _calendar(folder: Path, text: str = CALENDAR) -> Path:
    path = folder / "calendar.ics"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def _table(folder: Path, *lines: str) -> Path:
    path = folder / "events.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _told(calls: Mycrm) -> list[dict[str, Any]]:
    """Every event as JSON tells it, without what is of this workspace only."""
    path = calls.path.with_name(f"{calls.path.stem}-told.json")
    calls.good("export", "events", "--format", "json", "--to", path)
    events = json.loads(path.read_text(encoding="utf-8"))["events"]
    told = [{name: value for name, value in event.items() if name not in HERE_ONLY} for event in events]
    return sorted(told, key=lambda event: (event["starts_at"], event["title"]))


def _counts(outcome: dict[str, Any]) -> dict[str, int]:
    return {name: outcome[name] for name in ("rows", "created", "updated", "unchanged", "rejected")}


def _filled(mycrm: Mycrm, folder: Path) -> int:
    """Events of a calendar and one made here, with links and a field of the user's own."""
    mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg", "email=anna@x.example")
    mycrm.good("import", "events", _calendar(folder))
    mycrm.good("companies", "add", "name=Almeda")
    mycrm.good("fields", "add", "events", "seats", "--kind", "number")
    made = ["title=Site visit", "starts_at=2026-12-01 10:00", "contact=anna@x.example", "company=Almeda"]
    mycrm.good("events", "add", *made, "custom.seats=12", "external_key=E-1", "tags=visit")
    mycrm.good("events", "add", "title=Holiday", "starts_at=2026-12-24", "ends_at=2026-12-27")
    return 5


@pytest.mark.parametrize("as_format", TABLES)
def test_events_come_back_from_an_export_as_they_were(
    mycrm: Mycrm, other: Mycrm, tmp_path: Path, as_format: str
) -> None:
    count = _filled(mycrm, tmp_path)
    before = _told(mycrm)
    file = tmp_path / f"out.{as_format}"
    told = mycrm.good("export", "events", "--format", as_format, "--to", file)
    assert (told["counts"], told["cannot_hold"]) == ({"events": count}, [])
    again = mycrm.good("import", "events", file)
    assert (_counts(again)["unchanged"], again["batch"]) == (count, None)
    assert _told(mycrm) == before
    other.good("contacts", "add", "first_name=Anna", "last_name=Berg", "email=anna@x.example")
    other.good("companies", "add", "name=Almeda")
    assert other.good("import", "events", file)["created"] == count
    owned = [{**event, "owner": None} for event in before]
    assert [{**event, "owner": None} for event in _told(other)] == owned
    assert other.good("import", "events", file)["unchanged"] == count
    assert other.good("workspace", "verify", "--full")["ok"] is True


def test_an_event_made_here_is_known_again_from_a_calendar_too(mycrm: Mycrm, tmp_path: Path) -> None:
    count = _filled(mycrm, tmp_path)
    before = _told(mycrm)
    mycrm.good("export", "events", "--format", "ics", "--to", tmp_path / "out.ics")
    again = mycrm.good("import", "events", tmp_path / "out.ics")
    assert (_counts(again)["unchanged"], again["batch"]) == (count, None)
    assert _told(mycrm) == before


def test_events_of_other_programs_are_read_under_their_usual_names(mycrm: Mycrm, tmp_path: Path) -> None:
    file = _table(
        tmp_path,
        "Subject,Start,End,Time zone,Location,Guests,Repeats",
        "Demo,2026-12-01 09:00,2026-12-01 10:30,Europe/Berlin,Kiel,Anna Berg <anna@x.example>; otto@x.example,",
        "Fair,2026-12-03,,,,,FREQ=YEARLY",
        "Call,2026-12-04 08:00,,Europe/London,,,",
    )
    assert mycrm.good("import", "events", file)["created"] == 3
    demo, fair, call = _told(mycrm)
    assert (demo["starts_at"], demo["ends_at"]) == ("2026-12-01T08:00:00Z", "2026-12-01T09:30:00Z")
    assert [(one["name"], one["email"]) for one in demo["attendees"]] == [
        ("Anna Berg", "anna@x.example"),
        ("", "otto@x.example"),
    ]
    assert (fair["starts_at"], fair["ends_at"], fair["recurrence"]) == ("2026-12-03", "2026-12-04", "FREQ=YEARLY")
    assert call["ends_at"] == "2026-12-04T09:00:00Z"
    assert mycrm.good("import", "events", file)["unchanged"] == 3


def test_rows_that_are_no_events_are_rejected_with_their_reason(mycrm: Mycrm, tmp_path: Path) -> None:
    file = _table(
        tmp_path,
        "Title,Starts at,Ends at,Attendees,Contact",
        "Demo,2026-12-01 09:00,2026-12-01 08:00,,",
        "Fair,someday,,,",
        ",2026-12-01,,,",
        "Call,,,,",
        "Talk,2026-12-01,,nobody,",
        "Lunch,2026-12-01,,,stranger@x.example",
        "Good,2026-12-01,,,",
    )
    outcome = mycrm.good("import", "events", file)
    assert (outcome["created"], outcome["rejected"], outcome["rows"]) == (1, 6, 7)
    reasons = {one["row"]: one["reason"] for one in outcome["rejects"]}
    assert reasons[1] == "is before the start"
    assert reasons[4] == "has no start"
    assert reasons[3] == "has no title"
    assert "There is no contact" in reasons[6]


def test_a_table_without_start_is_refused(mycrm: Mycrm, tmp_path: Path) -> None:
    answer = mycrm("import", "events", _table(tmp_path, "Title,Place", "Demo,Kiel"))
    assert answer.code == 1
    assert "holds no events" in answer.err


@pytest.mark.parametrize("more", [(), ("--with-tasks",)], ids=["events", "with tasks"])
def test_a_dry_run_of_a_calendar_says_what_the_import_then_does(
    mycrm: Mycrm, tmp_path: Path, more: tuple[str, ...]
) -> None:
    broken = "BEGIN:VEVENT\nUID:none\nSUMMARY:None\nEND:VEVENT\nEND:VCALENDAR"
    file = _calendar(tmp_path, CALENDAR.replace("END:VCALENDAR", broken))
    for text in (None, "Hall 4", "Hall 5"):
        if text is not None:
            _calendar(tmp_path, CALENDAR.replace("Hall 4", text).replace("END:VCALENDAR", broken))
        told = mycrm.good("import", "events", file, "--dry-run", *more)
        assert told["batch"] is None and told["dry_run"] is True
        before = _told(mycrm)
        done = mycrm.good("import", "events", file, *more)
        assert _counts(told) == _counts(done)
        assert (told["tasks"], told["tasks_left_out"]) == (done["tasks"], done["tasks_left_out"])
        assert (_told(mycrm) != before) == (text != "Hall 4")
    assert _counts(done)["updated"] == 1


def test_events_and_tasks_of_one_calendar_come_in_and_go_as_one_step(mycrm: Mycrm, tmp_path: Path) -> None:
    file = _calendar(tmp_path)
    answer = mycrm("import", "events", file, "--dry-run")
    assert "2 tasks of the calendar; --with-tasks" in answer.err
    outcome = mycrm.good("import", "events", file, "--with-tasks")
    assert (outcome["created"], outcome["tasks"], outcome["tasks_left_out"]) == (5, 2, 0)
    assert sorted(task["title"] for task in mycrm.good("tasks", "list")["items"]) == ["Call", "Pack"]
    again = mycrm.good("import", "events", file, "--with-tasks")
    assert (again["unchanged"], again["batch"]) == (5, None)
    mycrm.good("undo", outcome["batch"])
    assert mycrm.good("tasks", "list")["items"] == mycrm.good("events", "list")["items"] == []
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True


def test_fields_of_the_users_own_are_made_for_events_and_told_before(mycrm: Mycrm, tmp_path: Path) -> None:
    file = _table(tmp_path, "Title,Starts at,custom.seats:number", "Demo,2026-12-01,12")
    assert mycrm.good("import", "events", file, "--dry-run")["created"] == 1
    assert mycrm.good("fields", "list")["items"] == []
    mycrm.good("import", "events", file)
    assert _told(mycrm)[0]["custom.seats"] == 12
