"""A process that has a workspace open until it is told to let go: `PATH HOW`, then a line on stdin."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from services.store.engine import connect
from tests.support.workspaces import CIPHER


def main() -> None:
    """Open the file as asked, say so, and wait."""
    connection = connect(Path(sys.argv[1]), CIPHER)
    if sys.argv[2] == "signed on":
        sql = "INSERT INTO opened_by(pid, host, program, opened_at) VALUES (?, ?, 'window', 0)"
        connection.execute(sql, (os.getpid(), platform.node()))
    elif sys.argv[2] == "reading":
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM batch").fetchone()
    sys.stdout.write("holding\n")
    sys.stdout.flush()
    sys.stdin.readline()
    connection.close()


if __name__ == "__main__":
    main()
