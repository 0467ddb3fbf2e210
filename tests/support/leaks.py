"""Fails a test that leaves a thread running, or that lets a warning pass in the log.

A test that expects warnings asks for `caplog` and judges the log itself.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

GRACE_S = 2.0


def still_running(before: set[threading.Thread], *, grace_s: float = GRACE_S) -> list[threading.Thread]:
    """Threads that were not there before and do not end within the grace that a closing pool may need.

    A thread that Qt made and Python code only passed through is Qt's to end, and is not counted.
    """
    qt_made = threading._DummyThread
    new = [thread for thread in threading.enumerate() if thread not in before]
    new = [thread for thread in new if not isinstance(thread, qt_made)]
    for thread in new:
        thread.join(grace_s)
    return [thread for thread in new if thread.is_alive()]


class WarningsInLog(logging.Handler):
    """Keeps every record from warning upwards."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the record."""
        self.records.append(record)

    def lines(self) -> list[str]:
        """The records as one line each."""
        return [f"{record.levelname} {record.name}: {record.getMessage()}" for record in self.records]


@contextmanager
def watched_log() -> Iterator[WarningsInLog]:
    """Collect the warnings of everything that logs through the root while the block runs."""
    handler = WarningsInLog()
    logging.getLogger().addHandler(handler)
    try:
        yield handler
    finally:
        logging.getLogger().removeHandler(handler)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail a test after which a thread still runs."""
    before = set(threading.enumerate())
    yield
    leaked = still_running(before)
    if leaked:
        pytest.fail("threads still running: " + ", ".join(repr(thread) for thread in leaked), pytrace=False)


@pytest.fixture(autouse=True)
def no_unexpected_warnings_in_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test during which something logged a warning that the test does not look at."""
    with watched_log() as log:
        yield
    if log.records and "caplog" not in request.fixturenames:
        pytest.fail("unexpected in the log:\n" + "\n".join(log.lines()), pytrace=False)
