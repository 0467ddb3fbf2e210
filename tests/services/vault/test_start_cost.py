"""Opening a workspace at start loads nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from services.vault.keys import DataKey, account_of
from tests.services.vault.real_workspaces import make_workspace, new_uid

CHECKOUT = Path(__file__).parents[3]

PROGRAM = """
import importlib, pathlib, pkgutil, sys
import services.vault
for module in pkgutil.iter_modules(services.vault.__path__):
    importlib.import_module(f"services.vault.{module.name}")
from services.vault.memory_store import MemoryStore
from services.vault.opening import unlock
store = MemoryStore()
store.put(sys.argv[2], bytes.fromhex(sys.argv[3]))
assert unlock(pathlib.Path(sys.argv[1]), store=store).reveal().hex() == sys.argv[3]
print(*sorted({name.partition(".")[0] for name in sys.modules} & {"keyring", "cryptography", "sqlcipher3"}))
"""


def test_a_kept_key_opens_without_keyring_library_cryptography_or_driver(tmp_path: Path) -> None:
    path, uid, key = tmp_path / "sales.mycrm", new_uid(), DataKey.generate()
    make_workspace(path, uid, key)

    loaded = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), account_of(uid), key.reveal().hex()],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert loaded.stdout.split() == []
