"""Workbooks and JSON become the table of texts that the import reads."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from services.exporting.workbooks import WorkbookWriter
from services.importing.refusals import UnreadableFile
from services.importing.tables import as_table, json_rows
from services.records.fields import EntityKind
from services.values.coercion import Reading


def table_of(path: Path, entity: EntityKind = EntityKind.CONTACT) -> list[list[str]]:
    """The rows that the import would read."""
    with as_table(path, entity, Reading()) as table, table.path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def kept(folder: Path, content: Any) -> Path:
    """A JSON file with this content."""
    path = folder / "people.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def test_a_text_table_is_read_where_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("Name\nAnna\n", encoding="utf-8")
    with as_table(path, EntityKind.CONTACT, Reading()) as table:
        assert table.path == path


def test_a_workbook_is_a_table_for_the_time_of_its_import(tmp_path: Path) -> None:
    path = tmp_path / "people.xlsx"
    with WorkbookWriter(path) as writer:
        writer.begin("People", ["First name", "Seats"])
        writer.write(["Łukasz", 12])
    assert table_of(path) == [["First name", "Seats"], ["Łukasz", "12"]]
    with as_table(path, EntityKind.CONTACT, Reading()) as table:
        assert table.path.stat().st_mode & 0o077 == 0
    assert not table.path.exists()


def test_a_list_of_objects_has_a_column_for_every_name_in_it(tmp_path: Path) -> None:
    path = kept(tmp_path, [{"first_name": "Anna", "seats": 3}, {"first_name": "Bo", "address": {"city": "Ulm"}}])
    assert table_of(path) == [["first_name", "seats", "address.city"], ["Anna", "3", ""], ["Bo", "", "Ulm"]]


def test_our_own_export_is_read_with_its_points_labels_and_own_fields(tmp_path: Path) -> None:
    person = {
        "uid": "00" * 16,
        "first_name": "Anna",
        "email": "a@x.example",
        "tags": ["vip", "a, b"],
        "points": [
            {"kind": "email", "label": "work", "value": "a@x.example", "is_primary": True, "bounced": True},
            {"kind": "address", "label": "", "value": "Kanalweg 8", "city": "Hamburg"},
        ],
        "custom.seats": 12,
        "custom.member": True,
    }
    rows = list(json_rows(kept(tmp_path, {"contacts": [person]}), EntityKind.CONTACT))
    found = dict(zip(*rows, strict=True))
    assert "uid" not in found
    assert "email" not in found
    assert found["tags"] == 'vip, "a, b"'
    assert (found["E-mail 1 - Label"], found["E-mail 1 - Value"], found["E-mail 1 - Bounced"]) == (
        "work",
        "a@x.example",
        "yes",
    )
    assert (found["Address 1 - Street"], found["Address 1 - City"]) == ("Kanalweg 8", "Hamburg")
    assert (found["custom.seats:number"], found["custom.member:bool"]) == ("12", "yes")


@pytest.mark.parametrize("content", ["", "{", "3", '{"deals": []}', '["Anna"]', "[[1]]", "\x00"])
def test_what_holds_no_list_of_records_is_refused(content: str, tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UnreadableFile, match=r"people\.json"):
        table_of(path)


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="could not be read"):
        table_of(tmp_path / "people.json")
