"""`mycrm views` lists, runs, saves, deletes and shares views."""

from __future__ import annotations

import json
from pathlib import Path

from tests.mycrm_desktop.cli.calls import Mycrm


def test_the_views_to_start_with_are_listed_with_their_counts(mycrm: Mycrm) -> None:
    mycrm.good("contacts", "add", "first_name=Anna", "lifecycle=customer")
    items = mycrm.good("views", "list", "contacts")["items"]

    assert [(item["name"], item["count"]) for item in items] == [
        ("All contacts", 1),
        ("My contacts", 1),
        ("Customers", 1),
        ("Not heard from", 0),
    ]
    assert {item["kind"] for item in mycrm.good("views", "list")["items"]} >= {"contacts", "deals", "tasks", "events"}


def test_a_view_is_saved_run_grouped_and_deleted(mycrm: Mycrm) -> None:
    mycrm.good("contacts", "add", "first_name=Anna", "lifecycle=customer")
    mycrm.good("contacts", "add", "first_name=Boris")
    view = mycrm.good("views", "add", "contacts", "Buyers", "--where", "lifecycle:customer", "--sort", "-name")
    assert (view["query"], view["sort"], view["descending"]) == ("lifecycle:customer", "name", True)

    found = mycrm.good("views", "run", "buyers")
    assert [item["first_name"] for item in found["items"]] == ["Anna"]
    assert mycrm.good("views", "run", "All contacts", "--limit", 1)["next"]
    groups = mycrm.good("views", "groups", "All contacts", "--by", "lifecycle")["items"]
    assert [(group["value"], group["count"]) for group in groups] == [("prospect", 1), ("customer", 1)]

    mycrm.good("views", "delete", "Buyers")
    assert mycrm("views", "run", "Buyers").code == 1
    mycrm.good("undo")
    assert mycrm.good("views", "run", "Buyers")["items"]


def test_every_view_to_start_with_can_be_run(mycrm: Mycrm) -> None:
    for view in mycrm.good("views", "list")["items"]:
        assert mycrm.good("views", "run", view["uid"])["items"] == []


def test_a_view_is_shared_as_a_file(mycrm: Mycrm, tmp_path: Path) -> None:
    mycrm.good("views", "add", "contacts", "Buyers", "--where", "lifecycle:customer", "--group", "owner")
    file = tmp_path / "buyers.json"
    mycrm.good("views", "export", "Buyers", "--to", file)
    again = mycrm.good("views", "import", file)

    assert json.loads(file.read_text())["format"] == "mycrm-view"
    assert (again["name"], again["grouping"]) == ("Buyers (2)", "owner")


def test_bad_views_are_known_errors(mycrm: Mycrm, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.json"
    foreign.write_text("{}")

    assert mycrm("views", "import", foreign).document["error"]["code"] == "view_file"
    assert mycrm("views", "import", tmp_path / "nowhere.json").code == 1
    assert mycrm("views", "export", "All contacts", "--kind", "contacts", "--to", tmp_path / "no" / "where").code == 1
    assert mycrm("views", "add", "contacts", "X", "--where", "hair:red").code == 1
    assert mycrm("views", "groups", "All contacts").code == 1
    assert mycrm("views", "run", "nothing of the kind").document["error"]["code"] == "not_found"
