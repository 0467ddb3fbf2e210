"""What can stop an import of a file before its first row."""

from __future__ import annotations

from services.errors import MyCrmError


class UnreadableFile(MyCrmError):
    """The file holds no table that can be read: empty, not text, another format by a wrong name."""

    code = "unreadable_file"


class ImportStopped(MyCrmError):
    """The process that read the file ended before its work did; nothing was kept."""

    code = "import_stopped"
