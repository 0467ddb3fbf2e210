"""The file of rejected rows: complete, harmless, and fit to be imported again."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from services.importing.detection import detect
from services.importing.refusals import UnreadableFile
from services.importing.rejects import RejectsFile, reason_text, rejects_path
from services.records.drafts import RowReject
from tests.services.importing.reading_files import FILES, read_import


def _rejects(path: Path, out: Path) -> list[list[str]]:
    read = read_import(path, make_custom=True)
    with RejectsFile(out, read.shape) as file:
        file.add(row for row in read.rows if isinstance(row, RowReject))
    with out.open(encoding="utf-8-sig", newline="") as text:
        return list(csv.reader(text, delimiter=read.shape.dialect.delimiter))


def test_rejected_rows_stand_under_the_files_own_columns_with_their_reason(tmp_path: Path) -> None:
    lines = _rejects(FILES / "fair-hamburg.csv", tmp_path / "out.csv")
    assert lines[0][:2] == ["Name", "Firma"]
    assert lines[0][-2:] == ["Row", "Reason"]
    assert [line[-2:] for line in lines[1:]] == [
        ["4", "Erstkontakt “31.02.2026” is not a date"],
        ["5", "Umsatz 2025 “n. a.” is not an amount"],
        ["6", "no name and no e-mail"],
        ["7", "Erstkontakt “gestern” is not a date"],
    ]
    assert lines[1][:7] == [
        "Tanabe, Yuki",
        "Harbor Systems KK",
        "yuki.tanabe@harbor.example",
        "",
        "Buyer",
        "0,00 €",
        "31.02.2026",
    ]


def test_the_file_can_be_mended_and_imported_again(tmp_path: Path) -> None:
    out = tmp_path / "fair-rejected.csv"
    _rejects(FILES / "fair-hamburg.csv", out)
    mended = out.read_text(encoding="utf-8-sig").replace("31.02.2026", "28.02.2026").replace("gestern", "1.3.2026")
    out.write_text(mended.replace("n. a.", "7,00 €"), encoding="utf-8-sig")
    again = read_import(out, make_custom=True)
    assert [reject[0] for reject in again.rejects] == [3]
    assert again.draft(1).draft.fields["last_name"] == "Tanabe"
    assert again.draft(2).draft.points[1].normal == "+4755550120"


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-5", "@x", "\tx", "＝1"])
def test_no_cell_of_it_can_run_as_a_formula(tmp_path: Path, cell: str) -> None:
    shape = detect(FILES / "fair-hamburg.csv")
    out = tmp_path / "out.csv"
    with RejectsFile(out, shape) as file:
        file.add([RowReject(1, "Name", cell, "is not a name", (cell,)), RowReject(2, "", "", "r", ("'" + cell,))])
    with out.open(encoding="utf-8-sig", newline="") as text:
        lines = list(csv.reader(text, delimiter=";"))
    assert lines[1][0] == lines[2][0] == "'" + cell


def test_without_a_rejected_row_there_is_no_file(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with RejectsFile(out, detect(FILES / "fair-hamburg.csv")) as file:
        file.add([])
        assert file.written is None
    assert not out.exists()


def test_more_cells_than_columns_are_kept_in_the_last(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name;Ort\nA;B;C;D\n", encoding="utf-8")
    lines = _rejects(path, tmp_path / "out.csv")
    assert lines[1] == ["A", "B C D", "1", "The row has 4 cells instead of 2"]


def test_after_an_error_nothing_is_left_of_it(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    with pytest.raises(ZeroDivisionError), RejectsFile(out, detect(FILES / "fair-hamburg.csv")) as file:
        file.add([RowReject(1, "", "", "reason", ("a",))])
        raise ZeroDivisionError
    assert not out.exists()


def test_an_earlier_file_of_rejects_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "fair.csv"
    assert rejects_path(path).name == "fair-rejected.csv"
    (tmp_path / "fair-rejected.csv").write_text("mended by hand", encoding="utf-8")
    assert rejects_path(path).name == "fair-rejected-2.csv"


def test_a_folder_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    shape = detect(FILES / "fair-hamburg.csv")
    with pytest.raises(UnreadableFile), RejectsFile(tmp_path / "no" / "out.csv", shape) as file:
        file.add([RowReject(1, "", "", "reason")])


@pytest.mark.parametrize(
    ("reject", "text"),
    [
        (RowReject(1, "Since", "gestern", "is not a date"), "Since “gestern” is not a date"),
        (RowReject(1, "", "", "has 2 cells instead of 3"), "The row has 2 cells instead of 3"),
        (RowReject(1, "", "", "no name"), "no name"),
    ],
)
def test_a_reason_is_a_sentence(reject: RowReject, text: str) -> None:
    assert reason_text(reject) == text
