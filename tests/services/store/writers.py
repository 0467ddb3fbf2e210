"""What other processes do in tests of several processes on one file; importable by them."""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

from services.clock import SystemClock
from services.records.fields import EntityKind
from services.store.aggregates import Document
from tests.support.workspaces import contact_draft, open_book

SHARED = 1
"""The contact that every process edits."""


def marking(mark: str) -> Callable[[Document], None]:
    """An edit that adds a mark to what the notes say."""

    def change(document: Document) -> None:
        document["notes"] = (document["notes"] or "") + mark

    return change


def write_many(path: Path, name: str, edits: int, start: Barrier, told: Connection) -> None:
    """Edit the shared contact and one of its own, in turn; tells the batches it made."""
    book = open_book(path, clock=SystemClock())
    mine = book.contacts.add(contact_draft(name))
    start.wait(60)
    batches = []
    for number in range(edits):
        local_id = SHARED if number % 2 else mine.id
        with book.store.write("edit", "test.race") as unit:
            # Reads and writes inside the transaction: an edit that was lost would lose its mark.
            unit.edit(EntityKind.CONTACT, local_id, marking(f" {name}{number}"))
        batches.append(unit.batch_id)
    told.send((mine.id, batches))
    told.close()
    book.close()
