"""Rows of projections in the database: those that live there, and those that a replay makes for comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection

from services.store.ledger.projectors import OpenChange, Projector, Row
from services.store.tables import Base


@cache
def _columns(table: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All columns and the key columns of a projection's table."""
    found = Base.metadata.tables[table]
    return tuple(column.name for column in found.columns), tuple(column.name for column in found.primary_key)


class DatabaseRows:
    """Reads and writes projection rows; `prefix` names the temporary copies of a replay.

    Writes are collected and sent together; a key is read from what was collected first.
    """

    def __init__(self, connection: Connection, prefix: str = "") -> None:
        self._connection = connection
        self._prefix = prefix
        self._pending: dict[str, dict[Row, Row | None]] = {}

    def get(self, table: str, key: Row) -> Row | None:
        """The row under a primary key, or None."""
        pending = self._pending.get(table, {})
        if key in pending:
            return pending[key]
        _, keys = _columns(table)
        where = " AND ".join(f'"{name}" = ?' for name in keys)
        found = self._connection.exec_driver_sql(f'SELECT * FROM "{self._prefix}{table}" WHERE {where}', key).fetchone()
        return tuple(found) if found else None

    def put(self, table: str, row: Row) -> None:
        """Insert the row, or replace the one under its key."""
        names, keys = _columns(table)
        key = tuple(row[names.index(name)] for name in keys)
        self._pending.setdefault(table, {})[key] = row

    def delete(self, table: str, key: Row) -> None:
        """Take the row under a key away."""
        self._pending.setdefault(table, {})[key] = None

    def flush(self) -> None:
        """Send everything collected to the database."""
        for table, rows in self._pending.items():
            names, keys = _columns(table)
            where = " AND ".join(f'"{name}" = ?' for name in keys)
            gone = [key for key, row in rows.items() if row is None]
            if gone:
                self._connection.exec_driver_sql(f'DELETE FROM "{self._prefix}{table}" WHERE {where}', gone)
            kept = [row for row in rows.values() if row is not None]
            if kept:
                marks = ",".join("?" * len(names))
                self._connection.exec_driver_sql(
                    f'INSERT OR REPLACE INTO "{self._prefix}{table}" VALUES ({marks})', kept
                )
        self._pending.clear()


def project(
    connection: Connection, projectors: Sequence[Projector], changes: Iterable[OpenChange], prefix: str = ""
) -> None:
    """Let every projector take in the changes, in their fixed order."""
    taken = list(changes)
    rows = DatabaseRows(connection, prefix)
    for projector in projectors:
        projector.apply(taken, rows)
        rows.flush()


def projection_tables(projectors: Sequence[Projector]) -> list[str]:
    """The tables that these projectors fill."""
    return [table for projector in projectors for table in projector.tables]


def make_replay_tables(connection: Connection, tables: Sequence[str], prefix: str) -> None:
    """Empty temporary copies of projection tables, with the same columns and keys."""
    for table in tables:
        names, keys = _columns(table)
        columns = ", ".join(f'"{name}"' for name in names)
        key = ", ".join(f'"{name}"' for name in keys)
        connection.exec_driver_sql(f'CREATE TEMP TABLE "{prefix}{table}" ({columns}, PRIMARY KEY ({key}))')


def drop_replay_tables(connection: Connection, tables: Sequence[str], prefix: str) -> None:
    """Remove the temporary copies."""
    for table in tables:
        connection.exec_driver_sql(f'DROP TABLE temp."{prefix}{table}"')


def rows_that_differ(connection: Connection, table: str, prefix: str) -> int:
    """How many rows stand in one of the two tables only."""
    names, _ = _columns(table)
    columns = ", ".join(f'"{name}"' for name in names)
    sides: list[Any] = []
    for one, other in ((table, f"{prefix}{table}"), (f"{prefix}{table}", table)):
        sql = f'SELECT count(*) FROM (SELECT {columns} FROM "{one}" EXCEPT SELECT {columns} FROM "{other}")'
        sides.append(connection.exec_driver_sql(sql).scalar_one())
    return int(sum(sides))
