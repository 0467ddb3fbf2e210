"""Leads, deals and tasks through files: links, stages, closed deals, and there and back again."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

HERE_ONLY = ("uid", "created_at", "batch", "people")
HEADERS = "Deal ID,Title,Amount,Currency,Company,Contact,Stage,Close date"


@pytest.fixture
def other(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Mycrm:
    """Another workspace, still empty."""
    calls = Mycrm(tmp_path / "other.mycrm", capsys)
    calls.good(
        "workspace", "create", calls.path, "--plain", "--user", "Lena Hartmann", "--email", "lena@nordvik.example"
    )
    return calls


def _file(folder: Path, *lines: str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _verdicts(outcome: dict[str, Any]) -> dict[str, int]:
    names = ("created", "updated", "filled", "skipped", "unchanged", "rejected")
    found = {name: outcome[name] for name in names}
    assert sum(found.values()) == outcome["rows"]
    return {name: count for name, count in found.items() if count}


def _deals(mycrm: Mycrm) -> dict[str, dict[str, Any]]:
    return {deal["title"]: deal for deal in mycrm.good("deals", "list", "--limit", "1000")["items"]}


def _told(calls: Mycrm, what: str) -> list[dict[str, Any]]:
    items = calls.good(what, "list", "--limit", "10000")["items"]
    return [{name: value for name, value in item.items() if name not in HERE_ONLY} for item in items]


def test_deals_are_linked_dated_and_known_again(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg", "email=anna@x.example", "external_key=K1")
    file = _file(
        tmp_path,
        HEADERS,
        "D1,Pilot,120000,EUR,Almeda,anna@x.example,Proposal,2026-12-18",
        "D2,Renewal,5000,USD,Almeda,K1,Closed Won,2026-10-02",
        "D3,Seats,,,Ørsted,Anna Berg,lost,2026-09-01",
    )
    told = mycrm.good("import", "deals", file, "--dry-run")
    assert mycrm.good("deals", "list")["items"] == mycrm.good("pipelines", "list")["items"] == []
    outcome = mycrm.good("import", "deals", file)
    assert _verdicts(outcome) == _verdicts(told) == {"created": 3}
    assert outcome["also_created"] == told["also_created"] == 2
    deals = _deals(mycrm)
    pilot, renewal, seats = deals["Pilot"], deals["Renewal"], deals["Seats"]
    assert (pilot["amount"], pilot["stage"], pilot["company"], pilot["contact"]) == (
        120000,
        "Proposal",
        "Almeda",
        "Anna Berg",
    )
    assert (renewal["stage"], renewal["won_at"], renewal["currency"]) == ("Won", "2026-10-02T00:00:00Z", "USD")
    assert renewal["stage_entered_at"] == renewal["won_at"]
    assert (seats["stage"], seats["lost_at"], seats["contact"]) == ("Lost", "2026-09-01T00:00:00Z", "Anna Berg")
    again = mycrm.good("import", "deals", file)
    assert (_verdicts(again), again["batch"], again["also_created"]) == ({"unchanged": 3}, None, 0)
    mycrm.good("undo", outcome["batch"])
    assert mycrm.good("deals", "list")["items"] == []
    assert [row["name"] for row in mycrm.good("companies", "list")["items"]] == []
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True


def test_a_deal_that_was_won_here_keeps_its_moment_when_the_file_says_so_too(mycrm: Mycrm, tmp_path: Path) -> None:
    deal = mycrm.good("deals", "add", "title=Pilot", "external_key=D1")["uid"]
    won = mycrm.good("deals", "win", deal)["won_at"]
    file = _file(tmp_path, "Deal ID,Title,Stage,Close date", "D1,Pilot,Closed Won,2026-10-02")
    mycrm.good("import", "deals", file)
    assert mycrm.good("deals", "show", deal)["won_at"] == won


def test_a_row_that_names_nobody_or_no_stage_is_rejected_with_the_reason(mycrm: Mycrm, tmp_path: Path) -> None:
    for _ in range(2):
        mycrm.good("contacts", "add", "first_name=Otto", "last_name=Lund")
    file = _file(
        tmp_path,
        HEADERS,
        "D1,Pilot,1,EUR,New one,nobody@x.example,,",
        "D2,Renewal,1,EUR,New two,Otto Lund,,",
        "D3,Seats,1,EUR,New three,,Somewhere,",
        "D4,Good,1,EUR,Almeda,,Proposal,",
        "D5,,1,EUR,,,,",
        "D6,Less,-5,EUR,,,,",
    )
    outcome = mycrm.good("import", "deals", file)
    assert _verdicts(outcome) == {"created": 1, "rejected": 5}
    reasons = {reject["row"]: reject["reason"] for reject in outcome["rejects"]}
    assert "nobody@x.example" in reasons[1]
    assert "Otto Lund" in reasons[2]
    assert "Qualified, Discovery, Proposal, Negotiation, Won, Lost" in reasons[3]
    assert "no title" in reasons[5]
    assert "less than nothing" in reasons[6]
    assert [row["name"] for row in mycrm.good("companies", "list")["items"]] == ["Almeda"]


@pytest.mark.parametrize(
    ("mode", "expected", "stage"),
    [
        ("update", {"updated": 1}, "Proposal"),
        ("fill", {"unchanged": 1}, "Discovery"),
        ("skip", {"skipped": 1}, "Discovery"),
    ],
)
def test_what_happens_to_a_known_deal_is_chosen(
    mycrm: Mycrm, tmp_path: Path, mode: str, expected: dict[str, int], stage: str
) -> None:
    mycrm.good("import", "deals", _file(tmp_path, "Deal ID,Title,Stage", "D1,Pilot,Discovery"))
    file = _file(tmp_path, "Deal ID,Title,Stage", "D1,Pilot,Proposal", name="b.csv")
    assert _verdicts(mycrm.good("import", "deals", file, "--on-match", mode)) == expected
    assert _deals(mycrm)["Pilot"]["stage"] == stage


def test_deals_without_a_key_are_known_by_what_they_say_or_by_the_key_that_is_chosen(
    mycrm: Mycrm, tmp_path: Path
) -> None:
    file = _file(tmp_path, "Title,Amount,Company", "Pilot,1000,Almeda", "Pilot,2000,Ørsted")
    assert _verdicts(mycrm.good("import", "deals", file)) == {"created": 2}
    assert _verdicts(mycrm.good("import", "deals", file)) == {"unchanged": 2}
    one = _file(tmp_path, "Title,Amount", "Renewal,1", name="one.csv")
    mycrm.good("import", "deals", one)
    more = _file(tmp_path, "Title,Amount", "RENEWAL,5", name="more.csv")
    assert _verdicts(mycrm.good("import", "deals", more, "--key", "title")) == {"updated": 1}
    assert mycrm("import", "deals", more, "--key", "amount").code == 1


def test_a_pipedrive_deal_is_closed_by_its_status(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("pipelines", "add", "Partners", "--stage", "Talk:20", "--stage", "Offer:60", "--won", "Signed")
    file = _file(
        tmp_path,
        "Deal - ID,Deal - Title,Deal - Stage,Deal - Pipeline,Deal - Status,Deal - Won time,"
        "Deal - Lost time,Deal - Lost reason",
        "1,Reseller,Offer,Partners,Won,2026-10-02 15:30:00,,",
        "2,Agency,Talk,Partners,Lost,,2026-09-02 09:00:00,Price",
        "3,Open one,Offer,Partners,Open,,,",
    )
    assert _verdicts(mycrm.good("import", "deals", file)) == {"created": 3}
    deals = _deals(mycrm)
    assert (deals["Reseller"]["stage"], deals["Reseller"]["won_at"][:16]) == ("Signed", "2026-10-02T15:30")
    assert (deals["Agency"]["stage"], deals["Agency"]["loss_reason"]) == ("Lost", "Price")
    assert (deals["Open one"]["stage"], deals["Open one"]["won_at"]) == ("Offer", None)
    assert _verdicts(mycrm.good("import", "deals", file)) == {"unchanged": 3}


def test_a_company_is_known_by_the_key_of_the_other_program(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("companies", "add", "name=Almeda", "external_key=0015g")
    file = _file(
        tmp_path,
        "Id,AccountId,Name,StageName,Amount,CloseDate",
        "1,0015g,Renewal,Proposal,100,2026-12-18",
        "2,0016x,Pilot,Proposal,100,2026-12-18",
    )
    outcome = mycrm.good("import", "deals", file)
    assert _verdicts(outcome) == {"created": 1, "rejected": 1}
    assert "0016x" in outcome["rejects"][0]["reason"]
    assert _deals(mycrm)["Renewal"]["company"] == "Almeda"


def test_leads_are_known_by_key_or_email_and_can_be_taken_back(mycrm: Mycrm, tmp_path: Path) -> None:
    lines = ("First name,Last name,Company,Email,Lead status", "Clara,Voss,Voss,clara@voss.example,Working")
    outcome = mycrm.good("import", "leads", _file(tmp_path, *lines, ",,Only a firm,,"))
    assert _verdicts(outcome) == {"created": 2}
    assert _verdicts(mycrm.good("import", "leads", _file(tmp_path, *lines, ",,Only a firm,,"))) == {"unchanged": 2}
    later = _file(tmp_path, "Name,Email,Status,Source", "Clara Voss,CLARA@voss.example,Qualified,Fair", name="b.csv")
    assert _verdicts(mycrm.good("import", "leads", later)) == {"updated": 1}
    (clara,) = mycrm.good("leads", "list", "--where", "status:qualified")["items"]
    assert (clara["name"], clara["source"], clara["company"]) == ("Clara Voss", "Fair", "Voss")
    mycrm.good("undo")
    mycrm.good("undo", outcome["batch"])
    assert mycrm.good("leads", "list")["items"] == []


def test_activities_are_linked_to_deals_and_leads(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("deals", "add", "title=Pilot", "external_key=D1")
    mycrm.good("leads", "add", "name=Clara Voss", "email=clara@voss.example")
    file = _file(
        tmp_path,
        "Type,Deal,Lead,Occurred at,Subject",
        "call,D1,,2026-11-02T09:00:00Z,First",
        "call,pilot,,2026-11-03T09:00:00Z,Second",
        "call,,clara@voss.example,2026-11-04T09:00:00Z,Third",
        "call,Nothing,,2026-11-05T09:00:00Z,Fourth",
        "call,,,2026-11-06T09:00:00Z,Fifth",
    )
    outcome = mycrm.good("import", "activities", file)
    assert _verdicts(outcome) == {"created": 3, "rejected": 2}
    items = mycrm.good("activities", "list", "--sort", "occurred_at")["items"]
    assert [(item["deal"], item["lead"]) for item in items] == [("Pilot", None), ("Pilot", None), (None, "Clara Voss")]
    assert _verdicts(mycrm.good("import", "activities", file)) == {"unchanged": 3, "rejected": 2}


def test_tasks_come_in_with_days_moments_and_links(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("deals", "add", "title=Pilot", "external_key=D1")
    file = _file(
        tmp_path,
        "Task ID,Task,Due date,Priority,Status,Deal,Repeats",
        "T1,Call Anna,2026-11-24,High,Open,D1,weekly",
        "T2,Send offer,2026-11-24T10:00:00Z,Low,Done,,",
        "T3,Odd,,,,,weekly",
        "T4,Gone,,,,D9,",
    )
    outcome = mycrm.good("import", "tasks", file)
    assert _verdicts(outcome) == {"created": 2, "rejected": 2}
    items = {item["external_key"]: item for item in mycrm.good("tasks", "list")["items"]}
    assert (items["T1"]["due_at"], items["T1"]["deal"], items["T1"]["recurrence"]) == (
        "2026-11-24",
        "Pilot",
        "FREQ=WEEKLY",
    )
    assert (items["T2"]["due_at"], items["T2"]["status"]) == ("2026-11-24T10:00:00Z", "done")
    assert items["T2"]["done_at"] is not None
    assert _verdicts(mycrm.good("import", "tasks", file)) == {"unchanged": 2, "rejected": 2}


def _sell(mycrm: Mycrm) -> None:
    """A lead, deals in every state and tasks, with names that are not unique."""
    for number in (1, 2):
        mycrm.good("contacts", "add", "first_name=Otto", "last_name=Lund", f"email=otto{number}@x.example")
    mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg", "external_key=K1")
    mycrm.good("fields", "add", "deals", "region", "--kind", "choice", "--option", "north")
    pairs = ("email:work=clara@voss.example", "phone=+49421555018", "city=Bremen", "tags=hot, fair")
    mycrm.good("leads", "add", "name=Clara Voss", "company=Voss", *pairs, "response_due=2026-12-01 10:00")
    mycrm.good("leads", "add", "name=Bart", "status=disqualified", "disqualify_reason=Small")
    worth = ("amount=1250.50", "currency=EUR", "company=Almeda", "tags=key", "custom.region=north")
    steps = ("next_step==HYPERLINK(1)", "next_step_due=2026-12-01", "expected_close=2026-12-18", "probability=35")
    mycrm.good("deals", "add", "title=Pilot", *worth, *steps, "contact=otto2@x.example")
    second = mycrm.good("deals", "add", "title=Pilot", "amount=5000", "currency=JPY", "external_key=D2")["uid"]
    mycrm.good("deals", "win", second)
    lost = mycrm.good("deals", "add", "title=Seats; and more", "contact=K1", "company=A; B")["uid"]
    mycrm.good("deals", "lose", lost, "--reason", "Price, timing", "--competitor", "Corvex")
    mycrm.good("tasks", "add", "title=Call", "due_at=2026-12-01", f"deal={second}", "contact=otto1@x.example")
    mycrm.good(
        "tasks", "add", "title=Demo", "due_at=2026-12-01 10:00", "recurrence=weekly", "remind_at=2026-12-01 9:00"
    )
    mycrm.good("tasks", "done", mycrm.good("tasks", "add", "title=Done", "priority=urgent", "notes=a\nb")["uid"])


@pytest.mark.parametrize("what", ["leads", "deals", "tasks"])
def test_an_export_imported_again_changes_nothing(mycrm: Mycrm, tmp_path: Path, what: str) -> None:
    _sell(mycrm)
    file = tmp_path / "out.csv"
    mycrm.good("export", what, "--to", file)
    count = len(_told(mycrm, what))
    assert _verdicts(mycrm.good("import", what, file)) == {"unchanged": count}


def test_everything_sold_goes_through_files_and_back(mycrm: Mycrm, other: Mycrm, tmp_path: Path) -> None:
    _sell(mycrm)
    folder, again = tmp_path / "first", tmp_path / "second"
    mycrm.good("export", "everything", "--to", folder)
    names = ["activities", "companies", "contacts", "deals", "events", "leads", "tasks"]
    assert sorted(path.stem for path in folder.iterdir()) == names
    for what in ("companies", "contacts", "leads", "deals", "tasks"):
        outcome = other.good("import", what, folder / f"{what}.csv")
        assert outcome["rejected"] == outcome["updated"] == 0, outcome["rejects"]
        assert _told(other, what) == _told(mycrm, what)
    other.good("export", "everything", "--to", again)
    for what in ("leads", "deals", "tasks"):
        assert (again / f"{what}.csv").read_bytes() == (folder / f"{what}.csv").read_bytes()
    assert other.good("workspace", "verify", "--full")["ok"] is True


def test_a_name_that_two_have_is_written_as_a_key(mycrm: Mycrm, tmp_path: Path) -> None:
    _sell(mycrm)
    for what in ("deals", "tasks"):
        mycrm.good("export", what, "--to", tmp_path / f"{what}.csv")
    with (tmp_path / "deals.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["contact"] for row in csv.DictReader(file)] == ["otto2@x.example", "", "Anna Berg"]
    with (tmp_path / "tasks.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["deal"], row["contact"]) for row in csv.DictReader(file)] == [
            ("D2", "otto1@x.example"),
            ("", ""),
            ("", ""),
        ]


def test_an_export_says_what_csv_cannot_hold_and_json_holds_it(mycrm: Mycrm, tmp_path: Path) -> None:
    anna, otto = (mycrm.good("contacts", "add", f"first_name={name}")["uid"] for name in ("Anna", "Otto"))
    deal = mycrm.good("deals", "add", "title=Pilot", f"contact={anna}", "amount=10.50", "currency=EUR")["uid"]
    plain = mycrm("export", "deals", "--to", tmp_path / "a.csv")
    assert (plain.document["cannot_hold"], "cannot hold" in plain.err) == ([], False)
    mycrm.good("deals", "people", deal, "--add", otto, "--role", "decision")
    said = mycrm("export", "everything", "--to", tmp_path / "all")
    assert said.document["cannot_hold"] == [
        "pipelines and their stages (1 record)",
    ]
    assert "csv cannot hold: pipelines" in said.err
    full = mycrm.good("export", "everything", "--format", "json", "--to", tmp_path / "all.json")
    assert full["cannot_hold"] == []
    document = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))
    assert [stage["name"] for stage in document["pipelines"][0]["stages"]][:2] == ["Qualified", "Discovery"]
    (held,) = document["deals"]
    assert [(p["uid"], p["role"]) for p in held["people"]] == [(anna, ""), (otto, "decision")]
    assert held["amount"] == "10.50"
    assert set(held["links"]) >= {"stage", "pipeline", "owner"}
