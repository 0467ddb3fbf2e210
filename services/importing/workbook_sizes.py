"""How much a zipped workbook unpacks to, measured by unpacking it in small pieces and keeping none of them.

What the archive says of its own sizes is not believed: a file made to fill the memory says what it likes.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

MOST_UNPACKED: Final = 1 << 30
"""Bytes that all parts of a workbook may unpack to: a full sheet of a million rows and ten columns does."""

MOST_CELLS: Final = 50_000_000
"""Cells of the rectangle that a sheet may span, empty ones included."""

_CHUNK: Final = 1 << 20
_OVERLAP: Final = 256
_LOCAL_HEADER: Final = struct.Struct("<4s22xHH")
_STORED: Final = 0
_DEFLATED: Final = 8
_ROW: Final = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d{1,9})\"")
# Columns from AA on; a sheet without any spans at most twenty-six.
_WIDE_CELL: Final = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{2,4})\d")
_REPEATED: Final = re.compile(
    rb"<table:table-row\b[^>]*>|<table:(?:covered-)?table-cell\b[^>]*>|</table:table-row>|</table:table>"
)
_REPEATS: Final = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d{1,9})\"")
_NARROW: Final = 26


class TooLarge(Exception):
    """More than a workbook may unpack to, or more cells than a sheet may span."""


class Damaged(Exception):
    """The archive cannot be unpacked."""


@dataclass(slots=True)
class _SheetSpan:
    """The rectangle that the cells of one sheet of an xlsx span."""

    rows: int = 0
    columns: int = _NARROW

    def look(self, piece: bytes) -> None:
        """Take note of the rows and columns in a piece of the sheet."""
        for found in _ROW.finditer(piece):
            self.rows = max(self.rows, int(found.group(1)))
        for found in _WIDE_CELL.finditer(piece):
            self.columns = max(self.columns, _column_number(found.group(1)))
        if self.rows * self.columns > MOST_CELLS:
            raise TooLarge


@dataclass(slots=True)
class _RepeatedSpan:
    """The cells of one sheet of an ods, in which one row or cell may stand for many."""

    rows: int = 0
    columns: int = 0
    _row_repeats: int = 1
    _cells: int = 0
    _filled: int = 0
    _pending: int = field(default=0)

    def look(self, piece: bytes) -> None:
        """Take note of the rows and cells in a piece of the content."""
        for found in _REPEATED.finditer(piece):
            self._take(found.group())

    def _take(self, tag: bytes) -> None:
        if tag == b"</table:table>":
            self.rows = self.columns = self._pending = 0
        elif tag == b"</table:table-row>":
            self._end_row()
        elif tag.startswith(b"<table:table-row"):
            self._row_repeats, self._cells, self._filled = _repeats(tag), 0, 0
        else:
            self._cells += _repeats(tag)
            if b"value-type=" in tag:
                self._filled = self._cells

    def _end_row(self) -> None:
        # Empty rows and cells at the end are how an ods says that a sheet is large; nothing reads them.
        self._pending += self._row_repeats
        if self._filled:
            self.rows += self._pending
            self._pending = 0
            self.columns = max(self.columns, self._filled)
            if self.rows * self.columns > MOST_CELLS:
                raise TooLarge


def _repeats(tag: bytes) -> int:
    found = _REPEATS.search(tag)
    return int(found.group(1)) if found else 1


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def check_unpacked(path: Path) -> None:
    """Raise TooLarge or Damaged unless the archive unpacks to what a workbook may be."""
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as archive, path.open("rb") as raw:
            for info in archive.infolist():
                span = _span(info.filename)
                carried = b""
                for piece in _pieces(raw, info):
                    unpacked += len(piece)
                    if unpacked > MOST_UNPACKED:
                        raise TooLarge
                    if span is not None:
                        carried = _looked(span, carried + piece)
                if span is not None:
                    span.look(carried)
    except (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, RuntimeError) as error:
        raise Damaged(str(error)) from error


def _looked(span: _SheetSpan | _RepeatedSpan, text: bytes) -> bytes:
    """Look through whole tags; what may be the beginning of one is handed on to the next piece."""
    cut = text.rfind(b"<")
    if cut <= 0:
        return text if len(text) < _CHUNK else text[-_OVERLAP:]
    span.look(text[:cut])
    return text[cut:]


def _span(name: str) -> _SheetSpan | _RepeatedSpan | None:
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        return _SheetSpan()
    return _RepeatedSpan() if name == "content.xml" else None


def _pieces(raw: BinaryIO, info: zipfile.ZipInfo) -> Iterator[bytes]:
    raw.seek(info.header_offset)
    signature, name_length, extra_length = _LOCAL_HEADER.unpack(raw.read(_LOCAL_HEADER.size))
    if signature != b"PK\x03\x04":
        raise Damaged("no local header")
    raw.seek(name_length + extra_length, 1)
    left = info.compress_size
    if info.compress_type == _STORED:
        while left > 0 and (piece := raw.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece
    elif info.compress_type == _DEFLATED:
        yield from _inflated(raw, left)
    else:
        raise Damaged(f"compressed by method {info.compress_type}")


def _inflated(raw: BinaryIO, left: int) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    while left > 0 and not unpacker.eof:
        packed = raw.read(min(_CHUNK, left))
        if not packed:
            raise Damaged("ends early")
        left -= len(packed)
        while packed:
            yield unpacker.decompress(packed, _CHUNK)
            packed = unpacker.unconsumed_tail
    if not unpacker.eof:
        raise Damaged("ends early")
