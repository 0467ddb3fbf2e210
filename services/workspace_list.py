"""The workspaces known on this laptop, in a JSON file of the config folder: path, name and when last used.

A hint and no truth: a file that is missing or unreadable counts as an empty list, and an entry whose file is
gone stays until somebody forgets it, because it may lie on a disk that is not plugged in.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from services.clock import Clock, SystemClock
from services.vault.durable import part_file, put_in_place, writing

FILE_NAME: Final = "workspaces.json"


@dataclass(frozen=True, slots=True)
class KnownWorkspace:
    """One workspace file that was opened here."""

    path: Path
    name: str
    last_used_at: datetime


class WorkspaceList:
    """Reads the list afresh at every call, because the window and `mycrm` share it."""

    def __init__(self, folder: Path, clock: Clock | None = None) -> None:
        self._file = folder / FILE_NAME
        self._clock = clock or SystemClock()

    def all(self) -> list[KnownWorkspace]:
        """Every known workspace, the one used last first."""
        try:
            document = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        entries = document.get("workspaces") if isinstance(document, dict) else None
        found = [_entry(item) for item in entries] if isinstance(entries, list) else []
        return sorted((entry for entry in found if entry), key=lambda entry: entry.last_used_at, reverse=True)

    def last_used(self) -> Path | None:
        """The workspace used last, if its file is there; else the next one that is."""
        return next((entry.path for entry in self.all() if entry.path.exists()), None)

    def use(self, path: Path) -> None:
        """Note that a workspace is in use now. Raises WorkspaceError."""
        path = path.absolute()
        others = [entry for entry in self.all() if entry.path != path]
        self._write([KnownWorkspace(path, path.stem, self._clock.now()), *others])

    def forget(self, path: Path) -> None:
        """Take a workspace off the list; its file stays. Raises WorkspaceError."""
        path = path.absolute()
        self._write([entry for entry in self.all() if entry.path != path])

    def _write(self, entries: list[KnownWorkspace]) -> None:
        rows = [
            {"path": str(entry.path), "name": entry.name, "last_used_at": entry.last_used_at.isoformat()}
            for entry in entries
        ]
        # ASCII, so that a path which is no valid text still comes back as it was.
        text = json.dumps({"workspaces": rows}, indent=1)
        with writing(self._file):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with part_file(self._file.parent) as (target, part):
                target.write(text.encode("ascii"))
                put_in_place(target, part, self._file)


def _entry(item: Any) -> KnownWorkspace | None:
    if not isinstance(item, dict) or not isinstance(item.get("path"), str):
        return None
    path = Path(item["path"])
    name = item.get("name")
    try:
        used_at = datetime.fromisoformat(str(item.get("last_used_at")))
    except ValueError:
        used_at = datetime.fromtimestamp(0, UTC)
    if used_at.tzinfo is None:
        used_at = used_at.replace(tzinfo=UTC)
    return KnownWorkspace(path, name if isinstance(name, str) and name else path.stem, used_at)
