"""Writes rows as csv and documents as JSON, one at a time, so that a million records need no memory."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from services.values.formulas import marked


class CsvWriter:
    """A csv file in UTF-8 with a byte-order mark, which spreadsheets need to read it as such."""

    def __init__(self, path: Path, headers: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(headers)

    def __enter__(self) -> CsvWriter:
        return self

    def write(self, cells: Sequence[str]) -> None:
        """Append a row; cells that a spreadsheet would take for a formula are neutralised."""
        self._writer.writerow([marked(cell) for cell in cells])

    def __exit__(self, *_: object) -> None:
        self._file.close()


class JsonWriter:
    """One JSON object with a list a kind of record."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._file.write(b"{")
        self._lists = 0
        self._items = 0

    def __enter__(self) -> JsonWriter:
        return self

    def begin(self, name: str) -> None:
        """Start the list of a kind."""
        self._file.write(b"\n]," if self._lists else b"")
        self._file.write(b'"' + name.encode() + b'": [')
        self._lists += 1
        self._items = 0

    def write(self, document: dict[str, Any]) -> None:
        """Append a document to the list."""
        self._file.write(b",\n" if self._items else b"\n")
        self._file.write(orjson.dumps(document, option=orjson.OPT_UTC_Z))
        self._items += 1

    def __exit__(self, *_: object) -> None:
        self._file.write(b"\n]}\n" if self._lists else b"}\n")
        self._file.close()
