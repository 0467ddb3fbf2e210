"""No hot path reads a whole table, and a long page costs as many statements as a short one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from services.lead_conversion import WantedDeal
from services.open_workspace import OpenWorkspace, join
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.records.sales import StageDraft, StageKind
from services.store import engine
from services.store.queries.leads import linked_to
from services.store.queries.listing import ListRequest, list_ids
from services.store.queries.matching import activities_at, contacts_named, ids_by_key, known_keys
from tests.services.selling import add_activity_of, add_event, deal_draft, lead_draft, task_draft
from tests.services.store.statements import Heard, hear, scans
from tests.support.workspaces import (
    CIPHER,
    NOON,
    activity_draft,
    company_draft,
    contact_draft,
    email,
    make_book,
    make_workspace,
    open_store,
    phone,
)

PEOPLE = 60
SMALL = frozenset(
    {
        *(
            "custom_field",
            "user",
            "pipeline",
            "stage",
            "workspace",
            "opened_by",
            "recent",
            "tag",
            "setting",
            "import_job",
        ),
        *("sqlite_sequence", "search_name_config", "search_body_config", "main", "CONSTANT", "2", "wanted"),
    }
)
"""Tables that hold a handful of rows whatever the size of the workspace, and the values of the statement itself."""


@pytest.fixture(scope="module")
def heard_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[OpenWorkspace, Heard]]:
    """A workspace of some people, to whose statements is listened."""
    book = make_workspace(tmp_path_factory.mktemp("plans"))
    for number in range(PEOPLE):
        points = (email(f"a{number}@example.org"), phone(f"040 1234{number:03}"))
        contact = book.contacts.add(
            contact_draft(
                "Anna", f"Berg {number}", *points, company=f"Firm {number % 7}", tags=("vip",), notes="sailing"
            )
        )
        book.activities.add(activity_draft(f"Offer {number}", contact=contact.uid, body="Call back"))
        with_whom = f"a{(number or 1) - 1}@example.org"
        book.activities.add(activity_draft("Meeting", contact=contact.uid, location="Hafen", participants=with_whom))
        book.activities.add(activity_draft("Visit", company=book.contacts.card(contact.id).roles[0].company_uid))
        book.search.remember(EntityKind.CONTACT, contact.id)
    for number, card in enumerate(book.contacts.cards(list(range(1, PEOPLE + 1)))):
        sell_to(book, number, card.uid)
    book.history.undo()
    book.close()
    with pytest.MonkeyPatch.context() as patched:
        heard = hear(patched)
        opened = join(open_store(book.store.path))
        opened.users.act_as(None)
        yield opened, heard
        opened.close()


def sell_to(book: OpenWorkspace, number: int, contact: Uid) -> None:
    """A deal, a lead, a task, an event and a timeline of each with one person."""
    stage = ("Qualified", "Proposal", "Won")[number % 3]
    deal = book.deals.add(
        deal_draft(f"Pilot {number}", company=f"Firm {number % 7}", contact=contact.hex(), stage=stage, amount=number)
    )
    lead = book.leads.add(lead_draft(f"Bo {number}", email(f"l{number}@example.org"), company=f"Firm {number % 7}"))
    links = {"contact": contact.hex(), "deal": deal.uid.hex(), "lead": lead.uid.hex()}
    book.tasks.add(task_draft(f"Call {number}", NOON, remind_at=NOON, **links))
    add_event(
        book, f"Demo {number}", {"contact": contact.hex(), "email": f"a{number}@example.org"}, deal=deal.uid.hex()
    )
    add_activity_of(book, subject="Call", deal=deal.uid, lead=lead.uid)


def listed(book: OpenWorkspace, entity: EntityKind, where: str, sort: str = "name") -> object:
    with book.store.read() as connection:
        return list_ids(connection, entity, ListRequest(where, sort), now=NOON, actor=book.store.actor)


def read(book: OpenWorkspace, query: Callable[..., object], *arguments: object) -> None:
    with book.store.read() as connection:
        query(connection, *arguments)


KEYS = {
    f"matching {entity} by {key}": lambda book, entity=entity, key=key: read(book, ids_by_key, entity, key, ["x", "y"])
    for entity in (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY)
    for key in known_keys(entity)
}
HOT: dict[str, Callable[[OpenWorkspace], object]] = {
    "open a contact": lambda book: book.contacts.card(7),
    "open a company": lambda book: book.companies.card(3),
    "open a meeting": lambda book: book.activities.card(2),
    "open an activity": lambda book: book.activities.card(3),
    "rows of contacts": lambda book: book.contacts.rows(list(range(1, 51))),
    "rows of companies": lambda book: book.companies.rows(list(range(1, 8))),
    "rows of activities": lambda book: book.activities.rows(list(range(1, 51))),
    "timeline of a contact": lambda book: book.activities.timeline(contact=7),
    "timeline of a company": lambda book: book.activities.timeline(company=3),
    "calls on a timeline": lambda book: book.activities.timeline(contact=7, types=("call", "note")),
    "a contact by uid": lambda book: book.contacts.resolve(book.contacts.card(7).uid.hex()[:30]),
    "search a name": lambda book: book.search.search("anna berg"),
    "search with a typo": lambda book: book.search.search("anan breg"),
    "search a phone": lambda book: book.search.search("040 1234"),
    "search a body": lambda book: book.search.search("call back"),
    "recents": lambda book: book.search.recents(),
    "history of a record": lambda book: book.history.of_record(Uid(book.contacts.card(7).uid)),
    "history of the workspace": lambda book: book.history.batches(limit=50),
    "whether there is something to undo": lambda book: book.history.can_undo(),
    "who is acting": lambda book: book.users.acting(),
    "a setting": lambda book: book.settings.get("currency"),
    "add a contact": lambda book: book.contacts.add(
        contact_draft("Berta", "Berg", email("b@example.org"), company="Firm 3", tags=("vip",), owner="me")
    ),
    "add an activity": lambda book: book.activities.add(activity_draft("Offer", contact=book.contacts.card(7).uid)),
    "change a contact": lambda book: book.contacts.change(7, contact_draft("Carla", "", phone("040 999888"))),
    "rename a company": lambda book: book.companies.change(3, company_draft("Firma 3")),
    "tag many": lambda book: book.contacts.tag([1, 2, 3], "lead"),
    "delete many": lambda book: book.contacts.delete([4, 5]),
    "undo and redo": lambda book: (book.history.undo(), book.history.redo()),
    "poll": lambda book: book.store.poll(),
    "contacts by name": lambda book: read(book, contacts_named, ["berg anna"]),
    "activities at a moment": lambda book: read(book, activities_at, [(1, 2), (3, 4)]),
    "open a deal": lambda book: book.deals.card(7),
    "open a lead": lambda book: book.leads.card(7),
    "open a task": lambda book: book.tasks.card(7),
    "rows of deals": lambda book: book.deals.rows(list(range(1, 51))),
    "rows of leads": lambda book: book.leads.rows(list(range(1, 51))),
    "rows of tasks": lambda book: book.tasks.rows(list(range(1, 51))),
    "a board": lambda book: book.deals.board(1),
    "a board of some": lambda book: book.deals.board(1, where="pilot"),
    "what stands over a board": lambda book: book.deals.totals(1),
    "visits of a deal": lambda book: book.deals.visits(7),
    "activities of a lead": lambda book: read(book, linked_to, "activity", 7),
    "tasks of a lead": lambda book: read(book, linked_to, "task", 7),
    "files of a lead": lambda book: read(book, linked_to, "file", 7),
    "what is due": lambda book: book.tasks.due(),
    "reminders": lambda book: (book.tasks.reminders(), book.tasks.next_reminder_at()),
    "open deals": lambda book: book.deals.ids(ListRequest("status:open")),
    "won deals": lambda book: book.deals.ids(ListRequest("stage:won")),
    "deals of a stage": lambda book: book.deals.ids(ListRequest("stage:Proposal", "expected_close")),
    "deals of a pipeline": lambda book: book.deals.ids(ListRequest("pipeline:sales", "amount")),
    "deals of a person": lambda book: book.deals.ids(ListRequest("contact:a7@example.org")),
    "deals of a company": lambda book: book.deals.ids(ListRequest('company:"firm 3"')),
    "deals by words": lambda book: book.deals.ids(ListRequest("pilot firm")),
    "new leads": lambda book: book.leads.ids(ListRequest("status:new", "response_due")),
    "a lead by email": lambda book: book.leads.ids(ListRequest("email:l7@example.org")),
    "leads by words": lambda book: book.leads.ids(ListRequest("bo firm")),
    "open tasks": lambda book: book.tasks.ids(ListRequest("status:open", "due")),
    "tasks of a person": lambda book: book.tasks.ids(ListRequest("contact:a7@example.org", "due")),
    "tasks by words": lambda book: book.tasks.ids(ListRequest("call 7")),
    "events by words": lambda book: listed(book, EntityKind.EVENT, "demo 7"),
    "search a deal": lambda book: book.search.search("pilot 7"),
    "search a lead's phone": lambda book: book.search.search("l7@example.org"),
    "add a deal": lambda book: book.deals.add(deal_draft("Neu", company="Firm 3", contact="a7@example.org")),
    "move a deal": lambda book: book.deals.move(7, "Negotiation"),
    "win a deal": lambda book: book.deals.win(7),
    "add a lead": lambda book: book.leads.add(lead_draft("Neu", email("neu@example.org"), company="Firm 3")),
    "add a task": lambda book: book.tasks.add(task_draft("Neu", NOON, deal="Pilot 7")),
    "tick tasks off": lambda book: book.tasks.done([1, 2]),
    "put a task off": lambda book: book.tasks.snooze(3, NOON + timedelta(days=1)),
    "convert a lead and undo it": lambda book: (
        book.leads.convert(
            book.leads.add(lead_draft("Neu", email("x@y.org"), company="Neuland")).id, deal=WantedDeal()
        ),
        book.history.undo(),
    ),
    "the first deal and its undo": lambda book: (
        book.pipelines.add("Neu", [StageDraft(kind.value, kind) for kind in StageKind]),
        book.history.undo(),
    ),
    **KEYS,
}


def found_in(book: OpenWorkspace, heard: Heard, work: Callable[[OpenWorkspace], object]) -> set[tuple[str, str]]:
    """What a piece of work scans and sorts, small tables left out."""
    with heard.during() as statements:
        work(book)
    assert statements
    connection = engine.connect(book.store.path, CIPHER)
    found = {scan for statement in statements for scan in scans(connection, statement)}
    connection.close()
    return {(table, detail) for table, detail in found if table not in SMALL}


@pytest.mark.parametrize("name", HOT)
def test_a_hot_path_reads_no_whole_table(name: str, heard_book: tuple[OpenWorkspace, Heard]) -> None:
    found = found_in(*heard_book, HOT[name])
    assert {(table, detail) for table, detail in found if "TEMP" not in detail} == set()


@pytest.mark.parametrize("service", ["contacts", "companies", "deals", "leads", "tasks"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_by_name_comes_out_of_its_index_in_order(
    service: str, descending: bool, heard_book: tuple[OpenWorkspace, Heard]
) -> None:
    found = found_in(*heard_book, lambda book: getattr(book, service).ids(ListRequest(descending=descending)))
    table = {"companies": "company"}.get(service, service[:-1])
    assert found == {(table, f"SCAN t USING INDEX ix_{table}_sort_name")}


@pytest.mark.parametrize("service", ["contacts", "companies"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_of_one_lifecycle_by_name_comes_out_of_its_index_in_order(
    service: str, descending: bool, heard_book: tuple[OpenWorkspace, Heard]
) -> None:
    request = ListRequest(where="lifecycle:prospect", descending=descending)
    assert found_in(*heard_book, lambda book: getattr(book, service).ids(request)) == set()


def test_a_page_by_name_reads_no_further_than_it_must(heard_book: tuple[OpenWorkspace, Heard]) -> None:
    found = found_in(*heard_book, lambda book: book.contacts.page(ListRequest(), limit=5))
    assert not {detail for table, detail in found if "TEMP" in detail and table == "contact"}


def statements_of(book: OpenWorkspace, heard: Heard, work: Callable[[], object]) -> int:
    work()
    with heard.during() as statements:
        work()
    return len(statements)


PAGES: dict[str, Callable[[OpenWorkspace, int], object]] = {
    "rows of contacts": lambda book, size: book.contacts.rows(list(range(1, size + 1))),
    "rows of companies": lambda book, size: book.companies.rows(list(range(1, size + 1))),
    "rows of activities": lambda book, size: book.activities.rows(list(range(1, size + 1))),
    "cards of contacts": lambda book, size: book.contacts.cards(list(range(1, size + 1))),
    "cards of activities": lambda book, size: book.activities.cards(list(range(1, size + 1))),
    "a page of contacts": lambda book, size: book.contacts.page(ListRequest(), limit=size),
    "a page of activities": lambda book, size: book.activities.page(ListRequest(sort="occurred_at"), limit=size),
    "rows of deals": lambda book, size: book.deals.rows(list(range(1, size + 1))),
    "rows of leads": lambda book, size: book.leads.rows(list(range(1, size + 1))),
    "rows of tasks": lambda book, size: book.tasks.rows(list(range(1, size + 1))),
    "cards of deals": lambda book, size: book.deals.cards(list(range(1, size + 1))),
    "cards of leads": lambda book, size: book.leads.cards(list(range(1, size + 1))),
    "cards of tasks": lambda book, size: book.tasks.cards(list(range(1, size + 1))),
    "a page of deals": lambda book, size: book.deals.page(ListRequest(), limit=size),
    "a page of leads": lambda book, size: book.leads.page(ListRequest(), limit=size),
    "a page of tasks": lambda book, size: book.tasks.page(ListRequest(sort="due"), limit=size),
    "a timeline": lambda book, size: book.activities.timeline(company=1, limit=size),
    "the history": lambda book, size: book.history.batches(limit=size),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_fifty_costs_as_many_statements_as_one_of_five(
    name: str, heard_book: tuple[OpenWorkspace, Heard]
) -> None:
    book, heard = heard_book
    five, fifty = (statements_of(book, heard, partial(PAGES[name], book, size)) for size in (5, 50))
    assert five == fifty
    assert five <= 12


@pytest.mark.parametrize("records", [1, 500])
def test_a_bulk_edit_costs_a_few_statements_a_slice_however_many_records(records: int, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        heard = hear(patched)
        book = make_book(tmp_path)
        with book.store.write("create", "test.many") as unit:
            documents = [unit.blank(EntityKind.CONTACT) | {"first_name": f"Anna {n}"} for n in range(records)]
            unit.create_many(EntityKind.CONTACT, documents)
        with heard.during() as statements, book.store.write("edit", "test.bulk", Origin.USER) as unit:
            unit.edit_many(EntityKind.CONTACT, range(1, records + 1), lambda document: document.update(title="CEO"))
        reads = [statement for statement in statements if statement.startswith("SELECT")]
        book.close()
    assert len(reads) <= 16
