"""Renaming, ordering and deleting own fields."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.errors import InvalidValue, NotFound
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from tests.support.workspaces import Book, make_book

CONTACT = EntityKind.CONTACT


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A workspace with three own fields of contacts and one of companies."""
    made = make_book(tmp_path)
    made.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("Basic", "Pro"))
    made.custom_fields.add(CONTACT, "seats", FieldKind.NUMBER)
    made.custom_fields.add(CONTACT, "hobby", FieldKind.TEXT)
    made.custom_fields.add(EntityKind.COMPANY, "fleet", FieldKind.NUMBER)
    yield made
    made.close()


def uid_of(book: Book, name: str) -> Uid:
    """The uid of a field."""
    return next(field.uid for field in book.custom_fields.all() if field.name == name)


def names(book: Book) -> list[str]:
    """The fields of contacts in their order."""
    return [field.name for field in book.custom_fields.all(CONTACT)]


def test_a_field_is_called_otherwise_and_keeps_its_name(book: Book) -> None:
    batch = book.custom_fields.change(uid_of(book, "plan"), label=" Price plan ").batch
    field = book.custom_fields.all(CONTACT)[0]
    assert (field.name, field.label) == ("plan", "Price plan")
    assert batch is not None
    book.history.undo(batch)
    assert book.custom_fields.all(CONTACT)[0].label == "plan"


def test_a_choice_gets_other_options_without_blanks_and_repetitions(book: Book) -> None:
    book.custom_fields.change(uid_of(book, "plan"), options=["Pro", " Team ", "", "Pro"])
    assert book.custom_fields.all(CONTACT)[0].options == ("Pro", "Team")


@pytest.mark.parametrize(("name", "options"), [("plan", []), ("plan", [" "]), ("seats", ["1"])])
def test_options_that_make_no_sense_are_refused(book: Book, name: str, options: list[str]) -> None:
    with pytest.raises(InvalidValue) as refused:
        book.custom_fields.change(uid_of(book, name), options=options)
    assert refused.value.field == "options"


def test_fields_are_put_into_another_order_and_back(book: Book) -> None:
    batch = book.custom_fields.reorder(CONTACT, [uid_of(book, "hobby"), uid_of(book, "plan")]).batch
    assert names(book) == ["hobby", "plan", "seats"]
    assert batch is not None
    book.history.undo(batch)
    assert names(book) == ["plan", "seats", "hobby"]


def test_the_same_order_again_is_no_change(book: Book) -> None:
    order = [field.uid for field in book.custom_fields.all(CONTACT)]
    assert book.custom_fields.reorder(CONTACT, order).batch is None


def test_a_deleted_field_is_gone_and_undo_brings_its_values_back(book: Book) -> None:
    local_id = book.contacts.add(RecordDraft({"first_name": "Anna"}, custom={"seats": 12})).id
    batch = book.custom_fields.delete(uid_of(book, "seats")).batch
    assert names(book) == ["plan", "hobby"]
    assert book.contacts.card(local_id).custom == {}
    assert batch is not None
    book.history.undo(batch)
    assert names(book) == ["plan", "seats", "hobby"]
    assert book.contacts.card(local_id).custom == {"seats": 12}


def test_the_name_of_a_deleted_field_can_be_used_again(book: Book) -> None:
    book.custom_fields.delete(uid_of(book, "seats"))
    made = book.custom_fields.add(CONTACT, "seats", FieldKind.TEXT)
    assert made.kind == "text"
    assert names(book).count("seats") == 1


def test_a_field_that_is_gone_cannot_be_changed(book: Book) -> None:
    uid = uid_of(book, "seats")
    book.custom_fields.delete(uid)
    with pytest.raises(NotFound):
        book.custom_fields.change(uid, label="Seats")
    with pytest.raises(NotFound):
        book.custom_fields.delete(uid)


def test_the_ledger_holds_after_all_of_it(book: Book) -> None:
    book.custom_fields.change(uid_of(book, "plan"), label="Plan", options=["A"])
    book.custom_fields.reorder(CONTACT, [uid_of(book, "hobby")])
    book.custom_fields.delete(uid_of(book, "seats"))
    assert book.problems() == []
