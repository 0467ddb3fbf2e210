"""Events and mails as a script works with them."""

from __future__ import annotations

from pathlib import Path

from tests.mycrm_desktop.cli.calls import Mycrm


def test_an_event_is_added_changed_listed_deleted_and_restored(mycrm: Mycrm) -> None:
    added = mycrm.good("events", "add", "title=Site visit", "starts_at=2026-12-01 10:00", "location=Kiel")
    uid = added["uid"]
    assert (added["title"], added["location"], added["owner"]) == ("Site visit", "Kiel", "Lena Hartmann")
    assert mycrm.good("events", "set", uid, "location=Bremen")["location"] == "Bremen"
    assert [item["uid"] for item in mycrm.good("events", "list")["items"]] == [uid]
    mycrm.good("events", "delete", uid)
    assert [item["entity"] for item in mycrm.good("trash", "list")["items"]] == ["event"]
    assert mycrm.good("events", "restore", uid)["uid"] == uid
    assert mycrm.good("events", "show", uid[:20])["location"] == "Bremen"
    assert mycrm.good("history", uid)["entity"] == "event"


def test_an_agenda_unrolls_a_series_and_leaves_out_what_does_not_take_place(mycrm: Mycrm) -> None:
    series = ("title=Stand-up", "starts_at=2026-12-01 09:00", "recurrence=FREQ=DAILY")
    uid = mycrm.good("events", "add", *series)["uid"]
    agenda = mycrm.good("events", "agenda", "--from", "2026-12-01", "--days", "3")["items"]
    assert [item["title"] for item in agenda] == ["Stand-up"] * 3
    mycrm.good("events", "leave-out", uid, "--occurrence", agenda[1]["starts_at"])
    left = mycrm.good("events", "agenda", "--from", "2026-12-01", "--days", "3")["items"]
    assert [item["starts_at"] for item in left] == [agenda[0]["starts_at"], agenda[2]["starts_at"]]


def test_a_day_that_is_none_is_refused(mycrm: Mycrm) -> None:
    refused = mycrm("events", "agenda", "--from", "somewhen")
    assert (refused.code, refused.document["error"]["code"]) == (1, "invalid_value")


def test_a_mail_comes_onto_the_timeline_of_its_contact_once(mycrm: Mycrm, tmp_path: Path) -> None:
    anna = mycrm.good("contacts", "add", "first_name=Anna", "email=anna@firm.example")["uid"]
    path = tmp_path / "offer.eml"
    path.write_text(
        "From: anna@firm.example\nTo: lena@nordvik.example\nSubject: Offer\n"
        "Date: Tue, 03 Nov 2026 09:30:00 +0100\nMessage-ID: <1@firm.example>\n\nPlease send it.\n"
    )
    assert mycrm.good("activities", "mail", str(path))["created"] == 1
    assert mycrm.good("activities", "mail", str(path), "--contact", anna)["known"] == 1
    (mail,) = mycrm.good("activities", "list")["items"]
    assert (mail["type"], mail["subject"], mail["direction"]) == ("email", "Offer", "in")


def test_the_tasks_of_a_calendar_come_in_and_are_known_again(mycrm: Mycrm, tmp_path: Path) -> None:
    path = tmp_path / "tasks.ics"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//test//",
        "BEGIN:VTODO",
        "UID:one@firm.example",
        "SUMMARY:Send the offer",
        "DUE:20261201T090000Z",
        "PRIORITY:1",
        "CATEGORIES:Offers,North",
        "DESCRIPTION:First line\\nsecond line",
        "END:VTODO",
        "BEGIN:VTODO",
        "UID:two@firm.example",
        "SUMMARY:Review",
        "DUE;VALUE=DATE:20261204",
        "RRULE:FREQ=WEEKLY",
        "END:VTODO",
        "BEGIN:VTODO",
        "UID:three@firm.example",
        "END:VTODO",
        "END:VCALENDAR",
        "",
    ]
    path.write_text("\r\n".join(lines))
    first = mycrm.good("import", "tasks", str(path))
    assert (first["created"], first["rejected"]) == (2, 1)
    items = {item["title"]: item for item in mycrm.good("tasks", "list")["items"]}
    assert items["Send the offer"]["notes"] == "First line\nsecond line"
    assert sorted(items["Send the offer"]["tags"]) == ["North", "Offers"]
    assert items["Review"]["recurrence"] == "FREQ=WEEKLY"
    again = mycrm.good("import", "tasks", str(path))
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
