"""A program that is killed at any moment: what it had acknowledged is there, the rest whole or not at all."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.clock import SystemClock
from tests.services.store.writing_child import CONTACTS
from tests.support.proofs import RecordProof
from tests.support.workspaces import Book, contact_draft, make_book, open_book

ROUNDS_IN_THE_ORDINARY_RUN = 20
ROUNDS_IN_THE_LONG_PROOF = 300

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the writers are forked")


class Nursery:
    """The process whose children write and are killed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.services.store.writing_child", str(path)],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().rstrip("\n")

    def killed_after(self, round_number: int, acknowledged: int, wait_s: float) -> list[str]:
        """Let a writer acknowledge so much, kill it a moment later, and return all it acknowledged."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{round_number}\n")
        self._process.stdin.flush()
        word, pid = self._line().split()
        assert word == "writer"
        said = [self._line() for _ in range(acknowledged)]
        until = time.perf_counter() + wait_s
        while time.perf_counter() < until:
            pass
        os.kill(int(pid), signal.SIGKILL)
        while (line := self._line()) != "dead":
            said.append(line)
        return [line for line in said if line != "open"]

    def close(self) -> None:
        """End."""
        self._process.communicate(timeout=30)


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[Nursery]:
    """A file with some contacts, and the process that writes it."""
    book = make_book(tmp_path, clock=SystemClock())
    for number in range(60):
        book.contacts.add(contact_draft(f"Anna {number}"))
    book.close()
    nursery = Nursery(book.store.path)
    yield nursery
    nursery.close()


def kept(book: Book, mark: str) -> int:
    """How many records of a batch stand, in the trash or not: all or none."""
    contacts = book.count("SELECT count(*) FROM contact WHERE title = ?", mark)
    activities = book.count("SELECT count(*) FROM activity WHERE subject = ?", mark)
    assert (contacts, activities) in ((0, 0), (CONTACTS, CONTACTS))
    return int(contacts)


def check(book: Book, round_number: int, said: list[str]) -> None:
    """What was acknowledged is there, and of what was not there is at most one batch more, which is whole."""
    last = -1
    for line in said:
        word, mark, *count = line.split()
        last = int(mark.partition("n")[2]) + (word == "undone")
        if word == "kept":
            assert kept(book, mark) == CONTACTS
        elif word == "undone":
            trash = "SELECT count(*) FROM contact WHERE title = ? AND deleted_at IS NOT NULL"
            assert book.count(trash, mark) == CONTACTS
        else:
            with_reason = "SELECT count(*) FROM change WHERE personal LIKE ?"
            assert book.count(with_reason, f'%"{mark}"]%') == int(count[0])
    batches = book.count("SELECT count(DISTINCT batch) FROM change WHERE personal LIKE ?", f"%r{round_number}n%")
    assert batches <= last + 2
    for number in range(last + 1, last + 4):
        assert kept(book, f"r{round_number}n{number}") in ((0, CONTACTS) if number == last + 1 else (0,))
        changed = book.count("SELECT count(*) FROM change WHERE personal LIKE ?", f'%"r{round_number}n{number}"]%')
        batch = "SELECT sum(value) FROM batch b, json_each(b.counts) WHERE b.id = (SELECT max(id) FROM batch)"
        assert changed in (0, book.count(batch))


def prove(nursery: Nursery, rounds: int, seed: int) -> dict[str, int]:
    """Kill as many writers on one file, and check after each."""
    chosen = random.Random(seed)
    figures = {"kills": rounds, "acknowledged": 0, "with an unfinished log": 0}
    for number in range(rounds):
        said = nursery.killed_after(number, chosen.randrange(12), chosen.random() * 0.012)
        figures["acknowledged"] += len(said)
        log = nursery.path.with_name(f"{nursery.path.name}-wal")
        figures["with an unfinished log"] += log.exists() and log.stat().st_size > 0
        book = open_book(nursery.path, clock=SystemClock())
        check(book, number, said)
        assert book.problems() == []
        assert book.count("SELECT count(*) FROM opened_by") == 1
        book.close()
    return figures


def test_killed_writers_lose_nothing_acknowledged_and_leave_nothing_half_written(nursery: Nursery) -> None:
    figures = prove(nursery, ROUNDS_IN_THE_ORDINARY_RUN, random.getrandbits(32))
    assert figures["acknowledged"] > 0
    assert figures["with an unfinished log"] > 0


@pytest.mark.deep
@pytest.mark.timeout(3600)
def test_hundreds_of_killed_writers_lose_nothing(nursery: Nursery, record_proof: RecordProof) -> None:
    figures = prove(nursery, ROUNDS_IN_THE_LONG_PROOF, random.getrandbits(32))
    record_proof("writers killed with SIGKILL", **{name.replace(" ", "_"): value for name, value in figures.items()})
