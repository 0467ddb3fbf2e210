"""The shape of a file: delimiter, quotes, header, columns, dates, numbers, size."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from services.importing.detection import detect
from services.importing.refusals import UnreadableFile
from services.values.coercion import Reading
from services.values.dates import DateOrder


def _file(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_delimiter_is_found_though_others_stand_in_the_cells(tmp_path: Path, mark: str) -> None:
    others = [m for m in ",;|" if m != mark]
    rows = [["Name", "Company", "City"]] + [[f"Berg{others[0]} Anna", f"A{others[-1]}B", "Köln"]] * 5
    shape = detect(_file(tmp_path, "\n".join(mark.join(row) for row in rows)))
    assert shape.dialect.delimiter == mark
    assert shape.names == ("Name", "Company", "City")
    assert shape.rows == 5


def test_one_column_of_names_with_commas_is_one_column(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "Name\nBerg, Anna\nZhou, Mei-Lin\nWeiß, Jörg\n"))
    assert shape.names == ("Name",)
    assert shape.columns[0].samples == ("Berg, Anna", "Zhou, Mei-Lin", "Weiß, Jörg")


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Menge;Preis\n3,5;2,5\n4,5;1,25\n", ";"),
        ("3,5;2,5\n4,5;1,25\n5,5;7,75\n", ";"),
        ("Menge\tPreis\tRest\n3,5\t2,5\t1,5\n4,5\t1,25\t0,5\n", "\t"),
        ("thing,sort\nred;blue,x\ngreen,y\n", ","),
        ("a|b;c\n1|2;3\n4|5;6\n", ";"),
    ],
)
def test_decimal_commas_and_other_marks_in_cells_do_not_mislead(tmp_path: Path, text: str, mark: str) -> None:
    assert detect(_file(tmp_path, text)).dialect.delimiter == mark


def test_a_list_of_addresses_alone_is_one_column_without_a_header(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "anna@berg.example\nmei@zhou.example\n"))
    assert (shape.names, shape.has_header, shape.rows) == (("Column 1",), False, 2)


def test_the_separator_line_of_a_spreadsheet_is_followed_and_skipped(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "sep=|\r\nName|City\r\nAnna;B|Köln\r\n"))
    assert shape.dialect.delimiter == "|"
    assert (shape.skipped_lines, shape.names, shape.rows) == (1, ("Name", "City"), 1)


def test_title_lines_above_the_table_are_skipped(tmp_path: Path) -> None:
    text = "Customers of the fair\nHamburg, November\n\nName;City;Country\n" + "Anna;Köln;DE\n" * 4
    shape = detect(_file(tmp_path, text))
    assert shape.names == ("Name", "City", "Country")
    assert shape.skipped_lines >= 2
    assert shape.rows == 4


def test_single_quotes_are_quotes_where_they_enclose_cells(tmp_path: Path) -> None:
    text = "'Name','City'\n'Berg, Anna','Köln'\n'Zhou, Mei','Bonn'\n"
    shape = detect(_file(tmp_path, text))
    assert shape.dialect.quote == "'"
    assert shape.columns[0].samples == ("Berg, Anna", "Zhou, Mei")


def test_apostrophes_in_names_are_no_quotes(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "Name,City\nO'Neill,'s-Hertogenbosch\nD'Arc,'t Veld\n"))
    assert shape.dialect.quote == '"'


def test_quotes_escaped_by_a_backslash_are_understood(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, 'Name,Note\n"Anna","says \\"hi\\", then goes"\n"Mei","ok"\n'))
    assert shape.columns[1].samples == ('says "hi", then goes', "ok")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Berg;anna@berg.example\nZhou;mei@zhou.example\n", ("Column 1", "Column 2")),
        ("Anna;14.11.2026\nMei;15.11.2026\n", ("Column 1", "Column 2")),
        ("Anna;+49 30 23125014\nMei;+49 30 23125015\n", ("Column 1", "Column 2")),
        ("Prénom;Nom\nAnna;Berg\n", ("Prénom", "Nom")),
        ("Colour;Shape\nred;round\n", ("Colour", "Shape")),
        ("Name;Umsatz 2025\nAnna;5\n", ("Name", "Umsatz 2025")),
    ],
)
def test_a_header_is_told_from_data(tmp_path: Path, text: str, names: tuple[str, ...]) -> None:
    assert detect(_file(tmp_path, text)).names == names


def test_columns_have_each_a_name_of_their_own(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "Name;E-Mail;E-Mail;;\nAnna;a@b.example;c@d.example;1;2\n"))
    assert shape.names == ("Name", "E-Mail", "E-Mail (2)", "Column 4", "Column 5")


def test_a_column_tells_how_full_it_is(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "Name;City;Fax\nA;x;\nB;;\nC;y;\nD; ;\n"))
    assert [column.fill for column in shape.columns] == [1.0, 0.5, 0.0]


def test_dates_and_numbers_of_a_column_are_recognised(tmp_path: Path) -> None:
    text = "Since;Sum;Code;Text\n14.11.2026;58.300,00 €;00123;x\n01.12.2026;1.204,50 €;00456;y\n"
    shape = detect(_file(tmp_path, text))
    since, total, code, words = shape.columns
    assert since.date_order is not None
    assert since.date_order.order is DateOrder.DAY_FIRST
    assert total.decimal_mark is not None
    assert total.decimal_mark.mark == ","
    assert code.date_order is None
    assert words.date_order is None
    assert words.decimal_mark is None
    reading = shape.reading(Reading(DateOrder.MONTH_FIRST, ".", "US"))
    assert (reading.date_order, reading.decimal_mark, reading.default_region) == (DateOrder.DAY_FIRST, ",", "US")


def test_where_the_file_shows_nothing_the_readers_habits_hold(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "Name\nAnna\n"))
    assert shape.reading(Reading(DateOrder.MONTH_FIRST, ",")) == Reading(DateOrder.MONTH_FIRST, ",")


def test_the_order_of_dates_shows_far_down_in_a_sorted_file(tmp_path: Path) -> None:
    early = "".join(f"Anna {i};0{i % 9 + 1}/0{i % 8 + 1}/2026;{'x' * 80}\n" for i in range(40_000))
    late = "".join(f"Mei {i};2{i % 9}/11/2026;{'x' * 80}\n" for i in range(20_000))
    shape = detect(_file(tmp_path, "Name;Since;Note\n" + early + late), region="US")
    assert shape.date_order.order is DateOrder.DAY_FIRST
    assert not shape.rows_exact
    assert shape.rows == pytest.approx(60_000, rel=0.02)


def test_what_is_given_is_not_detected(tmp_path: Path) -> None:
    path = _file(tmp_path, "Name;City\nJörg;Köln\n", encoding="cp1252")
    shape = detect(path, encoding="latin-1", delimiter=",")
    assert (shape.encoding, shape.dialect.delimiter, shape.names) == ("latin-1", ",", ("Name;City",))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no encoding"):
        detect(_file(tmp_path, "Name\nAnna\n"), encoding="klingon")


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "empty"),
        (b"\n\n  \r\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\0" * 100, "empty"),
        (b"PK\x03\x04\x14\0\x06\0rest of an xlsx", "spreadsheet or a zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "old xls"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08\0", "compressed"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"SQLite format 3\0", "database"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "web page or XML"),
        (b"BEGIN:VCARD\nVERSION:3.0\n", "vCard"),
        (b"BEGIN:VCALENDAR\n", "calendar"),
        (b'[{"name": "Anna"}]', "JSON"),
        (bytes(range(256)) * 8, "no text"),
    ],
)
def test_what_is_no_table_is_refused_and_called_by_its_name(tmp_path: Path, content: bytes, what: str) -> None:
    path = tmp_path / "contacts.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=what) as refusal:
        detect(path)
    assert "contacts.csv" in refusal.value.title
    assert refusal.value.message


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="no file"):
        detect(tmp_path / "nothing.csv")
    with pytest.raises(UnreadableFile, match="folder"):
        detect(tmp_path)


def test_a_header_alone_is_a_file_of_no_rows(tmp_path: Path) -> None:
    shape = detect(_file(tmp_path, "First name;Last name;E-Mail\n"))
    assert (shape.has_header, shape.rows, shape.names) == (True, 0, ("First name", "Last name", "E-Mail"))


def test_a_file_with_too_many_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="columns"):
        detect(_file(tmp_path, ";".join(f"c{i}" for i in range(3000)) + "\n"))
