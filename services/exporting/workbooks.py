"""Writes xlsx: text as text (no cell becomes a formula), dates as dates, amounts as numbers, the header kept in view.

Rows go to the disk as they come, so that a million of them need no memory. A spreadsheet knows no time zone:
moments stand in the zone that is given, in which the import reads them back.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from services.errors import InvalidValue, MyCrmError

MOST_ROWS: Final = 1_048_576
LONGEST_TEXT: Final = 32_767
_NARROWEST: Final = 8
_WIDEST: Final = 48
_FORBIDDEN_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME: Final = 31
_FIRST_YEAR: Final = 1900
_MOST_EXACT: Final = 10**15  # a spreadsheet keeps fifteen digits of a number
_DATE_WIDTH: Final = 11
_MOMENT_WIDTH: Final = 20
# Not in XML 1.0, in any spelling.
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")

Worksheet = Any
"""A sheet of the library, which has no types."""

_Value = str | int | float | Decimal | bool | date | datetime
Cell = _Value | None
"""A Decimal is an amount in major units: as many decimals as it has are shown."""


@dataclass(slots=True)
class _Sheet:
    """The sheet being written."""

    sheet: Worksheet
    row: int
    widths: list[int]


class WorkbookWriter:
    """A workbook of tables; a context manager that completes the file.

    `shortened` counts the texts of which a cell could not hold the end.
    """

    def __init__(self, path: Path, *, zone: tzinfo = UTC) -> None:
        import xlsxwriter  # type: ignore[import-untyped]

        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._workbook = xlsxwriter.Workbook(str(path), options)
        self._zone = zone
        self._header = self._workbook.add_format({"bold": True, "bottom": 1})
        self._date = self._workbook.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss.000"})
        self._money: dict[int, Any] = {}
        self._names: set[str] = set()
        self._current: _Sheet | None = None
        self.shortened = 0

    def __enter__(self) -> WorkbookWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        from xlsxwriter.exceptions import XlsxWriterException  # type: ignore[import-untyped]

        self._end_sheet()
        try:
            self._workbook.close()
        except XlsxWriterException as error:
            if kind is None:
                raise MyCrmError("The workbook could not be written", "Choose another place.") from error

    def begin(self, name: str, headers: Sequence[str]) -> None:
        """Start a sheet with a header row; its name is made to fit."""
        self._end_sheet()
        sheet = self._workbook.add_worksheet(self._fitting(name))
        sheet.freeze_panes(1, 0)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, self._text(header), self._header)
        self._current = _Sheet(sheet, 0, [len(header) + 2 for header in headers])

    def write(self, cells: Sequence[Cell]) -> None:
        """Append a row. Raises InvalidValue when a sheet holds no more."""
        current = self._current
        assert current is not None, "begin comes before write"
        current.row += 1
        if current.row >= MOST_ROWS:
            raise InvalidValue(
                f"A sheet holds {MOST_ROWS - 1:,} records", "Export as csv, or a part of the list.", field="format"
            )
        for column, cell in enumerate(cells):
            if cell is None or cell == "":
                continue
            width = self._put(current.sheet, current.row, column, cell)
            if column < len(current.widths) and width > current.widths[column]:
                current.widths[column] = width

    def _put(self, sheet: Worksheet, row: int, column: int, cell: _Value) -> int:
        """Write one cell; returns how many characters it shows."""
        if isinstance(cell, str):
            return self._put_text(sheet, row, column, cell)
        if isinstance(cell, bool):
            sheet.write_boolean(row, column, cell)
            return _NARROWEST
        if isinstance(cell, datetime):
            return self._put_moment(sheet, row, column, cell.astimezone(self._zone).replace(tzinfo=None))
        if isinstance(cell, date):
            if cell.year < _FIRST_YEAR:
                return self._put_text(sheet, row, column, cell.isoformat())
            sheet.write_datetime(row, column, cell, self._date)
            return _DATE_WIDTH
        return self._put_number(sheet, row, column, cell)

    def _put_text(self, sheet: Worksheet, row: int, column: int, text: str) -> int:
        kept = self._text(text)
        sheet.write_string(row, column, kept)
        return max(map(len, kept[:200].split("\n")))

    def _put_moment(self, sheet: Worksheet, row: int, column: int, local: datetime) -> int:
        if local.year < _FIRST_YEAR:
            return self._put_text(sheet, row, column, local.isoformat(sep=" "))
        sheet.write_datetime(row, column, local, self._moment)
        return _MOMENT_WIDTH

    def _put_number(self, sheet: Worksheet, row: int, column: int, number: float | Decimal) -> int:
        if not math.isfinite(number) or not -_MOST_EXACT < number < _MOST_EXACT:
            return self._put_text(sheet, row, column, str(number))
        if isinstance(number, Decimal):
            decimals = max(0, -int(number.as_tuple().exponent))  # of a finite one it is a number
            sheet.write_number(row, column, float(number), self._amount(decimals))
            return len(f"{number:,.{decimals}f}")
        sheet.write_number(row, column, number)
        return len(f"{number:g}")

    def _amount(self, decimals: int) -> Any:
        if decimals not in self._money:
            pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._money[decimals] = self._workbook.add_format({"num_format": pattern})
        return self._money[decimals]

    def _text(self, text: str) -> str:
        kept = _NO_XML.sub("", text)
        if len(kept) > LONGEST_TEXT:
            self.shortened += 1
            return kept[: LONGEST_TEXT - 1] + "…"
        return kept

    def _fitting(self, name: str) -> str:
        """A name that a sheet may have, and that no other has."""
        base = _FORBIDDEN_IN_NAMES.sub(" ", name).strip(" '")[:_LONGEST_NAME] or "Sheet"
        fitting, count = base, 1
        while fitting.casefold() in self._names:
            count += 1
            mark = f" ({count})"
            fitting = base[: _LONGEST_NAME - len(mark)] + mark
        self._names.add(fitting.casefold())
        return fitting

    def _end_sheet(self) -> None:
        current, self._current = self._current, None
        if current is None:
            return
        for column, width in enumerate(current.widths):
            current.sheet.set_column(column, column, min(max(width + 1, _NARROWEST), _WIDEST))
        if current.widths:
            current.sheet.autofilter(0, 0, current.row, len(current.widths) - 1)
