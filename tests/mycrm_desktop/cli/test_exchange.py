"""Import and export from the command line: verdicts that add up, importing twice changes nothing, undo at any time."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

HEADERS = ["Key", "First name", "Last name", "Email", "Phone", "Company", "City"]


def _file(path: Path, rows: list[list[str]], headers: list[str] | None = None) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headers or HEADERS)
        writer.writerows(rows)
    return path


def _people(count: int, city: str = "Hamburg") -> list[list[str]]:
    return [
        [f"K{n}", f"Name{n}", "Berg", f"p{n}@firm{n % 3}.example", f"+49 30 23125 {n:03}", f"Firm {n % 3}", city]
        for n in range(count)
    ]


def _verdicts(outcome: dict[str, Any]) -> dict[str, int]:
    names = ("created", "updated", "filled", "skipped", "unchanged", "rejected")
    found = {name: outcome[name] for name in names}
    assert sum(found.values()) == outcome["rows"]
    return {name: count for name, count in found.items() if count}


def _contacts(mycrm: Mycrm) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = mycrm.good("contacts", "list", "--limit", "10000")["items"]
    return items


def test_a_file_is_imported_once_and_importing_it_again_changes_nothing(mycrm: Mycrm, tmp_path: Path) -> None:
    file = _file(tmp_path / "p.csv", _people(40))
    first = mycrm.good("import", "contacts", file, "--map", "Key=external_key")
    assert _verdicts(first) == {"created": 40}
    assert first["also_created"] == 3
    again = mycrm.good("import", "contacts", file, "--map", "Key=external_key")
    assert _verdicts(again) == {"unchanged": 40}
    assert again["batch"] is None


def test_only_changed_values_are_updated_and_both_imports_can_be_taken_back(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("import", "contacts", _file(tmp_path / "a.csv", _people(40)))
    before = _contacts(mycrm)
    changed = _people(40)
    for row in changed[:7]:
        row[6] = "Bremen"
    second = mycrm.good("import", "contacts", _file(tmp_path / "b.csv", changed))
    assert _verdicts(second) == {"updated": 7, "unchanged": 33}
    assert sum(item["city"] == "Bremen" for item in _contacts(mycrm)) == 7
    mycrm.good("undo", second["batch"])
    assert _contacts(mycrm) == before
    mycrm.good("undo")
    assert _contacts(mycrm) == []
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True


@pytest.mark.parametrize(
    ("mode", "expected", "city", "count"),
    [
        ("update", {"updated": 1}, "Bremen", 1),
        ("fill", {"unchanged": 1}, "Hamburg", 1),
        ("skip", {"skipped": 1}, "Hamburg", 1),
        ("create", {"created": 1}, "Hamburg", 2),
    ],
)
def test_what_happens_to_a_known_row_is_chosen(
    mycrm: Mycrm, tmp_path: Path, mode: str, expected: dict[str, int], city: str, count: int
) -> None:
    mycrm.good("import", "contacts", _file(tmp_path / "a.csv", _people(1)))
    second = _file(tmp_path / "b.csv", _people(1, "Bremen"))
    assert _verdicts(mycrm.good("import", "contacts", second, "--on-match", mode)) == expected
    found = _contacts(mycrm)
    assert len(found) == count
    assert city in {item["city"] for item in found}


def test_fill_sets_what_was_empty_and_counts_it_as_filled(mycrm: Mycrm, tmp_path: Path) -> None:
    rows = _people(1)
    rows[0][6] = ""
    mycrm.good("import", "contacts", _file(tmp_path / "a.csv", rows))
    outcome = mycrm.good("import", "contacts", _file(tmp_path / "b.csv", _people(1)), "--on-match", "fill")
    assert _verdicts(outcome) == {"filled": 1}
    assert _contacts(mycrm)[0]["city"] == "Hamburg"


def test_a_dry_run_answers_the_same_and_writes_nothing(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("import", "contacts", _file(tmp_path / "a.csv", _people(10)))
    rows = [
        *_people(10, "Bremen")[:4],
        *_people(14)[10:],
        ["", "", "", "", "", "", ""],
        ["", "X", "", "no email", "", "", ""],
    ]
    file = _file(tmp_path / "b.csv", rows)
    history, files = mycrm.good("history"), sorted(tmp_path.iterdir())
    told = mycrm.good("import", "contacts", file, "--dry-run")
    assert mycrm.good("history") == history
    assert sorted(tmp_path.iterdir()) == files
    done = mycrm.good("import", "contacts", file)
    assert _verdicts(told) == _verdicts(done)
    assert told["also_created"] == done["also_created"]
    assert done["rejects_file"] is None or Path(done["rejects_file"]).exists()


def test_rejected_rows_go_to_a_file_with_the_reason_and_can_be_mended(mycrm: Mycrm, tmp_path: Path) -> None:
    rows = [["Anna", "anna@x.example", "31.02.1990"], ["Otto", "otto@x.example", "24.12.1990"]]
    file = _file(tmp_path / "b.csv", rows, ["First name", "Email", "Birthday"])
    outcome = mycrm.good("import", "contacts", file)
    assert _verdicts(outcome) == {"created": 1, "rejected": 1}
    with Path(outcome["rejects_file"]).open(encoding="utf-8-sig", newline="") as rejected:
        found = list(csv.DictReader(rejected))
    assert found[0]["First name"] == "Anna"
    assert "31.02.1990" in found[0]["Reason"]


def test_rows_with_the_same_key_are_one_record_and_stay_unchanged_when_imported_again(
    mycrm: Mycrm, tmp_path: Path
) -> None:
    rows = [_people(1)[0], _people(1, "Bremen")[0], *_people(3)[1:]]
    file = _file(tmp_path / "p.csv", rows)
    assert _verdicts(mycrm.good("import", "contacts", file)) == {"created": 3, "updated": 1}
    assert len(_contacts(mycrm)) == 3
    assert _verdicts(mycrm.good("import", "contacts", file)) == {"unchanged": 4}


def test_rows_without_a_key_are_not_doubled_by_importing_again(mycrm: Mycrm, tmp_path: Path) -> None:
    rows = [["Anna", "Berg", "Almeda"], ["Anna", "Berg", "Almeda"], ["Otto", "Karl", "Other"]]
    file = _file(tmp_path / "p.csv", rows, ["First name", "Last name", "Company"])
    assert _verdicts(mycrm.good("import", "contacts", file)) == {"created": 3}
    assert _verdicts(mycrm.good("import", "contacts", file)) == {"unchanged": 3}


def test_unknown_columns_become_typed_custom_fields_when_they_are_mapped(mycrm: Mycrm, tmp_path: Path) -> None:
    file = _file(tmp_path / "p.csv", [["Anna", "a@x.example", "12"]], ["First name", "Email", "Licences"])
    mycrm.good("import", "contacts", file, "--map", "Licences=custom.seats:number")
    assert _contacts(mycrm)[0]["custom.seats"] == 12
    assert mycrm.good("fields", "list", "contacts")["items"][0]["kind"] == "number"
    assert _verdicts(mycrm.good("import", "contacts", file)) == {"unchanged": 1}


def test_activities_find_their_people_by_a_key_and_say_who_was_not_found(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("import", "contacts", _file(tmp_path / "p.csv", _people(3)))
    rows = [
        ["call", "p0@firm0.example", "2026-11-02T09:00:00Z", "Pricing"],
        ["call", "p1@firm1.example", "2026-11-03T09:00:00Z", "Pricing"],
        ["call", "nobody@x.example", "2026-11-03T09:00:00Z", "Pricing"],
    ]
    file = _file(tmp_path / "a.csv", rows, ["Type", "Contact", "Occurred at", "Subject"])
    outcome = mycrm.good("import", "activities", file, "--key", "email")
    assert _verdicts(outcome) == {"created": 2, "rejected": 1}
    assert "nobody@x.example" in outcome["rejects"][0]["reason"]
    listed = mycrm.good("activities", "list")["items"]
    assert [item["contact"] for item in listed] == ["Name1 Berg", "Name0 Berg"]
    assert listed[0]["recorded_at"] == listed[0]["occurred_at"]
    assert _verdicts(mycrm.good("import", "activities", file, "--key", "email")) == {"unchanged": 2, "rejected": 1}


def test_an_import_in_chunks_is_one_undo(mycrm: Mycrm, tmp_path: Path) -> None:
    outcome = mycrm.good("import", "contacts", _file(tmp_path / "p.csv", _people(25)), "--chunk", "10")
    assert _verdicts(outcome) == {"created": 25}
    assert len(outcome["batches"]) == 3
    mycrm.good("undo", outcome["batch"])
    assert _contacts(mycrm) == []
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True


def test_an_export_imported_elsewhere_is_the_same_people(
    mycrm: Mycrm, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mycrm.good("fields", "add", "contacts", "seats", "--kind", "number")
    anna = [
        "first_name==SUM(A1)",
        'last_name=@risk, "Q"',
        "email:work=a@x.example",
        "email:home=b@x.example",
        "birthday=1980-02-29",
    ]
    anna += ["phone:mobile=+4930231251", "company=Łódź & Söhne", "tags=a,b", "city=Köln", "country=DE"]
    mycrm.good("contacts", "add", *anna, "custom.seats=7", "notes=two\nlines", "lifecycle=customer")
    mycrm.good("contacts", "add", "first_name=Otto", "website=https://otto.example")
    mycrm.good("export", "contacts", "--format", "csv", "--to", tmp_path / "out.csv")
    other = Mycrm(tmp_path / "other.mycrm", capsys)
    other.good(
        "workspace", "create", other.path, "--plain", "--user", "Lena Hartmann", "--email", "lena@nordvik.example"
    )
    other.good("import", "contacts", tmp_path / "out.csv")

    def told(calls: Mycrm) -> list[dict[str, Any]]:
        return [{k: v for k, v in item.items() if k not in ("uid", "created_at")} for item in _contacts(calls)]

    assert told(other) == told(mycrm)
    other.good("export", "contacts", "--format", "csv", "--to", tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (tmp_path / "out.csv").read_bytes()


def test_everything_can_be_exported_as_one_json_or_a_folder_of_csv(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("import", "contacts", _file(tmp_path / "p.csv", _people(3)))
    told = mycrm.good("export", "everything", "--format", "json", "--to", tmp_path / "all.json")
    nothing = dict.fromkeys(("leads", "deals", "activities", "tasks", "events"), 0)
    assert told["counts"] == {"contacts": 3, "companies": 3, **nothing}
    folder = mycrm.good("export", "everything", "--to", tmp_path / "all")
    kinds = ("contacts", "companies", "leads", "deals", "activities", "tasks", "events")
    assert [Path(file).name for file in folder["files"]] == [f"{kind}.csv" for kind in kinds]


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"PK\x03\x04" + b"x" * 200, b"\x89PNG\r\n\x1a\n" + b"\0" * 50])
def test_a_file_that_is_no_table_is_refused_and_nothing_is_written(
    mycrm: Mycrm, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    answer = mycrm("import", "contacts", file)
    assert answer.code == 1
    assert answer.document["error"]["message"]
    assert sorted(p.name for p in tmp_path.glob(".*")) == []


def test_a_file_that_does_not_exist_is_said_so(mycrm: Mycrm, tmp_path: Path) -> None:
    assert mycrm("import", "contacts", tmp_path / "missing.csv").code == 1


def test_a_demo_has_people_and_a_truth_file_outside_it(mycrm: Mycrm, tmp_path: Path) -> None:
    truth = tmp_path / "truth.csv"
    made = mycrm.good("demo", "create", tmp_path / "demo.mycrm", "--contacts", "60", "--months", "6", "--truth", truth)
    assert made["demo"] is True
    assert made["counts"]["contacts"] >= 60
    assert truth.exists()
    assert mycrm.good("workspace", "verify", "--full", options=("--workspace", made["path"]))["ok"] is True


def test_an_owner_who_does_not_work_here_is_named_and_the_row_is_kept(mycrm: Mycrm, tmp_path: Path) -> None:
    rows = [["Anna", "a@x.example", "Somebody Else"], ["Otto", "o@x.example", "Lena Hartmann"]]
    answer = mycrm("import", "contacts", _file(tmp_path / "p.csv", rows, ["First name", "Email", "Owner"]))
    assert _verdicts(answer.document) == {"created": 2}
    assert "Somebody Else" in answer.err
    assert {item["first_name"]: item["owner"] for item in _contacts(mycrm)} == {"Anna": None, "Otto": "Lena Hartmann"}


def test_a_dry_run_names_rows_that_look_like_records_and_an_option_decides_of_the_sure_ones(
    mycrm: Mycrm, tmp_path: Path
) -> None:
    names = ["first_name=Anna", "last_name=Berg", "email=anna@almeda.example", "phone=+4915155501182"]
    uid = mycrm.good("contacts", "add", *names, "company=Almeda")["uid"]
    row = ["", "Anna", "Berg", "a.berg@almeda.example", "+49 151 5550 1182", "Almeda", ""]
    file = _file(tmp_path / "p.csv", [*_people(2), row])
    answer = mycrm("import", "contacts", file, "--dry-run")
    told = answer.document
    assert told["possible_duplicates"] == 1
    (found,) = told["duplicates"]
    assert (found["row"], found["like"], found["like_uid"]) == (3, "Anna Berg", uid)
    assert found["score"] >= 95 and "mobile number" in found["reason"]
    assert "Row 3, Anna Berg, may be Anna Berg" in answer.err
    would = mycrm.good("import", "contacts", file, "--dry-run", "--on-duplicate", "merge")
    assert would["possible_duplicates"] == 1
    done = mycrm.good("import", "contacts", file, "--on-duplicate", "merge")
    assert _verdicts(done) == _verdicts(would) == {"created": 2, "updated": 1}
    assert sorted(contact["first_name"] for contact in _contacts(mycrm)) == ["Anna", "Name0", "Name1"]
