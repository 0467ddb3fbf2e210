"""Mails on timelines: whose they are, each once, and undone like any change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from services.clock import ManualClock
from services.errors import InvalidValue, NotFound
from services.history import HistoryService
from services.mails import MailService
from tests.support.workspaces import NOON, Book, contact_draft, email, make_book


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A workspace of Rea who knows Anna and Ben."""
    book = make_book(tmp_path, clock=ManualClock(NOON))
    book.users.change_profile(email="Rea@own.example")
    book.contacts.add(contact_draft("Anna", "Berg", email("anna@firm.example")))
    book.contacts.add(contact_draft("Ben", "Ort", email("ben@firm.example")))
    yield book
    assert book.problems() == []
    book.close()


@pytest.fixture
def mails(book: Book) -> MailService:
    return MailService(book.store, book.access)


def saved_mail(
    folder: Path, number: int = 1, *, sender: str = "anna@firm.example", to: str = "rea@own.example"
) -> Path:
    """A mail in a file, as a mail program saves it."""
    path = folder / f"mail-{number}-{sender}.eml"
    path.write_text(
        f"From: {sender}\nTo: {to}\nSubject: Offer {number}\nDate: Tue, 03 Nov 2026 09:30:00 +0100\n"
        f"Message-ID: <{number}@firm.example>\n\nPlease send it.\n"
    )
    return path


def test_a_mail_stands_on_the_timeline_of_who_sent_it(book: Book, mails: MailService, tmp_path: Path) -> None:
    taken = mails.take([saved_mail(tmp_path)])
    (row,), count = book.activities.timeline(contact=1)
    assert (taken.created, count) == (1, 1)
    assert (row.type, row.subject, row.body, row.direction) == ("email", "Offer 1", "Please send it.", "in")


def test_a_mail_that_went_out_stands_with_the_first_it_went_to_and_the_others_took_part(
    book: Book, mails: MailService, tmp_path: Path
) -> None:
    mails.take([saved_mail(tmp_path, sender="rea@own.example", to="ben@firm.example, anna@firm.example")])
    (row,), _ = book.activities.timeline(contact=2)
    card = book.activities.card(row.id)
    assert row.direction == "out"
    assert [person.name for person in card.participants] == ["Anna Berg"]


def test_the_same_message_comes_in_once(book: Book, mails: MailService, tmp_path: Path) -> None:
    path = saved_mail(tmp_path)
    first = mails.take([path, path])
    again = mails.take([path])
    assert (first.created, first.known) == (1, 1)
    assert (again.created, again.known, again.batch) == (0, 1, None)


def test_a_mail_in_the_trash_comes_back_instead_of_standing_there_twice(
    book: Book, mails: MailService, tmp_path: Path
) -> None:
    path = saved_mail(tmp_path)
    mails.take([path])
    rows, _ = book.activities.timeline(contact=1)
    book.activities.delete([rows[0].id])
    assert mails.take([path]).restored == 1
    assert [row.id for row in book.activities.timeline(contact=1)[0]] == [rows[0].id]


def test_all_mails_are_one_batch_that_undo_takes_away(book: Book, mails: MailService, tmp_path: Path) -> None:
    taken = mails.take([saved_mail(tmp_path, number) for number in range(1, 6)])
    assert taken.batch is not None
    assert book.activities.timeline(contact=1)[1] == 5
    HistoryService(book.store, book.access).undo(taken.batch)
    assert book.activities.timeline(contact=1)[1] == 0


def test_what_cannot_be_placed_or_read_is_told_and_the_rest_comes_in(
    book: Book, mails: MailService, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.eml"
    broken.write_bytes(b"\xd0\xcf\x11\xe0")
    stranger = saved_mail(tmp_path, 7, sender="who@else.example")
    taken = mails.take([broken, stranger, saved_mail(tmp_path), tmp_path / "none.eml"])
    assert taken.created == 1
    assert {reject.name for reject in taken.rejects} == {"broken.eml", stranger.name, "none.eml"}


def test_the_contact_can_be_said(book: Book, mails: MailService, tmp_path: Path) -> None:
    taken = mails.take([saved_mail(tmp_path, sender="who@else.example")], contact=2)
    assert (taken.created, taken.rejects) == (1, ())
    assert book.activities.timeline(contact=2)[1] == 1


def test_a_contact_that_is_gone_or_no_file_at_all_is_refused(book: Book, mails: MailService, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        mails.take([saved_mail(tmp_path)], contact=99)
    book.contacts.delete([2])
    with pytest.raises(NotFound):
        mails.take([saved_mail(tmp_path)], contact=2)
    with pytest.raises(InvalidValue):
        mails.take([])
