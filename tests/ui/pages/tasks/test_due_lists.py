"""The due lists: what stands where, ticking, keys and the pointer."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from tests.ui.pages.record.stage import NOW, add_contact
from tests.ui.pages.tasks.stage import TaskStage
from ui.delegates.roles import CellRole
from ui.pages import Target
from ui.pages.tasks.agenda_model import TaskRole

TODAY = date(2026, 11, 20)
"""A Friday; it is two in the afternoon in Berlin."""


def test_each_task_stands_in_the_list_of_its_day(stage: TaskStage) -> None:
    stage.add("yesterday", TODAY - timedelta(days=1))
    stage.add("an hour ago", NOW - timedelta(hours=1))
    stage.add("in an hour", NOW + timedelta(hours=1))
    stage.add("today", TODAY)
    stage.add("tomorrow", TODAY + timedelta(days=1))
    stage.add("on Sunday", TODAY + timedelta(days=2))
    stage.add("next week", TODAY + timedelta(days=5))
    stage.add("next month", TODAY + timedelta(days=40))
    stage.add("some day")
    stage.workspace.tasks.done([stage.add("done", TODAY)])
    stage.open()
    assert stage.lists == {
        "Overdue": ["yesterday", "an hour ago"],
        "Today": ["in an hour", "today"],
        "Tomorrow": ["tomorrow"],
        "This week": ["on Sunday"],
        "Next week": ["next week"],
        "Later": ["next month"],
        "No date": ["some day"],
        "Done today": ["done"],
    }


def test_a_day_that_ended_before_midnight_in_utc_is_that_of_the_user(stage: TaskStage) -> None:
    # Half past eleven at night in UTC is the next day in Berlin.
    stage.add("late in the evening", NOW.replace(hour=23, minute=30))
    stage.open()
    assert stage.lists == {"Tomorrow": ["late in the evening"]}


def test_a_workspace_without_tasks_says_what_belongs_here(stage: TaskStage) -> None:
    stage.open()
    assert stage.page.pane.empty.isVisible()
    stage.page.pane.empty.action_pressed.emit()
    assert stage.window.focusWidget() is stage.page.pane.add.title.editor


def test_a_task_becomes_late_by_itself(stage: TaskStage) -> None:
    stage.add("call", NOW + timedelta(minutes=1))
    stage.open()
    assert stage.lists == {"Today": ["call"]}
    stage.set_time(NOW + timedelta(minutes=2))
    stage.page.view_model._minute.timeout.emit()
    assert stage.lists == {"Overdue": ["call"]}
    assert stage.page.pane.late.text() == "1 overdue"


def test_ticking_moves_a_task_to_the_foot_and_undo_brings_it_back(stage: TaskStage) -> None:
    stage.add("first", TODAY)
    stage.add("second", TODAY)
    stage.open()
    stage.go_to("first")
    stage.press("X")
    assert stage.lists == {"Today": ["second"], "Done today": ["first"]}
    assert stage.toast == "Done: first"
    stage.undo()
    assert stage.lists == {"Today": ["first", "second"]}


def test_the_keyboard_goes_on_to_the_next_task_after_a_tick(stage: TaskStage) -> None:
    ids = [stage.add(title, TODAY) for title in ("first", "second", "third")]
    stage.open()
    stage.go_to("second")
    stage.qtbot.keyClick(stage.page.pane.list, Qt.Key.Key_Space)
    stage.settle()
    assert stage.page.pane.list.current_id == ids[2]


def test_a_done_task_is_opened_again_by_the_same_key(stage: TaskStage) -> None:
    stage.workspace.tasks.done([stage.add("done", TODAY)])
    stage.open()
    _ = stage.lists
    stage.go_to("done")
    stage.press("X")
    assert stage.lists == {"Today": ["done"]}
    assert stage.toast == "1 task open again"


def test_a_task_that_repeats_leaves_the_next_behind(stage: TaskStage) -> None:
    stage.add("stand-up", TODAY, recurrence="FREQ=DAILY")
    stage.open()
    stage.go_to("stand-up")
    stage.press("X")
    assert stage.lists == {"Tomorrow": ["stand-up"], "Done today": ["stand-up"]}
    stage.undo()
    assert stage.lists == {"Today": ["stand-up"]}


def test_j_and_k_pass_over_the_headings(stage: TaskStage) -> None:
    late, today, later = stage.add("late", TODAY - timedelta(days=1)), stage.add("today", TODAY), stage.add("some day")
    stage.open()
    stage.go_to("late")
    seen = []
    for key in ("J", "J", "J", "K", "K", "K"):
        stage.press(key)
        seen.append(stage.page.pane.list.current_id)
    assert seen == [today, later, later, today, late, late]


def test_the_arrows_do_the_same(stage: TaskStage) -> None:
    stage.add("late", TODAY - timedelta(days=1))
    today = stage.add("today", TODAY)
    stage.open()
    stage.go_to("late")
    stage.qtbot.keyClick(stage.page.pane.list, Qt.Key.Key_Down)
    assert stage.page.pane.list.current_id == today


def test_pressing_the_circle_ticks_and_pressing_the_row_opens(stage: TaskStage) -> None:
    first = stage.add("first", TODAY)
    stage.add("second", TODAY)
    stage.open()
    _ = stage.lists
    tasks = stage.page.pane.list
    row = tasks.visualRect(stage.page.view_model.agenda.index(1, 0))
    stage.qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=tasks.delegate.layout.circle(row).center())
    stage.settle()
    assert stage.row("first").status == "done"
    assert not stage.panel.is_open
    stage.undo()
    stage.qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    stage.until(lambda: stage.panel.is_open)
    assert stage.page.view_model.local_id == first


def test_the_chip_of_a_contact_opens_it(stage: TaskStage) -> None:
    anna = add_contact(stage.workspace, "Anna", "Berg")
    stage.add("call", TODAY, contact=stage.workspace.contacts.card(anna).uid.hex())
    stage.open()
    _ = stage.lists
    tasks = stage.page.pane.list
    index = stage.page.view_model.agenda.index(1, 0)
    chips = tasks.delegate.layout.chips(tasks.visualRect(index), index.data(TaskRole.TASK))
    assert [chip.name for chip in chips] == ["Anna Berg"]
    stage.qtbot.mouseClick(tasks.viewport(), Qt.MouseButton.LeftButton, pos=chips[0].rect.center())
    assert stage.navigated == [Target("contacts", EntityKind.CONTACT, anna)]


def test_delete_moves_to_the_trash_and_undo_brings_back(stage: TaskStage) -> None:
    stage.add("first", TODAY)
    stage.open()
    stage.go_to("first")
    stage.press("Delete")
    assert stage.lists == {}
    assert stage.toast == "1 task moved to Trash"
    stage.undo()
    assert stage.lists == {"Today": ["first"]}


def test_a_contact_that_is_renamed_is_renamed_on_its_tasks(stage: TaskStage) -> None:
    anna = add_contact(stage.workspace, "Anna", "Berg")
    stage.add("call", TODAY, contact=stage.workspace.contacts.card(anna).uid.hex())
    stage.open()
    _ = stage.lists
    stage.workspace.contacts.change(anna, RecordDraft({"last_name": "Lund"}))
    index = stage.page.view_model.agenda.index(1, 0)
    stage.until(lambda: index.data(TaskRole.TASK).contact == "Anna Lund")


def test_screen_readers_hear_what_the_row_shows(stage: TaskStage) -> None:
    stage.add("call", TODAY - timedelta(days=1))
    stage.open()
    _ = stage.lists
    agenda = stage.page.view_model.agenda
    role = Qt.ItemDataRole.AccessibleTextRole
    assert [agenda.index(row, 0).data(role) for row in (0, 1)] == ["Overdue, 1", "call, overdue, due Yesterday"]


def test_the_model_keeps_the_rules_of_item_models(stage: TaskStage) -> None:
    for number in range(40):
        stage.add(f"task {number}", TODAY + timedelta(days=number - 10))
    stage.open()
    tester = QAbstractItemModelTester(stage.page.view_model.agenda, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for title in ("task 3", "task 12"):
        stage.workspace.tasks.done([stage.row(title).id])
        stage.settle()
    assert tester.model() is stage.page.view_model.agenda


def test_ten_thousand_tasks_are_read_by_the_page(stage: TaskStage) -> None:
    drafts = [RecordDraft({"title": f"task {n}", "due_at": TODAY + timedelta(days=n % 90 - 20)}) for n in range(10_000)]
    from services.editing import DraftApplier

    with stage.workspace.store.write("create", "task.add") as unit:
        applier = DraftApplier(unit, EntityKind.TASK)
        documents = []
        for draft in drafts:
            document = unit.blank(EntityKind.TASK)
            document.update(status="open", all_day=0, priority="normal")
            applier.apply(document, draft)
            documents.append(document)
        unit.create_many(EntityKind.TASK, documents)
    stage.open()
    agenda = stage.page.view_model.agenda
    assert sum(stage.page.view_model.counts.values()) == 10_000
    bar = stage.page.pane.list.verticalScrollBar()
    for share in (1.0, 0.5, 0.0):
        bar.setValue(round(bar.maximum() * share))
        stage.settle()
    read = sum(agenda.row_at(row) is not None for row in range(agenda.rowCount()))
    assert 0 < read < 1_500
    assert agenda.index(1, 0).data(CellRole.ROW_STATE) is not None


@pytest.mark.parametrize("key", ["X", "E", "S", "Delete"])
def test_keys_do_nothing_where_there_is_no_task(stage: TaskStage, key: str) -> None:
    stage.open()
    stage.press(key)
    stage.settle()
    assert not stage.panel.is_open
    assert stage.toast == ""
