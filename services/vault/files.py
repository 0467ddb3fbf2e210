"""The attachments beside a workspace, in `NAME.files/`: named by their content, readable only with its key.

    name     = HMAC-SHA256(HKDF(key, "mycrm file names 1"), content), 64 hex digits
    content  = a sealed stream (`sealed_stream`) under HKDF(key, "mycrm file contents 1"), bound to the name

The same content is stored once; without the key nobody can tell whether a known document is among the files.
Sizes are not hidden. The key should be one kept inside the workspace, so that changing the workspace's own
key moves no file.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from services.errors import InvalidValue, NotFound, WorkspaceError
from services.vault.durable import PART_SUFFIX, part_file, put_in_place, sync_folder, writing
from services.vault.keys import DataKey
from services.vault.sealed_stream import PIECE_BYTES, FileTampered, SealedReader, seal, tampered, unreadable

NAMES_PURPOSE = "mycrm file names 1"
CONTENTS_PURPOSE = "mycrm file contents 1"

_NAME = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored attachment; `added` is False when its content was there already."""

    name: str
    size_bytes: int
    added: bool


def files_folder(workspace: Path) -> Path:
    """Where the attachments of `NAME.mycrm` lie: `NAME.files`."""
    stem = workspace.name.removesuffix(".mycrm")
    return workspace.with_name(f"{stem}.files")


class FileVault:
    """Adds, opens, verifies and deletes the attachments of one workspace; any thread may use it."""

    def __init__(self, folder: Path, key: DataKey) -> None:
        self._folder = folder
        self._names_key = key.derive(NAMES_PURPOSE)
        self._contents_key = key.derive(CONTENTS_PURPOSE)

    def add(self, source: BinaryIO) -> StoredFile:
        """Store what `source`, which must be seekable, holds from here on; reads it twice.

        Raises InvalidValue(code="file_changed") when it changed meanwhile, WorkspaceReadOnly or
        WorkspaceError when it cannot be written; then nothing was stored. The file is on the disk when this
        returns.
        """
        start = source.tell()
        name = self._watched(source).read_to_end().name()
        path = self._folder / name
        if path.is_symlink() or path.exists():
            try:
                return StoredFile(name, self.verify(name), added=False)
            except FileTampered:
                pass  # what was there is broken; the true content takes its place
        source.seek(start)
        watched = self._watched(source)
        with writing(path):
            self._folder.mkdir(mode=0o700, exist_ok=True)
            with part_file(self._folder) as (target, part):
                size_bytes = seal(watched, target, key=self._contents_key, name=name)
                if watched.name() != name:
                    raise InvalidValue(
                        "The file changed while it was being stored",
                        "Close the program that writes it and attach it again.",
                        field="file",
                        code="file_changed",
                    )
                put_in_place(target, part, path)
        return StoredFile(name, size_bytes, added=True)

    def open(self, name: str) -> BinaryIO:
        """The content, to be read from beginning to end and closed.

        Raises NotFound(code="file_missing"), and FileTampered here or at the piece that was altered: use
        nothing of what was read before in that case.
        """
        return io.BufferedReader(self._reader(name), PIECE_BYTES)

    def verify(self, name: str) -> int:
        """Compare all content with the name; gives the size in bytes, raises FileTampered or NotFound."""
        with self.open(name) as content:
            watched = self._watched(content).read_to_end()
        if watched.name() != name:
            raise tampered(name)
        return watched.size_bytes

    def delete(self, name: str) -> bool:
        """Delete the file and say whether it was there."""
        path = self._path(name)
        with writing(path):
            try:
                path.unlink()
            except FileNotFoundError:
                return False
            sync_folder(self._folder)
            return True

    def copy_out(self, name: str, final: Path) -> int:
        """Write the content to `final`, readable, in place of what is there; gives its size in bytes.

        `final` is wholly there or as it was before. Raises what `open` and `verify` raise, WorkspaceReadOnly or
        WorkspaceError when it cannot be written.
        """
        with self.open(name) as content, writing(final), part_file(final.parent) as (target, part):
            watched = self._watched(content)
            while piece := watched.read(PIECE_BYTES):
                target.write(piece)
            if watched.name() != name:
                raise tampered(name)
            put_in_place(target, part, final)
        return watched.size_bytes

    def holds(self, name: str) -> bool:
        """Whether something lies under that name; what it is `verify` tells."""
        path = self._path(name)
        return path.is_symlink() or path.exists()

    def content_bytes(self, name: str) -> int:
        """The size of the content as the sealed file has room for, without reading it all.

        Raises NotFound, and FileTampered for what has no such size or a broken end.
        """
        with self._reader(name) as reader:
            return reader.content_bytes

    def stored_bytes(self, name: str) -> int:
        """The room that a stored file takes; 0 where there is none."""
        try:
            return self._path(name).lstat().st_size
        except FileNotFoundError:
            return 0

    def stored_at(self, name: str) -> datetime:
        """When a file was stored. Raises NotFound."""
        try:
            return datetime.fromtimestamp(self._path(name).lstat().st_mtime, UTC)
        except FileNotFoundError:
            raise self._missing(name) from None

    def names(self) -> Iterator[str]:
        """The names of all stored files, in no order; anything else in the folder is passed over."""
        for path in self._entries():
            if _NAME.fullmatch(path.name) is not None:
                yield path.name

    def delete_parts(self, *, older_than: datetime) -> int:
        """Delete what interrupted writes left behind before that moment; gives their number."""
        deleted = 0
        for path in self._entries():
            if path.name.startswith(".") and path.name.endswith(PART_SUFFIX):
                with writing(path):
                    if path.lstat().st_mtime < older_than.timestamp():
                        path.unlink(missing_ok=True)
                        deleted += 1
        return deleted

    def __repr__(self) -> str:
        return f"FileVault({str(self._folder)!r})"

    def _entries(self) -> list[Path]:
        return list(self._folder.iterdir()) if self._folder.is_dir() else []

    def _path(self, name: str) -> Path:
        # Names come from the database and from other devices: one with a slash would lead out of the folder.
        if _NAME.fullmatch(name) is None:
            raise InvalidValue(
                "This is no name of a stored file",
                "It has 64 digits from 0 to f.",
                field="file",
                code="file_name",
            )
        return self._folder / name

    @staticmethod
    def _missing(name: str) -> NotFound:
        return NotFound(
            f"The stored file {name[:12]} is missing",
            "Restore it from a backup, or attach the file again.",
            code="file_missing",
        )

    def _reader(self, name: str) -> SealedReader:
        path = self._path(name)
        try:
            # Asked first: a pipe would be waited for, and a link leads to what was never stored here.
            if not stat.S_ISREG(path.lstat().st_mode):
                raise tampered(name)
            source = path.open("rb")
        except FileNotFoundError:
            raise self._missing(name) from None
        except OSError as error:
            raise unreadable(name, error) from error
        try:
            return SealedReader(source, key=self._contents_key, name=name)
        except (WorkspaceError, OSError):
            source.close()
            raise

    def _watched(self, source: BinaryIO) -> _Watched:
        return _Watched(source, self._names_key)


class _Watched:
    """Passes on what it reads from a source, and knows its size and the name it would have."""

    def __init__(self, source: BinaryIO, names_key: bytes) -> None:
        self._source = source
        self._digest = hmac.new(names_key, digestmod=hashlib.sha256)
        self.size_bytes = 0

    def read(self, size_bytes: int, /) -> bytes:
        part = self._source.read(size_bytes)
        self._digest.update(part)
        self.size_bytes += len(part)
        return part

    def read_to_end(self) -> _Watched:
        while self.read(PIECE_BYTES):
            pass
        return self

    def name(self) -> str:
        return self._digest.hexdigest()
