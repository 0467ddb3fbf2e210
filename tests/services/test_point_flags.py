"""What is known of a contact point: whether it was verified, and whether mail to it came back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from services.errors import NotFound
from services.records.drafts import RecordDraft
from services.records.ids import Uid
from services.store.queries.listing import ListRequest
from tests.support.table_dumps import facts
from tests.support.workspaces import Book, company_draft, contact_draft, email, make_book, phone


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = make_book(tmp_path)
    yield book
    book.close()


def flags(book: Book, local_id: int) -> dict[str, tuple[bool, bool]]:
    return {point.normal: (point.verified, point.bounced) for point in book.contacts.card(local_id).points}


def test_a_point_is_marked_found_unmarked_and_undone(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", "", email("a@x.example"), email("b@x.example")))
    other = book.contacts.add(contact_draft("Otto", "", email("o@x.example")))
    point = book.contacts.card(saved.id).points[1].uid
    before = facts(book.store)
    book.contacts.mark_point(saved.id, point, bounced=True)
    assert flags(book, saved.id) == {"a@x.example": (False, False), "b@x.example": (False, True)}

    def found(where: str) -> list[int]:
        return [row.id for row in book.contacts.page(ListRequest(where)).items]

    assert (found("bounced:yes"), found("bounced:no"), found("verified:yes")) == ([saved.id], [other.id], [])
    assert book.contacts.mark_point(saved.id, point, bounced=True).batch is None
    book.contacts.mark_point(saved.id, point, bounced=False, verified=True)
    assert flags(book, saved.id)["b@x.example"] == (True, False)
    book.history.undo()
    assert flags(book, saved.id)["b@x.example"] == (False, True)
    book.history.undo()
    assert facts(book.store) == before
    book.history.redo()
    assert flags(book, saved.id)["b@x.example"] == (False, True)
    assert book.problems() == []


def test_a_company_has_points_that_can_be_marked_too(book: Book) -> None:
    saved = book.companies.add(company_draft("Almeda", phone("040 123456")))
    book.companies.mark_point(saved.id, book.companies.card(saved.id).points[0].uid, verified=True)
    assert [row.id for row in book.companies.page(ListRequest("verified:yes")).items] == [saved.id]


def test_a_point_there_is_not_is_refused(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna"))
    with pytest.raises(NotFound, match="no such contact point"):
        book.contacts.mark_point(saved.id, Uid(bytes(16)), bounced=True)


KNOWN: list[tuple[str, dict[str, Any], tuple[bool, bool]]] = [
    ("the same address written again keeps what is known of it", {}, (True, False)),
    ("a draft that says so changes it", {"verified": False, "bounced": True}, (False, True)),
]


@pytest.mark.parametrize(("_", "said", "expected"), KNOWN, ids=[case[0] for case in KNOWN])
def test_what_is_known_of_a_point_follows_the_point(
    book: Book, _: str, said: dict[str, Any], expected: tuple[bool, bool]
) -> None:
    saved = book.contacts.add(contact_draft("Anna", "", replace(email("a@x.example"), verified=True)))
    book.contacts.change(saved.id, RecordDraft({}, (replace(email("A@X.example", "work"), **said),)))
    assert flags(book, saved.id) == {"a@x.example": expected}


def test_of_another_address_in_its_place_nothing_is_known(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", "", replace(email("a@x.example"), bounced=True)))
    book.contacts.change(saved.id, RecordDraft({}, (email("new@x.example"),)))
    assert flags(book, saved.id) == {"new@x.example": (False, False)}
    book.history.undo()
    assert flags(book, saved.id) == {"a@x.example": (False, True)}
