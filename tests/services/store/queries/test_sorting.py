"""Lists are in the order of the field asked for, the same at every call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection

from services.errors import InvalidValue
from services.filtering.fields import fields_of
from services.records.fields import CONTACT_LIFECYCLES, EntityKind
from services.store.queries.sorting import order_by
from services.values.text import fold
from tests.services.store.queries import sample_book as sample
from tests.services.store.queries.people import OWN_FIELDS, REGION, SEATS, Book, Entry, Organisation, Person, write_book

CONTACT, COMPANY, ACTIVITY = EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY
BOOK = sample.sample_book()


@pytest.fixture(scope="module")
def book() -> Book:
    """The records in memory."""
    return BOOK


@pytest.fixture(scope="module")
def connection(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The same records in an encrypted file."""
    engine = write_book(Path(tmp_path_factory.mktemp("sorting")) / "book.mycrm", book)
    with engine.connect() as made:
        yield made
    engine.dispose()


def in_order(connection: Connection, entity: EntityKind, field: str, *, descending: bool = False) -> list[int]:
    order = order_by(entity, field, descending=descending, custom_fields=OWN_FIELDS)
    return [row[0] for row in connection.exec_driver_sql(f"SELECT t.id FROM {entity} t ORDER BY {order}")]


def last_of(person: Person) -> int | None:
    mine = [e.occurred_at for e in BOOK.entries if person.id in (e.contact, *e.participants) and e.deleted_at is None]
    return max(mine, default=None)


def company_of(person: Person) -> str | None:
    return next((company.sort_name for company in BOOK.organisations if company.id == person.company), None)


def owner_of(record: Any) -> str | None:
    return next((fold(user.name) for user in BOOK.users if user.id == record.owner), None)


ORDERS: list[tuple[EntityKind, str, Callable[[Any], Any]]] = [
    (CONTACT, "name", lambda person: person.sort_name),
    (CONTACT, "company", company_of),
    (CONTACT, "last", last_of),
    (CONTACT, "created", lambda person: person.created_at),
    (CONTACT, "city", lambda person: fold(person.addresses[0].city or "") if person.addresses else None),
    (CONTACT, "owner", owner_of),
    (CONTACT, "lifecycle", lambda p: CONTACT_LIFECYCLES.index(p.lifecycle) if p.lifecycle else None),
    (CONTACT, "email", lambda person: person.emails[0].lower() if person.emails else None),
    (CONTACT, "title", lambda person: fold(person.title or "")),
    (CONTACT, "birthday", lambda person: person.birthday),
    (CONTACT, "custom.seats", lambda person: person.custom.get(SEATS.uid.hex())),
    (CONTACT, "custom.REGION", lambda person: fold(person.custom.get(REGION.uid.hex()) or "")),
    (CONTACT, "id", lambda person: person.id),
    (COMPANY, "name", lambda company: company.sort_name),
    (COMPANY, "size", lambda company: company.size),
    (COMPANY, "domain", lambda company: company.domain),
    (ACTIVITY, "at", lambda entry: entry.occurred_at),
    (ACTIVITY, "amount", lambda entry: entry.amount),
]


@pytest.mark.parametrize(("entity", "field", "key"), ORDERS, ids=[f"{o[0]} {o[1]}" for o in ORDERS])
@pytest.mark.parametrize("descending", [False, True])
def test_a_list_is_in_the_order_of_its_field_with_missing_values_last_and_ties_by_id(
    connection: Connection,
    book: Book,
    entity: EntityKind,
    field: str,
    key: Callable[[Any], Any],
    *,
    descending: bool,
) -> None:
    records = book.records(entity)
    with_value = [record for record in records if key(record) is not None and key(record) != ""]
    without = [record for record in records if record not in with_value]
    expected = sorted(with_value, key=lambda record: (key(record), record.id), reverse=descending)
    expected += sorted(without, key=lambda record: record.id, reverse=descending)
    if field == "name" and entity is CONTACT:
        # People without any name stand where the empty name is.
        expected = sorted(records, key=lambda record: (key(record), record.id), reverse=descending)
    assert in_order(connection, entity, field, descending=descending) == [record.id for record in expected]


@pytest.mark.parametrize("entity", [CONTACT, COMPANY, ACTIVITY])
def test_every_field_with_an_order_can_be_sorted_by(connection: Connection, entity: EntityKind) -> None:
    everything = sorted(record.id for record in BOOK.records(entity))
    for name in fields_of(entity, OWN_FIELDS):
        if name not in ("tags", "notes", "body", "address", "participants", "verified", "bounced"):
            assert sorted(in_order(connection, entity, name)) == everything


@pytest.mark.parametrize(("field", "meant"), [("nmae", "name"), ("tags", ""), ("t.id; DROP TABLE contact", "")])
def test_a_field_without_an_order_is_refused(field: str, meant: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        order_by(CONTACT, field)
    assert field in caught.value.title
    assert caught.value.field == "sort"
    assert (f"Did you mean “{meant}”?" in caught.value.message) is bool(meant)


def test_the_sample_has_ties_and_missing_values() -> None:
    """Otherwise the tests above could not fail for them."""
    assert len({person.sort_name for person in BOOK.people}) < len(BOOK.people)
    assert any(not person.emails for person in BOOK.people)
    assert any(isinstance(record, Organisation) and record.size is None for record in BOOK.organisations)
    assert any(isinstance(record, Entry) and record.amount is None for record in BOOK.entries)
