"""Leads: what a new one begins with, and that nothing known of a person is lost when a lead is converted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, NotFound
from services.lead_conversion import WantedDeal
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.store.queries.listing import ListRequest
from tests.services.selling import add_activity_of, change_stages, found, lead_draft, problems, task_draft, titles
from tests.services.store.reading import facts
from tests.support.workspaces import NOON, company_draft, contact_draft, email, make_workspace, phone


@pytest.fixture
def clock() -> ManualClock:
    """A clock that stands at noon."""
    return ManualClock(NOON)


@pytest.fixture
def book(tmp_path: Path, clock: ManualClock) -> Iterator[OpenWorkspace]:
    """An empty workspace."""
    workspace = make_workspace(tmp_path, clock=clock)
    yield workspace
    workspace.close()


def contact_of(book: OpenWorkspace, uid: Uid) -> int:
    return book.contacts.resolve(uid.hex())


def test_a_new_lead_is_new_and_the_users(book: OpenWorkspace) -> None:
    points = (email("bo@x.org"), phone("040 1234567"))
    saved = book.leads.add(lead_draft("Bo Ek", *points, company="Ørsted", source="Fair"))
    row = book.leads.rows([saved.id])[0]
    assert (row.name, row.company, row.status, row.source, row.owner) == (
        "Bo Ek",
        "Ørsted",
        "new",
        "Fair",
        "Rosa Quill",
    )
    assert (row.email, row.phone) == ("bo@x.org", "040 1234567")
    assert book.companies.page(ListRequest()).items == ()
    assert problems(book) == []


NAMES = {
    "the person": (lead_draft("Bo Ek", company="Ørsted"), "Bo Ek"),
    "the company": (lead_draft("", email("bo@x.org"), company="Ørsted"), "Ørsted"),
    "the email": (lead_draft("", phone("040 1234567"), email("bo@x.org")), "bo@x.org"),
    "the phone": (lead_draft("", phone("040 1234567")), "040 1234567"),
}


@pytest.mark.parametrize("what", NAMES)
def test_a_lead_is_called_by_the_first_thing_that_is_known(what: str, book: OpenWorkspace) -> None:
    draft, name = NAMES[what]
    assert book.leads.rows([book.leads.add(draft).id])[0].name == name


def test_a_lead_of_whom_nothing_is_known_is_refused(book: OpenWorkspace) -> None:
    with pytest.raises(InvalidValue, match="needs a name"):
        book.leads.add(lead_draft("", source="Fair"))
    saved = book.leads.add(lead_draft("Bo"))
    for draft, field in ((RecordDraft({"name": None}), "name"), (RecordDraft({"status": None}), "status")):
        with pytest.raises(InvalidValue) as refusal:
            book.leads.change(saved.id, draft)
        assert refusal.value.field == field


def test_a_disqualified_lead_has_a_reason(book: OpenWorkspace) -> None:
    lead = book.leads.add(lead_draft("Bo")).id
    with pytest.raises(InvalidValue, match="Say why"):
        book.leads.disqualify(lead, " ")
    book.leads.disqualify(lead, " no budget ")
    fields = book.leads.card(lead).fields
    assert (fields["status"], fields["disqualify_reason"]) == ("disqualified", "no budget")
    assert titles(book, "leads", "status:disqualified disqualify_reason:budget") == ["Bo"]
    assert titles(book, "leads", "status:new") == []
    book.history.undo()
    assert titles(book, "leads", "status:new") == ["Bo"]


def test_an_unknown_person_becomes_a_contact_of_a_new_company(book: OpenWorkspace) -> None:
    points = (email("bo@x.org"), email("b.ek@y.org"), phone("040 1234567"))
    lead = book.leads.add(
        lead_draft("Dr. Bo van Ek", *points, company="Ørsted", title="CEO", external_key="L-7", notes="keen")
    )
    made = book.leads.convert(lead.id)
    assert (made.lead, made.made_contact, made.made_company, made.deal) == (lead.uid, True, True, None)
    card = book.contacts.card(contact_of(book, made.contact))
    assert (card.fields["first_name"], card.fields["last_name"]) == ("Bo", "van Ek")
    assert (card.fields["title"], card.fields["external_key"], card.fields["notes"]) == ("CEO", "L-7", "keen")
    assert (card.fields["lifecycle"], card.owner) == ("prospect", "Rosa Quill")
    assert [(point.normal, point.is_primary) for point in card.points if point.kind == "email"] == [
        ("bo@x.org", True),
        ("b.ek@y.org", False),
    ]
    assert [(role.company_name, role.role, role.is_primary) for role in card.roles] == [("Ørsted", "CEO", True)]
    assert problems(book) == []


def test_a_converted_lead_keeps_its_own_data_and_names_what_it_became(book: OpenWorkspace, clock: ManualClock) -> None:
    lead = book.leads.add(lead_draft("Bo Ek", email("bo@x.org"), company="Ørsted", tags=("fair",), notes="keen"))
    before = book.leads.card(lead.id)
    clock.advance(timedelta(hours=1))
    made = book.leads.convert(lead.id, deal=WantedDeal())
    after = book.leads.card(lead.id)
    kept = ("name", "company", "email", "notes", "source", "owner")
    assert [after.fields[name] for name in kept] == [before.fields[name] for name in kept]
    assert (after.points, after.tags, after.fields["status"]) == (before.points, ("fair",), "converted")
    document = book.history.at(EntityKind.LEAD, lead.uid, clock.now())
    assert document is not None
    assert document["converted_at"] == int(clock.now().timestamp() * 1000)
    assert [document[f"converted_{what}"] for what in ("contact", "company", "deal")] == [
        uid.hex() for uid in (made.contact, made.company, made.deal) if uid is not None
    ]


def test_a_known_email_fills_up_its_contact_and_overwrites_nothing(book: OpenWorkspace) -> None:
    known = book.contacts.add(
        contact_draft("Bodil", "", email("BO@x.org"), company="Almeda", title="CFO", notes="met in May", tags=("vip",))
    )
    points = (email("bo@X.org"), email("new@x.org"), phone("040 1234567"))
    draft = lead_draft("Bo Ek", *points, company="Ørsted", title="CEO", notes="keen", tags=("fair",))
    made = book.leads.convert(book.leads.add(draft).id)
    assert (made.contact, made.made_contact, made.made_company) == (known.uid, False, True)
    card = book.contacts.card(known.id)
    assert (card.name, card.fields["title"], card.fields["notes"]) == ("Bodil", "CFO", "met in May\n\nkeen")
    assert {(point.normal, point.is_primary) for point in card.points} == {
        ("bo@x.org", True),
        ("new@x.org", False),
        ("+49401234567", True),
    }
    assert card.tags == ("fair", "vip")
    assert [(role.company_name, role.is_primary) for role in card.roles] == [("Almeda", True), ("Ørsted", False)]
    assert problems(book) == []


def test_an_email_of_somebody_in_the_trash_makes_a_new_contact(book: OpenWorkspace) -> None:
    gone = book.contacts.add(contact_draft("Bodil", "", email("bo@x.org")))
    book.contacts.delete([gone.id])
    assert book.leads.convert(book.leads.add(lead_draft("Bo", email("bo@x.org"))).id).made_contact


def test_a_known_company_is_taken_by_its_name_however_it_is_written(book: OpenWorkspace) -> None:
    known = book.companies.add(company_draft("Ørsted A/S"))
    made = book.leads.convert(book.leads.add(lead_draft("Bo", company="orsted a/s")).id)
    assert (made.company, made.made_company) == (known.uid, False)


def test_a_lead_without_a_company_becomes_a_contact_without_one(book: OpenWorkspace) -> None:
    made = book.leads.convert(book.leads.add(lead_draft("Bo")).id)
    assert (made.company, made.made_company) == (None, False)
    assert book.contacts.card(contact_of(book, made.contact)).roles == ()


DEALS = {
    "named": (WantedDeal("Pilot", 5_000, "EUR", "Proposal", date(2026, 9, 1)), "Ørsted", "Pilot", "Proposal"),
    "after the company": (WantedDeal(), "Ørsted", "Ørsted", "Qualified"),
    "after the person": (WantedDeal(" "), None, "Bo Ek", "Qualified"),
}


@pytest.mark.parametrize("case", DEALS)
def test_a_conversion_can_open_a_deal_with_the_person_in_it(case: str, book: OpenWorkspace) -> None:
    wanted, company, title, stage = DEALS[case]
    lead = book.leads.add(lead_draft("Bo Ek", company=company))
    made = book.leads.convert(lead.id, deal=wanted)
    assert made.deal is not None
    row = book.deals.rows([book.deals.resolve(made.deal.hex())])[0]
    assert (row.title, row.stage, row.company, row.contact) == (title, stage, company or "", "Bo Ek")
    assert (row.amount, row.currency, row.expected_close) == (wanted.amount, wanted.currency, wanted.expected_close)
    assert row.owner == "Rosa Quill"
    assert problems(book) == []


def test_a_conversion_into_a_stage_that_does_not_exist_leaves_nothing_behind(book: OpenWorkspace) -> None:
    lead = book.leads.add(lead_draft("Bo", company="Ørsted"))
    change_stages(book, Proposal={"required_fields": ()})
    before = facts(book.store)
    with pytest.raises(NotFound):
        book.leads.convert(lead.id, deal=WantedDeal(stage="nowhere"))
    assert facts(book.store) == before


def test_custom_values_are_carried_into_the_contacts_fields_of_the_same_name(book: OpenWorkspace) -> None:
    book.custom_fields.add(EntityKind.LEAD, "seats", FieldKind.NUMBER)
    book.custom_fields.add(EntityKind.LEAD, "plan", FieldKind.CHOICE, options=("gold", "tin"), personal=False)
    book.custom_fields.add(EntityKind.LEAD, "since", FieldKind.DATE)
    book.custom_fields.add(EntityKind.CONTACT, "Plan", FieldKind.CHOICE, options=("gold", "tin"))
    book.custom_fields.add(EntityKind.CONTACT, "since", FieldKind.TEXT)
    custom: dict[str, Value] = {"seats": 12, "plan": "gold", "since": date(2026, 5, 1)}
    made = book.leads.convert(book.leads.add(lead_draft("Bo", custom=custom)).id)
    assert book.contacts.card(contact_of(book, made.contact)).custom == {"seats": 12, "Plan": "gold"}
    assert problems(book) == []


def test_a_custom_value_of_the_contact_is_not_overwritten(book: OpenWorkspace) -> None:
    for entity in (EntityKind.LEAD, EntityKind.CONTACT):
        book.custom_fields.add(entity, "plan", FieldKind.TEXT)
    known = book.contacts.add(contact_draft("Bo", "", email("bo@x.org"), custom={"plan": "gold"}))
    book.leads.convert(book.leads.add(lead_draft("Bo", email("bo@x.org"), custom={"plan": "tin"})).id)
    assert book.contacts.card(known.id).custom == {"plan": "gold"}


def test_timeline_and_tasks_of_the_lead_are_the_contacts_too_and_stay_the_leads(book: OpenWorkspace) -> None:
    lead = book.leads.add(lead_draft("Bo", company="Ørsted"))
    other = book.contacts.add(contact_draft("Anna"))
    add_activity_of(book, subject="First call", lead=lead.uid)
    add_activity_of(book, subject="With Anna", lead=lead.uid, contact=other.uid)
    book.tasks.add(task_draft("Send offer", lead=lead.uid.hex()))
    with book.store.write("create", "test.file") as unit:
        document = unit.blank(EntityKind.FILE) | {
            "name": "offer.pdf",
            "size": 1,
            "digest": "ab",
            "lead": lead.uid.hex(),
        }
        file = unit.create(EntityKind.FILE, document)[0]
    made = book.leads.convert(lead.id, deal=WantedDeal("Pilot"))
    contact = contact_of(book, made.contact)
    assert [entry.subject for entry in book.activities.timeline(contact=contact)[0]] == ["First call"]
    assert [entry.subject for entry in book.activities.timeline(contact=other.id)[0]] == ["With Anna"]
    task = book.tasks.rows([1])[0]
    assert (task.contact, task.company, task.deal, task.lead) == ("Bo", "Ørsted", "Pilot", "Bo")
    called = book.activities.page(ListRequest("lead:bo deal:pilot", sort="created")).items
    assert [entry.subject for entry in called] == ["First call", "With Anna"]
    with book.store.write("read", "test.read") as unit:
        kept = unit.load(EntityKind.FILE, [file])[file][1]
    assert made.deal is not None
    assert (kept["contact"], kept["lead"], kept["deal"]) == (made.contact.hex(), lead.uid.hex(), made.deal.hex())
    assert book.leads.rows([lead.id])[0].last_activity_at == NOON
    assert problems(book) == []


def test_a_lead_is_converted_once(book: OpenWorkspace) -> None:
    lead = book.leads.add(lead_draft("Bo"))
    book.leads.convert(lead.id)
    before = facts(book.store)
    with pytest.raises(InvalidValue, match="converted already"):
        book.leads.convert(lead.id)
    with pytest.raises(NotFound):
        book.leads.convert(99)
    assert facts(book.store) == before


def test_one_undo_of_a_conversion_gives_everything_back_and_a_redo_makes_it_again(book: OpenWorkspace) -> None:
    book.custom_fields.add(EntityKind.LEAD, "plan", FieldKind.TEXT)
    known = book.contacts.add(contact_draft("Bodil", "", email("bo@x.org")))
    lead = book.leads.add(
        lead_draft(
            "Bo Ek", email("bo@x.org"), email("ek@y.org"), company="Ørsted", tags=("fair",), custom={"plan": "x"}
        )
    )
    add_activity_of(book, subject="First call", lead=lead.uid)
    book.tasks.add(task_draft("Send offer", lead=lead.uid.hex()))
    living = "SELECT count(*) FROM {} WHERE deleted_at IS NULL"
    before = book.contacts.card(known.id), book.leads.card(lead.id), book.tasks.card(1), book.activities.card(1)
    book.leads.convert(lead.id, deal=WantedDeal("Pilot"))
    converted = facts(book.store)
    outcome = book.history.undo()
    assert outcome.left_alone == ()
    after = book.contacts.card(known.id), book.leads.card(lead.id), book.tasks.card(1), book.activities.card(1)
    assert after == before
    with book.store.read() as connection:
        for table in ("company", "deal", "pipeline", "stage"):
            assert connection.exec_driver_sql(living.format(table)).scalar() == 0
    assert found(book, "orsted") == ["Bo Ek"]
    assert problems(book) == []
    book.history.redo()
    assert facts(book.store) == converted
    assert problems(book) == []
    book.history.undo()
    assert book.leads.convert(lead.id).contact == known.uid


FILTERS = {
    "": ["Bo Ek", "Cem", "Ørsted"],
    "status:new": ["Bo Ek", "Ørsted"],
    "status:converted": ["Cem"],
    "company:orsted": ["Bo Ek", "Ørsted"],
    "email:bo@x.org": ["Bo Ek"],
    "phone:1234567": ["Ørsted"],
    "source:fair": ["Bo Ek"],
    "score>50": ["Bo Ek"],
    "response_due<today": ["Bo Ek"],
    "owner:me tag:vip": ["Cem"],
    "last:any": ["Ørsted"],
    "ors": ["Bo Ek", "Ørsted"],
    "name:bo": ["Bo Ek"],
}


@pytest.fixture
def filled(book: OpenWorkspace) -> OpenWorkspace:
    """Three leads, one of them converted."""
    early = NOON - timedelta(days=2)
    book.leads.add(
        lead_draft("Bo Ek", email("bo@x.org"), company="Ørsted", source="Fair", score=80, response_due=early)
    )
    silent = book.leads.add(lead_draft("", phone("040 1234567"), company="Ørsted", score=10))
    add_activity_of(book, subject="Call", lead=silent.uid)
    book.leads.convert(book.leads.add(lead_draft("Cem", tags=("vip",))).id)
    return book


@pytest.mark.parametrize("where", FILTERS)
def test_a_query_finds_the_leads_it_means(where: str, filled: OpenWorkspace) -> None:
    assert titles(filled, "leads", where) == FILTERS[where]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("name", ["Bo Ek", "Cem", "Ørsted"]),
        ("score", ["Ørsted", "Bo Ek", "Cem"]),
        ("status", ["Bo Ek", "Ørsted", "Cem"]),
        ("response_due", ["Bo Ek", "Ørsted", "Cem"]),
        ("email", ["Bo Ek", "Ørsted", "Cem"]),
    ],
)
def test_a_list_of_leads_is_in_the_order_asked_for(field: str, expected: list[str], filled: OpenWorkspace) -> None:
    assert titles(filled, "leads", sort=field) == expected
