"""What a contact is, or was, at companies: a role with its days, one of them primary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from services.errors import InvalidValue, NotFound
from services.records.drafts import RoleDraft
from tests.support.table_dumps import facts
from tests.support.workspaces import Book, contact_draft, make_book

START, END = date(2020, 1, 1), date(2024, 6, 30)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = make_book(tmp_path)
    book.contacts.add(contact_draft("Anna", company="Almeda"))
    yield book
    book.close()


def links(book: Book) -> list[tuple[str, str, bool, date | None, date | None]]:
    roles = book.contacts.card(1).roles
    return [(role.company_name, role.role, role.is_primary, role.started_on, role.ended_on) for role in roles]


def test_a_contact_is_linked_to_several_companies_with_role_and_days(book: Book) -> None:
    book.contacts.link_company(1, RoleDraft("Ørsted", "Board member", START, END))
    assert links(book) == [("Almeda", "", True, None, None), ("Ørsted", "Board member", False, START, END)]
    assert book.contacts.rows([1])[0].company == "Almeda"
    assert book.problems() == []


def test_only_what_is_said_of_a_link_changes_and_an_empty_day_is_taken_away(book: Book) -> None:
    book.contacts.link_company(1, RoleDraft("Ørsted", "Board member", START, END))
    before = facts(book.store)
    book.contacts.link_company(1, RoleDraft("orsted", ended_on=""))
    assert links(book)[1] == ("Ørsted", "Board member", False, START, None)
    assert book.contacts.link_company(1, RoleDraft("Ørsted", "Board member")).batch is None
    book.history.undo()
    assert facts(book.store) == before


def test_the_primary_link_is_the_one_a_list_shows_and_there_is_only_one(book: Book) -> None:
    book.contacts.link_company(1, RoleDraft("Ørsted", is_primary=True))
    assert [(name, primary) for name, _, primary, *_ in links(book)] == [("Ørsted", True), ("Almeda", False)]
    assert book.contacts.rows([1])[0].company == "Ørsted"


def test_a_link_taken_away_leaves_a_primary_one_behind(book: Book) -> None:
    book.contacts.link_company(1, RoleDraft("Former", ended_on=END))
    book.contacts.link_company(1, RoleDraft("Ørsted"))
    book.contacts.unlink_company(1, "Almeda")
    assert [(name, primary) for name, _, primary, *_ in links(book)] == [("Ørsted", True), ("Former", False)]
    book.history.undo()
    assert book.contacts.rows([1])[0].company == "Almeda"
    assert book.problems() == []


def test_a_contact_without_companies_is_shown_under_the_first_one_linked(book: Book) -> None:
    book.contacts.unlink_company(1, "Almeda")
    assert links(book) == []
    book.contacts.link_company(1, RoleDraft("Ørsted"))
    assert links(book) == [("Ørsted", "", True, None, None)]


def test_what_cannot_be_is_refused_and_nothing_is_written(book: Book) -> None:
    before = facts(book.store)
    with pytest.raises(InvalidValue, match="end before it began"):
        book.contacts.link_company(1, RoleDraft("Almeda", started_on=END, ended_on=START))
    with pytest.raises(NotFound, match="not linked to “New”"):
        book.contacts.unlink_company(1, "New")
    assert facts(book.store) == before
