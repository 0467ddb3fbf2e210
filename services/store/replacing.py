"""Holds a workspace file alone while a checked copy takes its place.

Nobody else has the file open then, not even to read; whoever waits for it sees in `Store.open` that it was
replaced. The file's own bytes are left alone until the copy is there.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from services.errors import WorkspaceBusy
from services.store.engine import Cipher, connect, log_of, look, translated
from services.store.openers import names_of_others

_PATIENCE_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class SoleHolder:
    """The only connection to a file, and the bytes of that file; its log is folded in and empty."""

    path: Path
    connection: Any
    content: BinaryIO

    def replace_by(self, copy: Path) -> None:
        """Put the copy in the file's place."""
        if os.name == "nt":
            # Windows does not replace a file that is open.
            self.connection.close()
            self.content.close()
        # An old log beside a new file would be taken for its own.
        log_of(self.path).unlink(missing_ok=True)
        copy.replace(self.path)


def file_identity(path: Path) -> tuple[int, int]:
    """What tells this file from another one under the same name."""
    found = path.stat()
    return found.st_dev, found.st_ino


@contextmanager
def held_alone(path: Path, cipher: Cipher | None) -> Iterator[SoleHolder]:
    """Keep everybody else out of the file. Raises WorkspaceBusy naming who has it open."""
    with translated(path):
        before = file_identity(path)
        _refuse_others(path, cipher)
        connection = connect(path, cipher, exclusive=True, timeout_s=_PATIENCE_S)
        with ExitStack() as descriptors:
            try:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                # Closed after the connection: POSIX takes a file's locks away with any descriptor of it that is closed.
                content = descriptors.enter_context(path.open("rb"))
                if file_identity(path) != before:
                    raise WorkspaceBusy(f"{path.name} was replaced by another program", "Open it again.")
                yield SoleHolder(path, connection, content)
            finally:
                connection.close()


def _refuse_others(path: Path, cipher: Cipher | None) -> None:
    connection = look(path, cipher)
    try:
        names = names_of_others(connection, os.getpid(), platform.node())
    finally:
        connection.close()
    if names:
        raise WorkspaceBusy(f"{path.name} is open in {', '.join(names)}", "Close it there, then try again.")
