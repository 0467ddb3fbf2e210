"""Files of a contact: dropped on the panel, listed, saved elsewhere, removed; a mail goes onto the timeline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from services.records.fields import EntityKind
from tests.ui.pages.record.stage import Stage
from ui.pages.record.files_group import FilesGroup
from ui.pages.record.kind import Tab

ANNA = "Anna Berg"


def files_of(stage: Stage) -> FilesGroup:
    """The group of files, with Anna on show."""
    stage.open()
    stage.show_record(ANNA)
    stage.page.detail.show_tab(Tab.FIELDS)
    stage.settle()
    return stage.page.detail.fields.files


def made(folder: Path, name: str, content: bytes = b"signed") -> Path:
    """A file on the disk."""
    path = folder / name
    path.write_bytes(content)
    return path


def drop(stage: Stage, paths: Sequence[Path]) -> bool:
    """Let go of files over the panel; whether it took them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel = stage.page.detail
    enter = QDragEnterEvent(QPoint(20, 20), copy, data, left, none)
    QApplication.sendEvent(panel, enter)
    if enter.isAccepted():
        QApplication.sendEvent(panel, QDropEvent(QPointF(20, 20), copy, data, left, none))
    stage.settle()
    return enter.isAccepted()


def names(group: FilesGroup) -> list[str]:
    return [line.file.name for line in group.lines]


def test_dropped_files_are_kept_and_one_undo_takes_them_away(stage: Stage, tmp_path: Path) -> None:
    group = files_of(stage)
    assert drop(stage, [made(tmp_path, "contract.pdf"), made(tmp_path, "offer.txt")])
    stage.until(lambda: sorted(names(group)) == ["contract.pdf", "offer.txt"])
    assert stage.toast == "2 files attached"
    stage.undo()
    stage.until(lambda: names(group) == [])


def test_a_file_is_saved_elsewhere_byte_for_byte(stage: Stage, tmp_path: Path) -> None:
    group = files_of(stage)
    drop(stage, [made(tmp_path, "contract.pdf", b"one\0two")])
    stage.until(lambda: len(group.lines) == 1)
    group.lines[0].save.click()
    dialog = group.dialog
    assert dialog is not None
    target = tmp_path / "copy.pdf"
    dialog.fileSelected.emit(str(target))
    dialog.done(0)
    stage.settle()
    assert target.read_bytes() == b"one\0two"
    assert stage.toast == "Saved as copy.pdf"


def test_a_file_is_removed_and_comes_back(stage: Stage, tmp_path: Path) -> None:
    group = files_of(stage)
    drop(stage, [made(tmp_path, "contract.pdf")])
    stage.until(lambda: len(group.lines) == 1)
    group.lines[0].remove.click()
    stage.until(lambda: group.lines == [])
    stage.undo()
    stage.until(lambda: names(group) == ["contract.pdf"])


def test_a_dropped_mail_stands_on_the_timeline(stage: Stage, tmp_path: Path) -> None:
    files_of(stage)
    anna = stage.id_of(ANNA)
    before = stage.workspace.activities.timeline(contact=anna)[1]
    mail = made(
        tmp_path,
        "offer.eml",
        b"From: x@y.example\nDate: Tue, 03 Nov 2026 09:30:00 +0100\n"
        b"Message-ID: <1@y.example>\nSubject: Offer\n\nHello\n",
    )
    assert drop(stage, [mail])
    assert stage.toast == "Mail on the timeline"
    assert stage.workspace.activities.timeline(contact=anna)[1] == before + 1
    assert stage.workspace.files.of_record(EntityKind.CONTACT, anna) == []
    drop(stage, [mail])
    assert stage.toast == "Mail was there already"


def test_a_folder_is_not_taken(stage: Stage, tmp_path: Path) -> None:
    files_of(stage)
    assert not drop(stage, [tmp_path])


def test_files_of_one_contact_are_not_shown_with_another(stage: Stage, tmp_path: Path) -> None:
    group = files_of(stage)
    drop(stage, [made(tmp_path, "contract.pdf")])
    stage.until(lambda: len(group.lines) == 1)
    stage.show_record("Karim Haddad")
    stage.settle()
    assert group.lines == []
    stage.show_record(ANNA)
    stage.until(lambda: names(group) == ["contract.pdf"])
