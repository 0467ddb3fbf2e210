"""`mycrm query` answers as JSON, as a table and as csv, and says when there was more."""

from __future__ import annotations

import csv
import io

import pytest

from mycrm_desktop.cli.main import run
from tests.mycrm_desktop.cli.calls import Mycrm


@pytest.fixture(autouse=True)
def no_lasting_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A limit of memory would stay with this process for ever."""
    monkeypatch.setattr("mycrm_desktop.cli.query._HEAP_BYTES", None)


def test_an_answer_has_columns_and_rows(mycrm: Mycrm) -> None:
    mycrm.good("contacts", "add", "first_name=Anna", "last_name=Berg")
    answer = mycrm.good("query", "SELECT name, 1.5 AS number, NULL AS nothing_yet FROM contacts")
    del answer["seconds"]

    assert answer == {
        "columns": ["name", "number", "nothing_yet"],
        "rows": [["Anna Berg", 1.5, None]],
        "truncated": False,
        "limit": 1000,
    }


def test_what_was_left_out_is_told(mycrm: Mycrm) -> None:
    answer = mycrm("query", "--limit", "2", "VALUES (1), (2), (3)")

    assert (answer.document["rows"], answer.document["truncated"]) == ([[1], [2]], True)
    assert "--limit" in answer.err


def test_infinity_and_bytes_are_text(mycrm: Mycrm) -> None:
    assert mycrm.good("query", "SELECT 9e999, x'00ff'")["rows"] == [["inf", "00ff"]]


def test_a_refusal_is_exit_one_with_a_code(mycrm: Mycrm) -> None:
    answer = mycrm("query", "DELETE FROM contact")

    assert (answer.code, answer.document["error"]["code"]) == (1, "query_refused")
    assert mycrm("query", "SELECT * FROM setting").document["error"]["code"] == "query_not_allowed"


def people(mycrm: Mycrm, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    capsys.readouterr()
    assert run(["--workspace", str(mycrm.path), "query", *options]) == 0
    return capsys.readouterr().out


def test_a_table_has_its_columns_under_each_other(mycrm: Mycrm, capsys: pytest.CaptureFixture[str]) -> None:
    shown = people(
        mycrm, capsys, "SELECT column1 AS word, column2 AS n FROM (VALUES ('a' || char(10, 27) || 'b', 7), ('c', 12))"
    )

    assert shown.splitlines() == ["word  n", "----  --", "a b    7", "c     12"]


def test_csv_marks_what_a_spreadsheet_would_run(mycrm: Mycrm, capsys: pytest.CaptureFixture[str]) -> None:
    shown = people(mycrm, capsys, "--format", "csv", "SELECT '=1+1' AS \"a,b\", 'x\"y' AS c, -2 AS d")

    assert list(csv.reader(io.StringIO(shown))) == [["a,b", "c", "d"], ["'=1+1", 'x"y', "-2"]]


def test_the_schema_is_printed(mycrm: Mycrm, capsys: pytest.CaptureFixture[str]) -> None:
    assert people(mycrm, capsys, "--schema").startswith("# The views of `mycrm query`")


def test_a_statement_is_read_from_standard_input(mycrm: Mycrm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("SELECT 42"))

    assert mycrm.good("query", "-")["rows"] == [[42]]
