"""Files that belong to records, as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.records.fields import EntityKind
from services.records.ids import FileId, Uid


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as a list shows it; `entity` and `record_id` name the record it belongs to."""

    id: FileId
    uid: Uid
    name: str
    media_type: str
    size_bytes: int
    entity: EntityKind
    record_id: int
    owner: str
    created_at: datetime
    deleted_at: datetime | None


@dataclass(frozen=True, slots=True)
class FilesUsage:
    """How much there is: files that records name, and contents beside the workspace, which several may share."""

    files: int
    named_bytes: int
    contents: int
    stored_bytes: int


@dataclass(frozen=True, slots=True)
class FilePurge:
    """How many contents were deleted for good, and the room that made."""

    contents: int
    freed_bytes: int
