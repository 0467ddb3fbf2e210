"""Every calendar file that the library ships is read, and each event says what the library says of it."""

from __future__ import annotations

import random
import warnings
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar  # noqa: TID253 - the oracle; nobody waits for a test to start
import pytest
from dateutil.rrule import rrulestr

from services.importing.calendars import read_calendar
from services.importing.refusals import UnreadableFile
from services.records.calendar_drafts import AttendeeDraft, CalendarContents, EventDraft
from services.recurrence import occurrences

SHIPPED = Path(icalendar.__file__).parent / "tests"
FILES = sorted(SHIPPED.rglob("*.ics"), key=lambda path: path.name)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def contents() -> dict[Path, CalendarContents | UnreadableFile]:
    """What each of the shipped files came to."""
    found: dict[Path, CalendarContents | UnreadableFile] = {}
    for path in FILES:
        try:
            found[path] = read_calendar(path, "Europe/Berlin")
        except UnreadableFile as error:
            found[path] = error
    return found


def outcome(read: CalendarContents | UnreadableFile) -> str:
    if isinstance(read, UnreadableFile):
        return "refused"
    if not (read.events or read.tasks):
        return "rejects only" if read.rejects else "no events and tasks"
    return "read in part" if read.rejects else "read whole"


def test_every_shipped_file_has_its_outcome(contents: dict[Path, CalendarContents | UnreadableFile]) -> None:
    assert len(FILES) == 163
    assert Counter(map(outcome, contents.values())) == {
        "read whole": 85,
        "read in part": 2,
        "rejects only": 44,
        "no events and tasks": 30,
        "refused": 2,
    }
    told = [read for read in contents.values() if isinstance(read, CalendarContents)]
    assert sum(len(read.events) for read in told) == 105
    assert sum(len(read.tasks) for read in told) == 3
    reasons = Counter(reject.reason for read in told for reject in read.rejects if reject.column)
    assert reasons == {
        "has no start": 70,
        "has no title": 3,
        "is not a date": 3,
        "is there more than once": 2,
        "is no rule for repeating": 6,
        "is not a duration": 1,
    }


def by_library(path: Path) -> list[icalendar.Event]:
    """The events of a file as the library reads it; none for a file that it refuses."""
    icalendar.use_zoneinfo()  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = icalendar.Calendar.from_ical(path.read_bytes(), multiple=True)
        except ValueError:
            return []
        every = [part for one in found for part in one.walk("VEVENT")]
        return [part for part in every if isinstance(part, icalendar.Event)]


def is_sound(event: icalendar.Event) -> bool:
    try:
        _ = event.start, event.end
    except ValueError:
        return False
    return not any(name == "RRULE" for name, _ in event.errors) and "RSCALE" not in str(event.get("RRULE", ""))


SOUND = [
    pytest.param(path, number, event, id=f"{path.stem}-{number}")
    for path in FILES
    for number, event in enumerate(filter(is_sound, by_library(path)))
]


def moment(value: Any) -> datetime:
    """A date or time of the library's as drafts hold it."""
    if not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC)
    return (value if value.tzinfo else value.replace(tzinfo=BERLIN)).astimezone(UTC)


def test_nearly_all_events_can_be_checked_against_the_library() -> None:
    assert len(SOUND) == 104


@pytest.mark.parametrize(("path", "number", "event"), SOUND)
def test_an_event_says_what_the_library_says(
    path: Path, number: int, event: icalendar.Event, contents: dict[Path, CalendarContents | UnreadableFile]
) -> None:
    read = contents[path]
    assert isinstance(read, CalendarContents)
    draft = read.events[number]
    assert draft.title == " ".join(str(event.summary or "").split())
    assert draft.starts_at == moment(event.start)
    assert draft.all_day == (not isinstance(event.start, datetime))
    assert draft.ends_at == max(moment(event.end), draft.starts_at + timedelta(days=draft.all_day))
    assert draft.status == str(event.get("STATUS", "CONFIRMED")).lower()
    assert draft.sequence == (event.sequence or 0)
    assert draft.calendar_uid == str(event.uid) or draft.calendar_uid.startswith("derived-")
    occurrence: Any = event.get("RECURRENCE-ID")
    assert draft.occurrence == (moment(occurrence.dt) if occurrence else None)
    if draft.occurrence is None:
        check_series(draft, event)
    assert_people(draft, event)
    mine = sorted(draft.starts_at - timedelta(minutes=minutes) for minutes in draft.alarms)
    theirs = sorted(alarm_times(event, draft))
    assert len(mine) == len(theirs)
    assert all(abs(one - other) <= timedelta(seconds=30) for one, other in zip(mine, theirs, strict=True))


def check_series(draft: EventDraft, event: icalendar.Event) -> None:
    broken = {name for name, _ in event.errors}
    if "EXDATE" not in broken:
        assert draft.excluded == tuple(sorted({in_kind(value, draft) for value in event.exdates}))
    if "RDATE" not in broken:
        days = [value for value, _ in event.rdates if isinstance(value, date)]
        assert draft.added == tuple(sorted({in_kind(value, draft) for value in days}))
    assert bool(draft.recurrence) == bool(event.rrules)
    if not event.rrules:
        return
    rule = event.rrules[0].to_ical().decode()
    zone = UTC if draft.all_day else ZoneInfo(draft.time_zone)
    until = draft.starts_at + timedelta(days=4000)
    mine = list(islice(occurrences(draft.recurrence, draft.starts_at, zone, since=draft.starts_at, until=until), 60))
    start: Any = event.start
    has_time = isinstance(start, datetime)
    if has_time and "UNTIL" in rule and not rule.split("UNTIL=")[1].split(";")[0].endswith("Z"):
        start = start.replace(tzinfo=None)  # which the rule then is, too
    if not has_time:
        start = datetime(start.year, start.month, start.day)  # noqa: DTZ001 - a day has no zone
        rule = rule.replace("Z", "")
    theirs = [moment(one) if has_time else one.replace(tzinfo=UTC) for one in islice(rrulestr(rule, dtstart=start), 60)]
    assert mine == [one for one in theirs if one < until]


def in_kind(value: Any, draft: EventDraft) -> datetime:
    """A day among moments means its event's time of the day, and a moment among days its day."""
    if isinstance(value, datetime):
        return datetime(value.year, value.month, value.day, tzinfo=UTC) if draft.all_day else moment(value)
    if draft.all_day:
        return moment(value)
    local = draft.starts_at.astimezone(ZoneInfo(draft.time_zone))
    return local.replace(year=value.year, month=value.month, day=value.day).astimezone(UTC)


def assert_people(draft: EventDraft, event: icalendar.Event) -> None:
    invited = {str(one).lower().removeprefix("mailto:"): one for one in event.attendees}
    organizer = event.get("ORGANIZER")
    mine = {person.email: person for person in draft.attendees}
    for email, person in mine.items():
        if email in invited:
            assert person.response == str(invited[email].params.get("PARTSTAT", "NEEDS-ACTION")).lower()
            assert person.name == " ".join(str(invited[email].params.get("CN", "")).split()) or person.is_organizer
        assert person.is_organizer == (organizer is not None and str(organizer).lower().endswith(email))
    assert {email for email in invited if "@" in email and "." in email.split("@")[1]} <= mine.keys()


def alarm_times(event: icalendar.Event, draft: EventDraft) -> set[datetime]:
    found: set[datetime] = set()
    for alarm in event.walk("VALARM"):
        if "TRIGGER" not in alarm:
            continue
        trigger: Any = alarm["TRIGGER"]
        when = trigger.dt
        ends = trigger.params.get("RELATED") == "END"
        base = draft.ends_at if ends else draft.starts_at
        found.add(base + when if isinstance(when, timedelta) else moment(when))
    return found


# --- Zones --------------------------------------------------------------------------------------------------


def written(tmp_path: Path, *lines: str, around: tuple[str, ...] = ()) -> CalendarContents:
    path = tmp_path / "in.ics"
    event = ["BEGIN:VEVENT", "UID:1", "SUMMARY:Visit", *lines, "END:VEVENT"] if lines else []
    text = "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *around, *event, "END:VCALENDAR", ""])
    path.write_bytes(text.encode())
    return read_calendar(path, "Europe/Berlin")


def zone(name: str, winter: str, summer: str, *more: str) -> tuple[str, ...]:
    return (
        "BEGIN:VTIMEZONE",
        f"TZID:{name}",
        *more,
        "BEGIN:STANDARD",
        "DTSTART:19701025T030000",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        f"TZOFFSETFROM:{summer}",
        f"TZOFFSETTO:{winter}",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:19700329T020000",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        f"TZOFFSETFROM:{winter}",
        f"TZOFFSETTO:{summer}",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    )


@pytest.mark.parametrize(
    ("tzid", "around", "name", "hour"),
    [
        ("Europe/Lisbon", (), "Europe/Lisbon", 9),
        ("W. Europe Standard Time", (), "Europe/Berlin", 8),
        ("/freeassociation.sourceforge.net/Europe/Berlin", (), "Europe/Berlin", 8),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", (), "America/Argentina/Buenos_Aires", 12),
        ("Our office", zone("Our office", "+0100", "+0200"), "Europe/Berlin", 8),
        ("Mine", zone("Mine", "+0200", "+0300", "X-LIC-LOCATION:Europe/Riga"), "Europe/Riga", 7),
        ("Odd", zone("Odd", "+0117", "+0217"), "UTC", 7),
        ("Nowhere", (), "Europe/Berlin", 8),
    ],
)
def test_a_zone_is_known_by_name_by_its_place_or_by_its_rules(
    tmp_path: Path, tzid: str, around: tuple[str, ...], name: str, hour: int
) -> None:
    read = written(tmp_path, f"DTSTART;TZID={tzid}:20261115T090000", around=around)
    (event,) = read.events
    assert (event.time_zone, event.starts_at.hour) == (name, hour)
    assert (f"TZID {tzid}" in read.left_out) == (tzid in ("Odd", "Nowhere"))


def test_two_files_may_mean_different_zones_by_one_name(tmp_path: Path) -> None:
    line = "DTSTART;TZID=Office:20261115T090000"
    first = written(tmp_path, line, around=zone("Office", "+0100", "+0200"))
    second = written(tmp_path, line, around=zone("Office", "+0200", "+0300"))
    assert (first.events[0].starts_at.hour, second.events[0].starts_at.hour) == (8, 7)


def test_an_end_of_a_series_in_utc_is_kept_in_the_local_time_it_counts_in(tmp_path: Path) -> None:
    lines = ("DTSTART;TZID=Europe/Berlin:20260601T090000", "RRULE:FREQ=DAILY;UNTIL=20260603T070000Z")
    (event,) = written(tmp_path, *lines).events
    assert event.recurrence == "FREQ=DAILY;UNTIL=20260603T090000"
    found = occurrences(
        event.recurrence, event.starts_at, BERLIN, since=event.starts_at, until=datetime(2027, 1, 1, tzinfo=UTC)
    )
    assert [moment.day for moment in found] == [1, 2, 3]


def test_a_cancelled_invitation_cancels_the_event(tmp_path: Path) -> None:
    assert written(tmp_path, "DTSTART:20261115T090000Z", around=("METHOD:CANCEL",)).events[0].status == "cancelled"


def test_people_are_kept_with_their_answers(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        "DTSTART:20261115T090000Z",
        'ORGANIZER;CN="Berg, Anna":mailto:Anna@Firm.example',
        "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:anna@firm.example",
        "ATTENDEE;PARTSTAT=TENTATIVE:MAILTO:ben@firm.example",
        "ATTENDEE:urn:uuid:1234",
    )
    assert read.events[0].attendees == (
        AttendeeDraft("anna@firm.example", "Anna", "accepted", "chair", is_organizer=True),
        AttendeeDraft("ben@firm.example", "", "tentative"),
    )
    assert read.left_out == {"ATTENDEE": 1}


def test_a_todo_is_a_task(tmp_path: Path) -> None:
    read = written(
        tmp_path,
        around=(
            *("BEGIN:VTODO", "UID:t1", "SUMMARY:Call Ben", "DUE;VALUE=DATE:20261120", "PRIORITY:1", "END:VTODO"),
            *("BEGIN:VTODO", "UID:t2", "SUMMARY:Done", "DUE:20261120T090000Z", "STATUS:COMPLETED"),
            *("COMPLETED:20261119T080000Z", "CATEGORIES:a,b", "END:VTODO"),
        ),
    )
    first, second = read.tasks
    assert first.fields == {
        "title": "Call Ben",
        "status": "open",
        "due_at": date(2026, 11, 20),
        "priority": "urgent",
        "external_key": "t1",
    }
    assert second.fields["done_at"] == datetime(2026, 11, 19, 8, tzinfo=UTC)
    assert (second.fields["status"], second.tags) == ("done", ("a", "b"))


# --- Broken files -------------------------------------------------------------------------------------------


def test_one_broken_line_costs_one_event(tmp_path: Path) -> None:
    path = tmp_path / "in.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\r\nthis is no line\r\n"
        b"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:a\r\nDTSTART:20261115T090000Z\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:b\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\n"
        b"BEGIN:VEVENT\r\nUID:3\r\nSUMMARY:c\r\nDTSTART:20261116T090000Z\r\n"
        b"RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = read_calendar(path)
    assert [event.title for event in read.events] == ["a"]
    assert [(reject.number, reject.column, reject.reason) for reject in read.rejects] == [
        (2, "DTSTART", "is not a date"),
        (3, "RRULE", "names no day that exists"),
    ]


@pytest.mark.parametrize("content", [b"", b"\r\n", b"Name;City", b"BEGIN:VCARD\r\nEND:VCARD\r\n", b"\xff\xfe\0\0"])
def test_a_file_without_a_calendar_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.ics"
    path.write_bytes(content)
    try:
        read = read_calendar(path)
    except UnreadableFile as error:
        assert "in.ics" in error.title
    else:
        assert (read.events, read.tasks, read.rejects) == ((), (), ())
        assert content.startswith(b"BEGIN:VCARD")


def damaged(chance: random.Random) -> Iterator[bytes]:
    for path in chance.sample(FILES, 60):
        whole = bytearray(path.read_bytes()[:20_000])
        for _ in range(3):
            changed = bytearray(whole)
            for _ in range(chance.randint(1, 6)):
                position = chance.randrange(len(changed) + 1)
                changed[position : position + chance.randint(0, 20)] = chance.randbytes(chance.randint(0, 6))
            yield bytes(changed)


def test_no_damage_to_a_file_ends_in_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "in.ics"
    outcomes: Counter[str] = Counter()
    for content in damaged(random.Random(11)):
        path.write_bytes(content)
        try:
            outcomes[outcome(read_calendar(path))] += 1
        except UnreadableFile:
            outcomes["refused"] += 1
    assert sum(outcomes.values()) == 180
    assert outcomes["read whole"] > 0


def test_components_within_components_without_end_are_a_typed_error_or_rejects(tmp_path: Path) -> None:
    path = tmp_path / "in.ics"
    path.write_bytes(
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5000 + b"END:VEVENT\r\n" * 5000 + b"END:VCALENDAR\r\n"
    )
    try:
        assert read_calendar(path).events == ()
    except UnreadableFile as error:
        assert "in.ics" in error.title
