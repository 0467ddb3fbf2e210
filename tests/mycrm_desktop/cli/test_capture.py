"""`mycrm capture` saves a line in one batch, says first what it would make, and refuses in plain words."""

from __future__ import annotations

from typing import Any

from tests.mycrm_desktop.cli.calls import Mycrm


def company_and_person(mycrm: Mycrm) -> None:
    """Anna of Almeda Logistics, who are about to renew."""
    mycrm.good("companies", "add", "name=Almeda Logistics")
    mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg", "company=Almeda Logistics")
    mycrm.good("deals", "add", "title=Renewal 2027", "company=Almeda Logistics", "amount=58300", "currency=EUR")


def parts(answer: Any) -> list[tuple[str, str]]:
    """The kind and the words of each part."""
    return [(part["kind"], part["text"]) for part in answer["parts"]]


def test_a_line_becomes_a_deal_and_a_task_that_one_undo_takes_back(mycrm: Mycrm) -> None:
    company_and_person(mycrm)
    answer = mycrm.good("capture", "Call Anna Almeda 30k next Tue 10 #renewal")
    assert parts(answer) == [
        ("kind", "Call"),
        ("person", "Anna"),
        ("company", "Almeda"),
        ("amount", "30k"),
        ("date", "next Tue"),
        ("time", "10"),
        ("tag", "#renewal"),
    ]
    assert [(one["change"], one["entity"]) for one in answer["records"]] == [("create", "deal"), ("create", "task")]
    assert len(mycrm.good("tasks", "list")["items"]) == 1
    undone = mycrm.good("undo", answer["batch"])
    assert undone["left_alone"] == []
    assert mycrm.good("tasks", "list")["items"] == []
    assert len(mycrm.good("deals", "list")["items"]) == 1


def test_a_dry_run_says_the_same_and_makes_nothing(mycrm: Mycrm) -> None:
    company_and_person(mycrm)
    answer = mycrm("capture", "Call Anna Almeda 30k tomorrow", "--dry-run")
    assert answer.code == 0
    assert [one["entity"] for one in answer.document["plan"]] == ["deal", "task"]
    assert (answer.document["records"], answer.document["batch"]) == ([], None)
    assert answer.document["instead"]["name"] == "Renewal 2027"
    assert "Almeda Logistics already has “Renewal 2027”" in answer.err
    assert mycrm.good("tasks", "list")["items"] == []


def test_values_are_what_other_commands_take(mycrm: Mycrm) -> None:
    company_and_person(mycrm)
    answer = mycrm.good("capture", "Meeting with Anna 24 March 2031 10-11 !", "--dry-run")
    values = {part["kind"]: part["value"] for part in answer["parts"]}
    assert values["kind"] == "meeting"
    assert values["date"] == "2031-03-24"
    assert values["time"] == {"starts": "10:00", "ends": "11:00"}
    assert values["priority"] == "high"
    assert mycrm.good("contacts", "show", values["person"]["uid"])["last_name"] == "Berg"


def test_who_of_two_is_meant_is_asked_and_the_line_is_saved_all_the_same(mycrm: Mycrm) -> None:
    company_and_person(mycrm)
    mycrm.good("contacts", "add", "first_name=Anna", "last_name=Lund")
    answer = mycrm("capture", "Call Anna tomorrow")
    assert answer.code == 0
    assert "“Anna” may be Anna Berg (Almeda Logistics) or Anna Lund." in answer.err
    (person,) = [part for part in answer.document["parts"] if part["kind"] == "person"]
    assert (person["value"], len(person["choices"])) == (None, 2)
    assert [one["title"] for one in answer.document["records"]] == ["Call Anna"]


def test_a_line_that_says_nothing_is_refused(mycrm: Mycrm) -> None:
    answer = mycrm("capture", "#vip")
    assert answer.code == 1
    assert answer.document["error"]["title"] == "There is nothing to save yet"
    assert mycrm.good("capture", "#vip", "--dry-run")["problem"] == "There is nothing to save yet"


def test_in_plain_words_it_says_what_was_made(mycrm: Mycrm, capsys: Any) -> None:
    from mycrm_desktop.cli.main import run

    company_and_person(mycrm)
    capsys.readouterr()
    assert run(["--workspace", str(mycrm.path), "capture", "Called Anna"]) == 0
    assert capsys.readouterr().out == "1 log entry\n"
