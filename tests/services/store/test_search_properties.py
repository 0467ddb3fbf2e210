"""That no text makes a search fail, and that any record is found by any beginning of any of its words."""

from __future__ import annotations

import string
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.values.text import fold
from tests.support.workspaces import Book, activity_draft, contact_draft, make_book, phone


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A workspace in which every example leaves nothing but its trash."""
    book = make_book(tmp_path_factory.mktemp("search"))
    book.contacts.add(contact_draft("Anna", "Wortmann", phone("040 1234567")))
    yield book
    book.close()


ODD = (
    *("", " ", '"', "'", "*", "-", "(", ")", "{name}", "name:", "^anna", "AND", "OR", "NOT", "NEAR(a b)", "a AND"),
    *("\x00", "a\x00b", "\ud800", "🙂", "٣٤", "%", "_", "\\", "a\tb\nc", "x" * 100_000, "wort " * 5_000, "1 " * 5_000),
    *(" ".join(string.ascii_letters), "0" * 500, "00", "+", "(0)", "ß" * 3_000, "ﷺ" * 300, "\u0301" * 50),
)


@pytest.mark.parametrize("query", ODD, ids=lambda query: repr(query[:12]))
def test_no_text_makes_a_search_fail_or_last(query: str, book: Book) -> None:
    started = time.perf_counter()
    book.search.search(query)
    assert time.perf_counter() - started < 2


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.text(max_size=60))
def test_any_text_can_be_searched_for(query: str, book: Book) -> None:
    book.search.search(query)


LETTERS = st.characters(categories=("Lu", "Ll", "Lt", "Lo", "Nd", "Mn", "Mc"), max_codepoint=0x1FFFF)
WORD = st.one_of(
    st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyzäöüßłøđıİþéñçšžÅÆŒ'-."), min_size=1, max_size=12),
    st.text(LETTERS, min_size=1, max_size=6),
)
WORDS = st.lists(WORD, min_size=1, max_size=3).map(" ".join)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=WORDS,
    company=WORDS,
    notes=WORDS,
    subject=WORDS,
    digits=st.text(st.sampled_from("0123456789"), min_size=6, max_size=9),
)
def test_any_record_is_found_by_any_beginning_of_any_of_its_words(
    name: str, company: str, notes: str, subject: str, digits: str, book: Book
) -> None:
    draft = contact_draft("", f"qq {name}", phone(f"+4989{digits}"), company=f"qq {company}", notes=notes)
    contact = book.contacts.add(draft)
    activity = book.activities.add(
        activity_draft(subject, contact=contact.uid, notes=notes, occurred_at=datetime(2026, 1, 1, tzinfo=UTC))
    )
    card = book.contacts.card(contact.id)
    places = {
        ("contact", contact.id): (name, company, notes),
        ("company", card.roles[0].company_id): (company,),
        ("activity", activity.id): (subject, notes),
    }
    for (entity, local_id), texts in places.items():
        for word in (word for text in texts for word in text.split() if fold(word)):
            for end in range(1, len(word) + 1):
                if fold(word[:end]):
                    hits = book.search.search(word[:end], limit=1000).hits
                    assert (entity, local_id) in {(hit.entity, hit.id) for hit in hits}, word[:end]
    for start in range(len(digits) - 2):
        for end in range(start + 3, len(digits) + 1):
            hits = book.search.search(digits[start:end], limit=1000).hits
            assert ("contact", contact.id) in {(hit.entity, hit.id) for hit in hits}
    # Out of the way of the next example, so that the limit does not hide it.
    book.activities.delete([activity.id])
    book.contacts.delete([contact.id])
    book.companies.delete([card.roles[0].company_id])
