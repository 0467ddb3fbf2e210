"""Files that are wholly there or not there: written beside, synced, renamed; readable by their owner only."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from services.errors import WorkspaceError, WorkspaceReadOnly

PART_SUFFIX = ".part"

_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


@contextlib.contextmanager
def part_file(folder: Path) -> Iterator[tuple[BinaryIO, Path]]:
    """A new file with mode 0600 in `folder`, to be renamed with `put_in_place`; deleted when it was not."""
    # mkstemp gives 0600 whatever the umask, and a name nobody else can have prepared.
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=".", suffix=PART_SUFFIX)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as target:
            yield target, part
    finally:
        part.unlink(missing_ok=True)


def put_in_place(target: BinaryIO, part: Path, final: Path) -> None:
    """Bring a written part file to the disk and give it its name in one step."""
    target.flush()
    os.fsync(target.fileno())
    target.close()  # Windows renames no open file
    part.replace(final)
    sync_folder(final.parent)


def sync_folder(folder: Path) -> None:
    """Make renames and deletions in `folder` survive a power cut, where the system offers that."""
    if os.name == "nt":  # NTFS journals names itself, and folders cannot be opened
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what the file system answers while `path` is written into an error for people."""
    try:
        yield
    except OSError as error:
        if error.errno in _NOT_ALLOWED:
            raise WorkspaceReadOnly(
                f"{path.name} cannot be written",
                f"Make the folder {path.parent} writable, or move the workspace to one that is.",
            ) from error
        raise WorkspaceError(
            f"{path.name} could not be written",
            f"The system says: {error.strerror}. Mend that, for example free some space, and try again.",
            code="not_written",
        ) from error
