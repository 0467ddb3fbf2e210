"""Who took part in an activity, and where it was: on every timeline, in lists, in search, and undone in one piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, NotFound
from services.records.drafts import RecordDraft
from services.store.queries.listing import ListRequest
from tests.support.table_dumps import facts
from tests.support.workspaces import NOON, Book, activity_draft, contact_draft, email, make_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Anna and Berta at Almeda, Otto at Ørsted."""
    book = make_book(tmp_path, clock=ManualClock(NOON))
    for first, company in (("Anna", "Almeda"), ("Berta", "Almeda"), ("Otto", "Ørsted")):
        book.contacts.add(contact_draft(first, "", email(f"{first.lower()}@x.example"), company=company))
    yield book
    book.close()


ANNA, BERTA, OTTO = 1, 2, 3
ALMEDA, ORSTED = 1, 2


def meeting(book: Book, participants: str, subject: str = "Kick-off") -> int:
    draft = activity_draft(
        subject, contact=book.contacts.card(ANNA).uid, type="meeting", location="Hafen 7", participants=participants
    )
    return book.activities.add(draft).id


def on_timeline(book: Book, *, contact: int | None = None, company: int | None = None) -> list[str]:
    entries, total = book.activities.timeline(contact=contact, company=company)
    assert total == len(entries)
    return [entry.subject for entry in entries]


def test_everybody_who_took_part_has_it_on_the_timeline_once(book: Book) -> None:
    local_id = meeting(book, "otto@x.example")
    for person in (ANNA, OTTO):
        assert on_timeline(book, contact=person) == ["Kick-off"]
    assert on_timeline(book, contact=BERTA) == []
    for company in (ALMEDA, ORSTED):
        assert on_timeline(book, company=company) == ["Kick-off"]
    entry = book.activities.timeline(contact=OTTO)[0][0]
    assert (entry.location, [person.name for person in entry.participants]) == ("Hafen 7", ["Otto"])
    book.activities.change(local_id, RecordDraft({"participants": "berta@x.example; otto@x.example"}))
    assert on_timeline(book, company=ALMEDA) == ["Kick-off"]
    book.activities.delete([local_id])
    assert on_timeline(book, contact=OTTO) == on_timeline(book, company=ORSTED) == []
    assert book.problems() == []


def test_whoever_took_part_was_in_touch(book: Book) -> None:
    at = NOON - timedelta(days=3)
    book.activities.change(meeting(book, "otto@x.example"), RecordDraft({"occurred_at": at}))
    rows = {row.name: row.last_activity_at for row in book.contacts.rows([ANNA, BERTA, OTTO])}
    assert rows == {"Anna": at, "Berta": None, "Otto": at}
    assert [row.last_activity_at for row in book.companies.rows([ALMEDA, ORSTED])] == [at, at]
    assert [row.name for row in book.contacts.page(ListRequest("last:none")).items] == ["Berta"]


def test_the_card_names_place_and_participants_and_says_them_as_they_are_typed(book: Book) -> None:
    card = book.activities.card(meeting(book, f"berta@x.example; {book.contacts.card(OTTO).uid.hex()}"))
    assert card.fields["location"] == "Hafen 7"
    assert [(person.name, person.key) for person in card.participants] == [
        ("Berta", "berta@x.example"),
        ("Otto", "otto@x.example"),
    ]
    again = RecordDraft({"participants": card.fields["participants"]})
    assert book.activities.change(card.id, again).batch is None


def test_place_and_participants_are_found_and_filtered_by(book: Book) -> None:
    meeting(book, "otto@x.example")
    assert [hit.title for hit in book.search.search("hafen").hits] == ["Kick-off"]
    for where in ("location:hafen", "with:otto", "participants:any", "hafen"):
        assert [row.subject for row in book.activities.page(ListRequest(where, sort="at")).items] == ["Kick-off"]
    assert book.activities.page(ListRequest("with:anna", sort="at")).items == ()
    assert book.problems() == []


def test_participants_are_undone_and_done_again_with_the_rest_of_a_change(book: Book) -> None:
    local_id = meeting(book, "otto@x.example")
    before = facts(book.store)
    book.activities.change(local_id, RecordDraft({"participants": "berta@x.example", "location": "Zoom"}))
    after = facts(book.store)
    assert on_timeline(book, contact=OTTO) == []
    book.history.undo()
    assert facts(book.store) == before
    book.history.redo()
    assert facts(book.store) == after
    book.activities.change(local_id, RecordDraft({"participants": None}))
    assert book.activities.card(local_id).participants == ()
    assert book.problems() == []


def test_whom_it_was_with_is_no_participant_besides(book: Book) -> None:
    local_id = meeting(book, "anna@x.example; otto@x.example")
    assert [person.name for person in book.activities.card(local_id).participants] == ["Otto"]
    book.activities.change(local_id, RecordDraft({"contact": "otto@x.example"}))
    assert book.activities.card(local_id).participants == ()


def test_with_participants_alone_it_was_with_the_first_of_them(book: Book) -> None:
    saved = book.activities.add(RecordDraft({"participants": "otto@x.example; berta@x.example"}))
    card = book.activities.card(saved.id)
    assert (card.fields["contact"], [person.name for person in card.participants]) == ("Otto", ["Berta"])


def test_a_participant_nobody_knows_is_refused(book: Book) -> None:
    with pytest.raises(NotFound, match="nobody"):
        meeting(book, "nobody@x.example")
    with pytest.raises(InvalidValue):
        book.activities.add(activity_draft("Offer", participants=None))
