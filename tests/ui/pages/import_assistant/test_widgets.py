"""The widgets of the assistant: models, keys, names for assistive technology, and the pictures' states."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QTableView, QWidget

from services.importing.applying import Verdict
from services.importing.mapping import ColumnMapping
from services.importing.shapes import ColumnShape
from services.records.drafts import RowReject
from tests.ui.pages.import_assistant.stage import HeldImport, Stage
from ui.pages.import_assistant.column_rows import ColumnRow
from ui.pages.import_assistant.columns_model import ColumnsTableModel
from ui.pages.import_assistant.pace import Pace
from ui.pages.import_assistant.reading_popover import ReadingPanel
from ui.pages.import_assistant.row_list import RejectSource, row_list_model
from ui.pages.import_assistant.targets import TargetOption
from ui.pages.import_assistant.view_model import Step

FAIL_TESTER = QAbstractItemModelTester.FailureReportingMode.Fatal


def _column(name: str, *, warning: str = "") -> ColumnRow:
    return ColumnRow(ColumnShape(name, ("a",), 1.0), ColumnMapping(name), "Not imported", warning)


def test_the_model_of_columns_keeps_the_contract_of_models(stage: Stage) -> None:
    model = ColumnsTableModel()
    tester = QAbstractItemModelTester(model, FAIL_TESTER)
    model.show_rows([_column(f"Column {number}") for number in range(500)])
    model.show_rows([_column(f"Column {number}", warning="Look") for number in range(500)])
    model.show_rows([])
    assert tester.model() is model
    assert model.rowCount() == 0


def test_the_model_of_rows_keeps_the_contract_of_models(stage: Stage) -> None:
    model = row_list_model(stage.tasks)
    tester = QAbstractItemModelTester(model, FAIL_TESTER)
    rejects = [RowReject(number, "Tag", f"v{number}", "is not a date") for number in range(1, 501)]
    model.show_list(RejectSource(rejects))
    stage.until(lambda: model.rowCount() == 500)
    model.show_rows(0, 40)
    stage.until(lambda: model.index(0, 0).data() == "Tag “v1” is not a date")
    assert tester.model() is model
    model.close()


def test_a_column_is_sent_elsewhere_by_keyboard_alone(stage: Stage) -> None:
    stage.open()
    stage.check()
    table = stage.page.view.map.columns.table
    assert table.hasFocus()
    for _ in range(5):
        stage.qtbot.keyClick(table, Qt.Key.Key_J)
    assert table.current_row == 4
    choice = table.choice
    assert choice is not None
    assert choice.accessibleName() == "Where “Funktion” goes"
    stage.qtbot.keyClick(table, Qt.Key.Key_Return)
    assert choice.is_open
    popover = choice._popover
    assert popover is not None
    field = popover.findChild(QLineEdit)
    assert field is not None
    stage.qtbot.keyClicks(field, "notes")
    stage.qtbot.keyClick(field, Qt.Key.Key_Return)
    stage.settle()
    inspection = stage.view_model.chosen.inspection
    assert inspection is not None
    assert inspection.mapping.columns[4].target == "notes"
    assert table.current_row == 4
    assert not choice.is_open


def test_a_wheel_over_the_combo_box_sends_no_column_elsewhere(stage: Stage) -> None:
    stage.open()
    stage.check()
    table = stage.page.view.map.columns.table
    table.go_to_row(0)
    choice = table.choice
    assert choice is not None
    before = choice.currentIndex()
    stage.qtbot.mouseMove(choice)
    from PySide6.QtCore import QPoint, QPointF
    from PySide6.QtGui import QWheelEvent
    from PySide6.QtWidgets import QApplication

    centre = QPointF(choice.rect().center())
    event = QWheelEvent(
        centre,
        QPointF(choice.mapToGlobal(choice.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(choice, event)
    assert choice.currentIndex() == before


def test_every_column_is_offered_a_new_field_of_the_kind_of_its_values_first(stage: Stage) -> None:
    stage.open()
    stage.check()
    table = stage.page.view.map.columns.table
    table.go_to_row(5)
    choice = table.choice
    assert choice is not None
    texts = [choice.itemText(place) for place in range(choice.count())]
    assert texts[:2] == ["Not imported", "New field “Erstkontakt”: date"]
    assert "New field “Erstkontakt”: text" in texts
    option = choice.itemData(1)
    assert isinstance(option, TargetOption)
    assert option.for_column("Erstkontakt").custom_name == "erstkontakt"


def test_show_lists_the_rows_of_a_verdict_and_the_row_reached_is_previewed(stage: Stage) -> None:
    stage.open()
    stage.check()
    step = stage.page.view.map
    stage.qtbot.mouseClick(step.dry_run.legend.lines[Verdict.CREATED].show_link, Qt.MouseButton.LeftButton)
    stage.settle()
    assert step.rows.shown_verdict is Verdict.CREATED
    names = [step.rows.list.model().index(row, 0).data() for row in range(step.rows.list.model().rowCount())]
    assert names == ["Anna Berg", "Mei-Lin Zhou", "Jörg Weiß"]
    assert step.rows.list.hasFocus()
    stage.qtbot.keyClick(step.rows.list, Qt.Key.Key_J)
    stage.qtbot.keyClick(step.rows.list, Qt.Key.Key_J)
    stage.settle()
    assert stage.view_model.shown_row == 2
    preview = stage.view_model.preview
    assert preview is not None
    assert (preview.name, preview.company, preview.phones) == ("Mei-Lin Zhou", "Kepler Optik", ("+49 30 5550117",))
    assert "Mei-Lin Zhou" in step.columns.row.card.accessibleDescription()


def test_the_way_from_row_to_row_tells_why_rows_are_left_out(stage: Stage) -> None:
    stage.open()
    stage.check()
    stage.view_model.show_row(3)
    stage.settle()
    assert stage.view_model.preview is not None
    stage.press("Alt+Right")
    stage.settle()
    card = stage.page.view.map.columns.row
    assert stage.view_model.shown_row == 4
    assert "No name, no email and no phone" in card.card.accessibleDescription()
    assert not card.after.isEnabled()
    stage.press("Alt+Left")
    stage.settle()
    assert stage.view_model.shown_row == 3


def test_an_update_says_what_it_changes_and_why_it_is_one(stage: Stage) -> None:
    stage.add("Anna", "Berg", "anna@almeda.example", title="Chefin")
    stage.open()
    stage.check()
    preview = stage.view_model.preview
    assert preview is not None
    assert (preview.number, preview.matched_by) == (1, "email")
    assert set(preview.changes) == {"title", "phone", "company"}
    card = stage.page.view.map.columns.row.card
    assert card._tag.accessibleName() == "Update, 3 fields"
    assert card._tag.toolTip() == "Changes: Title, Phone, Company"
    assert "Same email as an existing contact" in card.accessibleDescription()


def test_escape_cancels_a_running_import_and_else_closes_the_assistant(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.open()
    stage.qtbot.keyClick(stage.page.view.file.area.choose, Qt.Key.Key_Escape)
    assert [target.page for target in stage.navigated] == ["contacts"]
    stage.check(stage.long_file(3_000))
    held = HeldImport(monkeypatch)
    stage.press("Ctrl+Return")
    stage.until(held.is_reached)
    stage.qtbot.keyClick(stage.page.view.result.progress.cancel, Qt.Key.Key_Escape)
    held.release()
    stage.until(lambda: not stage.view_model.run.is_under_way)
    stage.settle()
    assert stage.names() == []
    assert stage.view_model.step is Step.MAP


def test_the_panel_of_the_reading_shows_how_the_file_is_read_and_reads_it_anew(stage: Stage) -> None:
    stage.open()
    stage.check()
    panel = ReadingPanel(stage.view_model)
    stage.qtbot.addWidget(panel)
    assert (panel.encoding.value, panel.delimiter.value, panel.dates.value) == ("utf-8", ";", "day_first")
    panel.dates.combo.setCurrentIndex(1)
    panel.dates.combo.activated.emit(1)
    stage.settle()
    inspection = stage.view_model.chosen.inspection
    assert inspection is not None
    assert inspection.reading.date_order.value == "month_first"
    assert stage.page.view.map.strip._dates.accessibleName() == "Dates month first"


def _controls(root: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QTableView)
    return [widget for widget in root.findChildren(QWidget) if isinstance(widget, kinds) and not widget.isHidden()]


@pytest.mark.parametrize("step", list(Step))
def test_every_control_has_a_name(stage: Stage, step: Step) -> None:
    stage.open()
    if step is not Step.FILE:
        stage.check()
        stage.page.view.map.columns.table.go_to_row(0)
    if step is Step.IMPORT:
        stage.import_it()
    nameless = [
        widget
        for widget in _controls(stage.page.view)
        if widget.isVisible() and not widget.accessibleName() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert nameless == []


def test_tab_goes_through_the_mapping_in_the_order_in_which_it_is_read(stage: Stage) -> None:
    stage.open()
    stage.check()
    step, foot = stage.page.view.map, stage.page.view.foot
    expected = [step.columns.table, step.columns.row.after, step.dry_run.options.key.combo, step.rows.list, foot.first]
    seen: list[QWidget] = []
    widget: QWidget = step.columns.table
    for _ in range(60):
        if widget in expected and widget not in seen:
            seen.append(widget)
        following = widget.nextInFocusChain()
        assert isinstance(following, QWidget)
        widget = following
        while not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()):
            following = widget.nextInFocusChain()
            assert isinstance(following, QWidget)
            widget = following
        if widget is step.columns.table:
            break
    assert seen == expected


def test_a_rate_is_told_when_it_says_something_and_the_time_left_falls() -> None:
    clock = [100.0]
    pace = Pace(lambda: clock[0])
    assert pace.report("Reading", 500, 10_000).rate == 0
    clock[0] += 1.0
    told = [pace.report("Reading", done, 10_000) for done in (2_000,)]
    clock[0] += 1.0
    told.append(pace.report("Reading", 4_000, 10_000))
    assert [progress.rate for progress in told] == [2_000, 2_000]
    assert [progress.left_s for progress in told] == [4.0, 3.0]
    assert all(before.share < after.share for before, after in pairwise(told))
    assert pace.report("Checking", 500, 10_000).rate == 0


def test_every_state_of_the_tour_can_be_brought_about_and_leaves_nothing(stage: Stage) -> None:
    for number in range(20):
        stage.add(f"Vorname{number}", f"Nachname{number}", f"known{number}@here.example")
    stage.open()
    before = stage.names()
    view_model = stage.view_model
    shown: dict[str, bool] = {}
    for state in stage.page.tour_states():
        state.prepare()
        stage.settle()
        stage.qtbot.wait(60)
        stage.settle()
        seen: dict[str, Callable[[], bool]] = {
            "file": stage.page.view.file.recent.isVisible,
            "unreadable": stage.page.view.file.trouble.isVisible,
            "mapped": lambda: stage.page.view.map.rows.shown_verdict is Verdict.REJECTED and view_model.can_import,
            "calendar": lambda: stage.page.view.calendar.isVisible() and view_model.can_import,
            "new-rows": lambda: stage.page.view.map.rows.shown_verdict is Verdict.CREATED,
            "running": stage.page.view.result.progress.cancel.isVisible,
            "failed": stage.page.view.result.trouble.isVisible,
            "result": stage.page.view.result.summary.isVisible,
            "undone": lambda: view_model.run.is_undone and stage.page.view.result.summary.isVisible(),
        }
        shown[state.name] = seen[state.name]()
    assert shown == dict.fromkeys(shown, True)
    assert len(shown) == 9
    stage.page.left()
    stage.settle()
    assert stage.names() == before
    assert stage.staged == []
