"""Connections: one writer, a few readers, over SQLCipher with the settings that keep acknowledged writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError as SqlAlchemyDatabaseError
from sqlalchemy.pool import QueuePool

from services.errors import (
    MyCrmError,
    WorkspaceBusy,
    WorkspaceDamaged,
    WorkspaceError,
    WorkspaceLocked,
    WorkspaceReadOnly,
)
from services.store.queries.functions import register_functions

OLDEST_SQLITE: Final = (3, 51, 3)
"""3.7.0 to 3.51.2 can corrupt a WAL database that has two connections (https://sqlite.org/wal.html)."""

READERS: Final = 3
BUSY_TIMEOUT_S: Final = 120.0
"""Longer than the largest import may hold the write lock in another process."""


@dataclass(frozen=True, slots=True)
class Cipher:
    """The raw key of an encrypted workspace, and its salt when the file is to be made."""

    key: bytes
    salt: bytes = b""

    def pragma(self) -> str:
        """The statement that unlocks a connection."""
        return f"PRAGMA key = \"x'{self.key.hex()}{self.salt.hex()}'\""

    def __repr__(self) -> str:
        return "Cipher(...)"


def check_version() -> None:
    """Refuse to run on an SQLite that can damage the file."""
    version = tuple(int(part) for part in driver.sqlite_version.split("."))
    if version < OLDEST_SQLITE:
        raise WorkspaceError(
            f"SQLite {driver.sqlite_version} is too old to be safe",
            "Install the program again; it brings SQLite 3.51.3 or newer.",
        )


def sqlite_version() -> str:
    """The version of SQLite in use."""
    return str(driver.sqlite_version)


def cipher_version() -> str:
    """The version of SQLCipher in use. Raises WorkspaceError when the driver cannot encrypt."""
    with translated(Path(":memory:")):
        connection = driver.connect(":memory:")
        try:
            row = connection.execute("PRAGMA cipher_version").fetchone()
        finally:
            connection.close()
    if row is None:
        raise WorkspaceError("This installation cannot encrypt", "Install the program again.")
    return str(row[0])


def log_of(path: Path) -> Path:
    """Where SQLite keeps the write-ahead log of a file while it is open, or after a crash."""
    return path.with_name(f"{path.name}-wal")


def remove_files(path: Path) -> None:
    """Delete a database file with what SQLite keeps beside it."""
    for leftover in (path, log_of(path), path.with_name(f"{path.name}-shm"), path.with_name(f"{path.name}-journal")):
        leftover.unlink(missing_ok=True)


def connect(
    path: Path,
    cipher: Cipher | None,
    *,
    read_only: bool = False,
    exclusive: bool = False,
    timeout_s: float = BUSY_TIMEOUT_S,
) -> Any:
    """Open one driver connection in autocommit mode; an `exclusive` one keeps every other out until it is closed.

    Raises WorkspaceError.
    """
    # A folder that takes no files has no room for the log's index; without a log none is needed.
    immutable = read_only and not os.access(path.parent, os.W_OK) and not log_of(path).exists()
    return _connect(path, cipher, read_only=read_only, immutable=immutable, exclusive=exclusive, timeout_s=timeout_s)


def look(path: Path, cipher: Cipher | None) -> Any:
    """A connection that only reads, and makes no file beside the one it reads. Raises WorkspaceError."""
    return _connect(path, cipher, read_only=True, immutable=not log_of(path).exists())


def _connect(
    path: Path,
    cipher: Cipher | None,
    *,
    read_only: bool,
    immutable: bool,
    exclusive: bool = False,
    timeout_s: float = BUSY_TIMEOUT_S,
) -> Any:
    if path.exists() and not path.is_file():
        raise WorkspaceError(f"{path} is no file", "Choose another one.", code="no_file")
    options = f"mode={'ro' if read_only else 'rwc'}{'&immutable=1' if immutable else ''}"
    with translated(path):
        connection = driver.connect(
            f"{path.absolute().as_uri()}?{options}",
            uri=True,
            timeout=timeout_s,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            _unlock(connection, cipher, exclusive=exclusive)
            _prepare(connection, read_only=read_only)
        except BaseException:
            connection.close()
            raise
    return connection


def _unlock(connection: Any, cipher: Cipher | None, *, exclusive: bool) -> None:
    execute = connection.execute
    # What goes wrong is told in our words, not on the terminal in those of the driver.
    execute("PRAGMA cipher_log_level = NONE")
    if cipher is not None:
        execute(cipher.pragma())
    if exclusive:
        # Before the first look into the file: then the lock is on the file itself, and readers are kept out too.
        execute("PRAGMA locking_mode = EXCLUSIVE")
    execute("SELECT count(*) FROM sqlite_master").fetchone()
    if exclusive:
        execute("BEGIN EXCLUSIVE")
        execute("COMMIT")


def _prepare(connection: Any, *, read_only: bool) -> None:
    execute = connection.execute
    register_functions(connection)
    execute("PRAGMA temp_store = MEMORY")
    execute("PRAGMA foreign_keys = ON")
    execute("PRAGMA cache_size = -64000")
    if not read_only:
        execute("PRAGMA journal_mode = WAL").fetchone()
        execute("PRAGMA synchronous = FULL")
        execute("PRAGMA secure_delete = ON")
        # Frames are written back when the log holds about 16 MB, so that one large import does not stall on them.
        execute("PRAGMA wal_autocheckpoint = 4000")


def make_engine(factory: Callable[[], Any], *, size: int, begin: str) -> Engine:
    """A pool of connections whose transactions start with `begin`."""
    engine = create_engine(
        "sqlite://", module=driver, creator=factory, poolclass=QueuePool, pool_size=size, max_overflow=0
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return engine


_FULL = "SQLITE_FULL"


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what the driver raises into words for people."""
    try:
        yield
    except SqlAlchemyDatabaseError as error:
        raise _in_words(path, error.orig) from error
    except driver.DatabaseError as error:
        raise _in_words(path, error) from error


def _in_words(path: Path, error: BaseException | None) -> MyCrmError:
    text = str(error)
    lowered = text.lower()
    for words, make in _REASONS:
        if any(word in lowered for word in words):
            return make(path)
    return WorkspaceError(f"The workspace {path.name} could not be used", f"SQLite says: {text}")


_REASONS: Final[tuple[tuple[tuple[str, ...], Callable[[Path], MyCrmError]], ...]] = (
    (
        ("file is not a database", "file is encrypted"),
        lambda path: WorkspaceLocked(
            f"{path.name} did not open with this key",
            "Type the passphrase again, or use the recovery code. Nothing was changed.",
        ),
    ),
    (
        ("database is locked", "database table is locked", "busy"),
        lambda path: WorkspaceBusy(
            f"{path.name} is busy in another program", "Wait for the other program to finish, then try again."
        ),
    ),
    (
        ("readonly", "read-only", "attempt to write"),
        lambda path: WorkspaceReadOnly(
            f"{path.name} cannot be written", "Check the permissions of the file and its folder."
        ),
    ),
    (
        ("malformed", "corrupt", "disk i/o error"),
        lambda path: WorkspaceDamaged(
            f"{path.name} is damaged",
            "Nothing was changed. Restore the newest backup; keep the damaged file.",
        ),
    ),
    (
        ("unable to open",),
        lambda path: WorkspaceError(
            f"{path} could not be opened", "Check that the folder exists and that you may read and write it."
        ),
    ),
    (
        ("full",),
        lambda path: WorkspaceError(
            "The disk is full", "Nothing of this change was kept. Free some space, then try again."
        ),
    ),
)
