"""The threads of a store: one that writes, a few that read; `ui` and `sync` wait for their futures."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from services.store.engine import READERS

Result = TypeVar("Result")

_WRITER_NAME: Final = "store-writer"


class StoreThreads:
    """Serialises writes on one thread, in order, and spreads reads over a few."""

    def __init__(self) -> None:
        self._writer = ThreadPoolExecutor(1, thread_name_prefix=_WRITER_NAME)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="store-reader")

    def run_write(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on the writer thread, after everything asked for before."""
        return self._writer.submit(work)

    def run_read(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on a reader thread."""
        return self._readers.submit(work)

    def close(self) -> None:
        """Finish what is under way and end the threads."""
        self._writer.shutdown(wait=True, cancel_futures=False)
        self._readers.shutdown(wait=True, cancel_futures=True)
