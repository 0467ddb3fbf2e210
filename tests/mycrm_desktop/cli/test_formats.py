"""Workbooks, address books, calendars and JSON go out and come in again as what they were."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

ANNA = (
    "external_key=K1",
    "first_name=Łukasz",
    "last_name=Berg",
    "email:work=l.berg@almeda.example",
    "email=lukasz@mail.example",
    "phone:mobile=+49 171 5550138",
    "title=Head of Operations",
    "company=Almeda Logistics",
    "city=Hamburg",
    "birthday=1990-05-09",
    "notes==HYPERLINK(1)",
    "tags=vip, key account",
)


@pytest.fixture
def people(mycrm: Mycrm) -> Mycrm:
    """A workspace with two people of whom much is known."""
    mycrm.good("contacts", "add", *ANNA)
    mycrm.good(
        "contacts", "add", "external_key=K2", "first_name=Mei-Lin", "last_name=Zhou", "email=zhou@stellhorn.example"
    )
    return mycrm


def verdicts(outcome: dict[str, Any]) -> dict[str, int]:
    """What happened to the rows, without the noughts."""
    names = ("created", "updated", "filled", "skipped", "unchanged", "rejected")
    assert sum(outcome[name] for name in names) == outcome["rows"]
    return {name: outcome[name] for name in names if outcome[name]}


@pytest.mark.parametrize("suffix", ["xlsx", "json", "vcf"])
def test_what_goes_out_comes_in_again_without_a_change(suffix: str, people: Mycrm, tmp_path: Path) -> None:
    file = tmp_path / f"people.{suffix}"
    told = people.good("export", "contacts", "--format", suffix, "--to", file)
    assert told["counts"] == {"contacts": 2}
    assert verdicts(people.good("import", "contacts", file)) == {"unchanged": 2}


@pytest.mark.parametrize("suffix", ["xlsx", "json", "vcf"])
def test_another_workspace_gets_the_same_people(
    suffix: str, people: Mycrm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"people.{suffix}"
    people.good("export", "contacts", "--format", suffix, "--to", file)
    other = Mycrm(tmp_path / "other.mycrm", capsys)
    other.good("workspace", "create", other.path, "--plain", "--user", "Jonas Wirth")
    assert verdicts(other.good("import", "contacts", file)) == {"created": 2}
    found = {item["external_key"]: item for item in other.good("contacts", "list")["items"]}
    kept = {item["external_key"]: item for item in people.good("contacts", "list")["items"]}
    for name in ("first_name", "last_name", "email", "phone", "title", "company", "city", "birthday", "notes"):
        assert found["K1"].get(name) == kept["K1"].get(name), name
    assert other.good("undo")["undone"]
    assert other.good("contacts", "list")["items"] == []


def test_a_card_says_what_it_cannot_hold(people: Mycrm, tmp_path: Path) -> None:
    told = people.good("export", "contacts", "--format", "vcf", "--to", tmp_path / "people.vcf")
    assert any("consents" in line for line in told["cannot_hold"])


def test_a_format_that_has_no_place_for_a_kind_says_so(people: Mycrm, tmp_path: Path) -> None:
    answer = people("export", "deals", "--format", "vcf", "--to", tmp_path / "deals.vcf")
    assert answer.code == 1
    assert "vcf" in answer.document["error"]["title"]
    assert not (tmp_path / "deals.vcf").exists()


def test_a_calendar_comes_in_once(mycrm: Mycrm, tmp_path: Path) -> None:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN"]
    lines += [
        "BEGIN:VEVENT",
        "UID:1@x.example",
        "SUMMARY:Site visit",
        "DTSTART:20261124T090000Z",
        "DTEND:20261124T100000Z",
    ]
    lines += ["END:VEVENT", "BEGIN:VEVENT", "UID:2@x.example", "SUMMARY:No start", "END:VEVENT", "END:VCALENDAR"]
    file = tmp_path / "week.ics"
    file.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    first = mycrm.good("import", "events", file)
    assert (first["rows"], first["created"], first["rejected"]) == (2, 1, 1)
    again = mycrm.good("import", "events", file)
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 1)
    out = tmp_path / "out.ics"
    told = mycrm.good("export", "events", "--format", "ics", "--to", out)
    assert told["counts"]["events"] == 1
    assert "SUMMARY:Site visit" in out.read_text(encoding="utf-8")
    assert mycrm.good("import", "events", out)["created"] == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.xlsx", b"no workbook"), ("a.vcf", b"no card"), ("a.json", b"{"), ("a.xls", b""), ("a.ods", b"PK\x03\x04")],
)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_nothing_is_written(
    name: str, content: bytes, mycrm: Mycrm, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    answer = mycrm("import", "contacts", file)
    assert answer.code == 1
    assert name in answer.document["error"]["title"]
    assert mycrm.good("contacts", "list")["items"] == []
