"""Consents of a contact and relations between contacts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.errors import InvalidValue, NotFound
from services.records.drafts import ConsentDraft, RecordDraft
from services.records.ids import Uid
from tests.support.workspaces import NOON, Book, make_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A workspace with two contacts, numbers 1 and 2."""
    made = make_book(tmp_path)
    for name in ("Anna", "Karim"):
        made.contacts.add(RecordDraft({"first_name": name}))
    yield made
    made.close()


def test_a_consent_is_kept_with_its_ground_and_proof(book: Book) -> None:
    draft = ConsentDraft("email", "granted", "consent", NOON - timedelta(days=3), " Form of 1 May ")
    book.contacts.set_consent(1, draft)
    consent = book.contacts.card(1).consents[0]
    assert (consent.channel, consent.state, consent.basis, consent.proof) == (
        "email",
        "granted",
        "consent",
        "Form of 1 May",
    )
    assert consent.decided_at == NOON - timedelta(days=3)


def test_what_is_said_of_a_channel_replaces_what_was_said_before(book: Book) -> None:
    book.contacts.set_consent(1, ConsentDraft("email", "granted", "contract"))
    first = book.contacts.card(1).consents[0]
    book.contacts.set_consent(1, ConsentDraft("email", "withdrawn"))
    book.contacts.set_consent(1, ConsentDraft("sms", "granted"))
    found = book.contacts.card(1).consents
    assert [(consent.channel, consent.state, consent.basis) for consent in found] == [
        ("email", "withdrawn", ""),
        ("sms", "granted", ""),
    ]
    assert found[0].uid == first.uid
    assert found[0].decided_at is not None


def test_a_consent_is_undone_and_forgotten(book: Book) -> None:
    batch = book.contacts.set_consent(1, ConsentDraft("email", "granted")).batch
    assert batch is not None
    book.history.undo(batch)
    assert book.contacts.card(1).consents == ()
    book.contacts.set_consent(1, ConsentDraft("call", "granted"))
    book.contacts.remove_consent(1, "call")
    assert book.contacts.card(1).consents == ()
    with pytest.raises(NotFound):
        book.contacts.remove_consent(1, "call")


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (ConsentDraft("fax", "granted"), "channel"),
        (ConsentDraft("email", "perhaps"), "state"),
        (ConsentDraft("email", "granted", "because"), "basis"),
        (ConsentDraft("email", "granted", decided_at=NOON + timedelta(days=900)), "decided_at"),
    ],
)
def test_a_consent_that_makes_no_sense_is_refused(book: Book, draft: ConsentDraft, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        book.contacts.set_consent(1, draft)
    assert refused.value.field == field
    assert book.contacts.card(1).consents == ()


def test_a_relation_names_the_other_contact(book: Book) -> None:
    book.contacts.add_relation(1, 2, "reports_to", note="since May")
    relation = book.contacts.card(1).relations[0]
    assert (relation.other_id, relation.other, relation.kind, relation.note) == (2, "Karim", "reports_to", "since May")
    assert book.contacts.card(2).relations == ()


def test_the_same_relation_said_twice_changes_its_note(book: Book) -> None:
    book.contacts.add_relation(1, 2, "colleague")
    book.contacts.add_relation(1, 2, "colleague", note="same floor")
    book.contacts.add_relation(1, 2, "friend")
    found = book.contacts.card(1).relations
    assert sorted((relation.kind, relation.note) for relation in found) == [("colleague", "same floor"), ("friend", "")]


def test_a_relation_is_removed_and_comes_back_by_undo(book: Book) -> None:
    book.contacts.add_relation(1, 2, "friend")
    batch = book.contacts.remove_relation(1, book.contacts.card(1).relations[0].uid).batch
    assert book.contacts.card(1).relations == ()
    assert batch is not None
    book.history.undo(batch)
    assert book.contacts.card(1).relations[0].kind == "friend"


@pytest.mark.parametrize(("other", "kind"), [(1, "friend"), (2, "enemy")])
def test_a_relation_that_makes_no_sense_is_refused(book: Book, other: int, kind: str) -> None:
    with pytest.raises(InvalidValue):
        book.contacts.add_relation(1, other, kind)


def test_nobody_is_related_to_somebody_who_is_not_there(book: Book) -> None:
    with pytest.raises(NotFound):
        book.contacts.add_relation(1, 99, "friend")
    with pytest.raises(NotFound):
        book.contacts.remove_relation(1, Uid(bytes(16)))
