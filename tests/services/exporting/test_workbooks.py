"""What a spreadsheet is given: typed cells, nothing that starts to calculate, and the same again when read back."""

from __future__ import annotations

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from services.errors import InvalidValue
from services.exporting.workbooks import LONGEST_TEXT, Cell, WorkbookWriter
from services.importing.workbooks import SheetName, rows, sheets

BERLIN = ZoneInfo("Europe/Berlin")


def written(path: Path, *lines: list[Cell], headers: tuple[str, ...] = ("a", "b", "c")) -> Path:
    with WorkbookWriter(path, zone=BERLIN) as writer:
        writer.begin("Contacts", headers)
        for line in lines:
            writer.write(line)
    return path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Anna", "Anna"),
        ("=1+1", "=1+1"),
        ("{=SUM(A1)}", "{=SUM(A1)}"),
        ("+49 30 123", "+49 30 123"),
        ("@anna", "@anna"),
        ("https://firm.example", "https://firm.example"),
        ("007", "007"),
        ("two\nlines", "two\nlines"),
        ("Łukasz 山田", "Łukasz 山田"),
        (" spaced ", " spaced "),
        ("bell\x07", "bell"),
        (12, "12"),
        (0, "0"),
        (-0.25, "-0.25"),
        (Decimal("1234.50"), "1234.5"),
        (Decimal("5000"), "5000"),
        (10**17, "100000000000000000"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 11, 14), "2026-11-14"),
        (date(1899, 5, 1), "1899-05-01"),
        (datetime(2026, 11, 14, 8, 30, 15, 250000, tzinfo=UTC), "2026-11-14 09:30:15.250"),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "2026-07-01 10:00:00"),
    ],
)
def test_a_cell_is_read_back_as_it_was_written(tmp_path: Path, cell: Cell, read: str) -> None:
    path = written(tmp_path / "out.xlsx", ["first", cell, "last"])
    assert list(rows(path)) == [["a", "b", "c"], ["first", read, "last"]]


def test_no_text_becomes_a_formula_or_a_link(tmp_path: Path) -> None:
    path = written(tmp_path / "out.xlsx", ["=cmd|' /C calc'!A0", "{=1}", "https://firm.example"])
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


def test_dates_and_amounts_are_numbers_to_the_spreadsheet(tmp_path: Path) -> None:
    path = written(tmp_path / "out.xlsx", [date(2026, 11, 14), Decimal("99.90"), Decimal("300")])
    sheet, styles = part(path, "xl/worksheets/sheet1.xml"), part(path, "xl/styles.xml")
    assert "<v>46340</v>" in sheet
    assert "<v>99.9" in sheet
    assert 't="inlineStr"' not in sheet.split('<row r="2"')[1]
    assert "yyyy-mm-dd" in styles


def test_the_header_stays_in_view_and_columns_are_as_wide_as_their_texts(tmp_path: Path) -> None:
    path = written(tmp_path / "out.xlsx", ["x" * 30, "y" * 300, ""])
    sheet = part(path, "xl/worksheets/sheet1.xml")
    assert 'state="frozen"' in sheet
    assert 'ySplit="1"' in sheet
    assert 'min="1" max="1" width="31' in sheet
    assert 'min="2" max="2" width="48' in sheet
    assert 'min="3" max="3" width="8' in sheet


def test_sheets_get_names_that_a_spreadsheet_allows_each_once(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    with WorkbookWriter(path) as writer:
        for name in ("Deals: 2026/27 [all]", "x" * 40, "X" * 40, ""):
            writer.begin(name, ["title"])
    assert sheets(path) == (
        SheetName("Deals  2026 27  all"),
        SheetName("x" * 31),
        SheetName("X" * 27 + " (2)"),
        SheetName("Sheet"),
    )


def test_a_text_longer_than_a_cell_is_shortened_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    with WorkbookWriter(path) as writer:
        writer.begin("Notes", ["notes"])
        writer.write(["n" * (LONGEST_TEXT + 5)])
    assert writer.shortened == 1
    assert len(list(rows(path))[1][0]) == LONGEST_TEXT


def test_more_records_than_a_sheet_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.exporting.workbooks.MOST_ROWS", 3)
    with WorkbookWriter(tmp_path / "out.xlsx") as writer:
        writer.begin("Contacts", ["a"])
        writer.write(["1"])
        writer.write(["2"])
        with pytest.raises(InvalidValue, match="A sheet holds 2 records"):
            writer.write(["3"])
