"""Rows out of files that are malformed, huge, truncated or hostile: each is a row or a reject, none stops the rest."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from services.importing.detection import detect
from services.importing.reading import LONGEST_LINE, RowStream
from services.importing.refusals import UnreadableFile
from services.records.drafts import RowReject

HEAD = "Name;E-Mail;City\n"
BERG = "Berg;anna@berg.example;Köln"
ZHOU = "Zhou;mei@zhou.example;Bonn"


def _read(folder: Path, content: str | bytes, **given: str) -> list[tuple[int, list[str] | str]]:
    """Number and cells of each row, or number and reason of each reject."""
    path = folder / "list.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with RowStream(path, detect(path, **given)) as rows:
        return [(row.number, row.reason) if isinstance(row, RowReject) else row for row in rows]


def _good(line: str) -> list[str]:
    return line.split(";")


def test_rows_are_numbered_from_one_and_blank_lines_are_none(tmp_path: Path) -> None:
    assert _read(tmp_path, f"{HEAD}\n{BERG}\n\n   \n{ZHOU}\n\n") == [(1, _good(BERG)), (2, _good(ZHOU))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_line(tmp_path: Path, end: str) -> None:
    assert _read(tmp_path, (HEAD + BERG + "\n" + ZHOU).replace("\n", end)) == [(1, _good(BERG)), (2, _good(ZHOU))]


def test_line_ends_may_be_mixed(tmp_path: Path) -> None:
    assert _read(tmp_path, f"Name;E-Mail;City\r\n{BERG}\n{ZHOU}\r{BERG}") == [
        (1, _good(BERG)),
        (2, _good(ZHOU)),
        (3, _good(BERG)),
    ]


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    text = HEAD + '"Berg; Anna";"a ""b"" c";"Köln\r\nMitte\n"\n' + ZHOU
    assert _read(tmp_path, text) == [(1, ["Berg; Anna", 'a "b" c', "Köln\r\nMitte\n"]), (2, _good(ZHOU))]


def test_a_row_of_too_few_or_too_many_cells_is_rejected_with_both_numbers(tmp_path: Path) -> None:
    text = f"{HEAD}{BERG}\nZhou;mei@zhou.example\nA;b@c.example;D;E\n{ZHOU}\n"
    assert _read(tmp_path, text) == [
        (1, _good(BERG)),
        (2, "has 2 cells instead of 3"),
        (3, "has 4 cells instead of 3"),
        (4, _good(ZHOU)),
    ]


def test_empty_cells_too_many_are_no_fault(tmp_path: Path) -> None:
    assert _read(tmp_path, f"{HEAD}{BERG};;\n;\n") == [(1, _good(BERG)), (2, ["", "", ""])]


def test_a_last_row_cut_short_is_rejected(tmp_path: Path) -> None:
    assert _read(tmp_path, f"{HEAD}{BERG}\n{ZHOU}\nWei") == [
        (1, _good(BERG)),
        (2, _good(ZHOU)),
        (3, "has 1 cell instead of 3"),
    ]


def test_a_last_row_cut_short_inside_a_quotation_is_rejected(tmp_path: Path) -> None:
    assert _read(tmp_path, f'{HEAD}{BERG}\n{ZHOU}\n"We') == [
        (1, _good(BERG)),
        (2, _good(ZHOU)),
        (3, "ends inside a quotation"),
    ]


def test_a_quotation_that_is_never_closed_costs_its_own_row_only(tmp_path: Path) -> None:
    rows = [(number, _good(ZHOU)) for number in range(2, 5002)]
    text = f'{HEAD}"Berg;anna@berg.example;Köln\n' + f"{ZHOU}\n" * 5000
    assert _read(tmp_path, text) == [(1, "opens a quotation that is not closed"), *rows]


def test_two_lone_quotes_do_not_swallow_the_rows_between(tmp_path: Path) -> None:
    text = f'{HEAD}"Berg;anna@berg.example;Köln\n{ZHOU}\n{BERG}\n"Weiß;j@weiss.example;Ulm\n{ZHOU}\n'
    assert _read(tmp_path, text) == [
        (1, "opens a quotation that is not closed"),
        (2, _good(ZHOU)),
        (3, _good(BERG)),
        (4, "opens a quotation that is not closed"),
        (5, _good(ZHOU)),
    ]


def test_a_quote_inside_a_cell_is_a_character(tmp_path: Path) -> None:
    assert _read(tmp_path, f'{HEAD}Anna "Ann" Berg;a@b.example;5" pipe\n{ZHOU}\n') == [
        (1, ['Anna "Ann" Berg', "a@b.example", '5" pipe']),
        (2, _good(ZHOU)),
    ]


def test_text_behind_a_closing_quote_belongs_to_the_cell(tmp_path: Path) -> None:
    assert _read(tmp_path, f'{HEAD}"Anna" Berg;a@b.example;Köln\n{ZHOU}\n') == [
        (1, ["Anna Berg", "a@b.example", "Köln"]),
        (2, _good(ZHOU)),
    ]


def test_zero_bytes_are_left_out(tmp_path: Path) -> None:
    assert _read(tmp_path, f"{HEAD}Be\0rg;anna@berg.example;Köln\n") == [(1, _good(BERG))]


def test_a_byte_that_is_no_utf_8_rejects_its_row_and_says_where(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    good = f"{BERG}\n".encode() * 60
    path.write_bytes(HEAD.encode() + good + b"J\xf6rg;j@weiss.example;Ulm\n" + good)
    with RowStream(path, detect(path)) as stream:
        rows = list(stream)
    rejects = [row for row in rows if isinstance(row, RowReject)]
    assert len(rows) == 121
    assert rejects == [
        RowReject(
            61,
            "Name",
            "J\ufffdrg",
            "holds the byte 0xF6, no UTF-8",
            ("J\ufffdrg", "j@weiss.example", "Ulm"),
        )
    ]


def test_utf_16_cut_in_the_middle_of_a_character_rejects_the_last_row(tmp_path: Path) -> None:
    content = b"\xff\xfe" + f"{HEAD}{BERG}\n{ZHOU}".encode("utf-16-le")
    rows = _read(tmp_path, content[:-1])
    assert rows[0] == (1, _good(BERG))
    assert rows[1][0] == 2
    assert "no UTF-16" in rows[1][1]


def test_a_line_longer_than_any_tables_is_rejected_without_being_held(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    with path.open("wb") as file:
        file.write(f"{HEAD}{BERG}\n".encode())
        for _ in range(50):
            file.write(b"x" * 1_000_000)
        file.write(f"\n{ZHOU}\n".encode())
    shape = detect(path)
    tracemalloc.start()
    try:
        with RowStream(path, shape) as stream:
            rows = list(stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert rows[0] == (1, _good(BERG))
    assert isinstance(rows[1], RowReject)
    assert rows[1].reason == f"is a line of more than {LONGEST_LINE:,} characters"
    assert rows[2] == (3, _good(ZHOU))
    assert peak < 12_000_000


def test_a_cell_longer_than_csv_allows_is_rejected(tmp_path: Path) -> None:
    rows = _read(tmp_path, f"{HEAD}{BERG}\n{'x' * 200_000};a@b.example;Köln\n{ZHOU}\n")
    assert rows[0] == (1, _good(BERG))
    assert "cell of more than" in rows[1][1]
    assert rows[2] == (3, _good(ZHOU))


def test_a_large_file_is_read_in_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + f"{BERG}\n" * 300_000, encoding="utf-8")
    shape = detect(path)
    tracemalloc.start()
    try:
        with RowStream(path, shape) as stream:
            count = sum(1 for _ in stream)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 300_000
    assert peak < 2_000_000


def test_the_stream_tells_how_far_it_has_come(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + f"{BERG}\n" * 20_000, encoding="utf-8")
    with RowStream(path, detect(path)) as stream:
        rows = iter(stream)
        next(rows)
        early = stream.bytes_read
        assert sum(1 for _ in rows) == 19_999
        assert 0 < early < stream.bytes_read == path.stat().st_size


def test_without_a_header_the_first_line_is_a_row(tmp_path: Path) -> None:
    text = f"{BERG}\n{ZHOU}\n"
    assert _read(tmp_path, text) == [(1, _good(BERG)), (2, _good(ZHOU))]


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(HEAD + BERG, encoding="utf-8")
    shape = detect(path)
    path.unlink()
    with pytest.raises(UnreadableFile):
        RowStream(path, shape)
