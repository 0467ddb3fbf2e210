"""A process that forks writers, each of which writes until it is killed: `PATH`, then a round a line on stdin.

Everything is imported once; a writer tells each batch after it was committed, and not before.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from services.clock import SystemClock
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.store.writing import WriteUnit
from tests.support.workspaces import Book, open_book

CONTACTS = 3
"""Contacts a batch; with one activity for each."""


def say(text: str) -> None:
    """One line to whoever kills."""
    os.write(1, f"{text}\n".encode())


def batch(unit: WriteUnit, mark: str, texts: random.Random) -> None:
    """A batch of several records of two kinds, all of which carry its mark."""
    for number in range(CONTACTS):
        contact = unit.blank(EntityKind.CONTACT)
        contact.update(first_name=mark, last_name=f"{texts.random()}", title=mark, notes="x" * texts.randrange(4000))
        _, uid = unit.create(EntityKind.CONTACT, contact)
        activity = unit.blank(EntityKind.ACTIVITY) | {"type": "note", "pinned": 0, "subject": mark}
        activity.update(contact=uid.hex(), occurred_at=number, recorded_at=number)
        unit.create(EntityKind.ACTIVITY, activity)


def write(book: Book, round_number: int) -> None:
    """Write until killed."""
    texts = random.Random(round_number)
    for number in range(1_000_000):
        mark = f"r{round_number}n{number}"
        if number % 4 == 3:
            ids = list(range(1, texts.randrange(2, 60)))
            book.contacts.change_many(ids, RecordDraft({"churn_reason": mark}))
            say(f"all {mark} {len(ids)}")
        elif number % 4 == 2:
            book.history.undo()
            say(f"undone r{round_number}n{number - 1}")
        else:
            with book.store.write("create", "test.kill") as unit:
                batch(unit, mark, texts)
            say(f"kept {mark}")


def main() -> None:
    """Fork a writer for each line."""
    path = Path(sys.argv[1])
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(f"writer {os.getpid()}")
            book = open_book(path, clock=SystemClock())
            say("open")
            write(book, int(line))
            os._exit(0)
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main()
