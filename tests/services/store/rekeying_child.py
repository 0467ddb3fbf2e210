"""A process that is killed in the middle of a rekey: `PATH OLD NEW STEP`, passphrases; an empty OLD is a plain file."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from services import workspaces
from services.store import reencrypting, replacing
from services.vault import protection, rekeying
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from tests.support.workspaces import surroundings

CHEAP = 2**4
"""The cost of scrypt in these tests: what is proved here does not depend on it."""

STEPS = {
    "before the new key is kept": (workspaces, "begin_rekey_to_passphrase"),
    "before the copy": (reencrypting, "_copy_under"),
    "before the check": (reencrypting, "_check"),
    "before the swap": (replacing.SoleHolder, "replace_by"),
    "before the log is removed": (replacing, "log_of"),
    "before the old key is forgotten": (workspaces, "finish_rekey"),
    "while the old key is forgotten": (rekeying, "write_sidecar"),
}


def die(*_: Any, **__: Any) -> Any:
    """End as a killed process ends: nothing is closed, nothing is tidied."""
    os._exit(9)


def main() -> None:
    """Rekey, and be killed at the step."""
    path, old, new, step = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
    protection.SCRYPT_N = CHEAP
    places = workspaces.Workspaces(MemoryStore(), surroundings())
    place, name = STEPS[step]
    if step == "while the old key is forgotten":
        # The first writing of the sidecar begins the rekey, the second one ends it.
        really, calls = getattr(place, name), [0]

        def second(*arguments: Any) -> None:
            calls[0] += 1
            (die if calls[0] == 2 else really)(*arguments)

        setattr(place, name, second)
    else:
        setattr(place, name, die)
    places.rekey(path, Protection.PASSPHRASE, passphrase=old or None, new_passphrase=new)


if __name__ == "__main__":
    main()
