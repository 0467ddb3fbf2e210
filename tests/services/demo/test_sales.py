"""What is sold in a demo world: the board of the pictures, deals with a past, leads and tasks."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from services.clock import from_millis
from services.demo.build import build_demo
from services.demo.plan import DemoPlan
from services.demo.sales import LOST, OPEN_STAGES, WON, DemoSales
from services.demo.selling import make_sales
from services.demo.world import make_world
from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from services.store.store import Surroundings
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspaces import NewWorkspace, Workspaces
from tests.services.demo.worlds import TODAY, world_of

SMALL = DemoPlan(today=TODAY, contacts=200, months=6, seed=11)
PINNED = "34c9cf751f70d8f16b3a44b88f82815ef81fc2192860c2d5e0b11de8cee2a93f"
EUROS = {"Qualified": 114_200, "Discovery": 180_300, "Proposal": 235_400, "Negotiation": 218_200}


def _digest(sales: DemoSales) -> str:
    return hashlib.sha256(repr(sales).encode()).hexdigest()


def test_what_a_small_world_sells_is_what_it_has_always_sold() -> None:
    assert _digest(make_sales(make_world(SMALL))) == PINNED


@pytest.mark.parametrize(
    "other", [replace(SMALL, seed=12), replace(SMALL, today=date(2026, 11, 25))], ids=["seed", "today"]
)
def test_another_plan_sells_something_else(other: DemoPlan) -> None:
    assert _digest(make_sales(make_world(other))) != _digest(make_sales(make_world(SMALL)))


def test_the_board_of_312_contacts_is_that_of_the_pictures() -> None:
    sales = make_sales(world_of(312))
    still_open = [deal for deal in sales.deals if deal.stage in OPEN_STAGES]
    assert Counter(deal.stage for deal in still_open) == {
        "Qualified": 8,
        "Discovery": 6,
        "Proposal": 5,
        "Negotiation": 4,
    }
    assert {s: sum(d.amount for d in still_open if d.stage == s) // 100 for s in OPEN_STAGES} == EUROS
    assert sum(not deal.next_step for deal in still_open) == 2
    assert sum(deal.next_step_due is not None and deal.next_step_due < TODAY for deal in still_open) == 2


@pytest.mark.parametrize(("contacts", "months"), [(1, 1), (5, 3), (40, 18), (312, 18), (2000, 6)])
def test_every_deal_lies_inside_its_world_and_only_goes_forward(contacts: int, months: int) -> None:
    world = world_of(contacts, months)
    sales = make_sales(world)
    stages = [*OPEN_STAGES, WON, LOST]
    for deal in sales.deals:
        moments = [step.at_ms for step in deal.steps]
        assert moments == sorted(moments)
        assert world.start_ms <= moments[0]
        assert moments[-1] <= world.end_ms + len(moments)
        places = [stages.index(step.stage) for step in deal.steps]
        assert places == sorted(set(places))
        assert deal.contact == deal.people[0][0]
        assert world.contacts.companies[deal.contact] == deal.company
        assert (deal.loss_reason != "") == (deal.stage == LOST)
        assert deal.amount > 0
    assert len({deal.key for deal in sales.deals}) == len(sales.deals)
    assert len({lead.key for lead in sales.leads}) == len(sales.leads)
    assert all(world.start_ms <= lead.created_ms <= world.end_ms for lead in sales.leads)
    assert all(-1 <= task.deal < len(sales.deals) for task in sales.tasks)


def test_larger_worlds_sell_more() -> None:
    few, many = make_sales(world_of(312)), make_sales(world_of(2000, 6))
    for kind in ("deals", "leads", "tasks"):
        assert len(getattr(many, kind)) > len(getattr(few, kind))
    won = [deal for deal in many.deals if deal.stage == WON]
    lost = [deal for deal in many.deals if deal.stage == LOST]
    assert 0.25 < len(won) / (len(won) + len(lost)) < 0.6
    assert len({deal.loss_reason for deal in lost}) > 3


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> OpenWorkspace:
    """The demo of 312 contacts, stored."""
    folder = tmp_path_factory.mktemp("demo")
    workspaces = Workspaces(MemoryStore(), Surroundings(device=bytes(16)))
    request = NewWorkspace(protection=Protection.PLAIN)
    return build_demo(workspaces, Path(folder) / "demo.mycrm", request, contacts=312, today=TODAY).created.workspace


def test_deals_are_stored_in_their_stages_with_a_past(book: OpenWorkspace) -> None:
    (pipeline,) = book.pipelines.all()
    totals = book.deals.totals(pipeline.id)
    assert (totals.open, dict(totals.total)) == (23, {"EUR": 74_810_000})
    (fleet,) = book.deals.page(ListRequest(where='title:"Fleet contract"')).items
    visits = book.deals.visits(fleet.id)
    assert [visit.after for visit in visits] == list(OPEN_STAGES)
    assert all(visit.amount == 9_200_000 for visit in visits)
    moments = [visit.changed_at for visit in visits]
    assert moments == sorted(moments)
    assert moments[0] < datetime(2026, 10, 1, tzinfo=UTC)
    assert fleet.stage_entered_at is not None
    assert fleet.stage_entered_at.date() == date(2026, 11, 18)
    card = book.deals.card(fleet.id)
    assert [(person.name, person.role) for person in card.people] == [
        ("Henrik Lindgaard", "decision"),
        ("Søren Kjær", "user"),
    ]
    assert card.created_at.date() == moments[0].date()


def test_closed_deals_keep_the_day_and_the_reason(book: OpenWorkspace) -> None:
    lost = book.deals.page(ListRequest(where="status:lost"), limit=200).items
    won = book.deals.page(ListRequest(where="status:won"), limit=200).items
    assert len(lost) > 3
    assert len(won) > 8
    for row in (*lost, *won):
        card = book.deals.card(row.id)
        assert row.closed_at == card.fields["stage_entered_at"]
        assert bool(card.fields["loss_reason"]) == (row in lost)
    assert min(row.closed_at for row in won if row.closed_at) < datetime(2026, 9, 1, tzinfo=UTC)


def test_what_happened_is_about_the_deal_that_was_under_way(book: OpenWorkspace) -> None:
    (renewal,) = book.deals.page(ListRequest(where='title:"Renewal 2027" status:open')).items
    assert renewal.last_activity_at is not None
    about = book.activities.page(ListRequest(where='deal:"Renewal 2027"', sort="occurred_at"), limit=200).items
    assert about
    assert all(row.occurred_at >= renewal.created_at for row in about)


def test_some_contacts_came_in_as_leads_and_were_converted_when_they_became_contacts(book: OpenWorkspace) -> None:
    world = world_of(312)
    told = {lead.key: lead for lead in make_sales(world).leads if lead.converted_ms is not None}
    converted = book.leads.page(ListRequest(where="status:converted"), limit=200).items
    assert len(converted) == len(told) == 4
    for row in converted:
        lead = book.leads.card(row.id)
        plan = told[str(lead.fields["external_key"])]
        links = {link.field: link.id for link in lead.links}
        person = book.contacts.card(links["converted_contact"])
        assert person.fields["external_key"] == world.contacts.keys[plan.contact]
        assert person.name == lead.name == plan.name
        assert [point.normal for point in lead.points if point.kind.value == "email"] == [plan.email]
        assert [role.company_id for role in person.roles][:1] == [links["converted_company"]]
        assert len(person.roles) == 1 + (int(world.contacts.second_companies[plan.contact]) >= 0)
        (call,) = book.activities.page(ListRequest(where=f"lead:{lead.uid.hex()}", sort="occurred_at")).items
        links_of_call = {link.field: link.id for link in book.activities.card(call.id).links}
        assert links_of_call["contact"] == person.id
        moments = [entry.changed_at for entry in reversed(book.history.of_record(lead.uid))]
        assert moments == [from_millis(plan.created_ms), from_millis(plan.converted_ms or 0)]
        assert moments[0] < person.created_at < moments[1] < datetime(2026, 11, 20, tzinfo=UTC)
        assert [entry for entry in book.history.of_record(person.uid) if entry.changed_at == moments[1]] == []


def test_as_many_contacts_as_were_asked_for_are_there_whoever_came_in_as_a_lead(book: OpenWorkspace) -> None:
    assert len(book.contacts.ids(ListRequest())) == 312
    assert book.history.verify(full=True) == []


def test_the_same_leads_are_converted_twice() -> None:
    one, two = (make_sales(make_world(world_of(312).plan)).leads for _ in range(2))
    assert one == two


def test_leads_and_tasks_are_there(book: OpenWorkspace) -> None:
    counts = book.search.search("Clara Voss").hits
    assert [hit.entity for hit in counts][:1] == [EntityKind.LEAD]
    states = Counter(row.status for row in book.leads.page(ListRequest(), limit=200).items)
    assert {"new", "working", "nurturing", "disqualified", "converted"} <= set(states)
    still_open = book.tasks.page(ListRequest(where="status:open", sort="due_at"), limit=200).items
    assert [row.title for row in still_open][:2] == ["Send revised numbers to Anna", "Get the NDA signed"]


def test_the_ledger_of_a_demo_is_sound_and_its_last_batch_is_the_setup(book: OpenWorkspace) -> None:
    assert book.history.verify(full=True) == []
    assert book.history.batches(limit=1)[0].kind == "setup"
    assert book.clock.question() is None
