"""Records from the command line: every verb answers the record and its batch."""

from __future__ import annotations

import pytest

from tests.mycrm_desktop.cli.calls import Mycrm

ANNA = ("first_name=Anna", "last_name=Berg", "email=Anna@Almeda.example", "phone=+49 40 5550 1182", "company=Almeda")


def test_a_contact_added_is_answered_with_its_fields_and_its_batch(mycrm: Mycrm) -> None:
    added = mycrm.good("contacts", "add", *ANNA, "city=Hamburg", "country=Germany", "tags=vip, fair")
    assert len(added["uid"]) == 32
    assert len(added["batch"]) == 32
    assert added["emails"] == ["anna@almeda.example"]
    assert added["phones"] == ["+494055501182"]
    assert (added["company"], added["city"], added["country"]) == ("Almeda", "Hamburg", "DE")
    assert added["tags"] == ["fair", "vip"]
    assert added["owner"] == "Lena Hartmann"


def test_a_company_named_by_a_contact_is_made_once(mycrm: Mycrm) -> None:
    mycrm.good("contacts", "add", *ANNA)
    mycrm.good("contacts", "add", "first_name=Otto", "company=ALMEDA")
    assert [item["name"] for item in mycrm.good("companies", "list")["items"]] == ["Almeda"]


def test_set_changes_only_what_is_given_and_an_empty_value_takes_a_field_away(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", *ANNA, "title=Buyer")["uid"]
    changed = mycrm.good("contacts", "set", uid[:30], "title=", "last_name=Borg", "email=anna@new.example")
    assert (changed["title"], changed["first_name"], changed["last_name"]) == (None, "Anna", "Borg")
    assert changed["emails"] == ["anna@new.example"]


def test_set_of_tags_replaces_them(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", *ANNA, "tags=a,b")["uid"]
    assert mycrm.good("contacts", "set", uid, "tags=c")["tags"] == ["c"]


def test_a_repeated_email_is_a_second_address_and_the_first_is_primary(mycrm: Mycrm) -> None:
    added = mycrm.good("contacts", "add", "first_name=Zoë", "email=z@one.example", "email=z@two.example")
    assert added["email"] == "z@one.example"
    assert added["emails"] == ["z@one.example", "z@two.example"]


def test_deleted_records_leave_lists_and_counts_and_come_back(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", *ANNA)["uid"]
    assert set(mycrm.good("contacts", "delete", uid)) == {"uid", "batch"}
    assert mycrm.good("contacts", "list")["items"] == []
    assert mycrm.good("workspace", "info")["counts"]["contacts"] == 0
    assert mycrm.good("trash", "list")["items"][0]["uid"] == uid
    assert mycrm.good("contacts", "restore", uid)["first_name"] == "Anna"
    assert mycrm.good("workspace", "info")["counts"]["contacts"] == 1


def test_a_list_goes_on_with_its_cursor_and_ends_with_null(mycrm: Mycrm) -> None:
    for name in ("Cai", "Ada", "Bea"):
        mycrm.good("contacts", "add", f"first_name={name}")
    first = mycrm.good("contacts", "list", "--limit", "2")
    second = mycrm.good("contacts", "list", "--limit", "2", "--after", first["next"])
    names = [item["first_name"] for item in (*first["items"], *second["items"])]
    assert names == ["Ada", "Bea", "Cai"]
    assert second["next"] is None


def test_a_list_is_filtered_by_a_typed_query(mycrm: Mycrm) -> None:
    mycrm.good("contacts", "add", *ANNA, "lifecycle=customer")
    mycrm.good("contacts", "add", "first_name=Otto", "lifecycle=prospect")
    found = mycrm.good("contacts", "list", "--where", "lifecycle:customer owner:me")["items"]
    assert [item["first_name"] for item in found] == ["Anna"]


def test_a_logged_call_stands_on_the_contact_and_can_be_listed(mycrm: Mycrm) -> None:
    uid = mycrm.good("contacts", "add", *ANNA)["uid"]
    logged = mycrm.good(
        "activities", "log", "--type", "call", "--contact", uid, "--outcome", "reached", "--at", "2026-11-20T10:00:00Z"
    )
    assert (logged["type"], logged["contact"], logged["outcome"]) == ("call", "Anna Berg", "reached")
    assert logged["occurred_at"] == "2026-11-20T10:00:00Z"
    assert [item["uid"] for item in mycrm.good("activities", "list")["items"]] == [logged["uid"]]


def test_a_custom_field_is_typed_and_answered_under_its_name(mycrm: Mycrm) -> None:
    mycrm.good("fields", "add", "contacts", "seats", "--kind", "number")
    added = mycrm.good("contacts", "add", *ANNA, "custom.seats=42")
    assert added["custom.seats"] == 42
    assert mycrm("contacts", "set", added["uid"], "custom.seats=many").code == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("contacts", "add", "nonsense=1"), 1),
        (("contacts", "add", "title=Buyer"), 1),
        (("contacts", "add", "first_name=A", "birthday=2026-02-31"), 1),
        (("contacts", "add", "first_name"), 1),
        (("contacts", "show", "ffff"), 1),
        (("contacts", "show", "no uid"), 1),
        (("contacts", "list", "--where", "lifecycle:("), 1),
        (("contacts", "list", "--sort", "shoe_size"), 1),
        (("contacts", "list", "--limit", "0"), 2),
        (("contacts", "dance"), 2),
        (("undo",), 1),
        (("redo",), 1),
        (("undo", "ffff"), 1),
    ],
)
def test_what_cannot_be_done_is_said_with_the_exit_code_of_the_contract(
    mycrm: Mycrm, arguments: tuple[str, ...], code: int
) -> None:
    before = mycrm.good("history")
    answer = mycrm(*arguments)
    assert answer.code == code
    assert "Traceback" not in answer.err
    if code == 1:
        error = answer.document["error"]
        assert error["title"] in answer.err
        assert error["message"]
        assert error["code"]
    assert mycrm.good("history") == before
