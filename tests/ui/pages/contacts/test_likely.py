"""The warning while a contact is typed: it appears, leads there, goes away, and never stands in the way."""

from __future__ import annotations

from services.records.drafts import PointKind
from tests.ui.pages.contacts.test_editor import edit, new, point, save, write
from tests.ui.pages.record.stage import Stage
from ui.pages.record.editor_pane import EditorPane
from ui.widgets.link_button import LinkButton


def warned(editor: EditorPane) -> list[str]:
    """Whom the warning names."""
    return [one.name for one in editor.likely.found]


def test_somebody_with_the_same_address_is_named_with_the_reason(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    write(stage, editor, first_name="A", last_name="Berg")
    point(stage, editor, PointKind.EMAIL, "anna@almeda.example")
    stage.until(lambda: warned(editor) == ["Anna Berg"])
    assert editor.likely.isVisible()
    (row,) = editor.likely._rows
    assert row.accessibleName().startswith("Probably Anna Berg, Almeda Logistics: ")


def test_the_warning_goes_when_it_no_longer_holds(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    point(stage, editor, PointKind.EMAIL, "anna@almeda.example")
    stage.until(lambda: warned(editor) == ["Anna Berg"])
    point(stage, editor, PointKind.EMAIL, "somebody@else.example")
    stage.until(lambda: warned(editor) == [])
    assert editor.likely.isHidden()


def test_who_is_edited_is_not_taken_for_a_duplicate_of_itself(stage: Stage) -> None:
    stage.open()
    editor = edit(stage, "Anna Berg")
    write(stage, editor, title="Buyer", last_name="Bergs")
    stage.until(lambda: not editor.likely._soon.isActive())
    stage.settle()
    assert warned(editor) == []


def test_open_shows_the_one_that_is_there_and_keeps_what_was_typed(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    write(stage, editor, first_name="Anna")
    point(stage, editor, PointKind.EMAIL, "anna@almeda.example")
    stage.until(lambda: warned(editor) == ["Anna Berg"])
    opened = editor.likely._rows[0].findChild(LinkButton)
    assert opened is not None
    opened.click()
    stage.page.opened(stage.navigated[-1])
    stage.until(lambda: (card := stage.page.detail_view_model.card) is not None and card.name == "Anna Berg")
    assert not stage.page.detail.is_editing
    assert editor.has_draft(None)


def test_it_can_be_saved_all_the_same(stage: Stage) -> None:
    stage.open()
    editor = new(stage)
    write(stage, editor, first_name="Anna", last_name="Berg")
    point(stage, editor, PointKind.EMAIL, "anna@almeda.example")
    stage.until(lambda: warned(editor) == ["Anna Berg"])
    save(stage, editor)
    assert len([row for row in stage.workspace.contacts.rows(range(1, 20)) if row.name == "Anna Berg"]) == 2
