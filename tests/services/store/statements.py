"""Hears which statements a store executes, and asks SQLite how it would carry them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from services.store import engine

_TABLES = re.compile(
    r'(?:FROM|JOIN|UPDATE|INTO)\s+"?(\w+)"?(?:\s+(?:AS\s+)?(?!WHERE|JOIN|ON|LEFT|ORDER|SET|IN|GROUP)(\w+))?'
)


class Heard:
    """The statements of every connection made since the hearing began."""

    def __init__(self) -> None:
        self._listening = False
        self._statements: list[str] = []

    def note(self, statement: str) -> None:
        """Called by the driver; what the full text asks itself begins with a comment."""
        if self._listening and not statement.startswith("--"):
            self._statements.append(statement)

    @contextmanager
    def during(self) -> Iterator[list[str]]:
        """The statements of a block, in order."""
        self._statements = []
        self._listening = True
        try:
            yield self._statements
        finally:
            self._listening = False


def hear(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """Listen to every connection that is made from now on."""
    heard = Heard()
    really = engine._connect

    def connect(path: Path, *arguments: Any, **options: Any) -> Any:
        connection = really(path, *arguments, **options)
        connection.set_trace_callback(heard.note)
        return connection

    monkeypatch.setattr(engine, "_connect", connect)
    return heard


_LAST_ROWS = re.compile(r"ORDER BY (\w\.)?(id|seq) DESC LIMIT \d+\s*$")


def scans(connection: Any, statement: str) -> list[tuple[str, str]]:
    """The tables of which a statement reads every row or which it sorts, and SQLite's words for it.

    Rows that are read from the end of a table until there are enough are no scan.
    """
    if not re.match(r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH)", statement):
        return []
    tables = _TABLES.findall(statement)
    names: dict[str, str] = {alias or table: table for table, alias in tables}
    found: list[tuple[str, str]] = []
    for *_, detail in connection.execute(f"EXPLAIN QUERY PLAN {statement}"):
        scan = re.match(r"SCAN (\w+)(?!.*VIRTUAL TABLE)", detail)
        if scan and not _LAST_ROWS.search(statement):
            found.append((names.get(scan[1], scan[1]), detail))
        elif detail.startswith("USE TEMP B-TREE") or "AUTOMATIC" in detail:
            found.append((tables[0][0], detail))
    return found
