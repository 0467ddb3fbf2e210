"""Workbooks as spreadsheets write them: every cell a text the csv path understands, nothing unpacked without end."""

from __future__ import annotations

import io
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.importing import workbook_sizes
from services.importing.refusals import UnreadableFile
from services.importing.workbooks import SheetName, cell_text, rows, sheets

LOCAL = datetime(2026, 11, 14, 9, 30)  # noqa: DTZ001 - the moments of a spreadsheet have no zone


def workbook(path: Path, **pages: Any) -> Path:
    """A workbook written by the library; each page is a function that fills its sheet."""
    import xlsxwriter  # type: ignore[import-untyped]

    made = xlsxwriter.Workbook(str(path))
    for name, fill in pages.items():
        fill(made, made.add_worksheet(name))
    made.close()
    return path


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Anna", "Anna"),
        (" 007 ", " 007 "),
        ("#N/A", ""),
        ("PT255H10M09S", "255:10:09"),
        ("PT guide", "PT guide"),
        (1.0, "1"),
        (-0.0, "0"),
        (12.5, "12.5"),
        (0.1 + 0.2, "0.3"),
        (491712345678.0, "491712345678"),
        (1e21, "1000000000000000000000"),
        (1.5e-7, "0.00000015"),
        (float("nan"), ""),
        (float("inf"), ""),
        (True, "yes"),
        (False, "no"),
        (date(2026, 11, 14), "2026-11-14"),
        (LOCAL, "2026-11-14 09:30:00"),
        (LOCAL.replace(second=1, microsecond=500000), "2026-11-14 09:30:01.500"),
        (time(6, 5), "06:05:00"),
        (timedelta(hours=37, minutes=2), "37:02:00"),
        (-timedelta(minutes=5), "-0:05:00"),
    ],
)
def test_a_cell_is_the_text_that_a_csv_would_hold(cell: Any, text: str) -> None:
    assert cell_text(cell) == text


def test_rows_are_texts_of_one_width_without_the_empty_tail(tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, ["Name", "Since", "Sum"])
        sheet.write(1, 0, "Anna")
        sheet.write_datetime(1, 1, LOCAL.replace(hour=0, minute=0), day)
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write(3, 0, "Ben")
        sheet.write_blank(40, 2, None, day)

    path = workbook(tmp_path / "in.xlsx", People=fill)
    assert list(rows(path)) == [
        ["Name", "Since", "Sum"],
        ["Anna", "2026-11-14", ""],
        ["", "", ""],
        ["Ben", "", ""],
    ]


def test_a_table_that_starts_in_the_middle_of_a_sheet_keeps_its_place(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", People=lambda _, sheet: sheet.write(2, 1, "Anna"))
    assert list(rows(path)) == [["", ""], ["", ""], ["", "Anna"]]


def test_a_value_merged_downwards_stands_in_each_row_and_one_merged_across_only_once(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 2, "Title")
        sheet.merge_range(1, 0, 3, 0, "Firm")
        sheet.write_column(1, 1, ["Anna", "Ben", "Cem"])

    path = workbook(tmp_path / "in.xlsx", People=fill)
    assert list(rows(path)) == [
        ["Title", ""],
        ["Firm", "Anna"],
        ["Firm", "Ben"],
        ["Firm", "Cem"],
    ]


def test_hidden_sheets_are_told_and_the_first_shown_one_is_read(tmp_path: Path) -> None:
    def hidden(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "secret")
        sheet.hide()

    def shown(book: Any, sheet: Any) -> None:
        sheet.write(0, 0, "open")
        sheet.activate()
        sheet.set_first_sheet()

    path = workbook(tmp_path / "in.xlsx", Old=hidden, Now=shown)
    assert sheets(path) == (SheetName("Old", is_hidden=True), SheetName("Now"))
    assert list(rows(path)) == [["open"]]
    assert list(rows(path, "Old")) == [["secret"]]


def test_an_empty_sheet_has_no_rows(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", Empty=lambda *_: None)
    assert list(rows(path)) == []


def test_a_workbook_of_another_ending_is_known_by_what_it_holds(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", A=lambda _, sheet: sheet.write(0, 0, "x"))
    assert list(rows(path.rename(tmp_path / "in.xls"))) == [["x"]]


ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>'
    '<office:spreadsheet><table:table table:name="People">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)


def text_cell(text: str, more: str = "") -> str:
    return f'<table:table-cell office:value-type="string" {more}><text:p>{text}</text:p></table:table-cell>'


def ods(path: Path, table: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
        archive.writestr("content.xml", ODS.format(table))
    return path


def test_an_ods_is_read_and_its_repeated_empty_tail_is_not(tmp_path: Path) -> None:
    empty = '<table:table-cell table:number-columns-repeated="16382"/>'
    table = (
        f"<table:table-row>{text_cell('Name')}{text_cell('City')}{empty}</table:table-row>"
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        f"<table:table-row>{text_cell('Anna')}<table:table-cell/>{empty}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048570">{empty}</table:table-row>'
    )
    path = ods(tmp_path / "in.ods", table)
    assert list(rows(path)) == [["Name", "City"], ["", ""], ["", ""], ["Anna", ""]]
    assert sheets(path) == (SheetName("People"),)


# --- What must not be read ----------------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(UnreadableFile) as told:
        list(rows(path))
    assert path.name in told.value.title
    assert told.value.message
    return told.value.code


def test_a_missing_file_a_folder_and_an_empty_file_are_told(tmp_path: Path) -> None:
    empty = tmp_path / "empty.xlsx"
    empty.write_bytes(b"")
    for path in (tmp_path / "none.xlsx", tmp_path, empty):
        assert refused(path) == "unreadable_file"


@pytest.mark.parametrize(
    "content",
    [
        b"Name;City\r\nAnna;Bonn\r\n",
        b"PK\x03\x04 and then nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        b"\0" * 4096,
    ],
)
def test_what_is_no_workbook_is_told_as_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(content)
    assert refused(path) == "damaged_workbook"


def test_every_cut_of_a_workbook_is_told_as_damaged(tmp_path: Path) -> None:
    whole = workbook(tmp_path / "in.xlsx", A=lambda _, sheet: sheet.write(0, 0, "x")).read_bytes()
    path = tmp_path / "cut.xlsx"
    for length in range(4, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        assert refused(path) == "damaged_workbook"


def test_a_flipped_byte_is_a_typed_error_or_none_at_all(tmp_path: Path) -> None:
    whole = bytearray(workbook(tmp_path / "in.xlsx", A=lambda _, sheet: sheet.write(0, 0, "x")).read_bytes())
    path = tmp_path / "flipped.xlsx"
    outcomes = set()
    for position in range(0, len(whole), 41):
        changed = bytearray(whole)
        changed[position] ^= 0x5A
        path.write_bytes(changed)
        try:
            list(rows(path))
        except UnreadableFile as error:
            outcomes.add(error.code)
        else:
            outcomes.add("read")
    assert "damaged_workbook" in outcomes
    assert outcomes <= {"damaged_workbook", "workbook_too_large", "unreadable_file", "read"}


def test_an_encrypted_workbook_is_told_as_protected(tmp_path: Path) -> None:
    path = tmp_path / "in.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) == "protected_workbook"


def test_an_encrypted_ods_is_told_as_protected(tmp_path: Path) -> None:
    path = tmp_path / "in.ods"
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="9">'
        '<manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", b"\x8f\x01\xfe\x00<\x91")
    assert refused(path) == "protected_workbook"


def test_an_unknown_sheet_is_told_with_those_that_are_there(tmp_path: Path) -> None:
    path = workbook(tmp_path / "in.xlsx", A=lambda *_: None, B=lambda *_: None)
    with pytest.raises(UnreadableFile) as told:
        list(rows(path, "C"))
    assert told.value.message == "It has “A”, “B”."


def test_a_file_that_unpacks_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "in.xlsx", A=lambda _, sheet: sheet.write(0, 0, "x"))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.xml", b" " * (4 << 20))
    assert list(rows(path)) == [["x"]]
    monkeypatch.setattr(workbook_sizes, "MOST_UNPACKED", 4 << 20)
    assert refused(path) == "workbook_too_large"


def test_what_an_archive_says_of_its_own_sizes_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (4 << 20))
    size = (4 << 20).to_bytes(4, "little")
    crc = zlib.crc32(b" " * 9).to_bytes(4, "little")
    lying = packed.getvalue().replace(size, (9).to_bytes(4, "little"))
    lying = lying.replace(zlib.crc32(b" " * (4 << 20)).to_bytes(4, "little"), crc)
    path = tmp_path / "in.xlsx"
    path.write_bytes(lying)
    monkeypatch.setattr(workbook_sizes, "MOST_UNPACKED", 1 << 20)
    assert refused(path) == "workbook_too_large"


def sheet_with(path: Path, body: str) -> Path:
    """A workbook whose one sheet holds this XML."""
    workbook(path, A=lambda _, sheet: sheet.write(0, 0, "x"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    start, rest = parts["xl/worksheets/sheet1.xml"].split(b"<sheetData>")
    end = rest.split(b"</sheetData>")[1]
    parts["xl/worksheets/sheet1.xml"] = start + b"<sheetData>" + body.encode() + b"</sheetData>" + end
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_two_cells_in_opposite_corners_do_not_span_a_sheet_in_memory(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    assert refused(sheet_with(tmp_path / "in.xlsx", body)) == "workbook_too_large"


def test_a_far_row_alone_is_read(tmp_path: Path) -> None:
    body = '<row r="1"><c r="A1"><v>1</v></c></row><row r="90000"><c r="B90000"><v>2</v></c></row>'
    table = list(rows(sheet_with(tmp_path / "in.xlsx", body)))
    assert len(table) == 90_000
    assert table[-1] == ["", "2"]


def test_an_ods_of_repeated_values_is_not_unrolled_without_end(tmp_path: Path) -> None:
    wide = text_cell("x", 'table:number-columns-repeated="16384"')
    table = f'<table:table-row table:number-rows-repeated="1048576">{wide}</table:table-row>'
    assert refused(ods(tmp_path / "in.ods", table)) == "workbook_too_large"
