"""Editing in the list itself."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.pages.record.stage import Stage
from ui.pages.record.cell_editor import CellEditor
from ui.pages.record.inputs import ChoiceInput, CompanyInput, LineInput


def begin(stage: Stage, name: str, key: str) -> CellEditor:
    """Open the editor of a cell."""
    row = stage.page.list_view_model.table.row_of(stage.id_of(name))
    stage.page.list.editing.begin(row, key)
    stage.until(lambda: stage.page.list.editing.editor is not None)
    editor = stage.page.list.editing.editor
    assert editor is not None
    return editor


def line(editor: CellEditor, place: int = 0) -> QLineEdit:
    """The text field of an editor."""
    made = editor.inputs[place]
    assert isinstance(made, LineInput)
    return made.line.editor


def write(stage: Stage, editor: CellEditor, text: str, place: int = 0) -> None:
    """Write over what stands in a field."""
    line(editor, place).selectAll()
    stage.qtbot.keyClicks(line(editor, place), text)


def test_return_keeps_what_was_typed_and_one_undo_takes_it_back(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "title")
    write(stage, editor, "Head of Planning")
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Return)
    stage.settle()
    assert stage.row("Yuki Tanabe").title == "Head of Planning"
    assert not stage.page.list.table.is_editing
    assert stage.window.focusWidget() is stage.page.list.table
    stage.undo()
    assert stage.row("Yuki Tanabe").title == "Planner"


def test_escape_leaves_everything_as_it_was(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "title")
    write(stage, editor, "Nonsense")
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Escape)
    stage.settle()
    assert stage.row("Yuki Tanabe").title == "Planner"
    assert not stage.page.list.table.is_editing


def test_the_name_is_edited_as_first_and_last_name(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "name")
    assert [made.text for made in editor.inputs] == ["Yuki", "Tanabe"]
    write(stage, editor, "Yuko")
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Tab)
    assert line(editor, 1).hasFocus()
    stage.qtbot.keyClick(line(editor, 1), Qt.Key.Key_Return)
    stage.settle()
    assert "Yuko Tanabe" in stage.names()


def test_tab_keeps_the_value_and_goes_on_to_the_next_cell(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "company")
    write(stage, editor, "Nimbus Freight")
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Tab)
    stage.until(lambda: stage.page.list.editing.editor not in (None, editor))
    following = stage.page.list.editing.editor
    assert following is not None
    assert [made.name for made in following.inputs] == ["title"]
    stage.qtbot.keyClick(line(following), Qt.Key.Key_Escape)
    stage.settle()
    assert stage.row("Yuki Tanabe").company == "Nimbus Freight"


def test_a_company_that_exists_is_suggested_and_taken(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "company")
    made = editor.inputs[0]
    assert isinstance(made, CompanyInput)
    write(stage, editor, "cast")
    stage.until(lambda: made.suggestions.is_shown)
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Down)
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Return)
    stage.settle()
    assert stage.row("Yuki Tanabe").company == "Castellan Insurance"


def test_escape_closes_the_suggestions_before_the_editor(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "company")
    made = editor.inputs[0]
    assert isinstance(made, CompanyInput)
    write(stage, editor, "cast")
    stage.until(lambda: made.suggestions.is_shown)
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Escape)
    assert (made.suggestions.is_shown, stage.page.list.table.is_editing) == (False, True)
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Escape)
    assert not stage.page.list.table.is_editing


def test_a_lifecycle_is_chosen_from_its_list(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "lifecycle")
    made = editor.inputs[0]
    assert isinstance(made, ChoiceInput)
    assert made.choice_field.combo.is_open
    made.choice_field.combo._on_option_chosen(1)
    stage.settle()
    assert stage.row("Yuki Tanabe").lifecycle == "customer"


def test_what_cannot_be_kept_is_said_in_place_and_the_text_stays(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "name")
    for place in (0, 1):
        line(editor, place).clear()
    stage.qtbot.keyClick(line(editor, 1), Qt.Key.Key_Return)
    stage.settle()
    first = editor.inputs[0]
    assert isinstance(first, LineInput)
    assert "needs a name" in first.line.editor.accessibleDescription()
    assert stage.page.list.table.is_editing
    assert "Yuki Tanabe" in stage.names()
    write(stage, editor, "Yuki")
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Return)
    stage.settle()
    assert "Yuki" in stage.names()


def test_the_row_stays_in_its_place_while_it_is_edited(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "title")
    stage.add_contact("Aaron", "Aaronson")
    stage.qtbot.wait(150)
    assert len(stage.page.list_view_model.table.ids) == 5
    stage.qtbot.keyClick(line(editor), Qt.Key.Key_Escape)
    stage.until(lambda: stage.rows[0] == "Aaron Aaronson")


def test_leaving_the_cell_keeps_what_was_typed(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "title")
    write(stage, editor, "Owner")
    stage.page.list.head.new.setFocus()
    stage.settle()
    assert stage.row("Yuki Tanabe").title == "Owner"


def test_a_column_that_is_only_read_leads_to_the_name(stage: Stage) -> None:
    stage.open()
    editor = begin(stage, "Yuki Tanabe", "email")
    assert [made.name for made in editor.inputs] == ["first_name", "last_name"]


def test_nothing_is_edited_in_the_trash(stage: Stage) -> None:
    stage.open()
    stage.page.list_view_model.delete([stage.id_of("Yuki Tanabe")])
    stage.settle()
    stage.page.list_view_model.choose_view(stage.page.kind.views[-1])
    stage.settle()
    stage.page.list.editing.begin(0, "title")
    stage.settle()
    assert stage.page.list.editing.editor is None
