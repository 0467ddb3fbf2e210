"""Any query finds in the file what it finds when every record is looked at on its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.filtering.fields import fields_of
from services.filtering.tree import (
    Comparison,
    Operator,
    Query,
)
from services.records.fields import EntityKind
from services.store.queries.where import QueryContext, compile_query
from tests.services.filtering.queries import queries
from tests.services.store.queries import sample_book as sample
from tests.services.store.queries.asked_values import WORDS, ages_of, every_comparison, values_of
from tests.services.store.queries.brute_force import Asker, matching_ids
from tests.services.store.queries.people import OWN_FIELDS, Book, uid_of, write_book

ENTITIES = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY)
ZONE = ZoneInfo("America/New_York")
ASKER = Asker(sample.NOW, ZONE, uid_of("user", 1))

_ASKED = st.one_of(
    [
        st.tuples(st.just(entity), queries(fields_of(entity, OWN_FIELDS), values_of, ages_of, WORDS))
        for entity in ENTITIES
    ]
)


@pytest.fixture(scope="module")
def book() -> Book:
    """The records in memory."""
    return sample.sample_book()


@pytest.fixture(scope="module")
def connection(book: Book, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """The same records in an encrypted file."""
    engine = write_book(Path(tmp_path_factory.mktemp("where")) / "book.mycrm", book)
    with engine.connect() as made:
        yield made
    engine.dispose()


def found_ids(connection: Connection, entity: EntityKind, query: Query, *, trash: bool) -> set[int]:
    context = QueryContext(sample.NOW, ASKER.actor, OWN_FIELDS, ZONE, trash=trash)
    condition, bound = compile_query(query, entity, context)
    state = "NOT NULL" if trash else "NULL"
    sql = f"SELECT t.id FROM {entity} t WHERE t.deleted_at IS {state} AND ({condition})"
    return {row[0] for row in connection.exec_driver_sql(sql, tuple(bound))}


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(asked=_ASKED)
def test_the_file_answers_any_query_as_looking_at_each_record_does(
    asked: tuple[EntityKind, Query], connection: Connection, book: Book
) -> None:
    entity, query = asked
    compare(connection, book, entity, query)


def compare(connection: Connection, book: Book, entity: EntityKind, query: Query) -> None:
    expected = matching_ids(book, entity, query, ASKER)
    deleted = {record.id for record in book.records(entity) if record.deleted_at is not None}
    assert found_ids(connection, entity, query, trash=False) == expected - deleted, query
    assert found_ids(connection, entity, query, trash=True) == expected & deleted, query


@pytest.mark.parametrize("entity", ENTITIES)
def test_each_operator_of_each_field_finds_what_looking_at_each_record_does(
    connection: Connection, book: Book, entity: EntityKind
) -> None:
    for field in fields_of(entity, OWN_FIELDS).values():
        for query in every_comparison(field):
            compare(connection, book, entity, query)


def test_the_sample_is_rich_enough_that_every_field_is_found_and_missed(book: Book) -> None:
    never_empty = {"created", "uid", "id", "name", "type", "occurred_at", "recorded_at", "verified", "bounced"}
    for entity in ENTITIES:
        everything = {record.id for record in book.records(entity)}
        for name in fields_of(entity, OWN_FIELDS if entity is EntityKind.CONTACT else ()):
            filled = matching_ids(book, entity, Comparison(name, Operator.FILLED), ASKER)
            assert filled, f"{entity} {name}"
            assert filled < everything or name in never_empty, f"{entity} {name}"
