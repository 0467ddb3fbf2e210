"""The page by keyboard and pointer."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from services.records.fields import EntityKind
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
        "Duplicates",
        "Move to Trash",
    ]


def test_the_menu_of_a_row_and_its_key_lead_to_the_duplicates_of_this_kind(stage: Stage) -> None:
    stage.open()
    commands = stage.page._row_commands(stage.id_of("Anna Berg"))
    run = next(command.run for command in commands if command.text == "Duplicates")
    assert run is not None
    run()
    key(stage, Qt.Key.Key_D)
    assert stage.navigated == [Target("duplicates", EntityKind.CONTACT)] * 2


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


def test_the_keyboard_is_on_the_list_as_soon_as_the_list_is_there(stage: Stage) -> None:
    stage.open()
    assert stage.window.focusWidget() is stage.page.list.table


def test_j_takes_the_keyboard_to_the_list_so_that_return_opens_the_row(stage: Stage) -> None:
    stage.open()
    stage.page.list.head.bring.setFocus()
    stage.press("J")
    assert stage.window.focusWidget() is stage.page.list.table
    stage.qtbot.keyClick(stage.page.list.table, Qt.Key.Key_Return)
    stage.until(lambda: stage.panel.is_open and stage.page.detail_view_model.card is not None)


def test_after_delete_the_keyboard_is_on_the_row_that_took_the_place(stage: Stage) -> None:
    stage.open()
    names = stage.rows
    stage.show_record(names[1])
    stage.page.list.table.setFocus()
    stage.press("Delete")
    stage.until(lambda: len(stage.page.list_view_model.table.ids) == len(names) - 1)
    stage.settle()
    assert stage.rows[stage.page.list.table.current_row] == names[2]
    card = stage.page.detail_view_model.card
    assert card is not None and card.name == names[2]


def test_deleting_the_last_row_leads_to_the_one_before_it(stage: Stage) -> None:
    stage.open()
    names = stage.rows
    stage.page.list.table.go_to_row(len(names) - 1)
    stage.press("Delete")
    stage.until(lambda: len(stage.page.list_view_model.table.ids) == len(names) - 1)
    assert stage.rows[stage.page.list.table.current_row] == names[-2]


def test_a_record_that_is_read_in_the_panel_stays_there_when_somebody_deletes_it(stage: Stage) -> None:
    stage.open()
    names = stage.rows
    stage.show_record(names[1])
    stage.page.detail.head.more.setFocus()
    stage.service.delete([stage.id_of(names[1])])
    stage.until(lambda: len(stage.page.list_view_model.table.ids) == len(names) - 1)
    stage.settle()
    card = stage.page.detail_view_model.card
    assert card is not None and card.name == names[1]
    assert stage.rows[stage.page.list.table.current_row] == names[2]


def test_return_in_a_cell_keeps_the_value_and_does_not_open_the_panel(stage: Stage) -> None:
    stage.open()
    stage.page.list.table.go_to_row(0)
    stage.press("E")
    stage.until(lambda: stage.page.list.editing.editor is not None)
    stage.qtbot.keyClicks(stage.window.focusWidget(), "Zoe")
    stage.qtbot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Return)
    stage.until(lambda: not stage.page.list.table.is_editing)
    stage.settle()
    assert not stage.panel.is_open
    assert stage.window.focusWidget() is stage.page.list.table


def test_the_next_e_edits_the_same_column(stage: Stage) -> None:
    stage.open()
    table = stage.page.list.table
    stage.page.list.editing.begin(0, "company")
    stage.until(lambda: table.is_editing)
    stage.qtbot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Escape)
    assert not table.is_editing
    assert table.current_key() == "company"
    stage.press("E")
    stage.until(lambda: table.is_editing)
    focused = stage.window.focusWidget()
    assert focused is not None and focused.accessibleName() == "Company"


def test_escape_in_the_editor_gives_the_keyboard_back_to_the_list(stage: Stage) -> None:
    stage.open()
    stage.page.list.table.go_to_row(0)
    stage.press("Ctrl+E")
    stage.until(lambda: stage.page.detail.is_editing)
    stage.qtbot.keyClick(stage.window.focusWidget(), Qt.Key.Key_Escape)
    assert stage.window.focusWidget() is stage.page.list.table


def test_tab_goes_from_the_chips_of_the_timeline_to_the_line_below_the_entries(stage: Stage) -> None:
    stage.open()
    stage.show_record("Anna Berg")
    stops = [*stage.page.detail.timeline.chips.values()][-1:]
    stops[0].setFocus()
    stage.qtbot.keyClick(stops[0], Qt.Key.Key_Tab)
    assert stage.window.focusWidget() is stage.page.detail.timeline.list
    stage.qtbot.keyClick(stage.page.detail.timeline.list, Qt.Key.Key_Tab)
    focused = stage.window.focusWidget()
    assert focused is not None and focused.accessibleName() == "Add a note, or log a call"


def test_the_panel_is_made_in_one_turn_and_filled_in_the_next(stage: Stage) -> None:
    stage.open()
    stage.page.open_record(stage.id_of("Anna Berg"))
    assert stage.page.detail_view_model.local_id is None
    stage.until(lambda: stage.page.detail_view_model.card is not None)
    assert stage.panel.is_open
