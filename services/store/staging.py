"""The file in which an import waits outside the write lock: encrypted with a key of its own, and short-lived.

Rows are kept in slices as JSON; a file that a killed program left behind cannot be read by anybody.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from services.records.drafts import PointDraft, PointKind, RecordDraft, RowDraft
from services.store.engine import Cipher, connect, translated
from services.store.stored import stored

_SUFFIX: Final = ".staging"
_TABLES: Final = ("CREATE TABLE slice (number INTEGER PRIMARY KEY, rows BLOB NOT NULL)",)


class Staging:
    """Slices of normalised rows on their way into a workspace."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self.key = key
        self._connection = connect(path, Cipher(key))
        self._slices = 0

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
        payload = orjson.dumps([_packed(row) for row in rows])
        self._slices += 1
        with translated(self.path):
            self._connection.execute("INSERT INTO slice VALUES (?, ?)", (self._slices, payload))

    def slices(self) -> Iterator[list[RowDraft]]:
        """Every slice in the order of the file."""
        number = 0
        while True:
            with translated(self.path):
                found = self._connection.execute(
                    "SELECT number, rows FROM slice WHERE number > ? ORDER BY number LIMIT 1", (number,)
                ).fetchone()
            if found is None:
                return
            number = found[0]
            yield [_unpacked(row) for row in orjson.loads(found[1])]

    def sync(self) -> None:
        """Make what was added survive a power cut: for imports in chunks, which are finished later."""
        with self.path.open("rb") as file:
            os.fsync(file.fileno())

    @property
    def size_bytes(self) -> int:
        """The size of the staged rows on disk."""
        return self.path.stat().st_size

    def close(self, *, remove: bool = True) -> None:
        """Close the file, and remove it unless an import is to go on with it."""
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
        [
            [p.kind.value, p.raw, p.normal, p.label, p.is_primary, p.city, p.region, p.postal_code, p.country]
            for p in draft.points
        ],
        draft.tags,
        {name: stored(value) for name, value in draft.custom.items()},
    ]


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
