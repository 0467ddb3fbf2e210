"""The page by keyboard and pointer."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from tests.ui.pages.record.stage import Stage
from ui.pages import Target


def current(stage: Stage) -> str:
    """The name of the current row."""
    local_id = stage.page.list.table.current_id
    return next((row.name for row in stage.records() if row.id == local_id), "")


def key(stage: Stage, pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key in the list."""
    stage.qtbot.keyClick(stage.page.list.table, pressed, modifier)
    stage.settle()


def test_j_and_k_walk_the_list_from_wherever_the_focus_is(stage: Stage) -> None:
    stage.open()
    walked = []
    for pressed in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_K):
        stage.qtbot.keyClick(stage.page.list.head.new, pressed)
        walked.append(current(stage))
    assert walked == ["Anna Berg", "Karim Haddad", "Julia Rowe", "Karim Haddad"]


def test_return_opens_the_panel_and_space_opens_and_closes_it(stage: Stage) -> None:
    stage.open()
    key(stage, Qt.Key.Key_J)
    states = []
    for pressed in (Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Space):
        key(stage, pressed)
        states.append(stage.panel.is_open)
    assert states == [True, False, True]
    assert stage.page.detail.head.name.text() == "Anna Berg"


def test_escape_unchecks_before_anything_else(stage: Stage) -> None:
    stage.open()
    key(stage, Qt.Key.Key_J)
    key(stage, Qt.Key.Key_X)
    assert stage.page.list_view_model.table.checked_count == 1
    key(stage, Qt.Key.Key_Escape)
    assert stage.page.list_view_model.table.checked_count == 0


def test_e_edits_the_cell_and_with_checked_rows_all_of_them(stage: Stage) -> None:
    stage.open()
    key(stage, Qt.Key.Key_J)
    key(stage, Qt.Key.Key_E)
    assert stage.page.list.table.is_editing
    stage.page.list.table.end_editing()
    key(stage, Qt.Key.Key_X)
    key(stage, Qt.Key.Key_E)
    assert stage.page.list.selection.popover is not None
    stage.page.list.selection.popover.close()


def test_control_e_opens_the_whole_editor_of_the_row(stage: Stage) -> None:
    stage.open()
    key(stage, Qt.Key.Key_J)
    key(stage, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    stage.until(lambda: stage.page.detail.is_editing)
    assert stage.page.detail.editor.form.inputs["first_name"].text == "Anna"


def test_delete_moves_the_current_row_to_the_trash(stage: Stage) -> None:
    stage.open()
    key(stage, Qt.Key.Key_J)
    key(stage, Qt.Key.Key_Delete)
    assert stage.rows[0] == "Karim Haddad"
    assert stage.toast == "1 contact moved to Trash"


def test_n_adds_a_contact_and_letters_typed_in_a_field_stay_letters(stage: Stage) -> None:
    stage.open()
    key(stage, Qt.Key.Key_N)
    assert stage.panel.is_open
    first = stage.page.detail.editor.form.inputs["first_name"]
    focused = stage.window.focusWidget()
    assert focused is not None
    stage.qtbot.keyClicks(focused, "jnex")
    assert first.text == "jnex"


def test_the_name_opens_the_panel_by_a_press(stage: Stage) -> None:
    stage.open()
    table = stage.page.list.table
    rect = table.visualRect(
        stage.page.list_view_model.table.index(1, stage.page.list_view_model.table.column_of("name"))
    )
    stage.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(60, 20))
    stage.settle()
    assert stage.page.detail.head.name.text() == "Karim Haddad"


def test_quick_actions_write_and_call(stage: Stage) -> None:
    stage.open()
    table = stage.page.list.table
    for action in ("mail", "call"):
        table.quick_action_pressed.emit(action, 0)
        stage.settle()
    assert stage.opened_urls == ["mailto:anna@almeda.example", "tel:+49405550100"]
    assert stage.page.detail.timeline.composer.draft.type == "call"


def test_the_menu_of_a_row_offers_what_the_keys_do(stage: Stage) -> None:
    stage.open()
    commands = stage.page._row_commands(stage.id_of("Anna Berg"))
    assert [command.text for command in commands if command.run] == [
        "Open",
        "Edit",
        "Write an email",
        "Call",
        "Move to Trash",
    ]


def test_the_menu_of_the_panel_copies_the_address(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    commands = {command.text: command for command in stage.page.detail.commands(stage.card("Anna Berg"))}
    run = commands["Copy email address"].run
    assert run is not None
    run()
    assert QGuiApplication.clipboard().text() == "anna@almeda.example"


def test_the_page_opens_at_a_record_that_was_named(stage: Stage) -> None:
    sofia = stage.id_of("Sofia Tessaro")
    stage.open(Target("contacts", stage.page.kind.entity, sofia))
    assert stage.panel.is_open
    assert stage.page.detail.head.name.text() == "Sofia Tessaro"


def test_the_page_opens_with_a_new_contact_when_asked_to(stage: Stage) -> None:
    stage.open(Target("contacts", argument="new"))
    assert stage.page.detail.is_editing
    assert stage.page.detail.editor.place is None


def test_every_shortcut_says_what_it_does(stage: Stage) -> None:
    stage.open()
    assert all(shortcut.text for shortcut in stage.page.shortcuts())
