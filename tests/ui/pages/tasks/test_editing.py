"""Adding a task, editing it in the panel, putting its reminder off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt

from services.records.fields import EntityKind
from tests.ui.pages.record.stage import NOW, add_contact
from tests.ui.pages.tasks.stage import TaskStage
from ui.pages import Target
from ui.pages.tasks.month_grid import MonthPicker
from ui.pages.tasks.task_form import OWN

TODAY = date(2026, 11, 20)


def test_a_task_is_added_in_one_line_and_the_line_is_ready_for_the_next(stage: TaskStage) -> None:
    stage.open()
    stage.press("N")
    add = stage.page.pane.add
    stage.qtbot.keyClicks(add.title.editor, "Send the offer")
    stage.qtbot.keyClick(add.title.editor, Qt.Key.Key_Return)
    stage.settle()
    assert stage.lists == {"Today": ["Send the offer"]}
    assert (add.title.text, stage.toast) == ("", "Task added")
    assert stage.window.focusWidget() is add.title.editor
    stage.undo()
    assert stage.lists == {}


def test_a_new_task_gets_the_chosen_day_and_contact(stage: TaskStage) -> None:
    anna = add_contact(stage.workspace, "Anna", "Berg")
    stage.open()
    add = stage.page.pane.add
    add.set_day(TODAY + timedelta(days=1))
    add.contact.editor.setFocus()
    stage.qtbot.keyClicks(add.contact.editor, "ann")
    stage.until(lambda: add.contact.suggestions.suggestions)
    add.contact.suggestions.take(0)
    add.title.set_text("Call")
    add.submit()
    stage.settle()
    row = stage.row("Call")
    assert (row.due_on, row.contact_id) == (TODAY + timedelta(days=1), anna)
    assert (add.contact.text, add.due.label) == ("", "Tomorrow")


def test_a_contact_that_nobody_knows_is_said_beside_the_field(stage: TaskStage) -> None:
    stage.open()
    add = stage.page.pane.add
    add.title.set_text("Call")
    add.contact.set_text("Nobody at all")
    add.submit()
    stage.until(lambda: add.contact.field_state.name == "ERROR")
    assert stage.lists == {}
    assert add.title.text == "Call"


def test_escape_gives_the_keyboard_back_to_the_list(stage: TaskStage) -> None:
    stage.add("first", TODAY)
    stage.open()
    stage.press("N")
    stage.qtbot.keyClick(stage.page.pane.add.title.editor, Qt.Key.Key_Escape)
    assert stage.window.focusWidget() is stage.page.pane.list


def test_the_panel_shows_a_task_and_saves_what_was_typed(stage: TaskStage) -> None:
    stage.add("Offer", NOW + timedelta(hours=2), remind_at=NOW + timedelta(hours=1), priority="high")
    stage.open()
    stage.open_task("Offer")
    form = stage.page.task_panel.form
    assert (form.time.text, form.reminder.value, form.priority.current) == ("16:00", "due-60", 2)
    assert form.day.day == TODAY
    form.title.set_text("Offer, second draft")
    form.day.set_day(TODAY + timedelta(days=3))
    stage.page.task_panel.submit()
    stage.settle()
    row = stage.row("Offer, second draft")
    assert row.due_at == NOW + timedelta(days=3, hours=2)
    # The reminder stays an hour before.
    assert row.remind_at == NOW + timedelta(days=3, hours=1)
    stage.undo()
    assert stage.row("Offer").remind_at == NOW + timedelta(hours=1)


def test_a_day_and_a_moment_of_the_reminder_may_be_spoken(stage: TaskStage) -> None:
    stage.add("Offer")
    stage.open()
    stage.open_task("Offer")
    form = stage.page.task_panel.form
    form.day.set_text("tomorrow")
    form.time.set_text("9:15")
    form.reminder.set_value(OWN)
    form.remind_at.set_text("tomorrow 8:00")
    stage.page.task_panel.submit()
    stage.settle()
    row = stage.row("Offer")
    assert row.due_at == NOW.replace(day=21, hour=8, minute=15)
    assert row.remind_at == NOW.replace(day=21, hour=7)


def test_a_whole_day_is_reminded_of_at_nine(stage: TaskStage) -> None:
    stage.add("Offer", TODAY + timedelta(days=1))
    stage.open()
    stage.open_task("Offer")
    form = stage.page.task_panel.form
    form.reminder.set_value("due+0")
    stage.page.task_panel.submit()
    stage.settle()
    assert stage.row("Offer").remind_at == NOW.replace(day=21, hour=8)
    assert stage.row("Offer").due_on == TODAY + timedelta(days=1)


def test_a_reminder_without_a_day_is_refused_beside_the_day(stage: TaskStage) -> None:
    stage.add("Offer")
    stage.open()
    stage.open_task("Offer")
    form = stage.page.task_panel.form
    form.reminder.set_value("due-10")
    stage.page.task_panel.submit()
    stage.until(lambda: form.day.field_state.name == "ERROR")
    assert not stage.page.task_panel.save.is_busy


def test_a_rule_is_said_in_words_and_an_unreadable_one_is_refused(stage: TaskStage) -> None:
    stage.add("Offer", TODAY)
    stage.open()
    stage.open_task("Offer")
    form = stage.page.task_panel.form
    form.repeat.set_value(OWN)
    form.repeat.value_chosen.emit(OWN)
    stage.qtbot.keyClicks(form.rule.editor, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH")
    assert "Every 2 weeks on Monday and Thursday" in form.rule_words.text()
    stage.page.task_panel.submit()
    stage.settle()
    assert stage.row("Offer").recurrence == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
    form.rule.set_text("every other day")
    stage.page.task_panel.submit()
    stage.until(lambda: form.rule.field_state.name == "ERROR")


def test_the_offered_rules_are_those_of_the_day(stage: TaskStage) -> None:
    stage.add("Offer", TODAY)
    stage.open()
    stage.open_task("Offer")
    combo = stage.page.task_panel.form.repeat.combo
    assert [combo.itemText(row) for row in range(combo.count())] == [
        "Never",
        "Every day",
        "Every weekday",
        "Every week on Friday",
        "Every month on the 20.",
        "Own rule",
    ]


def test_who_goes_on_to_another_task_saves_what_was_typed(stage: TaskStage) -> None:
    stage.add("first", TODAY)
    second = stage.add("second", TODAY)
    stage.open()
    stage.open_task("first")
    stage.page.task_panel.form.title.set_text("first, mended")
    stage.page.open_task(second)
    stage.settle()
    assert stage.row("first, mended").status == "open"
    assert stage.page.task_panel.form.title.text == "second"


def test_cancel_drops_what_was_typed(stage: TaskStage) -> None:
    stage.add("first", TODAY)
    stage.open()
    stage.open_task("first")
    stage.page.task_panel.form.title.set_text("never")
    stage.page.task_panel.cancel.click()
    stage.settle()
    assert not stage.panel.is_open
    assert stage.lists == {"Today": ["first"]}


def test_the_links_of_a_task_are_shown_and_taken_away(stage: TaskStage) -> None:
    anna = add_contact(stage.workspace, "Anna", "Berg")
    stage.add("Call", TODAY, contact=stage.workspace.contacts.card(anna).uid.hex())
    stage.open()
    stage.open_task("Call")
    field = stage.page.task_panel.form.links[EntityKind.CONTACT]
    assert field.text == "Anna Berg"
    field.set_record("", "")
    stage.page.task_panel.submit()
    stage.settle()
    assert stage.row("Call").contact_id is None


def test_a_target_opens_its_task(stage: TaskStage) -> None:
    task = stage.add("Offer", TODAY)
    stage.open(Target("tasks", EntityKind.TASK, task))
    stage.until(lambda: stage.page.task_panel.local_id == task)
    assert stage.panel.is_open


def test_a_reminder_is_put_off_from_the_menu(stage: TaskStage) -> None:
    stage.add("Offer", TODAY)
    stage.open()
    stage.go_to("Offer")
    stage.press("S")
    menu = stage.page.menu
    assert menu is not None
    texts = [action.text() for action in menu.actions() if action.text()]
    assert texts == ["In 1 hour", "This evening", "Tomorrow, 09:00", "Next Monday", "Choose a moment…"]
    menu.actions()[2].trigger()
    menu.close()
    stage.settle()
    assert stage.row("Offer").snoozed_until == NOW.replace(day=21, hour=8)
    assert stage.toast == "Snoozed until Tomorrow, 09:00"


def test_a_moment_to_snooze_to_can_be_typed_and_a_past_one_is_refused(stage: TaskStage) -> None:
    task = stage.add("Offer", TODAY)
    stage.open()
    stage.page.choose_snooze(task)
    form = stage.page.snooze_form
    assert form is not None
    form.day.set_text("yesterday")
    form._submit()
    stage.until(lambda: form.day.field_state.name == "ERROR")
    form.day.set_text("tomorrow")
    form.time.set_text("14:00")
    form._submit()
    stage.until(lambda: stage.page.popover is None)
    assert stage.row("Offer").snoozed_until == NOW.replace(day=21, hour=13)


def test_a_day_is_chosen_from_the_month(stage: TaskStage) -> None:
    stage.add("Offer", TODAY)
    stage.open()
    stage.open_task("Offer")
    day = stage.page.task_panel.form.day
    day.open_month()
    assert day.popover is not None
    picker = day.popover.findChild(MonthPicker)
    assert isinstance(picker, MonthPicker)
    grid = picker.grid
    grid.turn(1)
    wanted = TODAY + timedelta(days=12)
    stage.qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=grid.day_rect(wanted).center())
    assert day.typed == "2026-12-02"
    assert day.popover is None


def test_every_state_of_the_tour_can_be_brought_about_one_after_the_other(stage: TaskStage) -> None:
    for number in range(6):
        stage.add(f"task {number}", TODAY)
    stage.open()
    page = stage.page
    looks: dict[str, Callable[[], bool]] = {
        "list": lambda: page.pane.list.current_id is not None and not stage.panel.is_open,
        "editor": lambda: stage.panel.is_open and page.task_panel.local_id is not None,
        "adding": lambda: page.pane.add.title.text != "",
        "due-menu": lambda: True,
        "month": lambda: page.pane.add.popover is not None,
        "snooze": lambda: page.menu is not None,
        "row-menu": lambda: True,
    }
    assert [state.name for state in page.tour_states()] == list(looks)
    for state in page.tour_states():
        state.prepare()
        stage.until(looks[state.name])
