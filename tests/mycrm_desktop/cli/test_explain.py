"""`mycrm ledger explain` and `history --at` tell a record in plain words and as a card."""

from __future__ import annotations

import pytest

from mycrm_desktop.cli.main import run
from tests.mycrm_desktop.cli.calls import Mycrm


def test_a_record_is_explained_change_by_change(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna", "company=Almeda")["uid"]
    mycrm.good("contacts", "set", uid, "title=CTO")
    answer = mycrm.good("ledger", "explain", uid[:30])

    assert (answer["entity"], answer["uid"]) == ("contact", uid)
    assert [item["who"] for item in answer["items"]] == ["Lena Hartmann"] * 2
    assert answer["items"][1]["sentences"] == ["Set title to “CTO”."]
    assert mycrm("ledger", "explain", "ffff").code == 1


def test_the_words_for_people_name_who_and_what(mycrm: Mycrm, capsys: pytest.CaptureFixture[str]) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna")["uid"]
    mycrm.good("contacts", "delete", uid)
    mycrm.good("undo")
    capsys.readouterr()
    assert run(["--workspace", str(mycrm.path), "ledger", "explain", uid]) == 0
    lines = capsys.readouterr().out.splitlines()

    assert [line for line in lines if "Lena Hartmann: moved to the trash (contact) (taken back since)" in line]
    assert lines[-1] == "  Taken out of the trash."


def test_history_at_a_time_shows_the_record_with_names(mycrm: Mycrm, capsys: pytest.CaptureFixture[str]) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg", "company=Almeda", "tags=vip")["uid"]
    answer = mycrm.good("history", uid, "--at", "2999-01-01")

    assert (answer["entity"], answer["name"], answer["in_trash"]) == ("contact", "Anna Berg", False)
    assert answer["record"]["company"] == "Almeda"
    assert answer["record"]["tags"] == ["vip"]
    assert mycrm("history", uid, "--at", "2001-01-01").code == 1
    capsys.readouterr()
    assert run(["--workspace", str(mycrm.path), "history", uid, "--at", "2999-01-01T00:00:00Z"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "Anna Berg  (contact) as of 2999-01-01 00:00 UTC"


def test_history_without_a_time_is_as_before(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", "first_name=Anna")["uid"]

    assert mycrm.good("history")["items"][0]["label"] == "contact.add"
    assert mycrm.good("history", uid)["items"][0]["op"] == "create"
