"""The sheets of a workbook (xlsx, xlsm, xlsb, xls, ods) as rows of text that the reading of csv understands.

Dates are ISO, numbers have a point and no exponent, cells in error are empty. A value that stands in cells merged
downwards stands in each of their rows: every row of a table is a record of its own.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Final

from services.importing.reading import cannot_open
from services.importing.refusals import UnreadableFile
from services.importing.workbook_sizes import Damaged, TooLarge, check_unpacked

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

ENDINGS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LARGEST_FILE: Final = 512 << 20
"""Bytes of a workbook as it lies on the disk."""

_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_ERRORS: Final = frozenset(
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"]
)
_LASTING: Final = re.compile(r"PT(\d+)H(\d+)M([\d.]+)S")
_DIGITS: Final = 15  # what a spreadsheet shows of a number: 0.1 + 0.2 is 0.3 there
_LONGEST_NUMBER: Final = 40

Cell = str | int | float | bool | date | datetime | time | timedelta


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet by its name, and whether its author hid it."""

    name: str
    is_hidden: bool = False


def sheets(path: Path) -> tuple[SheetName, ...]:
    """The sheets that hold cells, in their order. Raises UnreadableFile."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    workbook = _opened(path)
    return tuple(
        SheetName(sheet.name, sheet.visible is not SheetVisibleEnum.Visible)
        for sheet in workbook.sheets_metadata
        if sheet.typ is SheetTypeEnum.WorkSheet
    )


def rows(path: Path, sheet: str = "") -> Iterator[list[str]]:
    """The rows of a sheet as texts, of one width; by default of the first that is shown. Raises UnreadableFile.

    Empty rows stay where they are between others, those after the last value are left out.
    """
    from python_calamine import CalamineError

    name = sheet or _first_shown(path)
    workbook = _opened(path)
    try:
        found = workbook.get_sheet_by_name(name)
    except CalamineError as error:
        if name not in workbook.sheet_names:
            known = ", ".join(f"“{known}”" for known in workbook.sheet_names)
            raise UnreadableFile(f"“{path.name}” has no sheet “{name}”", f"It has {known}.") from error
        raise _damaged(path) from error
    yield from _texts(found, found.to_python(skip_empty_area=False))


def _first_shown(path: Path) -> str:
    known = sheets(path)
    if not known:
        raise UnreadableFile(f"“{path.name}” has no sheet with cells", "Choose a workbook with a table in it.")
    return next((sheet.name for sheet in known if not sheet.is_hidden), known[0].name)


def _texts(sheet: CalamineSheet, table: Sequence[Sequence[Cell]]) -> Iterator[list[str]]:
    repeated = _merged_downwards(sheet)
    held = 0
    for number, cells in enumerate(table):
        texts = [cell_text(cell) for cell in cells]
        for column, first in repeated.get(number, ()):
            if column < len(texts) and not texts[column]:
                texts[column] = cell_text(table[first][column])
        if not any(texts):
            held += 1
            continue
        for _ in range(held):
            yield [""] * len(texts)
        held = 0
        yield texts


def _merged_downwards(sheet: CalamineSheet) -> dict[int, list[tuple[int, int]]]:
    """By row the columns to be filled, and the row in which their value stands."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        for row in range(top + 1, min(bottom, sheet.total_height) + 1):
            found.setdefault(row, []).append((left, top))
    return found


def cell_text(cell: Cell) -> str:
    """The text of one cell."""
    if isinstance(cell, str):
        return _text(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="milliseconds" if cell.microsecond else "seconds")
    if isinstance(cell, timedelta):
        return _duration(cell)
    return str(cell) if isinstance(cell, int) else cell.isoformat()


def _text(cell: str) -> str:
    if cell in _ERRORS:
        return ""
    # An ods writes what lasts longer than a day as it stands in its XML.
    lasting = _LASTING.fullmatch(cell) if cell[:2] == "PT" else None
    if lasting is None:
        return cell
    hours, minutes, seconds = (int(float(part or 0)) for part in lasting.groups())
    return f"{hours}:{minutes:02}:{seconds:02}"


def _number(value: float) -> str:
    if value != value or value in (float("inf"), float("-inf")):
        return ""
    text = f"{value:.{_DIGITS}g}"
    if "e" not in text:
        return "0" if text == "-0" else text
    plain = f"{Decimal(text):f}"
    # 1e-300 is nothing anybody typed: its digits would only fill a column.
    return plain if len(plain) <= _LONGEST_NUMBER else text


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _opened(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _check(path)
    try:
        with path.open("rb") as file:
            return CalamineWorkbook.from_filelike(file)
    except CalamineError:
        pass  # known by its ending, a file also tells why it cannot be read
    except OSError as error:
        raise cannot_open(path, error) from error
    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise _protected(path) from error
    except CalamineError as error:
        raise _damaged(path) from error
    except OSError as error:
        raise cannot_open(path, error) from error


def _check(path: Path) -> None:
    """Refuse what must not be unpacked, or cannot be."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(1 << 16)
            file.seek(max(0, size - (1 << 16)))
            end = file.read()
    except OSError as error:
        raise cannot_open(path, error) from error
    if not start:
        raise UnreadableFile(f"“{path.name}” is empty", "Choose a workbook with a table in it.")
    if size > LARGEST_FILE:
        raise _too_large(path)
    if start.startswith(_COMPOUND):
        if _ENCRYPTED in start or _ENCRYPTED in end:
            raise _protected(path)
        return
    if not zipfile.is_zipfile(path):
        raise _damaged(path)
    try:
        check_unpacked(path)
    except TooLarge as error:
        raise _too_large(path) from error
    except Damaged as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> UnreadableFile:
    hint = "Open it in a spreadsheet and save it again as xlsx or csv."
    return UnreadableFile(f"“{path.name}” is damaged or no workbook", hint, code="damaged_workbook")


def _protected(path: Path) -> UnreadableFile:
    hint = "Open it with its password and save it without one."
    return UnreadableFile(f"“{path.name}” is protected by a password", hint, code="protected_workbook")


def _too_large(path: Path) -> UnreadableFile:
    hint = "Save the sheet that is meant as csv, without empty rows and columns."
    return UnreadableFile(f"“{path.name}” unpacks to more than can be read", hint, code="workbook_too_large")
