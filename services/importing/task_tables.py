"""The tasks of a calendar file as a table with the columns of our own export, and those that cannot be read."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from services.importing.calendars import read_calendar
from services.records.drafts import RecordDraft, RowReject, Value


def task_rows(path: Path, time_zone: str) -> tuple[list[list[str]], list[RowReject]]:
    """Header and rows of the VTODOs of a file, and what was rejected. Raises UnreadableFile.

    The UID of a task is its external key, so that it is known again. What is rejected may have been an event: a part
    of a file that nobody can read does not say.
    """
    contents = read_calendar(path, time_zone)
    found = [_cells(draft) for draft in contents.tasks]
    header = list(dict.fromkeys(name for row in found for name in row)) or ["title"]
    return [header, *([row.get(name, "") for name in header] for row in found)], list(contents.rejects)


def _cells(draft: RecordDraft) -> dict[str, str]:
    cells = {name: _text(value) for name, value in draft.fields.items() if value is not None}
    if draft.tags:
        cells["tags"] = ", ".join(f'"{tag}"' if "," in tag else tag for tag in draft.tags)
    return cells


def _text(value: Value) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
