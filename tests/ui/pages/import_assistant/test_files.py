"""Files that cannot be read, files that are read another way, and the files that are offered."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from services.importing.mapping import ColumnMapping
from services.records.fields import FieldKind
from services.values.dates import DateOrder
from tests.ui.pages.import_assistant.stage import Stage
from ui.pages.import_assistant.drop_area import dropped_file
from ui.pages.import_assistant.recent_files import SHOWN, recent_files
from ui.pages.import_assistant.view_model import Step

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def _refused(stage: Stage, path: Path) -> str:
    stage.view_model.choose_file(path)
    stage.until(lambda: stage.view_model.trouble is not None)
    card = stage.page.view.file.trouble
    assert card.isVisible()
    assert stage.view_model.step is Step.FILE
    return card.accessibleName()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"%PDF-1.7\n", "is a PDF document, not a csv file"),
        (b"PK\x03\x04" + bytes(64), "is a spreadsheet or a zip archive, not a csv file"),
        (b"\x00\x01\x02\xff" * 600, "not a csv file"),
        (b"Name;E-Mail\n", "has names of columns but no rows"),
    ],
    ids=["empty", "pdf", "spreadsheet", "bytes", "header only"],
)
def test_a_file_that_holds_no_table_is_refused_in_words(stage: Stage, content: bytes, said: str) -> None:
    stage.open()
    path = stage.folder / "list.csv"
    path.write_bytes(content)
    told = _refused(stage, path)
    assert "list.csv" in told
    assert said in told
    assert stage.staged == []


def test_a_file_that_is_gone_and_a_folder_are_refused_in_words(stage: Stage) -> None:
    stage.open()
    assert "There is no file “gone.csv”" in _refused(stage, stage.folder / "gone.csv")
    assert "is a folder" in _refused(stage, stage.folder)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused_in_words(stage: Stage) -> None:
    stage.open()
    path = stage.file()
    path.chmod(0)
    assert "cannot be read" in _refused(stage, path)


def test_a_refused_file_can_be_followed_by_a_good_one(stage: Stage) -> None:
    stage.open()
    _refused(stage, stage.folder / "gone.csv")
    stage.check()
    assert stage.view_model.trouble is None
    assert stage.view_model.step is Step.MAP


def test_the_encoding_can_be_corrected(stage: Stage) -> None:
    stage.open()
    path = stage.folder / "mac.csv"
    path.write_bytes("Name;Ort\nJörg Weiß;Köln\n".encode("mac_roman"))
    stage.check(path)
    stage.view_model.correct(encoding="cp1252")
    stage.settle()
    inspection = stage.view_model.chosen.inspection
    assert inspection is not None and inspection.shape.encoding == "cp1252"
    stage.view_model.correct(encoding="mac_roman")
    stage.settle()
    assert stage.view_model.preview is not None
    assert stage.view_model.preview.name == "Jörg Weiß"


def test_the_delimiter_can_be_corrected_and_the_columns_are_proposed_anew(stage: Stage) -> None:
    stage.open()
    path = stage.folder / "odd.csv"
    path.write_text("Vorname:Nachname\nAnna:Berg\nMei:Zhou\n", encoding="utf-8")
    stage.check(path)
    stage.view_model.correct(delimiter=":")
    stage.settle()
    inspection = stage.view_model.chosen.inspection
    assert inspection is not None
    assert [column.target for column in inspection.mapping.columns] == ["first_name", "last_name"]
    assert stage.verdicts == {"created": 2}


def test_the_order_of_dates_can_be_corrected_and_the_mapping_stays(stage: Stage) -> None:
    stage.open()
    path = stage.file(["Anna Berg;a@x.example;05/06/1990", "Mei Zhou;m@x.example;25/06/1991"], header="Name;Mail;Tag")
    stage.check(path)
    stage.view_model.send(ColumnMapping("Tag", "custom.tag", FieldKind.DATE))
    stage.settle()
    assert stage.verdicts == {"created": 2}
    stage.view_model.correct(date_order=DateOrder.MONTH_FIRST)
    stage.settle()
    inspection = stage.view_model.chosen.inspection
    assert inspection is not None
    assert inspection.mapping.columns[2].reason == "Month, day, year"
    assert stage.verdicts == {"created": 1, "rejected": 1}


def test_a_correction_that_fails_leaves_the_file_as_it_was_read(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.view_model.correct(encoding="no such encoding")
    stage.settle()
    assert "is no encoding" in stage.toast
    assert stage.view_model.chosen.correction.encoding == ""
    assert stage.view_model.step is Step.MAP
    assert stage.verdicts == {"created": 3, "skipped": 1}


def test_a_file_handed_over_with_the_page_is_looked_at_at_once(stage: Stage) -> None:
    stage.open(argument=str(stage.file()))
    stage.settle()
    assert stage.view_model.step is Step.MAP


def _touch(folder: Path, name: str, written_at: datetime) -> Path:
    path = folder / name
    path.write_text("Name\nAnna\n", encoding="utf-8")
    os.utime(path, (written_at.timestamp(), written_at.timestamp()))
    return path


def test_tables_that_were_downloaded_lately_are_offered_newest_first(tmp_path: Path) -> None:
    made = [_touch(tmp_path, f"list{day}.csv", NOW - timedelta(days=day)) for day in (9, 1, 5, 3, 20)]
    _touch(tmp_path, "letter.docx", NOW)
    _touch(tmp_path, ".hidden.csv", NOW)
    assert [file.path for file in recent_files(tmp_path, NOW)] == [made[1], made[3], made[2]]
    assert len(recent_files(tmp_path, NOW)) == SHOWN
    assert recent_files(tmp_path / "gone", NOW) == []
    assert recent_files(None, NOW) == []


def test_a_press_on_an_offered_file_imports_it(stage: Stage) -> None:
    downloads = stage.folder / "Downloads"
    downloads.mkdir()
    at = stage.clock.now()
    path = stage.file().rename(downloads / "fair.csv")
    os.utime(path, (at.timestamp(), at.timestamp()))
    stage.open()
    stage.until(stage.page.view.file.recent.isVisible)
    stage.page.view.file._recent_rows[0].click()
    stage.settle()
    assert stage.view_model.chosen.path == path
    assert stage.view_model.step is Step.MAP


def test_one_local_file_can_be_dropped_and_nothing_else() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/lists/fair.csv")])
    assert dropped_file(data) == Path("/lists/fair.csv")
    data.setUrls([QUrl.fromLocalFile("/a.csv"), QUrl.fromLocalFile("/b.csv")])
    assert dropped_file(data) is None
    data.setUrls([QUrl("https://lists.example/fair.csv")])
    assert dropped_file(data) is None
