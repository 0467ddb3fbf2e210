"""Opens a workspace for reading under a name of the caller's choice, beside an empty database."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

from services.store.engine import BUSY_TIMEOUT_S, Cipher, log_of, translated


def attach_for_reading(path: Path, cipher: Cipher | None, schema: str) -> Any:
    """A driver connection on which the file is attached as `schema`, read-only. Raises WorkspaceError."""
    # As in engine.connect: a folder that takes no files has no room for the log's index.
    immutable = not os.access(path.parent, os.W_OK) and not log_of(path).exists()
    address = f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if immutable else ''}"
    key = f"x'{cipher.key.hex()}{cipher.salt.hex()}'" if cipher is not None else ""
    with translated(path):
        connection = driver.connect(":memory:", uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None)
        try:
            connection.execute("PRAGMA cipher_log_level = NONE")
            connection.execute(f'ATTACH DATABASE ? AS "{schema}" KEY ?', (address, key))
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(f'PRAGMA "{schema}".cache_size = -64000')
            connection.execute(f'SELECT count(*) FROM "{schema}".sqlite_schema').fetchone()
        except BaseException:
            connection.close()
            raise
    return connection
