"""The assistant as a rep uses it: by keyboard, with files that are not what they seem, and while other work goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from services.importing.applying import OnMatch, Verdict
from services.importing.mapping import ColumnMapping
from services.importing.refusals import UnreadableFile
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind, FieldKind
from services.store.queries.listing import ListRequest
from tests.ui.pages.import_assistant.stage import HeldImport, Stage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.earlier_card import EarlierRow
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.pace import Progress
from ui.pages.import_assistant.turns import Turns
from ui.pages.import_assistant.view_model import Step

LONG = 3_000


def _focused(stage: Stage) -> QWidget:
    widget = stage.window.focusWidget()
    assert widget is not None
    return widget


def _drag(stage: Stage, *paths: Path) -> bool:
    """Hold files over the page, and let them go if it takes them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), action, data, button, none)
    enter.ignore()
    QApplication.sendEvent(stage.page.view, enter)
    if enter.isAccepted():
        QApplication.sendEvent(stage.page.view, QDropEvent(QPointF(300, 300), action, data, button, none))
    stage.settle()
    return enter.isAccepted()


def _rows(stage: Stage) -> list[tuple[str, str]]:
    model = stage.page.view.map.rows.list.model()
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [(str(index.data() or ""), str(index.data(CellRole.SECONDARY) or "")) for index in indexes]


def _earlier(stage: Stage) -> list[EarlierRow]:
    return stage.page.view.file.earlier.rows


def test_the_steps_behind_the_first_are_built_after_it_is_shown(stage: Stage) -> None:
    assert not stage.page.view.is_built
    stage.page.opened(Target("import_assistant", EntityKind.CONTACT))
    assert not stage.page.view.is_built
    stage.until(lambda: stage.page.view.is_built)


def test_a_file_that_is_known_before_the_steps_are_built_is_shown_as_looked_at_until_they_are(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.window.show()
    path = stage.file()
    area = stage.page.view.file.area
    with monkeypatch.context() as held:
        held.setattr(Turns, "begin", lambda _turns, _after_ms=0: None)
        stage.page.opened(Target("import_assistant", EntityKind.CONTACT, argument=str(path)))
        stage.until(lambda: stage.view_model.step is Step.MAP)
        assert area._title.text() == "Looking at fair.csv"
    stage.page.view.build_rest()
    stage.settle()
    assert stage.page.view.map.isVisible()
    assert _focused(stage) is stage.page.view.map.columns.table
    assert not area.choose.is_busy


def test_a_refused_file_leaves_the_keyboard_on_the_button_that_chooses_another(stage: Stage) -> None:
    stage.open()
    choose = stage.page.view.file.area.choose
    assert choose.hasFocus()
    stage.view_model.choose_file(stage.folder)
    assert choose.is_busy
    stage.until(lambda: stage.view_model.trouble is not None)
    stage.settle()
    assert choose.hasFocus()
    assert not choose.is_busy


def test_the_way_from_a_file_to_its_records_and_back_needs_no_pointer(stage: Stage) -> None:
    stage.open()
    stage.qtbot.keyClick(_focused(stage), Qt.Key.Key_Space)
    dialog = stage.page.view.file.dialog
    assert dialog is not None
    stage.until(dialog.isVisible)
    dialog.close()
    stage.window.activateWindow()
    stage.until(stage.window.isActiveWindow)
    dialog.fileSelected.emit(str(stage.file()))
    stage.until(lambda: stage.view_model.can_import)
    stage.settle()
    assert _focused(stage) is stage.page.view.map.columns.table
    stage.press("Ctrl+Return")
    stage.until(lambda: stage.view_model.run.state is RunState.DONE)
    stage.settle()
    assert _focused(stage) is stage.page.view.foot.first
    summary = stage.page.view.result.summary
    for _ in range(6):
        if _focused(stage) is summary.undo:
            break
        stage.qtbot.keyClick(_focused(stage), Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert _focused(stage) is summary.undo
    stage.qtbot.keyClick(summary.undo, Qt.Key.Key_Space)
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()
    assert stage.names() == []
    assert _focused(stage) is stage.page.view.foot.first


def test_a_file_removed_after_its_dry_run_is_imported_all_the_same(stage: Stage) -> None:
    stage.open()
    path = stage.file()
    stage.check(path)
    path.unlink()
    stage.import_it()
    assert stage.view_model.run.state is RunState.DONE
    assert stage.names() == ["Anna Berg", "Jörg Weiß", "Mei-Lin Zhou"]


def test_a_file_removed_while_it_is_mapped_is_said_where_the_dry_run_would_be(stage: Stage) -> None:
    stage.open()
    path = stage.file()
    stage.check(path)
    kept = path.read_bytes()
    path.unlink()
    stage.view_model.keep_left_out()
    stage.until(lambda: stage.view_model.dry_run.state is CheckState.FAILED)
    stage.settle()
    card = stage.page.view.map.dry_run
    assert card._trouble.isVisible()
    assert "fair.csv" in card._trouble.accessibleName()
    assert not stage.page.view.foot.first.isEnabled()
    assert stage.staged == []
    path.write_bytes(kept)
    stage.qtbot.keyClick(card.again, Qt.Key.Key_Space)
    stage.until(lambda: stage.view_model.can_import)
    assert card.again.isHidden()


def test_an_old_file_of_a_german_spreadsheet_shows_its_umlauts(stage: Stage) -> None:
    stage.open()
    path = stage.folder / "alt.csv"
    rows = ["Name;E-Mail;Ort", *(f"Jörg Weiß {n};joerg{n}@gross.example;Köln" for n in range(20))]
    path.write_bytes("\r\n".join(rows).encode("latin-1"))
    stage.check(path)
    preview = stage.view_model.preview
    assert preview is not None and preview.name.startswith("Jörg Weiß")
    stage.import_it()
    assert "Jörg Weiß 7" in stage.names()


def test_a_file_is_dropped_onto_any_step_but_a_running_import(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.open()
    first, second = stage.file(name="one.csv"), stage.long_file(LONG)
    assert _drag(stage, first)
    assert stage.view_model.chosen.path == first
    assert _drag(stage, second)
    stage.until(lambda: stage.view_model.can_import)
    assert stage.view_model.chosen.path == second
    held = HeldImport(monkeypatch)
    stage.view_model.import_now()
    stage.until(held.is_reached)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(first))])
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, none)
    enter.ignore()
    QApplication.sendEvent(stage.page.view, enter)
    assert not enter.isAccepted()
    held.release()
    stage.until(lambda: stage.view_model.run.state is RunState.DONE)


def test_a_dropped_folder_is_refused_in_words_and_two_files_are_not_taken(stage: Stage) -> None:
    stage.open()
    assert not _drag(stage, stage.file(name="one.csv"), stage.file(name="two.csv"))
    assert _drag(stage, stage.folder)
    assert "is a folder" in stage.page.view.file.trouble.accessibleName()


def test_an_import_that_ended_elsewhere_shows_its_result_to_who_comes_back(stage: Stage) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    stage.view_model.import_now()
    stage.page.left()
    stage.until(lambda: stage.view_model.run.state is RunState.DONE)
    stage.settle()
    assert stage.toast == "3,000 contacts imported"
    stage.open()
    assert stage.page.view.result.summary.isVisible()
    assert stage.page.view.result.summary.undo.isVisible()


def test_the_undo_of_the_toast_takes_an_import_back_that_ended_elsewhere(stage: Stage) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    stage.view_model.import_now()
    stage.page.left()
    stage.until(lambda: stage.view_model.run.state is RunState.DONE)
    stage.settle()
    toast = stage.toasts.current
    assert toast is not None
    toast.action_pressed.emit()
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()
    assert stage.names() == []


def test_who_comes_back_to_a_running_import_sees_how_far_it_is_and_can_cancel_it(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    held = HeldImport(monkeypatch)
    stage.view_model.import_now()
    stage.until(held.is_reached)
    stage.page.left()
    stage.page.opened(Target("import_assistant", EntityKind.COMPANY))
    assert "Importing" not in stage.toast
    assert stage.view_model.entity is EntityKind.CONTACT
    cancel = stage.page.view.result.progress.cancel
    assert cancel.isVisible() and cancel.hasFocus()
    stage.qtbot.keyClick(cancel, Qt.Key.Key_Space)
    held.release()
    stage.until(lambda: not stage.view_model.run.is_under_way)
    stage.settle()
    assert stage.names() == []


def test_an_undo_says_what_it_left_alone_because_it_was_changed_since(stage: Stage) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example")
    stage.open()
    stage.check()
    stage.import_it()
    contacts = stage.workspace.contacts
    anna = next(row for row in contacts.rows(contacts.ids(ListRequest())) if row.name == "Anna Berg")
    contacts.change(anna.id, RecordDraft({"title": "Chefin"}))
    stage.page.view.result.summary.undo.click()
    stage.until(lambda: stage.view_model.run.is_undone)
    stage.settle()
    assert "Undone: import of 3 contacts" in stage.toast
    assert "changed since" in stage.toast


def test_an_import_of_another_day_is_taken_back_from_the_first_step(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.import_it()
    stage.page.left()
    stage.open()
    row = _earlier(stage)[0]
    assert row.accessibleName() == "3 contacts, Today, 12:00, Rosa Quill"
    assert row.undo.accessibleName() == "Undo the import of 3 contacts, Today, 12:00"
    row.undo.click()
    row.undo.click()
    stage.until(lambda: _earlier(stage)[0] is not row)
    stage.settle()
    assert stage.names() == []
    assert stage.toast == "Undone: import of 3 contacts"
    assert _earlier(stage)[0].undo.isHidden()


def test_a_workspace_without_imports_says_nothing_of_earlier_ones(stage: Stage) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example")
    stage.open()
    assert stage.page.view.file.earlier.isHidden()


def test_rows_that_are_skipped_say_why_each_of_them_is(stage: Stage) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example")
    stage.open()
    stage.check()
    stage.view_model.set_on_match(OnMatch.SKIP)
    stage.settle()
    stage.page.view.map.rows.show_verdict(Verdict.SKIPPED)
    stage.settle()
    assert _rows(stage) == [("Anna Berg", "Already here"), ("", "No name and no email")]


@pytest.mark.parametrize(
    ("way", "verdict", "tag"),
    [
        (OnMatch.UPDATE, Verdict.UPDATED, "Update, 3 fields"),
        (OnMatch.FILL, Verdict.UPDATED, "Filled up, 2 fields"),
        (OnMatch.SKIP, Verdict.SKIPPED, "Skipped"),
        (OnMatch.CREATE, Verdict.CREATED, "New"),
    ],
)
def test_the_card_of_a_row_tells_its_verdict(stage: Stage, way: OnMatch, verdict: Verdict, tag: str) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example", title="Chefin")
    stage.open()
    stage.check()
    stage.view_model.set_on_match(way)
    stage.settle()
    stage.page.view.map.rows.show_verdict(verdict)
    stage.view_model.show_row(1)
    stage.settle()
    assert stage.page.view.map.columns.row.card._tag.accessibleName() == tag


def test_escape_closes_the_list_of_fields_first_and_then_the_assistant(stage: Stage) -> None:
    stage.open()
    stage.check()
    table = stage.page.view.map.columns.table
    stage.qtbot.keyClick(table, Qt.Key.Key_J)
    stage.qtbot.keyClick(table, Qt.Key.Key_Return)
    choice = table.choice
    assert choice is not None and choice.is_open
    popup = QApplication.activePopupWidget()
    assert popup is not None
    stage.qtbot.keyClick(popup, Qt.Key.Key_Escape)
    stage.until(lambda: not choice.is_open)
    assert stage.navigated == []
    stage.qtbot.keyClick(table, Qt.Key.Key_Escape)
    stage.qtbot.keyClick(stage.page.view.map.rows.list, Qt.Key.Key_Escape)
    assert stage.navigated == [Target("contacts"), Target("contacts")]


def test_home_and_end_go_to_the_ends_of_a_list_of_rows(stage: Stage) -> None:
    stage.open()
    stage.check(stage.long_file(LONG))
    rows = stage.page.view.map.rows
    rows.show_verdict(Verdict.CREATED)
    stage.settle()
    stage.qtbot.keyClick(rows.list, Qt.Key.Key_End)
    stage.settle()
    assert stage.view_model.shown_row == LONG
    stage.qtbot.keyClick(rows.list, Qt.Key.Key_Home)
    stage.settle()
    assert stage.view_model.shown_row == 1


def test_the_result_names_the_rows_that_could_not_be_read(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.view_model.send(ColumnMapping("Erstkontakt", "custom.erstkontakt", FieldKind.DATE))
    stage.settle()
    stage.import_it()
    rejects = stage.page.view.result.summary.rejects
    assert rejects.isVisible()
    assert rejects.lines[0].accessibleName() == "Row 3: Erstkontakt “31.02.2026” is not a date"
    assert not rejects.lines[1].isVisible()
    assert "fair-rejected.csv" in rejects._where.accessibleName()


def test_rejected_rows_that_could_not_be_laid_beside_the_file_are_saved_elsewhere(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise UnreadableFile("“fair-rejected.csv” cannot be written", "Choose another folder.")

    stage.open()
    stage.check()
    stage.view_model.send(ColumnMapping("Erstkontakt", "custom.erstkontakt", FieldKind.DATE))
    stage.settle()
    with monkeypatch.context() as full:
        full.setattr("services.importing.service.write_rejects", refuse)
        stage.import_it()
    summary = stage.page.view.result.summary
    assert summary.rejects.link.accessibleName() == "Save as file"
    summary.rejects.link.click()
    assert summary.dialog is not None
    elsewhere = stage.folder / "elsewhere.csv"
    summary.dialog.fileSelected.emit(str(elsewhere))
    summary.dialog.close()
    stage.until(lambda: stage.view_model.run.rejects_file == elsewhere)
    stage.settle()
    assert "31.02.2026" in elsewhere.read_text(encoding="utf-8-sig")
    assert stage.toast == "1 row saved as elsewhere.csv"
    summary.rejects.link.click()
    assert stage.outside.revealed == [elsewhere]


def test_rows_that_say_something_of_the_same_one_count_as_one_record(stage: Stage) -> None:
    stage.open()
    stage.check(stage.file(["Anna Berg;;anna@x.example;;;", "Anna Berg;Almeda;anna@x.example;;;"]))
    stage.import_it()
    summary = stage.page.view.result.summary
    assert len(stage.names()) == 1
    assert summary._heading.text() == "1 contact imported"
    assert "2 rows of fair.csv" in summary._sentence.accessibleName()


def test_how_far_an_undo_is_stands_in_place_of_the_sentence(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.import_it()
    run, summary = stage.view_model.run, stage.page.view.result.summary
    run.undo()
    run._on_undo_progress(Progress("Undoing", 1_140, 1_842, 4_100, 1.2))
    assert summary._sentence.accessibleName() == "Taking back 1,140 of 1,842, 4,100 rows/s, 1 s left"
    stage.until(lambda: run.is_undone)
    stage.settle()
    assert "was taken back" in summary._sentence.accessibleName()
