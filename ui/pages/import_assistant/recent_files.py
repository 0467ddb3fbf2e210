"""The lists that were downloaded lately: most imports are of a file that has just arrived."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from ui.pages.import_assistant.kinds import SUFFIXES

SHOWN: Final = 3
_LATELY: Final = timedelta(days=14)
_MOST_LOOKED_AT: Final = 5_000


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file, its size, and when it was written."""

    path: Path
    size: int
    written_at: datetime


def recent_files(folder: Path | None, now: datetime) -> list[RecentFile]:
    """The newest tables in a folder, newest first; none for a folder that cannot be read."""
    if folder is None:
        return []
    found = []
    try:
        for count, path in enumerate(folder.iterdir()):
            if count >= _MOST_LOOKED_AT:
                break
            if path.suffix.lower() in SUFFIXES and not path.name.startswith("."):
                status = path.stat()
                written_at = datetime.fromtimestamp(status.st_mtime, UTC)
                if path.is_file() and now - written_at <= _LATELY:
                    found.append(RecentFile(path, status.st_size, written_at))
    except OSError:
        return found[:SHOWN]
    return sorted(found, key=lambda file: file.written_at, reverse=True)[:SHOWN]
