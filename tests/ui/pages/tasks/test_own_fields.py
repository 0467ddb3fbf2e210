"""The user's own fields in the panel of a task: of every kind, with what is wrong beside them, saved in one step."""

from __future__ import annotations

import pytest

from services.records.drafts import Value
from services.records.fields import EntityKind, FieldKind
from tests.ui.pages.tasks.stage import TaskStage
from ui.pages.record.inputs import ChoiceInput, LineInput

MADE = (
    ("channel", FieldKind.CHOICE, ("Phone", "Mail")),
    ("effort", FieldKind.NUMBER, ()),
    ("room", FieldKind.TEXT, ()),
    ("billable", FieldKind.BOOL, ()),
    ("promised", FieldKind.DATE, ()),
)


@pytest.fixture
def with_fields(stage: TaskStage) -> TaskStage:
    """A stage with fields of every kind and one task."""
    for name, kind, options in MADE:
        stage.workspace.custom_fields.add(EntityKind.TASK, name, kind, options=options)
    stage.add("Offer", own={"room": "3.14"})
    stage.open()
    stage.open_task("Offer")
    return stage


def texts(stage: TaskStage) -> dict[str, str]:
    """What stands in the fields."""
    return {name.removeprefix("custom."): made.text for name, made in stage.page.task_panel.form.own.inputs.items()}


def kept(stage: TaskStage) -> dict[str, Value]:
    """What the store holds, without what is empty."""
    card = stage.workspace.tasks.card(stage.row("Offer").id)
    return {name: value for name, value in card.custom.items() if value is not None}


def type_into(stage: TaskStage, name: str, text: str) -> None:
    """Type into a field as the user does."""
    made = stage.page.task_panel.form.own.inputs[f"custom.{name}"]
    made.set_text(text)
    made.edited.emit()


def test_every_field_is_there_with_its_value_and_nothing_counts_as_typed(with_fields: TaskStage) -> None:
    assert texts(with_fields) == {"channel": "", "effort": "", "room": "3.14", "billable": "", "promised": ""}
    inputs = with_fields.page.task_panel.form.own.inputs
    assert isinstance(inputs["custom.channel"], ChoiceInput)
    assert isinstance(inputs["custom.effort"], LineInput)
    assert not with_fields.page.task_panel.is_edited


def test_what_is_typed_is_saved_with_the_rest_and_undone_in_one_step(with_fields: TaskStage) -> None:
    typed = {"channel": "Mail", "effort": "2,5", "room": "", "promised": "2026-12-01"}
    for name, text in typed.items():
        type_into(with_fields, name, text)
    with_fields.page.task_panel.form.title.set_text("Offer")
    with_fields.page.task_panel.form.notes.set_text("Twice.")
    with_fields.page.task_panel.submit()
    with_fields.settle()
    assert kept(with_fields) == {"channel": "Mail", "effort": 2.5, "promised": "2026-12-01"}
    with_fields.until(lambda: not with_fields.page.task_panel.is_edited)
    with_fields.undo()
    assert kept(with_fields) == {"room": "3.14"}
    assert with_fields.row("Offer").notes == ""


def test_what_a_field_cannot_hold_is_said_beside_it_and_nothing_is_saved(with_fields: TaskStage) -> None:
    type_into(with_fields, "effort", "a lot")
    type_into(with_fields, "room", "4")
    with_fields.page.task_panel.submit()
    made = with_fields.page.task_panel.form.own.inputs["custom.effort"]
    assert isinstance(made, LineInput)
    with_fields.until(lambda: made.line.field_state.name == "ERROR")
    assert kept(with_fields) == {"room": "3.14"}


def test_a_new_task_takes_them_too(with_fields: TaskStage) -> None:
    with_fields.page.task_panel.show_new(None, "Second")
    with_fields.settle()
    type_into(with_fields, "room", "7")
    with_fields.page.task_panel.submit()
    with_fields.settle()
    assert with_fields.workspace.tasks.card(with_fields.row("Second").id).custom["room"] == "7"


def test_a_field_that_is_made_meanwhile_comes_with_the_next_task_and_typed_text_stays(with_fields: TaskStage) -> None:
    with_fields.add("Second")
    with_fields.workspace.custom_fields.add(EntityKind.TASK, "floor", FieldKind.TEXT)
    with_fields.settle()
    with_fields.open_task("Second")
    assert "floor" in texts(with_fields)
    assert texts(with_fields)["room"] == ""


def test_without_own_fields_the_form_has_no_heading_for_them(stage: TaskStage) -> None:
    stage.add("Offer")
    stage.open()
    stage.open_task("Offer")
    assert stage.page.task_panel.form.own.isHidden()
