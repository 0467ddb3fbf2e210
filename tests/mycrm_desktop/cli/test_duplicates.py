"""`duplicates list|ignore` and `contacts|companies merge`, as a script calls them."""

from __future__ import annotations

from typing import Any

import pytest
import typer

from mycrm_desktop.cli import main, records
from mycrm_desktop.cli.duplicates import add_merge, duplicates_commands
from services.records.fields import EntityKind
from tests.mycrm_desktop.cli.calls import Mycrm

MINE = ("contacts", "companies", "duplicates")


@pytest.fixture(autouse=True)
def joined(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program with the commands of duplicates, whether its entry point joins them by itself or not."""
    app = typer.Typer(pretty_exceptions_enable=False, add_completion=False)
    app.callback()(main.options)
    app.registered_commands = list(main.app.registered_commands)
    app.registered_groups = [group for group in main.app.registered_groups if group.name not in MINE]
    app.add_typer(add_merge(records.contact_commands(), EntityKind.CONTACT), name="contacts")
    app.add_typer(add_merge(records.record_commands(EntityKind.COMPANY), EntityKind.COMPANY), name="companies")
    app.add_typer(duplicates_commands, name="duplicates")
    monkeypatch.setattr(main, "app", app)


@pytest.fixture
def zhou(mycrm: Mycrm) -> tuple[str, str]:
    """The uids of Mei-Lin Zhou and of M. Zhou."""
    full = ("first_name=Mei-Lin", "last_name=Zhou", "email=mei-lin.zhou@stellhorn.example", "title=Plant Manager")
    thin = ("first_name=M.", "last_name=Zhou", "email=m.zhou@stellhorn.example", "phone=+494055501900")
    added = [
        mycrm.good("contacts", "add", *pairs, "phone=+491715550138", "company=Stellhorn Elektrik")
        for pairs in (full, thin)
    ]
    return added[0]["uid"], added[1]["uid"]


def test_the_list_tells_score_reason_and_both_records(mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    answer = mycrm.good("duplicates", "list")
    assert answer["total"] == 1
    (pair,) = answer["items"]
    assert {pair["first"]["uid"], pair["second"]["uid"]} == set(zhou)
    assert pair["reason"] == "Same mobile number and company, names that fit, mail addresses of one pattern."
    assert 90 <= pair["score"] <= 100
    assert mycrm.good("duplicates", "list", "companies") == {"items": [], "total": 0}
    assert mycrm.good("duplicates", "list", "--least", "100")["items"] == []


def test_a_pair_that_is_ignored_is_not_listed_until_that_is_undone(mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    answer = mycrm.good("duplicates", "ignore", *zhou)
    assert (answer["entity"], sorted(answer["records"])) == ("contact", sorted(zhou))
    assert mycrm.good("duplicates", "list")["items"] == []
    (kept,) = mycrm.good("duplicates", "list", "--ignored")["items"]
    assert {kept["first"]["uid"], kept["second"]["uid"]} == set(zhou)
    mycrm.good("undo", answer["batch"])
    assert len(mycrm.good("duplicates", "list")["items"]) == 1


def test_a_merge_answers_the_record_and_the_batch_that_undoes_it(mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    keep, other = zhou
    before = [mycrm.good("contacts", "show", uid) for uid in zhou]
    merged = mycrm.good("contacts", "merge", keep[:12], other)
    assert merged["uid"] == keep
    assert merged["emails"] == ["mei-lin.zhou@stellhorn.example", "m.zhou@stellhorn.example"]
    assert merged["phones"][0] == "+491715550138"
    assert "deleted_at" in mycrm.good("contacts", "show", other)
    undone = mycrm.good("undo", merged["batch"])
    assert undone["left_alone"] == []
    assert [mycrm.good("contacts", "show", uid) for uid in zhou] == before
    assert mycrm.good("workspace", "verify", "--full")["problems"] == []


def test_a_preview_tells_every_field_and_changes_nothing(mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    answer = mycrm.good("contacts", "merge", *zhou, "--preview")
    fields = {field["name"]: field for field in answer["fields"]}
    assert (fields["name"]["keep"], fields["name"]["other"], fields["name"]["suggested"]) == (
        "Mei-Lin Zhou",
        "M. Zhou",
        "keep",
    )
    assert fields["phone"]["suggested"] == "both"
    assert {move["kind"] for move in answer["moves"]} >= {"timeline", "deals", "tasks", "events", "files"}
    assert mycrm.good("duplicates", "list")["total"] == 1


def test_a_field_is_taken_as_it_is_asked_for(mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    merged = mycrm.good("contacts", "merge", *zhou, "--take", "name=other", "--take", "email=keep")
    assert (merged["first_name"], merged["emails"]) == ("M.", ["mei-lin.zhou@stellhorn.example"])


@pytest.mark.parametrize("take", ["name", "name=mine", "shoe_size=other", "title=both"])
def test_a_choice_that_cannot_be_made_is_a_known_error(take: str, mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    answer = mycrm("contacts", "merge", *zhou, "--take", take)
    assert (answer.code, answer.document["error"]["code"]) == (1, "invalid_value")
    assert mycrm.good("duplicates", "list")["total"] == 1


def test_companies_are_merged_with_their_people(mycrm: Mycrm) -> None:
    firms: list[Any] = [
        mycrm.good("companies", "add", *pairs)
        for pairs in (("name=Almeda GmbH", "domain=almeda.example"), ("name=Almeda", "domain=almeda.test"))
    ]
    zara = mycrm.good("contacts", "add", "first_name=Zara", f"company={firms[1]['uid']}")
    merged = mycrm.good("companies", "merge", firms[0]["uid"], firms[1]["uid"])
    assert merged["domains"] == ["almeda.example", "almeda.test"]
    assert mycrm.good("contacts", "show", zara["uid"])["company"] == "Almeda GmbH"


def test_an_unknown_record_is_a_known_error(mycrm: Mycrm, zhou: tuple[str, str]) -> None:
    for words in (("contacts", "merge", zhou[0], "ffff"), ("duplicates", "ignore", "ffff", zhou[0])):
        answer = mycrm(*words)
        assert (answer.code, answer.document["error"]["code"]) == (1, "not_found")
