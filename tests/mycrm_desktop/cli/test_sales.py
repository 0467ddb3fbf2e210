"""Leads, deals, pipelines and tasks as a script works with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm


def _lead(mycrm: Mycrm, *pairs: str) -> str:
    uid: str = mycrm.good("leads", "add", *pairs)["uid"]
    return uid


def _deal(mycrm: Mycrm, title: str = "Pilot", *pairs: str) -> dict[str, Any]:
    added: dict[str, Any] = mycrm.good("deals", "add", f"title={title}", *pairs)
    return added


def test_a_lead_is_added_changed_listed_deleted_and_restored(mycrm: Mycrm) -> None:
    added = mycrm.good("leads", "add", "name=Clara Voss", "company=Voss", "email=clara@voss.example", "source=Fair")
    uid = added["uid"]
    assert (added["name"], added["status"], added["emails"]) == ("Clara Voss", "new", ["clara@voss.example"])
    assert added["owner"] == "Lena Hartmann"
    changed = mycrm.good("leads", "set", uid, "status=working", "tags=hot")
    assert (changed["status"], changed["tags"]) == ("working", ["hot"])
    assert [i["uid"] for i in mycrm.good("leads", "list", "--where", "status:working")["items"]] == [uid]
    mycrm.good("leads", "delete", uid[:20])
    assert mycrm.good("leads", "list")["items"] == []
    assert [item["entity"] for item in mycrm.good("trash", "list")["items"]] == ["lead"]
    assert mycrm.good("leads", "restore", uid)["uid"] == uid
    assert mycrm.good("leads", "show", uid[:20])["name"] == "Clara Voss"
    assert [hit["uid"] for hit in mycrm.good("search", "voss")["results"]] == [uid]
    assert mycrm.good("history", uid)["entity"] == "lead"


def test_a_lead_becomes_a_contact_with_its_company_and_a_deal(mycrm: Mycrm) -> None:
    uid = _lead(mycrm, "name=Clara Voss", "company=Voss", "email=clara@voss.example")
    given = ("--deal", "Voss pilot", "--amount", "12000", "--currency", "EUR", "--stage", "Discovery")
    made = mycrm.good("leads", "convert", uid, *given)
    assert (made["status"], made["made_contact"], made["made_company"]) == ("converted", True, True)
    deal = mycrm.good("deals", "show", made["converted_deal"])
    assert (deal["title"], deal["amount"], deal["currency"], deal["stage"]) == ("Voss pilot", 12000, "EUR", "Discovery")
    assert (deal["company"], deal["contact"]) == ("Voss", "Clara Voss")
    assert mycrm.good("contacts", "show", made["converted_contact"])["email"] == "clara@voss.example"
    again = mycrm("leads", "convert", uid)
    assert (again.code, again.document["error"]["code"]) == (1, "invalid_value")
    mycrm.good("undo", made["batch"])
    assert mycrm.good("deals", "list")["items"] == mycrm.good("contacts", "list")["items"] == []
    assert mycrm.good("leads", "show", uid)["status"] == "new"


def test_a_lead_is_converted_without_a_deal_unless_one_is_asked_for(mycrm: Mycrm) -> None:
    made = mycrm.good("leads", "convert", _lead(mycrm, "name=Clara Voss"))
    assert "converted_deal" not in made
    assert mycrm.good("deals", "list")["items"] == []


def test_nothing_comes_of_a_lead_for_a_reason(mycrm: Mycrm) -> None:
    uid = _lead(mycrm, "name=Clara Voss")
    lost = mycrm.good("leads", "disqualify", uid, "--reason", "No budget")
    assert (lost["status"], lost["disqualify_reason"]) == ("disqualified", "No budget")
    assert mycrm("leads", "disqualify", uid).code == 2
    assert mycrm("leads", "disqualify", uid, "--reason", " ").code == 1


def test_a_deal_moves_is_won_and_lost(mycrm: Mycrm) -> None:
    deal = _deal(mycrm, "Pilot", "amount=120000", "currency=EUR", "company=Almeda", "expected_close=2026-12-18")
    assert (deal["amount"], deal["pipeline"], deal["stage"]) == (120000, "Sales", "Qualified")
    moved = mycrm.good("deals", "move", deal["uid"], "Negotiation")
    assert (moved["stage"], moved["batch"] is not None) == ("Negotiation", True)
    won = mycrm.good("deals", "win", deal["uid"])
    assert won["won_at"] is not None
    lost = mycrm.good("deals", "lose", deal["uid"], "--reason", "Price", "--competitor", "Corvex")
    assert (lost["stage"], lost["loss_reason"], lost["competitor"], lost["won_at"]) == ("Lost", "Price", "Corvex", None)
    told = mycrm.good("deals", "stages", deal["uid"])["items"]
    assert [visit["after"] for visit in told] == ["Qualified", "Negotiation", "Won", "Lost"]
    assert told[0]["amount"] == 120000
    refused = mycrm("deals", "move", deal["uid"], "Somewhere")
    assert refused.code == 1
    assert "Qualified, Discovery, Proposal, Negotiation" in refused.document["error"]["message"]
    assert mycrm("deals", "lose", deal["uid"]).code == 2


def test_people_play_parts_in_a_deal(mycrm: Mycrm) -> None:
    anna, otto = (mycrm.good("contacts", "add", f"first_name={name}")["uid"] for name in ("Anna", "Otto"))
    deal = _deal(mycrm, "Pilot", f"contact={anna}")["uid"]
    both = mycrm.good("deals", "people", deal, "--add", otto[:24], "--role", "decision")
    assert [(p["name"], p["role"], p["is_primary"]) for p in both["people"]] == [
        ("Anna", "", True),
        ("Otto", "decision", False),
    ]
    assert mycrm.good("deals", "people", deal, "--add", otto, "--role", "decision", "--primary")["contact"] == "Otto"
    left = mycrm.good("deals", "people", deal, "--remove", anna)
    assert [person["uid"] for person in left["people"]] == [otto]
    told = mycrm.good("deals", "people", deal)
    assert (told["people"], told["batch"]) == (left["people"], None)
    assert mycrm("deals", "people", deal, "--add", anna, "--remove", otto).code == 1


def test_a_board_has_a_lane_a_stage_with_sums(mycrm: Mycrm) -> None:
    _deal(mycrm, "One", "amount=1000", "currency=EUR", "next_step=Call")
    _deal(mycrm, "Two", "amount=500.50", "currency=EUR", "stage=Proposal")
    board = mycrm.good("deals", "board")
    lanes = {lane["stage"]: lane for lane in board["lanes"]}
    assert (board["pipeline"], board["open"], board["without_next_step"]) == ("Sales", 2, 1)
    assert (lanes["Qualified"]["count"], lanes["Qualified"]["total"]) == (1, {"EUR": 1000})
    assert lanes["Proposal"]["weighted"] == {"EUR": 250.25}
    assert [deal["title"] for deal in lanes["Proposal"]["deals"]] == ["Two"]
    assert board["total"] == {"EUR": 1500.5}
    only = mycrm.good("deals", "board", "--pipeline", "sales", "--where", "title:two")
    assert [lane["count"] for lane in only["lanes"]] == [0, 0, 1, 0, 0, 0]
    assert mycrm("deals", "board", "--pipeline", "Other").code == 1


def test_pipelines_are_added_changed_and_taken_away(mycrm: Mycrm) -> None:
    stages = ("--stage", "Talk:20:14", "--stage", "Offer:60")
    made = mycrm.good("pipelines", "add", "Partners", *stages, "--won", "Signed", "--currency", "eur")
    assert [(s["name"], s["kind"], s["probability"], s["rotting_days"]) for s in made["stages"]] == [
        ("Talk", "open", 20, 14),
        ("Offer", "open", 60, None),
        ("Signed", "won", 100, None),
        ("Lost", "lost", 0, None),
    ]
    deal = _deal(mycrm, "Reseller", "pipeline=Partners")
    assert (deal["stage"], deal["pipeline"]) == ("Talk", "Partners")
    options = ("--name", "Resellers", "--stage", "Contract:80", "--requires", "Contract=amount,contact")
    changed = mycrm.good("pipelines", "set", "partners", *options)
    assert [s["name"] for s in changed["stages"]] == ["Talk", "Offer", "Contract", "Signed", "Lost"]
    assert changed["stages"][2]["required_fields"] == ["amount", "contact"]
    refused = mycrm("deals", "move", deal["uid"], "Contract")
    assert refused.code == 1
    assert "an amount" in refused.document["error"]["title"]
    assert mycrm("pipelines", "delete", "Resellers").code == 1
    mycrm.good("deals", "set", deal["uid"], "pipeline=Resellers", "stage=Offer")
    assert mycrm("pipelines", "set", "Resellers", "--without", "Offer").code == 1
    less = mycrm.good("pipelines", "set", made["uid"][:12], "--without", "Contract")
    assert [s["name"] for s in less["stages"]] == ["Talk", "Offer", "Signed", "Lost"]
    assert [row["name"] for row in mycrm.good("pipelines", "list")["items"]] == ["Resellers"]
    mycrm.good("pipelines", "add", "Empty", "--stage", "Talk")
    mycrm.good("pipelines", "delete", "Empty")
    assert [row["name"] for row in mycrm.good("pipelines", "list")["items"]] == ["Resellers"]


def test_a_task_is_put_off_done_and_comes_again(mycrm: Mycrm) -> None:
    deal = _deal(mycrm)["uid"]
    pairs = ("title=Call back", "due_at=tomorrow", "priority=high", "recurrence=weekly", f"deal={deal}")
    task = mycrm.good("tasks", "add", *pairs)
    today = datetime.now(UTC).date()
    assert task["due_at"] in {(today + timedelta(days=days)).isoformat() for days in (0, 1, 2)}
    assert (task["priority"], task["status"], task["recurrence"], task["deal"]) == (
        "high",
        "open",
        "FREQ=WEEKLY",
        "Pilot",
    )
    assert mycrm.good("tasks", "snooze", task["uid"], "--until", "in 2 days 9:00")["snoozed_until"] is not None
    assert mycrm("tasks", "snooze", task["uid"], "--until", "2020-01-01 10:00").code == 1
    assert mycrm.good("tasks", "done", task["uid"])["status"] == "done"
    following = mycrm.good("tasks", "list", "--where", "status:open")["items"]
    assert [item["title"] for item in following] == ["Call back"]
    assert following[0]["due_at"] > task["due_at"]
    assert mycrm.good("tasks", "reopen", task["uid"])["done_at"] is None
    assert mycrm.good("tasks", "due")["upcoming"] + mycrm.good("tasks", "due")["today"] == 2
    moment = mycrm.good("tasks", "add", "title=Demo", "due_at=2026-11-24 10:00")
    assert moment["due_at"].endswith("Z")
    assert mycrm.good("tasks", "set", moment["uid"], "due_at=")["due_at"] is None
    assert mycrm("tasks", "add", "title=Odd", "recurrence=sometimes").code == 1


def test_what_happened_is_logged_with_a_deal_or_a_lead_alone(mycrm: Mycrm) -> None:
    deal, lead = _deal(mycrm)["uid"], _lead(mycrm, "name=Clara Voss")
    about = mycrm.good("activities", "log", "--deal", deal[:30], "--type", "note", "--body", "They like it")
    assert (about["deal"], about["contact"]) == ("Pilot", None)
    spoken = mycrm.good("activities", "log", "--lead", lead, "--outcome", "Connected")
    assert (spoken["lead"], spoken["type"]) == ("Clara Voss", "call")
    assert mycrm("activities", "log", "--type", "call").code == 1
    assert mycrm("activities", "log", "--deal", "ffffffff").code == 1


@pytest.mark.parametrize("kind", ["leads", "deals", "tasks"])
def test_own_fields_belong_to_every_kind(mycrm: Mycrm, kind: str) -> None:
    mycrm.good("fields", "add", kind, "region", "--kind", "choice", "--option", "north", "--option", "south")
    names = {"leads": "name=Clara", "deals": "title=Pilot", "tasks": "title=Call"}
    added = mycrm.good(kind, "add", names[kind], "custom.region=north", "tags=a, b", "external_key=K1")
    assert (added["custom.region"], added["tags"], added["external_key"]) == ("north", ["a", "b"], "K1")
    assert [field["name"] for field in mycrm.good("fields", "list", kind)["items"]] == ["region"]
    found = mycrm.good(kind, "list", "--where", "custom.region:north", "--sort", "-name")["items"]
    assert [item["uid"] for item in found] == [added["uid"]]
    assert mycrm.good("workspace", "verify", "--full")["ok"] is True
