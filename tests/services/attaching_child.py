"""Run in a process of its own, which is killed: attaches one file after the other."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from services.open_workspace import join
from services.records.fields import EntityKind
from tests.support.workspaces import open_store


def main() -> None:
    """Attach until killed."""
    workspace = join(open_store(Path(sys.argv[1])))
    workspace.users.act_as(None)
    sys.stdout.write("attaching\n")
    sys.stdout.flush()
    for number in range(400):
        path = Path(sys.argv[2]) / f"{os.getpid()}-{number}.bin"
        path.write_bytes(os.urandom(100_000))
        workspace.files.attach(path, EntityKind.CONTACT, 1)
    workspace.close()


main()
