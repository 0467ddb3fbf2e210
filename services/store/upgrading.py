"""Brings an older workspace to today's tables without ever risking it: a copy is migrated, checked and swapped in."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from services.errors import WorkspaceDamaged, WorkspaceError
from services.store import engine as engines
from services.store.engine import Cipher, remove_files
from services.store.ledger.verifying import quick_problems
from services.store.replacing import SoleHolder, held_alone
from services.store.schema import HEAD

_COPY: Final = ".upgrading"
_SPACE_FACTOR: Final = 2


def upgrade(path: Path, cipher: Cipher | None) -> None:
    """Migrate the file at `path` to the newest tables.

    The file is untouched until the migrated copy is verified. Raises WorkspaceBusy naming who holds it,
    WorkspaceError without the space for a copy, WorkspaceDamaged when the copy does not verify.
    """
    _check_space(path)
    copy = path.with_name(path.name + _COPY)
    remove_files(copy)
    with held_alone(path, cipher) as holder:
        try:
            _copy_bytes(holder, copy)
            _migrate(copy, cipher)
            _verify(copy, cipher)
            holder.replace_by(copy)
        except BaseException:
            remove_files(copy)
            raise


def _check_space(path: Path) -> None:
    size = path.stat().st_size
    free = shutil.disk_usage(path.parent).free
    if free < _SPACE_FACTOR * size:
        raise WorkspaceError(
            f"There is no space to upgrade {path.name}",
            f"It needs {_SPACE_FACTOR * size // 1024**2 + 1} MB free, there are {free // 1024**2} MB.",
            code="disk_full",
        )


def _copy_bytes(holder: SoleHolder, copy: Path) -> None:
    copy.touch(mode=0o600)
    shutil.copymode(holder.path, copy)
    with copy.open("wb") as target:
        shutil.copyfileobj(holder.content, target, 1024 * 1024)


def _migrate(copy: Path, cipher: Cipher | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(files("services.store") / "migrations"))

    def connection() -> Any:
        opened = engines.connect(copy, cipher)
        # A table that is rebuilt is dropped on the way; the links to it are checked afterwards.
        opened.execute("PRAGMA foreign_keys = OFF")
        return opened

    engine = engines.make_engine(connection, size=1, begin="BEGIN IMMEDIATE")
    try:
        with engine.begin() as transaction:
            config.attributes["connection"] = transaction
            command.upgrade(config, HEAD)
    finally:
        engine.dispose()


def _verify(copy: Path, cipher: Cipher | None) -> None:
    engine = engines.make_engine(lambda: engines.connect(copy, cipher), size=1, begin="BEGIN")
    try:
        with engine.connect() as connection:
            problems = quick_problems(connection)
    finally:
        # The last connection folds the log into the copy and removes it.
        engine.dispose()
    if problems:
        raise WorkspaceDamaged(
            f"{copy.name.removesuffix(_COPY)} could not be upgraded",
            f"It was left as it was. Found: {problems[0]}",
        )
