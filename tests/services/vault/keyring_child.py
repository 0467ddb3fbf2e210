"""Runs keyring calls in a process of its own, so that the session of the tests is never touched.

Reads one step `[name, argument, ...]` as JSON from each line of standard input and answers it with one line:
`{"value": ...}`, or `{"error": class, "code": ..., "text": ...}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from services.errors import MyCrmError
from services.vault.keyring_store import KeyringStore
from services.vault.opening import unlock
from services.vault.protection import new_keyring_workspace_key
from services.vault.recovery import RecoveryCode
from tests.services.vault.real_workspaces import make_workspace, read_workspace


class Steps:
    """What a test can ask the child to do; secrets travel as hex."""

    def __init__(self, timeout_s: float) -> None:
        self._store = KeyringStore(timeout_s=timeout_s)

    def trust(self) -> str:
        self._store.trust()
        return self._store.name

    def put(self, account: str, secret: str) -> str:
        self._store.put(account, bytes.fromhex(secret))
        return self._store.name

    def get(self, account: str) -> str | None:
        secret = self._store.get(account)
        return None if secret is None else secret.hex()

    def delete(self, account: str) -> None:
        self._store.delete(account)

    def make_workspace(self, path: str, uid: str) -> dict[str, str]:
        new = new_keyring_workspace_key(bytes.fromhex(uid), self._store)
        make_workspace(Path(path), new.uid, new.key)
        return {"recovery_code": new.recovery_code.format(), "keyring": new.keyring_name}

    def read_workspace(self, path: str, code: str = "") -> str:
        given = RecoveryCode.parse(code) if code else None
        return read_workspace(Path(path), unlock(Path(path), store=self._store, recovery_code=given))

    def lock_all(self) -> int:
        import secretstorage

        connection = secretstorage.dbus_init()
        collections = list(secretstorage.get_all_collections(connection))
        for collection in collections:
            collection.lock()
        connection.close()
        return len(collections)


def main() -> None:
    """Do the steps, each when it arrives, until standard input ends."""
    steps = Steps(float(sys.argv[1]))
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        step: Callable[..., object] = getattr(steps, name)
        try:
            answer: dict[str, object] = {"value": step(*arguments)}
        except MyCrmError as error:
            answer = {"error": type(error).__name__, "code": error.code, "text": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
