"""What the verbs of records, users and settings do beyond storing: names become links, values are refused in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.errors import InvalidValue, NotFound
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.records.ids import UserId
from services.records.people import Role
from services.values.points import address_point
from tests.support.table_dumps import everything
from tests.support.workspaces import Book, activity_draft, company_draft, contact_draft, email, make_book, phone


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = make_book(tmp_path)
    yield book
    book.close()


def companies(book: Book) -> list[str]:
    with book.store.read() as connection:
        return list(connection.exec_driver_sql("SELECT name FROM company ORDER BY id").scalars())


def test_a_company_named_by_its_uid_is_linked_and_no_other_is_made(book: Book) -> None:
    company = book.companies.add(company_draft("Ørsted"))
    saved = book.contacts.add(contact_draft("Anna", company=company.uid.hex()))
    book.contacts.change_many([saved.id], RecordDraft({"company": company.uid.hex()}))
    assert [role.company_id for role in book.contacts.card(saved.id).roles] == [company.id]
    assert companies(book) == ["Ørsted"]


def test_a_company_named_in_another_spelling_is_the_same_one(book: Book) -> None:
    for number, name in enumerate(("Ørsted", "ORSTED", " ørsted ")):
        book.contacts.add(contact_draft(f"Anna {number}", company=name))
    assert companies(book) == ["Ørsted"]


def test_taking_off_a_tag_that_nobody_has_makes_none(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", tags=("vip",)))
    assert book.contacts.tag([saved.id], "nobody", on=False).batch is None
    assert book.contacts.tag([saved.id], "VIP", on=False).batch is not None
    assert [(tag.name, tag.records) for tag in book.tags.all()] == [("vip", 0)]


def test_the_owner_may_be_named_as_me(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", owner="me"))
    assert book.contacts.card(saved.id).owner == "Rosa Quill"
    book.contacts.change(saved.id, RecordDraft({"owner": None}))
    assert book.contacts.card(saved.id).owner == ""
    book.contacts.change(saved.id, RecordDraft({"owner": "ROSA@example.org"}))
    assert book.contacts.card(saved.id).owner == "Rosa Quill"


def address_of(book: Book, local_id: int) -> tuple[Any, ...]:
    with book.store.read() as connection:
        sql = "SELECT raw, city, country, normal FROM contact_point WHERE contact_id = ? AND kind = 'address'"
        return tuple(connection.exec_driver_sql(sql, (local_id,)).one())


def test_an_address_is_compared_as_it_stands_after_one_part_of_it_was_changed(book: Book) -> None:
    first = address_point(street="Elbchaussee 1", city="Bonn", country="DE")
    moved = address_point(city="Köln")
    assert first is not None
    assert moved is not None
    saved = book.contacts.add(contact_draft("Anna", "", first))
    assert address_of(book, saved.id) == ("Elbchaussee 1", "Bonn", "DE", "elbchaussee 1 bonn de")
    book.contacts.change(saved.id, RecordDraft({}, (moved,)))
    assert address_of(book, saved.id) == ("Elbchaussee 1", "Köln", "DE", "elbchaussee 1 koln de")
    book.contacts.change(saved.id, RecordDraft({"country": None}))
    assert address_of(book, saved.id) == ("Elbchaussee 1", "Köln", None, "elbchaussee 1 koln")
    assert book.contacts.change(saved.id, RecordDraft({}, (moved,))).batch is None


def test_the_first_point_of_a_kind_is_the_primary_one_and_an_heir_follows_it(book: Book) -> None:
    saved = book.contacts.add(contact_draft("Anna", "", email("a@x.org"), email("b@x.org"), phone("040 123456")))
    assert [(point.raw, point.is_primary) for point in book.contacts.card(saved.id).points] == [
        ("a@x.org", True),
        ("b@x.org", False),
        ("040 123456", True),
    ]
    book.contacts.change(saved.id, RecordDraft({"email": None}))
    assert [(point.raw, point.is_primary) for point in book.contacts.card(saved.id).points] == [
        ("b@x.org", True),
        ("040 123456", True),
    ]


REFUSED: dict[str, Callable[[Book], object]] = {
    "a contact without name, email and phone": lambda book: book.contacts.add(contact_draft(title="CEO")),
    "a contact whose last name is taken away": lambda book: book.contacts.change(1, RecordDraft({"first_name": None})),
    "a company without a name": lambda book: book.companies.add(company_draft(" ")),
    "an activity with nobody": lambda book: book.activities.add(activity_draft("Offer")),
    "an activity without a type": lambda book: book.activities.change(1, RecordDraft({"type": None})),
    "an activity without a time": lambda book: book.activities.change(1, RecordDraft({"occurred_at": None})),
    "a field there is not": lambda book: book.contacts.change(1, RecordDraft({"shoe_size": 42})),
    "a custom field there is not": lambda book: book.contacts.add(contact_draft("Eva", custom={"shoe": 42})),
    "a custom field of another kind": lambda book: book.custom_fields.add(EntityKind.CONTACT, "plan", FieldKind.NUMBER),
    "a custom field without a name": lambda book: book.custom_fields.add(EntityKind.CONTACT, "--", FieldKind.TEXT),
    "a custom field that is an email": lambda book: book.custom_fields.add(EntityKind.CONTACT, "x", FieldKind.EMAIL),
    "a custom field of a tag": lambda book: book.custom_fields.add(EntityKind.TAG, "x", FieldKind.TEXT),
    "a tag without a name": lambda book: book.contacts.tag([1], " "),
    "nothing selected": lambda book: book.contacts.delete([]),
    "a user without a name": lambda book: book.users.add("  "),
    "a profile without a name": lambda book: book.users.change_profile(name=None),
    "a profile with a field there is not": lambda book: book.users.change_profile(role="owner"),
    "the last owner as a member": lambda book: book.users.set_role(UserId(1), Role.MEMBER),
    "a setting that JSON cannot hold": lambda book: book.settings.set("limit", 10**30),
    "an owner there is not": lambda book: book.contacts.change(1, RecordDraft({"owner": "Nobody"})),
    "a contact there is not": lambda book: book.contacts.change(99, contact_draft("Eva")),
    "one contact of many that is not there": lambda book: book.contacts.delete([1, 99]),
    "a role for a user there is not": lambda book: book.users.set_role(UserId(99), Role.MEMBER),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_kept_is_refused_in_words_and_nothing_is_written(name: str, book: Book) -> None:
    book.custom_fields.add(EntityKind.CONTACT, "plan", FieldKind.TEXT)
    saved = book.contacts.add(contact_draft("Anna"))
    book.activities.add(activity_draft("Offer", contact=saved.uid))
    before = everything(book.store)
    with pytest.raises((InvalidValue, NotFound)) as refusal:
        REFUSED[name](book)
    assert refusal.value.title
    assert refusal.value.message
    assert everything(book.store) == before


def test_a_profile_is_kept_tidy(book: Book) -> None:
    book.users.change_profile(name="  Rosa  ", email=" Rosa@Example.ORG ", work_week=[5, 1], territory="")
    user = book.users.acting()
    assert user is not None
    assert (user.name, user.email, user.work_week, user.territory) == ("Rosa", "rosa@example.org", (1, 5), "")


def test_a_setting_that_was_taken_away_by_an_undo_can_be_given_again(book: Book) -> None:
    book.settings.set("currency", "EUR")
    book.history.undo()
    assert book.settings.get("currency", "none") == "none"
    book.settings.set("currency", {"code": "PLN"})
    assert book.settings.all() == {"currency": {"code": "PLN"}}
    book.settings.set("currency", None)
    assert book.settings.all() == {}
    assert book.problems() == []
