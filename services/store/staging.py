"""The file in which an import waits outside the write lock: encrypted with a key of its own, and short-lived.

Rows are kept in slices as JSON; a file that a killed program left behind cannot be read by anybody.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from services.records.drafts import PointDraft, PointKind, RecordDraft, RowDraft
from services.store.engine import Cipher, connect, translated
from services.store.stored import stored

_SUFFIX: Final = ".staging"
_TABLES: Final = ("CREATE TABLE slice (number INTEGER PRIMARY KEY, first INTEGER, last INTEGER, rows BLOB NOT NULL)",)


class Staging:
    """Slices of normalised rows on their way into a workspace; may be read on several threads at once."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._connection = connect(path, Cipher(key))
        self._slices = 0
        self._lock = threading.Lock()

    @classmethod
    def beside(cls, workspace: Path) -> Staging:
        """A new staging file in the folder of the workspace, so that it lies on the same disk."""
        # The number of the process is in the name: what a killed one left behind can be told from what is in use.
        path = workspace.with_name(f".{workspace.stem}.{secrets.token_hex(6)}.{os.getpid()}{_SUFFIX}")
        staging = cls(path, secrets.token_bytes(32))
        execute = staging._connection.execute
        execute("PRAGMA journal_mode = OFF").fetchone()
        execute("PRAGMA synchronous = OFF")
        for statement in _TABLES:
            execute(statement)
        return staging

    def add(self, rows: Iterable[RowDraft]) -> None:
        """Append a slice of rows."""
        packed = [_packed(row) for row in rows]
        first, last = (packed[0][0], packed[-1][0]) if packed else (0, 0)
        payload = orjson.dumps(packed)
        self._slices += 1
        with self._lock, translated(self.path):
            self._connection.execute("INSERT INTO slice VALUES (?, ?, ?, ?)", (self._slices, first, last, payload))

    def slices(self) -> Iterator[list[RowDraft]]:
        """Every slice in the order of the file."""
        number = 0
        while True:
            with self._lock, translated(self.path):
                found = self._connection.execute(
                    "SELECT number, rows FROM slice WHERE number > ? ORDER BY number LIMIT 1", (number,)
                ).fetchone()
            if found is None:
                return
            number = found[0]
            yield [_unpacked(row) for row in orjson.loads(found[1])]

    def numbered(self, numbers: Iterable[int]) -> list[RowDraft]:
        """The rows of these numbers, in the order of the file; those that are not here are left out."""
        wanted = sorted(set(numbers))
        found: list[RowDraft] = []
        place = 0
        while place < len(wanted):
            slice_of_rows = self._slice_holding(wanted[place])
            if slice_of_rows is None:
                place += 1
                continue
            last, payload = slice_of_rows
            asked: set[int] = set()
            while place < len(wanted) and wanted[place] <= last:
                asked.add(wanted[place])
                place += 1
            found.extend(_unpacked(row) for row in orjson.loads(payload) if row[0] in asked)
        return found

    def _slice_holding(self, number: int) -> tuple[int, bytes] | None:
        with self._lock, translated(self.path):
            found: tuple[int, bytes] | None = self._connection.execute(
                "SELECT last, rows FROM slice WHERE first <= ? AND last >= ? LIMIT 1", (number, number)
            ).fetchone()
        return found

    def sync(self) -> None:
        """Make what was added survive a power cut: for imports in chunks, which are finished later."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    @property
    def size_bytes(self) -> int:
        """The size of the staged rows on disk."""
        return self.path.stat().st_size

    def close(self, *, remove: bool = True) -> None:
        """Close the file, and remove it unless an import is to go on with it; a second time does nothing."""
        with self._lock:
            self._connection.close()
        if remove:
            for leftover in (self.path, *self.path.parent.glob(f"{self.path.name}-*")):
                leftover.unlink(missing_ok=True)


def leftovers(workspace: Path) -> list[Path]:
    """Staging files that earlier runs left beside a workspace."""
    return sorted(workspace.parent.glob(f".{workspace.stem}.*{_SUFFIX}"))


def _packed(row: RowDraft) -> list[Any]:
    draft = row.draft
    return [
        row.number,
        {name: stored(value) for name, value in draft.fields.items()},
        [_packed_point(point) for point in draft.points],
        draft.tags,
        {name: stored(value) for name, value in draft.custom.items()},
    ]


def _packed_point(p: PointDraft) -> list[Any]:
    packed: list[Any] = [
        p.kind.value,
        p.raw,
        p.normal,
        p.label,
        p.is_primary,
        p.city,
        p.region,
        p.postal_code,
        p.country,
    ]
    if p.verified is not None or p.bounced is not None:
        packed += [p.verified, p.bounced]
    return packed


_KINDS: Final = {kind.value: kind for kind in PointKind}


def _unpacked(packed: list[Any]) -> RowDraft:
    """A row whose values are already in the form in which documents keep them."""
    number, fields, points, tags, custom = packed
    return RowDraft(
        number,
        RecordDraft(
            fields=fields,
            points=tuple(PointDraft(_KINDS[point[0]], *point[1:]) for point in points),
            tags=tuple(tags),
            custom=custom,
        ),
    )
