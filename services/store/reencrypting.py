"""Writes a workspace anew under another key: an encrypted copy is made, checked and swapped in."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any, Final

from services.errors import WorkspaceDamaged
from services.store.engine import Cipher, connect, look, remove_files, translated
from services.store.replacing import held_alone

_COPY: Final = ".rekeying"


def workspace_uid(path: Path, cipher: Cipher | None) -> bytes:
    """The uid that a workspace keeps of itself."""
    with translated(path):
        connection = look(path, cipher)
        try:
            return bytes.fromhex(connection.execute("SELECT value FROM workspace WHERE name = 'uid'").fetchone()[0])
        finally:
            connection.close()


def reencrypt(path: Path, cipher: Cipher | None, wanted: Cipher) -> None:
    """Replace the file by a copy under the wanted key. Raises WorkspaceBusy and WorkspaceDamaged."""
    copy = path.with_name(path.name + _COPY)
    remove_files(copy)
    with held_alone(path, cipher) as holder:
        try:
            _copy_under(holder.connection, copy, wanted)
            shutil.copymode(path, copy)
            _check(copy, wanted)
            holder.replace_by(copy)
        except BaseException:
            remove_files(copy)
            raise


def _copy_under(connection: Any, copy: Path, wanted: Cipher) -> None:
    key = f"x'{wanted.key.hex()}{wanted.salt.hex()}'"
    connection.execute("ATTACH DATABASE ? AS rekeyed KEY ?", (str(copy), key))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT sqlcipher_export('rekeyed')").fetchone()
    connection.execute("COMMIT")
    connection.execute("DETACH DATABASE rekeyed")


def _check(copy: Path, wanted: Cipher) -> None:
    connection = connect(copy, Cipher(wanted.key))
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    finally:
        # The last connection folds the log into the copy and removes it.
        connection.close()
    if found != "ok":
        raise WorkspaceDamaged(f"{copy.name} could not be made", f"The workspace was left as it was. Found: {found}")
