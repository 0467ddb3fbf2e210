"""Domains, marked points, company links and participants from the command line, and through a file and back."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

HERE_ONLY = ("uid", "created_at", "batch")


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Mycrm:
    """Another workspace, still empty."""
    calls = Mycrm(tmp_path / "other.mycrm", capsys)
    calls.good(
        "workspace", "create", calls.path, "--plain", "--user", "Lena Hartmann", "--email", "lena@nordvik.example"
    )
    return calls


def _told(calls: Mycrm, what: str) -> list[dict[str, Any]]:
    items = calls.good(what, "list", "--limit", "10000")["items"]
    return [{name: value for name, value in item.items() if name not in HERE_ONLY} for item in items]


def _there_and_back(mycrm: Mycrm, other: Mycrm, what: str, folder: Path) -> None:
    """An export imported elsewhere, and imported again where it came from, is the same."""
    first, second = folder / f"{what}.csv", folder / f"{what}-again.csv"
    mycrm.good("export", what, "--to", first)
    count = len(_told(mycrm, what))
    assert mycrm.good("import", what, first)["unchanged"] == count
    assert other.good("import", what, first)["created"] == count
    assert _told(other, what) == _told(mycrm, what)
    other.good("export", what, "--to", second)
    assert second.read_bytes() == first.read_bytes()


def test_a_company_answers_its_domains_and_is_found_by_any(mycrm: Mycrm) -> None:
    added = mycrm.good("companies", "add", "name=Almeda", "domain=https://www.almeda.example/x", "domain=almeda.test")
    assert (added["domain"], added["domains"]) == ("almeda.example", ["almeda.example", "almeda.test"])
    changed = mycrm.good("companies", "set", added["uid"], "domain=almeda.test, shop.firm.co.uk")
    assert changed["domains"] == ["almeda.test", "firm.co.uk"]
    found = mycrm.good("companies", "list", "--where", "domain:firm.co.uk")["items"]
    assert [item["name"] for item in found] == ["Almeda"]
    assert mycrm.good("companies", "set", added["uid"], "domain=")["domains"] == []


def test_companies_go_through_a_file_and_back_with_all_that_they_have(
    mycrm: Mycrm, other: Mycrm, tmp_path: Path
) -> None:
    pairs = ("domain=a.example; b.example", "phone:work=+49401234567", "website=https://a.example", "city=Hamburg")
    uid = mycrm.good("companies", "add", "name=Almeda", *pairs, "country=DE", "size=50", "tags=key, north")["uid"]
    mycrm.good("companies", "add", "name=Ørsted", "domain=orsted.example")
    mycrm.good("companies", "add", "name=Plain")
    mycrm.good("companies", "mark", uid, "+49401234567", "--verified")
    _there_and_back(mycrm, other, "companies", tmp_path)


def test_a_list_of_companies_meets_those_that_have_any_of_its_domains(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("companies", "add", "name=Almeda", "domain=a.example; b.example")
    file = tmp_path / "list.csv"
    file.write_text("Company,Domains,Industry\nAlmeda AG,new.example; b.example,Freight\n", encoding="utf-8")
    outcome = mycrm.good("import", "companies", file)
    assert (outcome["updated"], outcome["created"]) == (1, 0)
    (company,) = mycrm.good("companies", "list")["items"]
    assert company["domains"] == ["new.example", "a.example", "b.example"]
    assert mycrm.good("import", "companies", file)["unchanged"] == 1


def test_two_rows_that_name_one_company_by_different_keys_are_one_change(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("companies", "add", "name=Almeda", "domain=a.example", "external_key=K1")
    file = tmp_path / "list.csv"
    rows = ["Company,External key,Domain,Industry,Tags", "Almeda,K1,,Freight,north", "Almeda,,a.example,Ports,north"]
    file.write_text("\n".join(rows), encoding="utf-8")
    assert mycrm.good("import", "companies", file)["updated"] == 2
    (company,) = mycrm.good("companies", "list")["items"]
    assert (company["industry"], company["tags"]) == ("Ports", ["north"])
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True


def test_a_point_that_bounced_is_marked_filtered_and_kept_through_a_file(
    mycrm: Mycrm, other: Mycrm, tmp_path: Path
) -> None:
    pairs = ("first_name=Anna", "email:work=a@x.example", "email:home=b@x.example", "phone:mobile=+4917112345678")
    uid = mycrm.good("contacts", "add", *pairs, "social=@anna", "address=Ring 1", "city=Wien", "country=AT")["uid"]
    mycrm.good("contacts", "add", "first_name=Otto", "email=o@x.example")
    assert mycrm.good("contacts", "mark", uid, "B@x.example", "--bounced")["bounced"] == ["b@x.example"]
    for point in ("+4917112345678", "a@x.example", "@anna", "ring 1 wien at"):
        mycrm.good("contacts", "mark", uid, point, "--verified")
    found = mycrm.good("contacts", "list", "--where", "bounced:yes")["items"]
    assert [item["uid"] for item in found] == [uid]
    _there_and_back(mycrm, other, "contacts", tmp_path)
    document = tmp_path / "all.json"
    mycrm.good("export", "contacts", "--format", "json", "--to", document)
    points = json.loads(document.read_text(encoding="utf-8"))["contacts"][0]["points"]
    assert sum(point.get("verified", False) for point in points) == 4
    assert [point["normal"] for point in points if point.get("bounced")] == ["b@x.example"]
    assert "bounced" not in mycrm.good("contacts", "mark", uid, "b@x.example", "--not-bounced")
    assert mycrm("contacts", "mark", uid, "nobody@x.example", "--bounced").code == 1


def test_columns_for_what_is_known_of_points_are_only_written_where_something_is(mycrm: Mycrm, tmp_path: Path) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna", "email=a@x.example", "phone=+49401234567")["uid"]

    def headers() -> list[str]:
        mycrm.good("export", "contacts", "--to", tmp_path / "out.csv")
        with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file))

    assert not [name for name in headers() if "Bounced" in name]
    mycrm.good("contacts", "mark", uid, "a@x.example", "--bounced")
    assert [name for name in headers() if "Bounced" in name] == ["E-mail 1 - Bounced"]


def test_a_contact_is_linked_to_a_company_with_role_and_days(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna", "company=Almeda")["uid"]
    days = ("--from", "2020-01-01", "--to", "2024-06-30")
    linked = mycrm.good("contacts", "link", uid, "--company", "Ørsted", "--role", "Board", *days)
    assert linked["roles"][1] == {
        "company": "Ørsted",
        "role": "Board",
        "is_primary": False,
        "started_on": "2020-01-01",
        "ended_on": "2024-06-30",
    }
    assert mycrm.good("contacts", "link", uid, "--company", "Ørsted", "--to", "", "--primary")["company"] == "Ørsted"
    left = mycrm.good("contacts", "unlink", uid, "--company", "Almeda")
    assert [role["company"] for role in left["roles"]] == ["Ørsted"]
    assert mycrm("contacts", "unlink", uid, "--company", "Almeda").code == 1
    assert mycrm("contacts", "link", uid, "--company", "Ørsted", "--from", "someday").code == 1


def test_a_meeting_is_logged_with_everybody_who_was_there_and_where(mycrm: Mycrm) -> None:
    anna, otto, mei = (mycrm.good("contacts", "add", f"first_name={name}")["uid"] for name in ("Anna", "Otto", "Mei"))
    given = ("--type", "meeting", "--contact", anna, "--with", otto, "--with", mei[:30], "--location", "Hafen 7")
    logged = mycrm.good("activities", "log", *given)
    assert (logged["contact"], logged["location"]) == ("Anna", "Hafen 7")
    assert logged["participants"] == [{"uid": mei, "name": "Mei"}, {"uid": otto, "name": "Otto"}]
    for where in ("with:otto", "location:hafen"):
        assert [i["uid"] for i in mycrm.good("activities", "list", "--where", where)["items"]] == [logged["uid"]]
    assert mycrm("activities", "log", "--contact", anna, "--with", "ffffffff").code == 1


def test_activities_go_through_a_file_and_back_with_place_and_participants(
    mycrm: Mycrm, other: Mycrm, tmp_path: Path
) -> None:
    for calls in (mycrm, other):
        for name in ("anna", "otto", "mei"):
            calls.good("contacts", "add", f"first_name={name}", f"email={name}@x.example", f"external_key=key {name}")
    otto, mei = (f"{name}@x.example" for name in ("otto", "mei"))
    pairs = ("type=meeting", "contact=anna@x.example", f"participants={otto}; {mei}", "location=Hafen 7, Hamburg")
    mycrm.good("activities", "add", *pairs, "subject=Kick-off", "occurred_at=2026-11-20T10:00:00Z")
    mycrm.good("activities", "add", "type=call", "contact=otto@x.example", "occurred_at=2026-11-21T10:00:00Z")
    file = tmp_path / "activities.csv"
    mycrm.good("export", "activities", "--to", file)
    with file.open(encoding="utf-8-sig", newline="") as written:
        rows = list(csv.DictReader(written))
    assert [(row["location"], row["participants"]) for row in rows] == [
        ("Hafen 7, Hamburg", "key mei; key otto"),
        ("", ""),
    ]
    outcome = other.good("import", "activities", file)
    assert (outcome["created"], outcome["rejected"]) == (2, 0)

    def told(calls: Mycrm) -> list[dict[str, Any]]:
        items = _told(calls, "activities")
        return [{name: value for name, value in item.items() if name != "participants"} for item in items]

    assert told(other) == told(mycrm)
    names = [[p["name"] for p in item["participants"]] for item in _told(other, "activities")]
    assert names == [[], ["mei", "otto"]]
    assert other.good("import", "activities", file)["unchanged"] == 2


def test_a_name_in_a_file_of_activities_is_understood_where_only_one_contact_has_it(
    mycrm: Mycrm, tmp_path: Path
) -> None:
    for last_name in ("Berg", "van der Meer", "Weg", "Weg"):
        mycrm.good("contacts", "add", "first_name=Anna", f"last_name={last_name}")
    file = tmp_path / "a.csv"
    rows = [
        f"call,{name},2026-11-02T09:00:00Z"
        for name in ("anna BERG", "Anna Berg", "Anna van der Meer", "Anna Weg", "Berg Anna")
    ]
    file.write_text("\n".join(["Type,Contact,Occurred at", *rows]), encoding="utf-8")
    outcome = mycrm.good("import", "activities", file)
    assert (outcome["created"], [reject["row"] for reject in outcome["rejects"]]) == (3, [4, 5])
    assert {item["contact"] for item in mycrm.good("activities", "list")["items"]} == {"Anna Berg", "Anna van der Meer"}


def test_a_row_with_a_participant_nobody_knows_is_rejected_with_the_name(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("contacts", "add", "first_name=Anna", "email=anna@x.example")
    file = tmp_path / "a.csv"
    file.write_text(
        "Type,Contact,Occurred at,Participants\ncall,anna@x.example,2026-11-02T09:00:00Z,nobody@x.example\n",
        encoding="utf-8",
    )
    outcome = mycrm.good("import", "activities", file)
    assert outcome["rejected"] == 1
    assert "nobody@x.example" in outcome["rejects"][0]["reason"]
