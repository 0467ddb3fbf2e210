"""Files that are no text tables although their names say so: told apart by how they begin."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from services.importing.refusals import UnreadableFile

_START_BYTES: Final = 4096
_BINARY_STARTS: Final = (
    (b"PK\x03\x04", "a spreadsheet or a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a spreadsheet in the old xls format"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a rar archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"SQLite format 3\0", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "a rich text document"),
)
_TEXT_STARTS: Final = (
    (re.compile(r"<(?:!doctype\s+html|html|table|\?xml)", re.IGNORECASE), "a web page or XML"),
    (re.compile(r"BEGIN:VCARD", re.IGNORECASE), "a vCard file"),
    (re.compile(r"BEGIN:VCALENDAR", re.IGNORECASE), "a calendar file"),
    (re.compile(r"\[\s*\{|\{\s*\""), "a JSON file"),
)
_HINTS: Final = {
    "a spreadsheet or a zip archive": "Save the sheet as csv, or give the file its true ending .xlsx.",
    "a spreadsheet in the old xls format": "Open it and save the sheet as csv.",
    "a web page or XML": "Open it in a spreadsheet and save it as csv.",
    "a vCard file": "Give the file its true ending .vcf.",
    "a calendar file": "Give the file its true ending .ics.",
    "a JSON file": "Give the file its true ending .json.",
    "a compressed file": "Unpack it first.",
}
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\r\x0b\x0c\x1a\x1b\0")
_MOST_CONTROL_SHARE: Final = 0.02
_MOST_NUL_SHARE: Final = 0.25


def refuse_foreign(path: Path, start: bytes) -> None:
    """Raise UnreadableFile, saying what the file is, unless its first bytes can be those of a text table."""
    if not start.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UnreadableFile(f"“{path.name}” is empty", "Choose a file with a header and rows.")
    for signature, what in _BINARY_STARTS:
        if start.startswith(signature):
            raise _is_no_table(path, what)
    head = start[:_START_BYTES]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = head.decode("utf-16" if wide else "utf-8", errors="ignore").lstrip("\ufeff \t\r\n")
    for pattern, what in _TEXT_STARTS:
        if pattern.match(text):
            raise _is_no_table(path, what)
    if not wide and _is_binary(head):
        raise _is_no_table(path, "no text")


def _is_no_table(path: Path, what: str) -> UnreadableFile:
    hint = _HINTS.get(what, "Choose a file of rows parted by commas, semicolons or tabs.")
    return UnreadableFile(f"“{path.name}” is {what}, not a csv file", hint)


def _is_binary(head: bytes) -> bool:
    controls = sum(1 for byte in head if byte in _CONTROLS)
    if controls > _MOST_CONTROL_SHARE * len(head):
        return True
    even, odd = head[0::2].count(0), head[1::2].count(0)
    # UTF-16 without a mark has its zero bytes on one side only.
    return min(even, odd) > _MOST_NUL_SHARE * len(head) / 2
