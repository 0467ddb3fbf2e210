"""Writes a workspace anew under another key: an encrypted copy is made, checked and swapped in."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any, Final

from services.errors import WorkspaceBusy, WorkspaceDamaged
from services.store.engine import Cipher, connect, translated
from services.store.openers import names_of_others

_COPY: Final = ".rekeying"


def workspace_uid(path: Path, cipher: Cipher | None) -> bytes:
    """The uid that a workspace keeps of itself."""
    with translated(path):
        connection = connect(path, cipher)
        try:
            return bytes.fromhex(connection.execute("SELECT value FROM workspace WHERE name = 'uid'").fetchone()[0])
        finally:
            connection.close()


def reencrypt(path: Path, cipher: Cipher | None, wanted: Cipher) -> None:
    """Replace the file by a copy under the wanted key. Raises WorkspaceBusy and WorkspaceDamaged."""
    copy = path.with_name(path.name + _COPY)
    copy.unlink(missing_ok=True)
    with translated(path):
        connection = connect(path, cipher, timeout_s=2.0)
        try:
            names = names_of_others(connection, os.getpid(), platform.node())
            if names:
                raise WorkspaceBusy(f"{path.name} is open in {', '.join(names)}", "Close it there, then try again.")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            _copy_under(connection, copy, wanted)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        finally:
            connection.close()
        _check(copy, wanted)
        copy.replace(path)
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)


def _copy_under(connection: Any, copy: Path, wanted: Cipher) -> None:
    key = f"x'{wanted.key.hex()}{wanted.salt.hex()}'"
    connection.execute("ATTACH DATABASE ? AS rekeyed KEY ?", (str(copy), key))
    # The writers of other processes are kept out while the copy is made.
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("SELECT sqlcipher_export('rekeyed')").fetchone()
    connection.execute("COMMIT")
    connection.execute("DETACH DATABASE rekeyed")


def _check(copy: Path, wanted: Cipher) -> None:
    connection = connect(copy, Cipher(wanted.key))
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if found != "ok":
        copy.unlink(missing_ok=True)
        raise WorkspaceDamaged(f"{copy.name} could not be made", f"The workspace was left as it was. Found: {found}")
