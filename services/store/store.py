"""An open workspace: the only way to read it, and the only way to change it."""

from __future__ import annotations

import os
import platform
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from services.bus import EventBus
from services.clock import Clock, SystemClock, to_millis
from services.errors import MyCrmError, WorkspaceBusy, WorkspaceReadOnly
from services.events import RecordsChanged
from services.identity import UidSource
from services.records.ids import Uid
from services.records.ledger import Origin
from services.store import engine as engines
from services.store import schema
from services.store.engine import Cipher, translated
from services.store.ledger.changes import BatchHeader
from services.store.ledger.journal import Journal
from services.store.ledger.lifecycles import LifecycleProjector
from services.store.ledger.projectors import Projector
from services.store.ledger.stage_history import StageHistoryProjector
from services.store.openers import Openers
from services.store.replacing import file_identity
from services.store.threads import StoreThreads
from services.store.watching import ForeignChanges
from services.store.writing import WriteUnit

Result = TypeVar("Result")

PROJECTORS: tuple[Projector, ...] = (LifecycleProjector(), StageHistoryProjector())
"""The full set, in the order in which they run; a workspace is opened for writing with all of them."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a store needs of the program it runs in."""

    device: bytes
    clock: Clock = field(default_factory=SystemClock)
    bus: EventBus = field(default_factory=EventBus)
    program: str = "mycrm"
    random_bytes: Callable[[int], bytes] = os.urandom
    projectors: Sequence[Projector] = PROJECTORS


class Store:
    """One workspace file, open in this process."""

    def __init__(self, path: Path, cipher: Cipher | None, surroundings: Surroundings, *, read_only: bool) -> None:
        self.path = path
        self.cipher = cipher
        self.read_only = read_only
        self.clock = surroundings.clock
        self.bus = surroundings.bus
        self.threads = StoreThreads()
        self.actor: Uid | None = None
        self._surroundings = surroundings
        self._uids = UidSource(surroundings.clock, surroundings.random_bytes)
        self._lock = threading.Lock()
        self._writing_thread: int | None = None

        def connection() -> Any:
            return engines.connect(path, cipher, read_only=read_only)

        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        self._writer = engines.make_engine(connection, size=1, begin=begin)
        self._reader = engines.make_engine(connection, size=engines.READERS + 1, begin="BEGIN")
        self._openers = Openers(surroundings.program, os.getpid(), platform.node())
        self._foreign = ForeignChanges()

    @classmethod
    def create(cls, path: Path, cipher: Cipher | None, surroundings: Surroundings, *, uid: bytes) -> Store:
        """Make a new workspace file and open it. Raises WorkspaceError; never overwrites a file."""
        engines.check_version()
        if path.exists():
            raise MyCrmError(f"{path.name} exists already", "Choose another name; nothing was changed.", code="exists")
        store = cls(path, cipher, surroundings, read_only=False)
        try:
            with translated(path), store._writer.begin() as connection:
                schema.create_all(connection)
                made = str(to_millis(surroundings.clock.now()))
                rows = [("uid", uid.hex()), ("made_at", made)]
                connection.exec_driver_sql("INSERT INTO workspace(name, value) VALUES (?, ?)", rows)
            store._start()
        except BaseException:
            store.close()
            engines.remove_files(path)
            raise
        return store

    @classmethod
    def open(cls, path: Path, cipher: Cipher | None, surroundings: Surroundings) -> Store:
        """Open an existing workspace; upgrades an older one first. Raises WorkspaceError."""
        engines.check_version()
        read_only = not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
        version = _version_of(path, cipher)
        if version != schema.HEAD:
            if read_only:
                raise _not_writable(path)
            _upgrade(path, cipher)
        store = cls(path, cipher, surroundings, read_only=read_only)
        try:
            store._start()
        except BaseException:
            store.close()
            raise
        return store

    def _start(self) -> None:
        before = file_identity(self.path)
        if not self.read_only:
            with translated(self.path), self._writer.begin() as connection:
                self._openers.enter(connection, to_millis(self.clock.now()))
            if file_identity(self.path) != before:
                # Whoever replaces a file looks first who has signed on; this process was still waiting for it.
                raise WorkspaceBusy(f"{self.path.name} was replaced by another program", "Open it again.")
        with translated(self.path), self._reader.connect() as connection:
            self._foreign.start(connection)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A short read transaction. Raises WorkspaceError."""
        with translated(self.path), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def write(self, kind: str, label_code: str, origin: str = Origin.USER, **of_batch: Any) -> Iterator[WriteUnit]:
        """One transaction of changes as one batch: committed when the block ends, undone when it raises.

        `of_batch` may give `source_digest`, `undo_of`, `parent` and `uid`. Raises WorkspaceError.
        """
        if self.read_only:
            raise _not_writable(self.path)
        uid = of_batch.pop("uid", None) or self._uids.new()
        header = BatchHeader(uid, kind, label_code, origin, self.actor, self._surroundings.device, **of_batch)
        with self._exclusively(), translated(self.path):
            with self._writer.begin() as connection:
                unit = self._unit(connection, header)
                yield unit
                events = unit.seal()
            if unit.changed:
                self._foreign.committed(unit.batch_id)
        for event in events:
            self.bus.publish(event)

    def _unit(self, connection: Connection, header: BatchHeader) -> WriteUnit:
        journal = Journal(connection, header, self.clock, self._surroundings.random_bytes)
        # A source of its own: uids are made some at a time, and their times should be those of this change.
        uids = UidSource(self.clock, self._surroundings.random_bytes)
        unit = WriteUnit(connection, journal, uids, self._surroundings.projectors, self.clock)
        unit.origin = header.origin
        unit.actor = header.actor
        unit.batch_uid = header.uid
        return unit

    @contextmanager
    def note(self) -> Iterator[Connection]:
        """A transaction for operational and derived rows, which are not in the ledger."""
        with self._exclusively(), translated(self.path), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def _exclusively(self) -> Iterator[None]:
        me = threading.get_ident()
        if self._writing_thread == me:
            raise RuntimeError("A write inside a write: pass the unit on instead")
        with self._lock:
            self._writing_thread = me
            try:
                yield
            finally:
                self._writing_thread = None

    def run_write(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on the writer thread, in the order asked for."""
        return self.threads.run_write(work)

    def run_read(self, work: Callable[[], Result]) -> Future[Result]:
        """Run on a reader thread."""
        return self.threads.run_read(work)

    @property
    def projectors(self) -> Sequence[Projector]:
        """The projectors this workspace is written with."""
        return self._surroundings.projectors

    def poll(self) -> list[RecordsChanged]:
        """Announce what other processes committed since the last poll; called once a second."""
        with translated(self.path), self._reader.connect() as connection:
            events = self._foreign.since_last(connection)
        for event in events:
            self.bus.publish(event)
        return events

    def checkpoint(self) -> None:
        """Bring the write-ahead log back into the file and empty it."""
        with translated(self.path), self._writer.connect() as connection:
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def close(self) -> None:
        """Finish what is under way, sign off and close every connection."""
        self.threads.close()
        if not self.read_only:
            self._openers.leave(self._writer)
        self._writer.dispose()
        self._reader.dispose()


def _version_of(path: Path, cipher: Cipher | None) -> str:
    """The version of a file's tables, read without changing the file: it may be another program's."""
    engine = engines.make_engine(lambda: engines.look(path, cipher), size=1, begin="BEGIN")
    try:
        with translated(path), engine.connect() as connection:
            version = schema.stamped_version(connection)
    finally:
        engine.dispose()
    schema.check_known(version)
    return version


def _upgrade(path: Path, cipher: Cipher | None) -> None:
    from services.store.upgrading import upgrade

    try:
        upgrade(path, cipher)
    except WorkspaceBusy:
        # Whoever has it open may be the one who has just upgraded it.
        if _version_of(path, cipher) != schema.HEAD:
            raise


def _not_writable(path: Path) -> WorkspaceReadOnly:
    return WorkspaceReadOnly(f"{path.name} cannot be written", "Check the permissions of the file and its folder.")
