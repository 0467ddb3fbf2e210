"""The list of contacts: views, filters, order and columns."""

from PySide6.QtCore import QPoint, Qt

from services.records.drafts import RecordDraft
from tests.ui.pages.record.stage import Stage
from ui.pages.record.filter_popover import FilterForm
from ui.pages.record.list_view_model import ListState
from ui.pages.record.record_table import CHECK

EVERYBODY = ["Anna Berg", "Karim Haddad", "Julia Rowe", "Yuki Tanabe", "Sofia Tessaro"]


def tab(stage: Stage, key: str) -> None:
    """Choose a view by its tab."""
    views = [view.key for view in stage.page.kind.views]
    stage.page.list.head.tabs._press(views.index(key))
    stage.settle()


def counts(stage: Stage) -> dict[str, int]:
    """The numbers beside the tabs."""
    return stage.page.list_view_model.counts


def press_head(stage: Stage, section: int) -> None:
    """Press the head of a column."""
    header = stage.page.list.table.table_header
    place = QPoint(header.sectionViewportPosition(section) + 20, 16)
    stage.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_list_opens_with_everybody_by_last_name(stage: Stage) -> None:
    stage.open()
    assert stage.rows == EVERYBODY
    assert stage.page.list_view_model.state is ListState.FILLED


def test_a_row_says_what_the_columns_promise(stage: Stage) -> None:
    stage.open()
    texts = [stage.cell(0, key) for key in ("company", "title", "email", "phone", "last", "lifecycle")]
    assert texts == [
        "Almeda Logistics",
        "Head of Procurement",
        "anna@almeda.example",
        "+49 40 5550100",
        "Today",
        "Customer",
    ]


def test_each_view_has_its_list_and_its_count(stage: Stage) -> None:
    stage.open()
    stage.until(lambda: len(counts(stage)) == 5)
    found = {}
    for key in ("mine", "customers", "untouched", "trash"):
        tab(stage, key)
        found[key] = stage.rows
    assert found["customers"] == ["Anna Berg", "Karim Haddad"]
    assert found["untouched"] == ["Karim Haddad"]
    assert found["trash"] == []
    assert counts(stage) == {"all": 5, "mine": 5, "customers": 2, "untouched": 1, "trash": 0}


def test_the_conditions_of_a_view_stand_as_chips_and_as_a_typed_query(stage: Stage) -> None:
    stage.open()
    tab(stage, "untouched")
    bar = stage.page.list.filters
    assert [chip.label for chip in bar.chips.chips] == ["Last contact more than 30 days ago"]
    assert bar.open_query.accessibleName() == "last>30d"


def test_closing_a_chip_takes_its_condition_away(stage: Stage) -> None:
    stage.open()
    stage.page.list_view_model.set_query("lifecycle:customer name:anna")
    stage.settle()
    assert stage.rows == ["Anna Berg"]
    chips = stage.page.list.filters.chips.chips
    assert [chip.label for chip in chips] == ["Lifecycle is Customer", "Name contains anna"]
    chips[1].removed.emit()
    assert stage.rows == ["Anna Berg", "Karim Haddad"]
    assert stage.page.list_view_model.view.key == "customers"


def test_a_typed_query_filters_while_it_is_typed(stage: Stage) -> None:
    stage.open()
    stage.page.focus_search()
    stage.qtbot.keyClicks(stage.page.list.filters.query.editor, "tess")
    stage.until(lambda: len(stage.page.list_view_model.table.ids) == 1)
    stage.qtbot.keyClick(stage.page.list.filters.query.editor, Qt.Key.Key_Return)
    stage.settle()
    assert stage.rows == ["Sofia Tessaro"]
    assert not stage.page.list.filters.is_typing
    assert stage.page.list.table.hasFocus()


def test_escape_brings_back_the_query_from_before_typing(stage: Stage) -> None:
    stage.open()
    tab(stage, "customers")
    stage.page.focus_search()
    editor = stage.page.list.filters.query.editor
    stage.qtbot.keyClicks(editor, " name:anna")
    stage.until(lambda: len(stage.page.list_view_model.table.ids) == 1)
    stage.qtbot.keyClick(editor, Qt.Key.Key_Escape)
    stage.settle()
    assert stage.rows == ["Anna Berg", "Karim Haddad"]


def test_what_cannot_be_read_is_said_beside_the_query_and_the_list_stays(stage: Stage) -> None:
    stage.open()
    stage.page.focus_search()
    editor = stage.page.list.filters.query.editor
    stage.qtbot.keyClicks(editor, "lifecyle:customer")
    stage.qtbot.keyClick(editor, Qt.Key.Key_Return)
    stage.until(lambda: stage.page.list.filters.query.has_error)
    said = stage.page.list.filters.query.editor.accessibleDescription()
    assert "lifecyle" in said
    assert "Did you mean “lifecycle”?" in said
    assert stage.rows == EVERYBODY
    assert stage.page.list.filters.is_typing


def test_an_error_goes_as_soon_as_somebody_types_on(stage: Stage) -> None:
    stage.open()
    stage.page.focus_search()
    editor = stage.page.list.filters.query.editor
    stage.qtbot.keyClicks(editor, "size>")
    stage.until(lambda: stage.page.list.filters.query.has_error)
    stage.qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert not stage.page.list.filters.query.has_error


def test_a_press_on_the_head_of_a_column_sorts_and_once_more_turns_it_round(stage: Stage) -> None:
    stage.open()
    section = stage.page.list_view_model.table.column_of("company")
    for expected in (["Anna Berg", "Karim Haddad"], ["Karim Haddad", "Anna Berg"]):
        press_head(stage, section)
        stage.settle()
        assert stage.rows[:2] == expected


def test_the_newest_come_first_when_a_time_is_sorted_by(stage: Stage) -> None:
    stage.open()
    press_head(stage, stage.page.list_view_model.table.column_of("last"))
    stage.settle()
    assert stage.rows[:2] == ["Anna Berg", "Karim Haddad"]
    assert stage.page.list_view_model.descending


def test_a_column_without_an_order_is_not_sorted_by(stage: Stage) -> None:
    stage.open()
    stage.page.list._on_columns_chosen([*stage.page.list.table.column_keys, "tags"])
    section = stage.page.list_view_model.table.column_of("tags")
    stage.page.list.table.sort_requested.emit(section, False)
    header = stage.page.list.table.table_header
    assert stage.page.list_view_model.sort == "name"
    assert header.sortIndicatorSection() == stage.page.list_view_model.table.column_of("name")


def test_a_column_that_is_chosen_stands_where_it_belongs(stage: Stage) -> None:
    stage.open()
    stage.page.list.open_columns(stage.page.list.filters.columns)
    assert stage.page.list.popover is not None
    stage.page.list._on_columns_chosen([*stage.page.list.table.column_keys, "city"])
    keys = stage.page.list.table.column_keys
    assert keys.index("city") == keys.index("phone") + 1
    stage.page.list.popover.close()


def test_order_filter_and_columns_are_there_again_next_time(stage: Stage) -> None:
    stage.open()
    view_model = stage.page.list_view_model
    view_model.set_query("lifecycle:customer")
    view_model.sort_by("last", descending=True)
    stage.page.list._on_columns_chosen([CHECK, "name", "owner"])
    stage.settle()
    stage.open_again()
    assert stage.page.list_view_model.found.text == "lifecycle:customer"
    assert (stage.page.list_view_model.sort, stage.page.list_view_model.descending) == ("last", True)
    assert stage.page.list.table.column_keys == [CHECK, "name", "owner"]
    assert stage.rows == ["Anna Berg", "Karim Haddad"]


def test_a_filter_that_names_somebody_is_not_written_to_disk(stage: Stage) -> None:
    stage.open()
    for text in ("name:anna", "email:anna@almeda.example", "Anna Berg", 'owner:"Rosa Quill"', "company:Almeda"):
        stage.page.list_view_model.set_query(text)
        stage.settle()
        assert stage.state.get("contacts", "query") == "", text


def test_a_change_elsewhere_is_shown_at_once(stage: Stage) -> None:
    stage.open()
    contact = stage.id_of("Karim Haddad")
    stage.tasks.write(
        lambda: stage.workspace.contacts.change(contact, RecordDraft({"last_name": "Aaronson", "lifecycle": "churned"}))
    )
    stage.until(lambda: stage.rows[0] == "Karim Aaronson")
    stage.until(lambda: counts(stage)["customers"] == 1)
    assert stage.cell(0, "lifecycle") == "Churned"


def test_a_company_that_is_renamed_is_renamed_on_the_rows_of_its_people(stage: Stage) -> None:
    stage.open()
    company = stage.workspace.contacts.card(stage.id_of("Anna Berg")).roles[0].company_id
    stage.tasks.write(lambda: stage.workspace.companies.change(company, RecordDraft({"name": "Almeda Group"})))
    stage.until(lambda: stage.cell(0, "company") == "Almeda Group")


def test_a_list_that_cannot_be_read_says_so_and_tries_again(stage: Stage) -> None:
    stage.state.set("contacts", "sort", "no-such-field")
    stage.open()
    nothing = stage.page.list.nothing
    assert stage.page.list_view_model.state is ListState.FAILED
    assert "no-such-field" in nothing.accessibleName()
    stage.page.list_view_model.sort = "name"
    nothing.action_pressed.emit()
    assert stage.rows == EVERYBODY


def test_a_workspace_without_anybody_offers_to_import(empty_stage: Stage) -> None:
    empty_stage.open()
    assert empty_stage.page.list_view_model.state is ListState.EMPTY
    empty_stage.page.list.empty.action_pressed.emit()
    target = empty_stage.navigated[-1]
    assert (target.page, target.entity) == ("import_assistant", "contact")


def test_a_filter_without_a_match_offers_to_clear_it(stage: Stage) -> None:
    stage.open()
    stage.page.list_view_model.set_query("city:Nowhere")
    stage.settle()
    assert stage.page.list_view_model.state is ListState.NO_MATCH
    stage.page.list.nothing.action_pressed.emit()
    assert stage.rows == EVERYBODY


def test_the_import_button_goes_to_the_import_of_contacts(stage: Stage) -> None:
    stage.open()
    stage.qtbot.mouseClick(stage.page.list.head.bring, Qt.MouseButton.LeftButton)
    assert [target.page for target in stage.navigated] == ["import_assistant"]


def test_beside_the_title_stands_how_many_of_all_a_typed_query_finds(stage: Stage) -> None:
    stage.open()
    said = []
    for query in ("name:berg", "lifecycle:customer", ""):
        with stage.qtbot.waitSignal(stage.page.list_view_model.query_changed):
            stage.page.list_view_model.set_query(query)
        stage.settle()
        said.append(stage.page.list.head._count.text())
    # The tab of customers says its count itself.
    assert said == ["1 of 5", "5", "5"]


def test_a_condition_can_be_an_alternative_to_those_there_are(stage: Stage) -> None:
    stage.open()
    stage.page.list.open_filter(stage.page.list.filters.add)
    popover = stage.page.list.popover
    assert popover is not None
    form = popover.findChild(FilterForm)
    assert form is not None
    assert form.joint.isHidden()
    popover.close()
    stage.page.list_view_model.set_query("lifecycle:churned")
    stage.settle()
    stage.page.list.open_filter(stage.page.list.filters.add)
    popover = stage.page.list.popover
    assert popover is not None
    form = popover.findChild(FilterForm)
    assert form is not None
    form.joint.set_current(1)
    form.condition_typed.emit("title:planner")
    stage.settle()
    view_model = stage.page.list_view_model
    assert view_model.found.text == "lifecycle:churned OR title:planner"
    names = {row.name for row in stage.workspace.contacts.rows(view_model.table.ids)}
    assert names == {"Julia Rowe", "Yuki Tanabe"}
    assert [chip.joint for chip in view_model.found.chips] == ["", "OR"]
