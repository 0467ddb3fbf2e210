"""What is known of a table file before it is read: how it is written, what its columns look like."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from services.importing.encodings import encoding_name
from services.values.coercion import Reading
from services.values.dates import DateOrder, OrderGuess
from services.values.numbers import MarkGuess

if TYPE_CHECKING:
    from _csv import Reader

SURE: Final = 0.5
_DELIMITER_NAMES: Final = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", ":": "colon"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are parted and quoted; `quote` and `escape` are "" where there are none."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""

    def reader(self, lines: Iterable[str], *, strict: bool = True) -> Reader:
        """A reader of the standard library over lines of this dialect."""
        return csv.reader(
            lines,
            delimiter=self.delimiter,
            quotechar=self.quote or None,
            escapechar=self.escape or None,
            quoting=csv.QUOTE_MINIMAL if self.quote else csv.QUOTE_NONE,
            strict=strict,
        )


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column: its name, up to 50 of its first values, and how full it is, from 0 to 1.

    `date_order` and `decimal_mark` are set where most values are dates or numbers.
    """

    name: str
    samples: tuple[str, ...]
    fill: float
    date_order: OrderGuess | None = None
    decimal_mark: MarkGuess | None = None


@dataclass(frozen=True, slots=True)
class FileShape:
    """A table file: how it is written, its columns, and how many rows it holds (about, unless `rows_exact`).

    `skipped_lines` are physical lines above the header, or above the data where `has_header` is False.
    """

    encoding: str
    dialect: Dialect
    has_header: bool
    skipped_lines: int
    columns: tuple[ColumnShape, ...]
    rows: int
    rows_exact: bool
    size: int
    date_order: OrderGuess
    decimal_mark: MarkGuess

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, each once."""
        return tuple(column.name for column in self.columns)

    @property
    def description(self) -> str:
        """Encoding and delimiter in words: "UTF-8, semicolon"."""
        delimiter = self.dialect.delimiter
        return f"{encoding_name(self.encoding)}, {_DELIMITER_NAMES.get(delimiter, delimiter)}"

    def reading(self, base: Reading) -> Reading:
        """How the texts of this file are read: as found in it, and as `base` says where nothing was found."""
        order, mark = self.date_order, self.decimal_mark
        return replace(
            base,
            date_order=order.order if order.confidence >= SURE else base.date_order,
            decimal_mark=mark.mark if mark.confidence >= SURE else base.decimal_mark,
        )


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says of a file where looking at it may have misled; "" and None leave what was found."""

    encoding: str = ""
    delimiter: str = ""
    date_order: DateOrder | None = None
    decimal_mark: str = ""


AS_FOUND: Final = Correction()


def corrected(shape: FileShape, correction: Correction) -> FileShape:
    """The shape with the order of dates and the decimal mark that a person told, for all of its columns."""
    order = OrderGuess(correction.date_order, 1.0) if correction.date_order is not None else None
    mark = MarkGuess(correction.decimal_mark, 1.0) if correction.decimal_mark else None
    columns = tuple(
        replace(
            column,
            date_order=order if order and column.date_order else column.date_order,
            decimal_mark=mark if mark and column.decimal_mark else column.decimal_mark,
        )
        for column in shape.columns
    )
    return replace(
        shape, columns=columns, date_order=order or shape.date_order, decimal_mark=mark or shape.decimal_mark
    )


def unique_names(cells: Iterable[str]) -> Iterator[str]:
    """Names of columns made usable: blanks are numbered, repeated ones counted ("E-Mail (2)")."""
    seen: set[str] = set()
    for position, cell in enumerate(cells, start=1):
        base = " ".join(cell.split()) or f"Column {position}"
        name, count = base, 1
        while name in seen:
            count += 1
            name = f"{base} ({count})"
        seen.add(name)
        yield name
