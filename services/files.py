"""Files that belong to records: kept encrypted beside the workspace, named by their content.

A content is on the disk before the ledger names it, and is deleted only when nothing has named it for as long
as the trash is kept: what a record names is there, whatever broke off in between.
"""

from __future__ import annotations

import mimetypes
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

from services.access import Access, Permission, verb
from services.clock import to_millis
from services.errors import InvalidValue, MyCrmError, NotFound, WorkspaceError
from services.records.fields import EntityKind
from services.records.files import FilePurge, FileRow, FilesUsage
from services.records.ids import Uid
from services.records.people import Saved
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.connection import Connection
from services.store.queries import files as queries
from services.store.queries.files import HOLDERS
from services.store.queries.lookup import resolve
from services.store.store import Store
from services.store.writing import WriteUnit
from services.values.file_names import kept_name, safe_name
from services.vault.files import FileVault, files_folder
from services.vault.keys import DataKey

RETENTION: Final = timedelta(days=30)
LARGEST_BYTES: Final = 2 * 1024**3
LONGEST_NAME: Final = 255

Progress = Callable[[int, int], None]


class FileService:
    """Attaches files to records, gives them back, and keeps the folder beside the workspace in order."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.EDIT)
    def attach(self, path: Path, entity: EntityKind, record_id: int, *, name: str = "") -> Saved:
        """Keep a copy of a file with a record; `name` is what it is called there, its own name without.

        Raises NotFound for no such file or record, InvalidValue for what is no file or too large, and
        WorkspaceError when it cannot be kept; then nothing was attached.
        """
        return self._attach([(path, _checked_name(name or path.name))], entity, record_id)

    @verb(Permission.EDIT)
    def attach_many(self, paths: Sequence[Path], entity: EntityKind, record_id: int) -> Saved:
        """Keep copies of several files with a record, in one batch; the answer names the first of them.

        Raises as `attach` does; then none was attached.
        """
        if not paths:
            raise InvalidValue("Nothing is selected", "Choose at least one file.")
        return self._attach([(path, _checked_name(path.name)) for path in paths], entity, record_id)

    def _attach(self, files: Sequence[tuple[Path, str]], entity: EntityKind, record_id: int) -> Saved:
        _check_holder(entity)
        with self._store.read() as connection:
            _living_uid(connection, entity, record_id)
        vault = self._vault_to_write()
        with ExitStack() as open_files:
            sources = [open_files.enter_context(_opened(path)) for path, _ in files]
            contents = [vault.add(source) for source in sources]
            with self._store.write("create", "file.attach") as unit:
                holder = _living_uid(unit.connection, entity, record_id).hex()
                made = []
                for (_, called), source, stored in zip(files, sources, contents, strict=True):
                    if not vault.holds(stored.name):
                        # It was there already, and was purged before this transaction began.
                        source.seek(0)
                        vault.add(source)
                    document = unit.blank(EntityKind.FILE)
                    document.update(
                        name=called,
                        media_type=mimetypes.guess_type(called)[0],
                        size=stored.size_bytes,
                        digest=stored.name,
                        source="manual",
                        owner=self._store.actor.hex() if self._store.actor is not None else None,
                    )
                    document[entity.value] = holder
                    made.append(unit.create(EntityKind.FILE, document))
        local_id, uid = made[0]
        return Saved(local_id, uid, unit.batch_uid)

    @verb(Permission.READ)
    def of_record(self, entity: EntityKind, record_id: int) -> list[FileRow]:
        """The files of a record, the newest first."""
        _check_holder(entity)
        with self._store.read() as connection:
            return queries.files_of(connection, entity, record_id)

    @verb(Permission.READ)
    def get(self, local_id: int) -> FileRow:
        """A file, in the trash or not. Raises NotFound."""
        with self._store.read() as connection:
            found = queries.file_row(connection, local_id)
        if found is None:
            raise NotFound("There is no such file", "It may have been removed for good.")
        return found

    @verb(Permission.READ)
    def resolve(self, text: str) -> int:
        """The local id of a uid or of an unambiguous beginning of one. Raises NotFound."""
        with self._store.read() as connection:
            return resolve(connection, CATALOGUE[EntityKind.FILE], text)

    @verb(Permission.READ)
    def open(self, local_id: int) -> BinaryIO:
        """The content, to be read from beginning to end and closed; every piece is checked before it is given.

        Raises NotFound(code="file_missing") and FileTampered(code="file_damaged"), the latter also while reading:
        then nothing of what was read may be used.
        """
        vault, digest = self._content(local_id)
        return vault.open(digest)

    @verb(Permission.READ)
    def open_copy(self, local_id: int, to: Path, *, replace: bool = False) -> Path:
        """Write a readable copy to the file `to`, or into the folder `to` under the file's own name; gives its path.

        The copy appears only whole and checked. Raises what `open` raises, and WorkspaceError when it cannot be
        written; MyCrmError(code="exists") for a file that is there, unless it may be replaced.
        """
        row = self.get(local_id)
        vault, digest = self._content(local_id)
        final = _free_path(to, row.name) if to.is_dir() else to
        if not replace and final.exists():
            raise MyCrmError(f"{final.name} exists already", "Choose another name; nothing was written.", code="exists")
        vault.copy_out(digest, final)
        return final

    @verb(Permission.EDIT)
    def rename(self, local_id: int, name: str) -> Saved:
        """Call a file something else. Raises InvalidValue and NotFound."""
        called = _checked_name(name)
        values = {"name": called, "media_type": mimetypes.guess_type(called)[0]}
        return self._edit([local_id], "edit", "file.rename", lambda unit, document: document.update(values))

    @verb(Permission.EDIT)
    def detach(self, ids: Sequence[int]) -> Saved:
        """Put files into the trash, in one batch. Raises NotFound."""

        def change(unit: WriteUnit, document: Document) -> None:
            if document["deleted_at"] is None:
                document["deleted_at"] = unit.now_millis

        return self._edit(ids, "delete", "file.delete", change)

    @verb(Permission.EDIT)
    def restore(self, ids: Sequence[int]) -> Saved:
        """Take files out of the trash, in one batch. Raises NotFound."""
        return self._edit(ids, "restore", "file.restore", lambda unit, document: document.update(deleted_at=None))

    def _edit(self, ids: Sequence[int], kind: str, label: str, change: Callable[[WriteUnit, Document], None]) -> Saved:
        if not ids:
            raise InvalidValue("Nothing is selected", "Choose at least one file.")
        with self._store.write(kind, label) as unit:
            unit.edit_many(EntityKind.FILE, ids, lambda document: change(unit, document))
            uid = unit.load(EntityKind.FILE, ids[:1])[ids[0]][0]
        return Saved(ids[0], Uid(uid), unit.batch_uid if unit.changed else None)

    @verb(Permission.READ)
    def usage(self) -> FilesUsage:
        """How many files there are and how much room they take."""
        with self._store.read() as connection:
            files, size = queries.living_usage(connection)
        vault = self._vault()
        sizes = [vault.stored_bytes(name) for name in vault.names()] if vault is not None else []
        return FilesUsage(files, size, len(sizes), sum(sizes))

    @verb(Permission.READ)
    def problems(self, *, full: bool = False, progress: Progress | None = None) -> list[str]:
        """Contents that files name and that are missing or damaged; `full` reads every byte of them.

        Without `full` a content is looked for and its size compared.
        """
        with self._store.read() as connection:
            named = list(queries.living_contents(connection))
        vault = self._vault()
        if vault is None:
            return [f"files: the content of file {uid} is missing" for _, uid, _ in named]
        found: list[str] = []
        checked: dict[str, str] = {}
        for number, (digest, uid, size) in enumerate(named, 1):
            if digest not in checked:
                checked[digest] = _state(vault, digest, size, full=full)
            if checked[digest]:
                found.append(f"files: the content of file {uid} is {checked[digest]}")
            if progress is not None:
                progress(number, len(named))
        return found

    @verb(Permission.MANAGE)
    def purge(self, *, retention: timedelta = RETENTION) -> FilePurge:
        """Delete for good the contents that nothing has named for so long, and what broken-off writes left behind.

        A file that lies longer in the trash keeps its row, and can be restored only together with its content
        from a backup.
        """
        vault = self._vault()
        if vault is None:
            return FilePurge(0, 0)
        before = self._store.clock.now() - retention
        contents = freed = 0
        # Under the write lock: whoever attaches the same content now looks again once it has the lock.
        with self._store.note() as connection:
            named = queries.named_contents(connection, to_millis(before))
            for name in list(vault.names()):
                if name not in named and vault.stored_at(name) < before:
                    freed += vault.stored_bytes(name)
                    contents += vault.delete(name)
            vault.delete_parts(older_than=before)
        return FilePurge(contents, freed)

    def _content(self, local_id: int) -> tuple[FileVault, str]:
        with self._store.read() as connection:
            digest = queries.digest_of(connection, local_id)
        if digest is None:
            raise NotFound("There is no such file", "It may have been removed for good.")
        vault = self._vault()
        if vault is None:
            raise NotFound("The content of this file is missing", "Restore it from a backup.", code="file_missing")
        return vault, digest

    def _vault(self) -> FileVault | None:
        """The folder of contents; None before the first one."""
        with self._store.read() as connection:
            secret = queries.kept_key(connection)
        return None if secret is None else FileVault(files_folder(self._store.path), DataKey(secret))

    def _vault_to_write(self) -> FileVault:
        vault = self._vault()
        if vault is not None:
            return vault
        with self._store.note() as connection:
            # Another process may have kept one meanwhile; then that one holds.
            queries.keep_key(connection, DataKey.generate().reveal())
        vault = self._vault()
        assert vault is not None
        return vault


def _check_holder(entity: EntityKind) -> None:
    if entity not in HOLDERS:
        raise InvalidValue(
            f"Files cannot be attached to a {entity}", f"They can to {', '.join(HOLDERS)}.", field="entity"
        )


def _checked_name(name: str) -> str:
    called = kept_name(name)
    if not called or len(called) > LONGEST_NAME:
        raise InvalidValue(
            "A file needs a name", f"Give it one of 1 to {LONGEST_NAME} letters and signs.", field="name"
        )
    return called


def _living_uid(connection: Connection, entity: EntityKind, record_id: int) -> bytes:
    found = queries.living_uid(connection, entity, record_id)
    if found is None:
        raise NotFound(f"There is no such {entity}", "It may be in the trash.")
    return found


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        # Asked first: opening a pipe would wait for somebody to write into it.
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise InvalidValue(
                f"{path.name} is no file", "Choose a file; a folder can be packed into one.", field="file"
            )
        source = path.open("rb")
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}", "Check its path.", code="no_file") from None
    except OSError as error:
        raise InvalidValue(
            f"{path.name} could not be read", f"The system says: {error.strerror}.", field="file"
        ) from error
    with source:
        if found.st_size > LARGEST_BYTES:
            raise InvalidValue(
                f"{path.name} is too large", f"A file may have {LARGEST_BYTES // 1024**3} GiB.", field="file"
            )
        yield source


def _state(vault: FileVault, digest: str, size: int, *, full: bool) -> str:
    """What is wrong with a content; nothing when it is as it should be."""
    try:
        if not vault.holds(digest):
            return "missing"
        if full:
            return "" if vault.verify(digest) == size else "damaged"
        return "" if vault.content_bytes(digest) == size else "damaged"
    except NotFound:
        return "missing"
    except (WorkspaceError, InvalidValue):
        return "damaged"


def _free_path(folder: Path, name: str) -> Path:
    """A path in the folder that nothing has yet."""
    plain = Path(safe_name(name))
    path, number = folder / plain, 2
    while path.exists():
        path = folder / f"{plain.stem} ({number}){plain.suffix}"
        number += 1
    return path
