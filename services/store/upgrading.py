"""Brings an older workspace to today's tables without ever risking it: a copy is migrated, checked and swapped in."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection

from services.errors import WorkspaceBusy, WorkspaceDamaged, WorkspaceError
from services.store import engine as engines
from services.store.engine import Cipher, translated
from services.store.ledger.verifying import quick_problems
from services.store.openers import names_of_others
from services.store.schema import HEAD

_COPY: Final = ".upgrading"
_SPACE_FACTOR: Final = 2


def upgrade(path: Path, cipher: Cipher | None, version: str) -> None:
    """Migrate the file at `path` from `version` to the newest tables.

    The file is untouched until the migrated copy is verified. Raises WorkspaceBusy naming who holds it,
    WorkspaceError without the space for a copy, WorkspaceDamaged when the copy does not verify.
    """
    size = path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < _SPACE_FACTOR * size:
        raise WorkspaceError(
            f"There is no space to upgrade {path.name}",
            f"It needs {_SPACE_FACTOR * size // 1024**2 + 1} MB free, there are {free // 1024**2} MB.",
            code="disk_full",
        )
    copy = path.with_name(path.name + _COPY)
    _discard(copy)
    with translated(path):
        holder = engines.connect(path, cipher, timeout_s=2.0)
        try:
            _lock_out_others(path, holder)
            shutil.copyfile(path, copy)
            _migrate(copy, cipher)
            _verify(copy, cipher)
            # The lock is held until the verified copy has taken the place of the original.
            copy.replace(path)
        except BaseException:
            _discard(copy)
            raise
        finally:
            holder.close()
    for leftover in ("-wal", "-shm"):
        path.with_name(path.name + leftover).unlink(missing_ok=True)


def _lock_out_others(path: Path, holder: Any) -> None:
    """Fold the log into the file and keep everybody else out, or say who is in it."""
    names = names_of_others(holder, os.getpid(), platform.node())
    if names:
        raise WorkspaceBusy(f"{path.name} is open in {', '.join(names)}", "Close it there, then open it again here.")
    holder.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    holder.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    holder.execute("BEGIN EXCLUSIVE")


def _migrate(copy: Path, cipher: Cipher | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("services.store") / "migrations"))
    engine = engines.make_engine(lambda: engines.connect(copy, cipher), size=1, begin="BEGIN IMMEDIATE")
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, HEAD)
    finally:
        engine.dispose()


def _verify(copy: Path, cipher: Cipher | None) -> None:
    engine = engines.make_engine(lambda: engines.connect(copy, cipher), size=1, begin="BEGIN")
    try:
        with engine.connect() as connection:
            problems = quick_problems(connection)
            _fold_log(connection)
    finally:
        engine.dispose()
    if problems:
        raise WorkspaceDamaged(
            f"{copy.name.removesuffix(_COPY)} could not be upgraded",
            f"It was left as it was. Found: {problems[0]}",
        )


def _fold_log(connection: Connection) -> None:
    raw = connection.connection.driver_connection
    assert raw is not None
    connection.rollback()
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def _discard(copy: Path) -> None:
    for leftover in (copy, copy.with_name(copy.name + "-wal"), copy.with_name(copy.name + "-shm")):
        leftover.unlink(missing_ok=True)
