"""Deals, leads, tasks and events are found by what they say and by the company they are with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.store.search_index import rebuild
from tests.services.selling import add_event, deal_draft, found, lead_draft, problems, task_draft
from tests.support.table_dumps import everything
from tests.support.workspaces import contact_draft, email, make_workspace, phone


@pytest.fixture
def book(tmp_path: Path) -> Iterator[OpenWorkspace]:
    """A record of every kind, each with words of its own."""
    workspace = make_workspace(tmp_path)
    for entity in (EntityKind.DEAL, EntityKind.LEAD):
        workspace.custom_fields.add(entity, "plan", FieldKind.TEXT)
    workspace.deals.add(
        RecordDraft(
            {
                "title": "Łódź rollout",
                "company": "Ørsted",
                "notes": "sailing",
                "next_step": "Send contract",
                "competitor": "Zenith",
                "external_key": "D-0099",
            },
            custom={"plan": "Platinum"},
        )
    )
    points = (email("bo.ek@fjord.example"), phone("+49 40 556677"))
    workspace.leads.add(
        lead_draft("Bo Ek", *points, company="Nordwind", title="CFO", source="Messe", custom={"plan": "Copper"})
    )
    workspace.tasks.add(task_draft("Prepare workshop", notes="beamer"))
    anna = {"email": "anna@x.org", "name": "Anna Berg", "is_organizer": 1}
    add_event(workspace, "Kick-off", anna, {"email": "cem@y.example"}, location="Elbphilharmonie")
    yield workspace
    workspace.close()


WORDS = {
    "lodz": "Łódź rollout",
    "ROLL łód": "Łódź rollout",
    "orsted": "Łódź rollout",
    "orsted rollout": "Łódź rollout",
    "sailing": "Łódź rollout",
    "send contract": "Łódź rollout",
    "zenith": "Łódź rollout",
    "D-0099": "Łódź rollout",
    "platinum": "Łódź rollout",
    "rolluot": "Łódź rollout",
    "bo ek": "Bo Ek",
    "nordwind": "Bo Ek",
    "nordwnid": "Bo Ek",
    "bo.ek@fjord.example": "Bo Ek",
    "fjord": "Bo Ek",
    "040 556677": "Bo Ek",
    "+49 (0)40 556677": "Bo Ek",
    "6677": "Bo Ek",
    "cfo nordwind": "Bo Ek",
    "messe": "Bo Ek",
    "copper": "Bo Ek",
    "prep work": "Prepare workshop",
    "beamer": "Prepare workshop",
    "kick off": "Kick-off",
    "anna@x.org": "Kick-off",
    "cem": "Kick-off",
    "anna berg": "Kick-off",
    "elbphil": "Kick-off",
}


@pytest.mark.parametrize("text", WORDS)
def test_a_record_is_found_by_each_thing_that_it_says(text: str, book: OpenWorkspace) -> None:
    assert WORDS[text] in found(book, text)


def test_an_answer_says_what_kind_of_record_it_is(book: OpenWorkspace) -> None:
    kinds = {text: book.search.search(text).hits[0].entity for text in ("rollout", "nordwind", "beamer", "elbphil")}
    assert kinds == {"rollout": "deal", "nordwind": "lead", "beamer": "task", "elbphil": "event"}
    snippets = {hit.title: hit.snippet for hit in book.search.search("ro").hits}
    assert snippets["Łódź rollout"] == "Ørsted · Qualified"


def test_a_renamed_company_takes_its_deals_along(book: OpenWorkspace) -> None:
    book.contacts.add(contact_draft("Anna", company="Ørsted"))
    book.companies.change(1, RecordDraft({"name": "Wattwerk"}))
    assert set(found(book, "wattwerk")) == {"Wattwerk", "Łódź rollout", "Anna"}
    assert found(book, "orsted") == []
    assert problems(book) == []
    book.history.undo()
    assert set(found(book, "orsted")) == {"Ørsted", "Łódź rollout", "Anna"}
    assert problems(book) == []


def test_a_deal_that_changes_its_company_is_found_by_the_new_one(book: OpenWorkspace) -> None:
    book.deals.change(1, RecordDraft({"company": "Wattwerk"}))
    assert found(book, "rollout orsted") == []
    assert "Łódź rollout" in found(book, "rollout wattwerk")
    assert problems(book) == []


def test_what_is_in_the_trash_is_not_found_until_it_is_restored(book: OpenWorkspace) -> None:
    for service, text in ((book.deals, "rollout"), (book.leads, "nordwind"), (book.tasks, "beamer")):
        service.delete([1])
        assert found(book, text) == []
        service.restore([1])
        assert len(found(book, text)) == 1
    assert problems(book) == []


def test_a_deal_in_the_trash_is_not_brought_back_by_its_companys_new_name(book: OpenWorkspace) -> None:
    book.deals.delete([1])
    book.companies.change(1, RecordDraft({"name": "Wattwerk"}))
    assert found(book, "wattwerk") == ["Wattwerk"]
    assert problems(book) == []


def test_the_whole_name_of_a_deal_or_lead_goes_before_names_that_hold_it(book: OpenWorkspace) -> None:
    for number in range(80):
        book.deals.add(deal_draft(f"Pilot plant {number}"))
    book.deals.add(deal_draft("Pilot"))
    assert found(book, "pilot")[0] == "Pilot"


def test_an_index_that_is_made_anew_is_the_one_that_grew(book: OpenWorkspace) -> None:
    before = everything(book.store)
    with book.store.note() as connection:
        rebuild(connection)
    assert everything(book.store) == before
    assert problems(book) == []


def test_a_query_on_the_list_of_events_finds_the_events_it_means(book: OpenWorkspace) -> None:
    from services.store.queries.listing import ListRequest, list_ids

    def events(where: str) -> list[int]:
        with book.store.read() as connection:
            request, now = ListRequest(where), book.store.clock.now()
            return list(list_ids(connection, EntityKind.EVENT, request, now=now, actor=book.store.actor))

    for where in ("kick", "cem", "location:elbphilharmonie", "status:confirmed", 'title:"kick off"'):
        assert events(where) == [1]
    assert events("status:cancelled") == []
