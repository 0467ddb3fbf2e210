"""Several processes on one file: one chain, no change lost, and each sees what the others did."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pytest

from services.clock import SystemClock
from services.events import MANY, Event, RecordsChanged
from services.records.fields import EntityKind
from services.records.ledger import Origin
from tests.services.store.writers import SHARED, write_many
from tests.support.workspaces import Book, company_draft, contact_draft, make_book, open_book, open_store, services_of

EDITS = 200


class Writers:
    """Two other processes that write."""

    def __init__(self, path: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._start = context.Barrier(3)
        self._processes: list[SpawnProcess] = []
        self._told: list[Connection] = []
        for name in ("a", "b"):
            mine, theirs = context.Pipe(duplex=False)
            process = context.Process(target=write_many, args=(path, name, EDITS, self._start, theirs))
            process.start()
            theirs.close()
            self._processes.append(process)
            self._told.append(mine)

    def go(self) -> None:
        """Let both begin at the same moment."""
        self._start.wait(60)

    @property
    def busy(self) -> bool:
        """Whether one still writes."""
        return any(process.is_alive() for process in self._processes)

    def result(self) -> list[tuple[int, list[int]]]:
        """The contact of each and the batches it made."""
        found = [told.recv() for told in self._told]
        for process, told in zip(self._processes, self._told, strict=True):
            process.join(60)
            assert process.exitcode == 0
            told.close()
        return found


@pytest.fixture
def book(tmp_path: Path) -> Any:
    book = make_book(tmp_path, clock=SystemClock())
    assert book.contacts.add(contact_draft("Anna")).id == SHARED
    yield book
    book.close()


def test_two_processes_that_write_at_once_make_one_chain_and_a_reader_sees_it_all(book: Book) -> None:
    reader = services_of(open_store(book.store.path, clock=SystemClock()))
    seen_by_writer: list[RecordsChanged] = []
    writers = Writers(book.store.path)
    writers.go()
    announced: list[RecordsChanged] = []
    own: list[int] = []
    while writers.busy:
        announced += reader.store.poll()
        if len(own) < 20:
            with book.store.write("edit", "test.own") as unit:
                unit.edit(EntityKind.CONTACT, SHARED, lambda document: document.update(title=f"{len(own)}"))
            own.append(unit.batch_id)
        seen_by_writer += book.store.poll()
    results = writers.result()
    announced += reader.store.poll()
    seen_by_writer += book.store.poll()

    marks = Counter(book.contacts.card(SHARED).fields["notes"].split())
    assert marks == {f"{name}{number}": 1 for name in "ab" for number in range(1, EDITS, 2)}
    for (local_id, batches), name in zip(results, "ab", strict=True):
        assert book.contacts.card(local_id).fields["notes"].split() == [f"{name}{n}" for n in range(0, EDITS, 2)]
        assert len(set(batches)) == EDITS
    assert book.problems() == []
    with book.store.read() as connection:
        stamps = connection.exec_driver_sql("SELECT hlc FROM change ORDER BY seq").scalars().all()
        numbers = connection.exec_driver_sql("SELECT id FROM batch ORDER BY id").scalars().all()
    assert stamps == sorted(set(stamps))
    assert numbers == list(range(1, len(numbers) + 1))

    theirs = {batch for _, made in results for batch in made}
    contacts = {SHARED, *(local_id for local_id, _ in results)}
    assert theirs.isdisjoint(own)
    for events, expected in ((announced, theirs | set(own)), (seen_by_writer, theirs)):
        of_edits = [event for event in events if event.batch in expected]
        assert Counter(event.batch for event in of_edits) == dict.fromkeys(expected, 1)
        assert {local_id for event in of_edits for local_id in event.ids or ()} == contacts
    assert not {event.batch for event in seen_by_writer} & set(own)
    reader.close()


def test_changes_of_another_process_are_announced_with_their_ids_and_origin(book: Book) -> None:
    heard: list[Event] = []
    here = open_book(book.store.path, clock=SystemClock())
    here.store.bus.subscribe(heard.append)
    contact = book.contacts.add(contact_draft("Berta", company="Ørsted", tags=("vip",)))
    with book.store.write("rule", "test.rule", Origin.RULE) as unit:
        unit.edit(EntityKind.CONTACT, contact.id, lambda document: document.update(lifecycle="customer"))
    events = here.store.poll()
    assert heard == events
    told = {(str(event.entity), event.ids, event.origin) for event in events}
    assert told == {
        ("contact", (contact.id,), "user"),
        ("company", (1,), "user"),
        ("tag", (1,), "user"),
        ("contact", (contact.id,), "rule"),
    }
    assert here.store.poll() == []
    here.companies.change(1, company_draft("Ørsted A/S"))
    assert here.store.poll() == []
    assert [event.entity for event in book.store.poll()] == [EntityKind.COMPANY]
    here.close()


def test_a_change_of_very_many_records_is_announced_without_their_ids(book: Book) -> None:
    here = open_book(book.store.path, clock=SystemClock())
    with book.store.write("create", "test.many") as unit:
        documents = [unit.blank(EntityKind.TAG) | {"name": f"tag {number}"} for number in range(MANY + 1)]
        unit.create_many(EntityKind.TAG, documents)
    (event,) = here.store.poll()
    assert (event.entity, event.ids, event.batch) == (EntityKind.TAG, None, unit.batch_id)
    here.close()


def test_what_was_written_before_the_file_was_opened_is_no_news(book: Book) -> None:
    book.contacts.add(contact_draft("Berta"))
    here = open_book(book.store.path, clock=SystemClock())
    assert here.store.poll() == []
    here.close()
