"""Rows, ledger, projections and index are committed together or not at all, wherever a change fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from services.events import Event
from services.records.fields import EntityKind
from services.store import writing
from services.store.ledger.journal import Journal
from services.store.rows import RowWriter
from services.store.search_index import SearchIndexer
from tests.support.table_dumps import everything
from tests.support.workspaces import Book, activity_draft, contact_draft, email, make_book, phone


class Injected(Exception):
    """What goes wrong on purpose."""


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    book = make_book(tmp_path)
    saved = book.contacts.add(contact_draft("Anna", "Berg", email("a@x.org"), company="Ørsted", tags=("vip",)))
    book.activities.add(activity_draft("Offer", contact=saved.uid, body="Call back"))
    yield book
    book.close()


STAGES: dict[str, tuple[Any, str]] = {
    "the rows": (RowWriter, "write"),
    "one insert of many": (RowWriter, "_many"),
    "the ledger": (Journal, "record"),
    "the salts": (Journal, "_salts"),
    "the projections": (writing, "project"),
    "the search index": (SearchIndexer, "follow"),
    "the seal of the batch": (Journal, "close"),
}
COMMANDS: dict[str, Callable[[Book], object]] = {
    "adding": lambda book: book.contacts.add(
        contact_draft("Berta", "", email("b@x.org"), phone("040 123456"), company="Neu", tags=("lead",))
    ),
    "changing": lambda book: book.contacts.change(
        1, contact_draft("Carla", "", email("c@x.org"), lifecycle="customer")
    ),
    "deleting": lambda book: book.contacts.delete([1]),
    "undoing": lambda book: book.history.undo(),
    "setting": lambda book: book.settings.set("currency", "EUR"),
}


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_change_that_fails_at_any_stage_leaves_nothing(
    stage: str, command: str, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, name = STAGES[stage]
    really = getattr(place, name)

    def fail(*arguments: Any, **options: Any) -> Any:
        really(*arguments, **options)
        raise Injected(stage)

    heard: list[Event] = []
    book.store.bus.subscribe(heard.append)
    before = everything(book.store)
    with monkeypatch.context() as patched:
        patched.setattr(place, name, fail)
        with pytest.raises(Injected):
            COMMANDS[command](book)
    assert everything(book.store) == before
    assert heard == []
    assert book.problems() == []
    COMMANDS[command](book)
    assert heard
    assert book.problems() == []


def test_what_others_read_while_a_change_is_under_way_is_the_state_before_it(book: Book) -> None:
    before = everything(book.store)
    with book.store.write("edit", "test.open") as unit:
        unit.edit(EntityKind.CONTACT, 1, lambda document: document.update(first_name="Berta"))
        assert everything(book.store) == before
    assert everything(book.store) != before


def test_a_write_inside_a_write_is_a_mistake_of_the_program(book: Book) -> None:
    with book.store.write("edit", "test.outer") as unit:
        unit.edit(EntityKind.CONTACT, 1, lambda document: document.update(first_name="Berta"))
        with pytest.raises(RuntimeError, match="pass the unit on"):
            book.settings.set("currency", "EUR")
    assert book.contacts.card(1).fields["first_name"] == "Berta"


def test_threads_that_write_at_once_take_turns(book: Book) -> None:
    def write(name: str) -> None:
        for number in range(25):
            book.contacts.add(contact_draft(name, f"{number}"))

    threads = [threading.Thread(target=write, args=(name,)) for name in ("Berta", "Carla", "Dora")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert book.count("SELECT count(*) FROM contact") == 76
    assert book.problems() == []


def test_writes_asked_for_run_in_order_and_all_are_done_when_the_store_closes(book: Book) -> None:
    def add(number: int) -> int:
        return book.contacts.add(contact_draft(f"Nr {number}")).id

    futures = [book.store.run_write(partial(add, number)) for number in range(20)]
    reads = [book.store.run_read(lambda: book.search.search("anna").ms) for _ in range(10)]
    book.store.threads.close()
    ids = [future.result() for future in futures]
    assert ids == sorted(ids)
    assert all(read.cancelled() or read.result() >= 0 for read in reads)


def test_a_block_that_changes_nothing_makes_no_batch(book: Book) -> None:
    before = everything(book.store)
    with book.store.write("edit", "test.nothing") as unit:
        unit.edit(EntityKind.CONTACT, 1, lambda document: document.update(first_name="Anna"))
    assert not unit.changed
    assert everything(book.store) == before
