"""No hot path reads a whole table, and a long page costs as many statements as a short one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.store import engine
from services.store.queries.listing import ListRequest
from services.store.queries.matching import activities_at, contacts_named, ids_by_key, known_keys
from tests.services.store.statements import Heard, hear, scans
from tests.support.workspaces import (
    CIPHER,
    Book,
    activity_draft,
    company_draft,
    contact_draft,
    email,
    make_book,
    open_book,
    phone,
)

PEOPLE = 60
SMALL = frozenset(
    {
        *("custom_field", "user", "workspace", "opened_by", "recent", "tag", "setting", "import_job"),
        *("sqlite_sequence", "search_name_config", "search_body_config", "main", "CONSTANT", "2", "wanted"),
    }
)
"""Tables that hold a handful of rows whatever the size of the workspace, and the values of the statement itself."""


@pytest.fixture(scope="module")
def heard_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, Heard]]:
    """A workspace of some people, to whose statements is listened."""
    book = make_book(tmp_path_factory.mktemp("plans"))
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
    book.history.undo()
    book.close()
    with pytest.MonkeyPatch.context() as patched:
        heard = hear(patched)
        opened = open_book(book.store.path)
        yield opened, heard
        opened.close()


def read(book: Book, query: Callable[..., object], *arguments: object) -> None:
    with book.store.read() as connection:
        query(connection, *arguments)


KEYS = {
    f"matching {entity} by {key}": lambda book, entity=entity, key=key: read(book, ids_by_key, entity, key, ["x", "y"])
    for entity in (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY)
    for key in known_keys(entity)
}
HOT: dict[str, Callable[[Book], object]] = {
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
    **KEYS,
}


def found_in(book: Book, heard: Heard, work: Callable[[Book], object]) -> set[tuple[str, str]]:
    """What a piece of work scans and sorts, small tables left out."""
    with heard.during() as statements:
        work(book)
    assert statements
    connection = engine.connect(book.store.path, CIPHER)
    found = {scan for statement in statements for scan in scans(connection, statement)}
    connection.close()
    return {(table, detail) for table, detail in found if table not in SMALL}


@pytest.mark.parametrize("name", HOT)
def test_a_hot_path_reads_no_whole_table(name: str, heard_book: tuple[Book, Heard]) -> None:
    found = found_in(*heard_book, HOT[name])
    assert {(table, detail) for table, detail in found if "TEMP" not in detail} == set()


@pytest.mark.parametrize("service", ["contacts", "companies"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_by_name_comes_out_of_its_index_in_order(
    service: str, descending: bool, heard_book: tuple[Book, Heard]
) -> None:
    found = found_in(*heard_book, lambda book: getattr(book, service).ids(ListRequest(descending=descending)))
    table = {"contacts": "contact", "companies": "company"}[service]
    assert found == {(table, f"SCAN t USING INDEX ix_{table}_sort_name")}


@pytest.mark.parametrize("service", ["contacts", "companies"])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_of_one_lifecycle_by_name_comes_out_of_its_index_in_order(
    service: str, descending: bool, heard_book: tuple[Book, Heard]
) -> None:
    request = ListRequest(where="lifecycle:prospect", descending=descending)
    assert found_in(*heard_book, lambda book: getattr(book, service).ids(request)) == set()


def test_a_page_by_name_reads_no_further_than_it_must(heard_book: tuple[Book, Heard]) -> None:
    found = found_in(*heard_book, lambda book: book.contacts.page(ListRequest(), limit=5))
    assert not {detail for table, detail in found if "TEMP" in detail and table == "contact"}


def statements_of(book: Book, heard: Heard, work: Callable[[], object]) -> int:
    work()
    with heard.during() as statements:
        work()
    return len(statements)


PAGES: dict[str, Callable[[Book, int], object]] = {
    "rows of contacts": lambda book, size: book.contacts.rows(list(range(1, size + 1))),
    "rows of companies": lambda book, size: book.companies.rows(list(range(1, size + 1))),
    "rows of activities": lambda book, size: book.activities.rows(list(range(1, size + 1))),
    "cards of contacts": lambda book, size: book.contacts.cards(list(range(1, size + 1))),
    "cards of activities": lambda book, size: book.activities.cards(list(range(1, size + 1))),
    "a page of contacts": lambda book, size: book.contacts.page(ListRequest(), limit=size),
    "a page of activities": lambda book, size: book.activities.page(ListRequest(sort="occurred_at"), limit=size),
    "a timeline": lambda book, size: book.activities.timeline(company=1, limit=size),
    "the history": lambda book, size: book.history.batches(limit=size),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_fifty_costs_as_many_statements_as_one_of_five(name: str, heard_book: tuple[Book, Heard]) -> None:
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
