"""Notes which processes have a workspace open, so that a refusal can say who holds it."""

from __future__ import annotations

import os
import platform
from typing import Any, Final

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

_PATIENCE_MS: Final = 1000
"""How long a program that ends waits for another one's import."""


def is_running(pid: int) -> bool:
    """Whether a process of this machine still runs."""
    if platform.system() == "Windows":
        import ctypes

        kernel: Any = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        handle = kernel.OpenProcess(0x1000, False, pid)
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Openers:
    """This process's entry in the list of those who have the file open."""

    def __init__(self, program: str, pid: int, host: str) -> None:
        self._program = program
        self._pid = pid
        self._host = host
        self._row: int | None = None

    def enter(self, connection: Connection, now_millis: int) -> None:
        """Sign on, and strike out processes of this machine that were killed."""
        for row_id, pid, host in connection.exec_driver_sql("SELECT id, pid, host FROM opened_by").fetchall():
            if host == self._host and not is_running(pid):
                connection.exec_driver_sql("DELETE FROM opened_by WHERE id = ?", (row_id,))
        sql = "INSERT INTO opened_by(pid, host, program, opened_at) VALUES (?, ?, ?, ?) RETURNING id"
        self._row = connection.exec_driver_sql(sql, (self._pid, self._host, self._program, now_millis)).scalar_one()

    def leave(self, engine: Engine) -> None:
        """Sign off; a file that went away, or is kept busy by others, needs no sign-off.

        An entry that stays is struck out by whoever opens the file next.
        """
        if self._row is None:
            return
        try:
            with engine.connect() as connection:
                raw = connection.connection.driver_connection
                assert raw is not None
                raw.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")
            with engine.begin() as connection:
                connection.exec_driver_sql("DELETE FROM opened_by WHERE id = ?", (self._row,))
        except SQLAlchemyError:
            pass
        self._row = None


_LIST = "SELECT pid, host, program FROM opened_by"


def names_of_others(raw: Any, pid: int, host: str) -> list[str]:
    """The other living processes that have the file open, in words; `raw` is a driver connection."""
    found = []
    for other_pid, other_host, program in raw.execute(_LIST).fetchall():
        if (other_pid, other_host) == (pid, host) or (other_host == host and not is_running(other_pid)):
            continue
        found.append(f"{program} (process {other_pid} on {other_host})")
    return found
