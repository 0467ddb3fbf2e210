"""Makes and opens real SQLCipher files for the tests of the vault."""

from __future__ import annotations

import contextlib
import secrets
import time
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from services.vault.keys import DataKey


def new_uid() -> bytes:
    """A UUID of version 7."""
    drawn = bytearray(time.time_ns().to_bytes(10, "big")[2:8] + secrets.token_bytes(10))
    drawn[6] = drawn[6] & 0x0F | 0x70
    drawn[8] = drawn[8] & 0x3F | 0x80
    return bytes(drawn)


def make_workspace(path: Path, uid: bytes, key: DataKey, *, text: str = "kept") -> None:
    """An encrypted database in WAL mode, with the uid as its salt and one row."""
    with contextlib.closing(sqlcipher.connect(str(path))) as connection:
        connection.execute(f'PRAGMA key = "{key.sqlcipher_literal(uid)}"')
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("CREATE TABLE note (text TEXT)")
        connection.execute("INSERT INTO note VALUES (?)", (text,))
        connection.commit()


def read_workspace(path: Path, key: DataKey) -> str:
    """The row, opened with the raw key alone: the salt is read from the file."""
    with contextlib.closing(sqlcipher.connect(str(path))) as connection:
        connection.execute(f"PRAGMA key = \"x'{key.reveal().hex()}'\"")
        return str(connection.execute("SELECT text FROM note").fetchone()[0])


def rekey_workspace(path: Path, uid: bytes, *, old: DataKey, new: DataKey) -> None:
    """Re-encrypt in place, keeping the salt."""
    with contextlib.closing(sqlcipher.connect(str(path))) as connection:
        connection.execute(f'PRAGMA key = "{old.sqlcipher_literal(uid)}"')
        connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        connection.execute(f'PRAGMA rekey = "{new.sqlcipher_literal(uid)}"')
