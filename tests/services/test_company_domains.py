"""A company has several domains: the first is shown, each is found, a list only adds to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.editing import DraftApplier, Mode
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.catalogue import domains_of
from services.store.queries.listing import ListRequest
from tests.services.store.reading import facts
from tests.support.workspaces import Book, company_draft, make_book

DOMAINS = ("a.example", "b.example", "c.example", "d.example")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = make_book(tmp_path)
    yield book
    book.close()


def found(book: Book, where: str) -> list[str]:
    return [row.name for row in book.companies.page(ListRequest(where)).items]


def test_the_first_domain_is_shown_and_any_is_found(book: Book) -> None:
    saved = book.companies.add(company_draft("Almeda", domain="almeda.example; almeda-group.test"))
    book.companies.add(company_draft("Ørsted", domain="orsted.example"))
    card = book.companies.card(saved.id)
    assert card.domains == ("almeda.example", "almeda-group.test")
    assert card.fields["domain"] == "almeda.example; almeda-group.test"
    assert [row.domain for row in book.companies.rows([saved.id])] == ["almeda.example"]
    for where in ("domain:almeda.example", "domain:ALMEDA-group.test", "domain:almeda-*", "almeda-group"):
        assert found(book, where) == ["Almeda"]
    assert [hit.title for hit in book.search.search("group test").hits] == ["Almeda"]
    assert book.problems() == []


def test_what_is_typed_replaces_the_domains_and_keeps_those_that_are_named_again(book: Book) -> None:
    saved = book.companies.add(company_draft("Almeda", domain="a.example; b.example"))

    def keys() -> dict[str, str]:
        with book.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT domain, lower(hex(uid)) FROM company_domain").fetchall()
        return {row[0]: row[1] for row in rows}

    before = keys()
    book.companies.change(saved.id, RecordDraft({"domain": "b.example; c.example"}))
    assert book.companies.card(saved.id).domains == ("b.example", "c.example")
    assert keys()["b.example"] == before["b.example"]
    assert found(book, "domain:a.example") == []
    assert book.companies.change(saved.id, RecordDraft({"domain": "b.example; c.example"})).batch is None
    book.companies.change(saved.id, RecordDraft({"domain": None}))
    assert book.companies.card(saved.id).fields["domain"] is None
    assert [row.domain for row in book.companies.rows([saved.id])] == [""]
    book.history.undo()
    book.history.undo()
    assert keys() == before
    assert book.problems() == []


def test_a_company_in_the_trash_is_found_there_by_any_domain(book: Book) -> None:
    saved = book.companies.add(company_draft("Almeda", domain="a.example; other.test"))
    book.companies.delete([saved.id])
    for where in ("other", "domain:other.test"):
        assert [row.id for row in book.companies.page(ListRequest(where, trash=True)).items] == [saved.id]


FROM_FILE = [
    ("", "b.example", ["b.example"]),
    ("a.example", "a.example", ["a.example"]),
    ("a.example", "b.example", ["b.example", "a.example"]),
    ("a.example; b.example", "b.example", ["a.example", "b.example"]),
    ("a.example", "a.example; c.example", ["a.example", "c.example"]),
    ("a.example; b.example", "c.example; b.example; d.example", ["c.example", "a.example", "b.example", "d.example"]),
]


@pytest.mark.parametrize(("standing", "named", "expected"), FROM_FILE)
def test_a_file_adds_domains_and_takes_none_away(book: Book, standing: str, named: str, expected: list[str]) -> None:
    saved = book.companies.add(company_draft("Almeda", domain=standing))
    with book.store.write("import", "test.domains") as unit:
        applier = DraftApplier(unit, EntityKind.COMPANY, from_file=True)
        draft = RecordDraft({"domain": named})
        unit.edit(EntityKind.COMPANY, saved.id, lambda document: applier.apply(document, draft))
        document = unit.load(EntityKind.COMPANY, [saved.id])[saved.id][1]
        assert domains_of(document) == expected
        assert not unit.edit(EntityKind.COMPANY, saved.id, lambda standing: applier.apply(standing, draft))
        fill = RecordDraft({"domain": "z.example"})
        assert not unit.edit(EntityKind.COMPANY, saved.id, lambda standing: applier.apply(standing, fill, Mode.FILL))
    assert book.problems() == []


LISTS = st.lists(st.sampled_from(DOMAINS), unique=True, max_size=4)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(LISTS, min_size=1, max_size=5))
def test_any_order_of_domains_is_kept_and_every_change_of_them_can_be_undone(
    book: Book, changes: list[list[str]]
) -> None:
    saved = book.companies.add(company_draft("Almeda"))
    states = [facts(book.store)]
    made = 0
    for domains in changes:
        changed = book.companies.change(saved.id, RecordDraft({"domain": "; ".join(domains) or None}))
        assert list(book.companies.card(saved.id).domains) == domains
        if changed.batch is not None:
            made += 1
            states.append(facts(book.store))
    for state in reversed(states[:-1]):
        book.history.undo()
        assert facts(book.store) == state
    for _ in range(made):
        book.history.redo()
    assert facts(book.store) == states[-1]
