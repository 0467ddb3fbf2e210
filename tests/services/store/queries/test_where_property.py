"""Any query finds in the file what it finds when every record is looked at on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from services.filtering.fields import FilterField, Matching, fields_of
from services.filtering.tree import (
    ME,
    Age,
    AgeUnit,
    Amount,
    Comparison,
    Days,
    Moment,
    Operator,
    Pattern,
    Period,
    Query,
    Value,
    Words,
)
from services.records.fields import EntityKind
from services.store.queries.where import QueryContext, compile_query
from tests.services.filtering.queries import queries
from tests.services.store.queries import sample_book as sample
from tests.services.store.queries.brute_force import Asker, matching_ids
from tests.services.store.queries.people import OWN_FIELDS, Book, uid_of, write_book

ENTITIES = (EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.ACTIVITY)
ZONE = ZoneInfo("America/New_York")
ASKER = Asker(sample.NOW, ZONE, uid_of("user", 1))

_PIECES = ("", "berg", "Al", "al", "example", ".example", "@", "a", "4", "40", " ", "o", "-", "[", "ü", "n B")
_PATTERNS = (
    st.lists(st.sampled_from(_PIECES), min_size=2, max_size=3)
    .map(lambda parts: (parts[0], *filter(None, parts[1:-1]), parts[-1]))
    .filter(any)
    .map(Pattern)
)
_BY_FIELD: Mapping[str, tuple[Any, ...]] = {
    "external_key": sample.KEYS,
    "first_name": (*sample.FIRST_NAMES, "lukasz", "oneil"),
    "last_name": (*sample.LAST_NAMES, "grossmann", "dordevic"),
    "name": (*sample.FIRST_NAMES, *sample.LAST_NAMES, *sample.COMPANIES, "Berg Anna", "soren vireo example", "⚡"),
    "title": ("procurement", "lead of", "Head of Procurement", "geschaftsfuhrer"),
    "subject": ("procurement", "pricing koln", "Köln"),
    "body": ("pallets", "discount 400", "grossere MENGE", "🔥", "हिन्दी", "back call"),
    "notes": ("pallets", "discount 400", "grossere MENGE", "🔥", "हिन्दी", "back call"),
    "address": ("Hauptstrasse 1", "hauptstraße DE", "hamburg"),
    "email": ("ANNA.berg@almeda.example", "soren@vireo.example", "nobody@x.example"),
    "phone": ("+494012345", "04012345", "12345", "0049 40 12345", "212 555 0100", "999"),
    "website": ("almeda.example", "https://vireo.example", "http://www.vireo.example/de"),
    "social": ("@nobody",),
    "city": (*sample.CITIES, "koln", "bad-homburg", "Lodz"),
    "company": (*sample.COMPANIES, "ALMEDA", "berg & co", uid_of("company", 3).hex(), uid_of("company", 3).hex()[:30]),
    "contact": ("anna", "berg", "Anna Berg", "anna.berg@almeda.example", uid_of("contact", 5).hex(), "⚡"),
    "owner": (ME, "lena", "lukasz BERG", "lb@mycrm.example", "Me", "nobody", uid_of("user", 2).hex()),
    "tags": (*sample.TAGS, "Vip", "vip-2026", "fair koln"),
    "language": ("DE", "en-gb", "fr"),
    "time_zone": ("europe/berlin", "America/New_York"),
    "currency": ("eur", "JPY"),
    "domain": (*sample.DOMAINS, "ALMEDA.example"),
    "industry": ("LOGISTICS", "health-care"),
    "source": (*sample.SOURCES, "web site"),
    "outcome": ("no answer", "agreed"),
    "churn_reason": ("price",),
    "country": sample.COUNTRIES,
    "size": (0, 1, 49, 50, 50.5, 51, 2**70),
    "duration_s": (0, 60, 3600, 59),
    "amount": tuple(
        Amount(Decimal(value), currency)
        for value in ("0", "19.99", "20", "1999", "1.999", "-0.5", "120000")
        for currency in ("", "EUR", "JPY", "KWD")
    ),
    "uid": (uid_of("contact", 7).hex(), uid_of("company", 7).hex()[:31], "6", "63"),
    "id": (1, 7, 40, 10**17),
}
_MOMENTS = (
    Moment(datetime(2026, 11, 22, 8, 30)),  # noqa: DTZ001 - clock time where the rep is
    Moment(datetime(2026, 11, 22, 13, 30, tzinfo=UTC)),
    Moment(datetime(2026, 11, 21, 13, 30, 1, tzinfo=UTC)),
)
_SPANS = tuple(
    Days(day, day) for day in (date(2026, 11, 22), date(2026, 11, 21), date(2025, 11, 22), date(2000, 2, 29))
)
_LONG_SPANS = (
    Days(date(2026, 11, 1), date(2026, 11, 30)),
    Days(date(2025, 1, 1), date(2025, 12, 31)),
    Days(date(1990, 1, 1), date(1990, 1, 1)),
)


def asked_for(field: FilterField) -> st.SearchStrategy[Value]:
    """Values of which some are there, and some are not."""
    if field.matching is Matching.CHOICE:
        return st.sampled_from(field.choices)
    if field.matching is Matching.YES_NO:
        return st.booleans()
    if field.matching in (Matching.DATE, Matching.MOMENT):
        moments = _MOMENTS if field.matching is Matching.MOMENT else ()
        return st.sampled_from((*_SPANS, *_LONG_SPANS, *moments, *Period))
    if field.custom is not None:
        return st.sampled_from((0, 1, 10, 10.5, 11)) if field.matching is Matching.NUMBER else _text(sample.CITIES)
    known = _BY_FIELD[field.name]
    if field.name == "phone":
        return st.sampled_from((*known, Pattern(("+49", "")), Pattern(("", "12", "5"))))
    return st.sampled_from(known) if not isinstance(known[0], str) and known[0] is not ME else _maybe_text(field, known)


def _maybe_text(field: FilterField, known: tuple[Any, ...]) -> st.SearchStrategy[Value]:
    without = field.matching in (Matching.COUNTRY, Matching.UID)
    return st.sampled_from(known) if without else st.sampled_from(known) | _PATTERNS


def _text(known: tuple[str, ...]) -> st.SearchStrategy[Value]:
    return st.sampled_from(known) | _PATTERNS


_WORDS = st.lists(
    st.sampled_from(
        ("an", "Berg", "bergm", "al", "ALMEDA", "łuk", "soren", "x", "हि", "花", "discount", "pal", "&", "⚡", "gro")
    ),
    min_size=1,
    max_size=2,
).map(lambda words: Words(tuple(words)))


_AGES = (
    *(Age(count, AgeUnit.DAY) for count in (0, 1, 7, 30, 365)),
    *(Age(count, AgeUnit.WEEK) for count in (1, 52)),
    *(Age(count, AgeUnit.MONTH) for count in (1, 9)),
    *(Age(count, AgeUnit.YEAR) for count in (0, 1, 9999)),
)


def ages_of(field: FilterField) -> st.SearchStrategy[Age] | None:
    """How long ago: often exactly as long as something was."""
    hours = (Age(24, AgeUnit.HOUR), Age(168, AgeUnit.HOUR)) if field.matching is Matching.MOMENT else ()
    dated = field.matching in (Matching.DATE, Matching.MOMENT)
    return st.sampled_from((*_AGES, *hours)) if dated else None


_ASKED = st.one_of(
    [
        st.tuples(st.just(entity), queries(fields_of(entity, OWN_FIELDS), asked_for, ages_of, _WORDS))
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
    expected = matching_ids(book, entity, query, ASKER)
    deleted = {record.id for record in book.records(entity) if record.deleted_at is not None}
    assert found_ids(connection, entity, query, trash=False) == expected - deleted
    assert found_ids(connection, entity, query, trash=True) == expected & deleted


def test_the_sample_is_rich_enough_that_every_field_is_found_and_missed(book: Book) -> None:
    never_kept = {"social", "churn_reason"}
    never_empty = {"created", "uid", "id", "name", "type", "occurred_at", "recorded_at"}
    for entity in ENTITIES:
        everything = {record.id for record in book.records(entity)}
        for name in fields_of(entity, OWN_FIELDS if entity is EntityKind.CONTACT else ()):
            if name in never_kept or (entity, name) == (EntityKind.COMPANY, "last"):
                continue
            filled = matching_ids(book, entity, Comparison(name, Operator.FILLED), ASKER)
            assert filled, f"{entity} {name}"
            assert filled < everything or name in never_empty, f"{entity} {name}"
