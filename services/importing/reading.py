"""Rows out of a table file as a stream: memory stays the same whatever the file holds, and nothing stops it.

A row that cannot be taken becomes a RowReject and reading goes on behind it. A quotation mark that is never
closed costs the row it stands in, not the rows it would swallow: lines read ahead for it are read again.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Final

from services.importing.encodings import BAD_BYTES, encoding_name
from services.importing.refusals import UnreadableFile
from services.importing.shapes import Dialect, FileShape
from services.records.drafts import RowReject

LONGEST_LINE: Final = 1_000_000
MOST_LINES_OF_A_ROW: Final = 2_000
MOST_CHARACTERS_OF_A_ROW: Final = 4_000_000
_SHOWN_CHARACTERS: Final = 200
_BAD: Final = re.compile("[\udc00-\udcff]")

FileRow = tuple[int, list[str]]
"""The number of a data row, from 1, and its cells, as many as there are columns."""


class _LineTooLong(Exception):
    """The line just read is longer than any table's."""


class _RowTooLong(Exception):
    """The row goes on for more lines than any table's: its quotation mark was never closed."""


class LineFeed:
    """Hands lines to the csv reader, remembers those of the present row, and takes lines back."""

    def __init__(self, text: io.TextIOBase) -> None:
        self._text = text
        self._returned: deque[str] = deque()
        self.taken: list[str] = []
        self.characters = 0
        self.is_damaged = False
        self.handed = 0

    def begin_row(self) -> None:
        """Forget the lines of the row before."""
        self.taken.clear()
        self.characters = 0
        self.is_damaged = False

    def give_back(self) -> None:
        """Take all lines but the first of the present row to be read again."""
        self._returned.extendleft(reversed(self.taken[1:]))
        self.handed -= len(self.taken) - 1
        del self.taken[1:]

    def skip(self, lines: int) -> None:
        """Pass over physical lines."""
        for _ in range(lines):
            self._next_line()

    def __iter__(self) -> LineFeed:
        """Itself."""
        return self

    def __next__(self) -> str:
        """The next line with its end; raises what the row cannot be taken for."""
        line = self._next_line()
        if not line:
            raise StopIteration
        if not line.isascii() and _BAD.search(line):
            self.is_damaged = True
        if "\0" in line:
            line = line.replace("\0", "")
        self.taken.append(line)
        self.handed += 1
        self.characters += len(line)
        if len(line) >= LONGEST_LINE and line[-1] not in "\r\n":
            self._drain()
            raise _LineTooLong
        if len(self.taken) > MOST_LINES_OF_A_ROW or self.characters > MOST_CHARACTERS_OF_A_ROW:
            raise _RowTooLong
        return line

    def _next_line(self) -> str:
        if self._returned:
            return self._returned.popleft()
        return self._text.readline(LONGEST_LINE)

    def _drain(self) -> None:
        self.taken[-1] = self.taken[-1][:_SHOWN_CHARACTERS]
        while True:
            piece = self._text.readline(LONGEST_LINE)
            if not piece or piece[-1] in "\r\n":
                return


class Records:
    """The records of a file as csv understands them: cells, or the reason why there are none."""

    def __init__(self, feed: LineFeed, dialect: Dialect, width: int = 0) -> None:
        self._feed = feed
        self._dialect = dialect
        self._width = width
        self._reader = dialect.reader(feed)

    def __iter__(self) -> Iterator[tuple[list[str], str]]:
        """Cells and "", or what cells could be told apart and the reason; blank lines are passed over."""
        feed, reader, width = self._feed, self._reader, self._width
        while True:
            feed.begin_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except _LineTooLong:
                yield [feed.taken[-1]], f"is a line of more than {LONGEST_LINE:,} characters"
            except (_RowTooLong, csv.Error) as error:
                yield self._recover(error)
            else:
                if not cells or (len(cells) == 1 and not cells[0].strip()):
                    continue
                if width and len(cells) != width and len(feed.taken) > 1:
                    yield self._unclosed()
                else:
                    yield cells, ""

    def _recover(self, error: Exception) -> tuple[list[str], str]:
        if len(self._feed.taken) > 1:
            return self._unclosed()
        line = self._feed.taken[0]
        try:
            # "Anna" Berg;... : quoted, but not to the end of the cell
            cells = next(self._dialect.reader([line], strict=False))
        except csv.Error:
            return [line[:_SHOWN_CHARACTERS]], f"holds a cell of more than {csv.field_size_limit():,} characters"
        if "unexpected end" in str(error):
            return cells, "ends inside a quotation"
        return cells, ""

    def _unclosed(self) -> tuple[list[str], str]:
        self._feed.give_back()
        cells = next(self._dialect.reader([self._feed.taken[0]], strict=False))
        return cells, "opens a quotation that is not closed"


class RowStream:
    """The data rows of a file, in order, as FileRow or RowReject; a context manager that owns the file."""

    def __init__(self, path: Path, shape: FileShape) -> None:
        self._shape = shape
        self._raw = _opened(path)
        self._text = io.TextIOWrapper(
            io.BufferedReader(self._raw, 1 << 16), encoding=shape.encoding, errors=BAD_BYTES, newline=""
        )

    @property
    def bytes_read(self) -> int:
        """How far into the file reading has come, a buffer ahead of the rows."""
        return 0 if self._raw.closed else self._raw.tell()

    def __enter__(self) -> RowStream:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the file."""
        self._text.close()

    def __iter__(self) -> Iterator[FileRow | RowReject]:
        """The rows; can be asked for once."""
        shape, width = self._shape, len(self._shape.columns)
        feed = LineFeed(self._text)
        feed.skip(shape.skipped_lines)
        records = iter(Records(feed, shape.dialect, width))
        if shape.has_header:
            next(records, None)
        for number, (cells, reason) in enumerate(records, start=1):
            if reason or feed.is_damaged or len(cells) != width:
                yield self._judge(number, cells, reason, is_damaged=feed.is_damaged)
            else:
                yield number, cells

    def _judge(self, number: int, cells: list[str], reason: str, *, is_damaged: bool) -> FileRow | RowReject:
        """A row that is not as it should be: taken if nothing of it is in doubt, else rejected."""
        width = len(self._shape.columns)
        if is_damaged:
            return self._damaged(number, cells)
        if not reason and not any(cell.strip() for cell in cells[width:]):
            if len(cells) > width:
                return number, cells[:width]
            if not any(cell.strip() for cell in cells):
                return number, cells + [""] * (width - len(cells))
        reason = reason or f"has {len(cells)} {'cell' if len(cells) == 1 else 'cells'} instead of {width}"
        return RowReject(number, "", _shown(cells), reason, tuple(cells))

    def _damaged(self, number: int, cells: list[str]) -> RowReject:
        names = self._shape.names
        for position, cell in enumerate(cells):
            found = _BAD.search(cell)
            if found:
                column = names[position] if position < len(names) else ""
                byte = ord(found.group()) - 0xDC00
                name = encoding_name(self._shape.encoding)
                readable = tuple(_BAD.sub("\N{REPLACEMENT CHARACTER}", text) for text in cells)
                value = readable[position][:_SHOWN_CHARACTERS]
                return RowReject(number, column, value, f"holds the byte 0x{byte:02X}, no {name}", readable)
        return RowReject(number, "", "", "holds bytes that are no text")


def _shown(cells: list[str]) -> str:
    return " | ".join(cells)[:_SHOWN_CHARACTERS]


def _opened(path: Path) -> io.FileIO:
    try:
        return io.FileIO(path)
    except OSError as error:
        raise cannot_open(path, error) from error


def cannot_open(path: Path, error: OSError) -> UnreadableFile:
    """The typed error for a file that cannot be opened or read, in words."""
    if isinstance(error, FileNotFoundError):
        return UnreadableFile(f"There is no file “{path.name}”", "Check its name and folder.")
    if isinstance(error, IsADirectoryError):
        return UnreadableFile(f"“{path.name}” is a folder", "Choose a file in it.")
    reason = error.strerror or "it cannot be opened"
    return UnreadableFile(f"“{path.name}” cannot be read", f"The system says: {reason}.")
