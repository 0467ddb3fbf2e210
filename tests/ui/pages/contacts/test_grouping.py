"""A list under heads: chosen at the bar, folded by pointer and keys, kept by views and by the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from services.records.fields import EntityKind, FieldKind
from services.records.saved_views import ViewDraft
from tests.ui.pages.record.stage import Stage
from ui.delegates.group_head import GroupHead
from ui.delegates.roles import CellRole
from ui.models.grouped_table_model import GroupedTableModel

CONTACT = EntityKind.CONTACT


def model_of(stage: Stage) -> GroupedTableModel[Any]:
    return stage.page.list_view_model.table


def group(stage: Stage, by: str) -> None:
    """The list grouped by a field, with its first rows read."""
    stage.page.list_view_model.group_by(by)
    stage.until(lambda: model_of(stage).is_grouped is bool(by) and model_of(stage).is_settled)
    stage.settle()


def opened(stage: Stage, by: str = "lifecycle") -> None:
    """The page, with its list grouped: prospects Sofia and Yuki, customers Anna and Karim, churned Julia."""
    stage.open()
    group(stage, by)


def heads(stage: Stage) -> list[tuple[str, int, bool]]:
    """Name, count and whether it is open, of every head."""
    model = model_of(stage)
    found: list[GroupHead] = [
        model.index(row, 0).data(CellRole.GROUP) for row in range(model.rowCount()) if model.is_head(row)
    ]
    return [(head.label, head.count, head.is_open) for head in found]


def chip(stage: Stage) -> str:
    grouping = stage.page.list.filters.grouping
    return grouping.label if grouping.isVisible() else ""


def offers_to_save(stage: Stage) -> bool:
    return stage.page.list.head._save.isVisible()


def key(stage: Stage, *keys: Qt.Key) -> None:
    for one in keys:
        stage.qtbot.keyClick(stage.page.list.table, one)
    stage.settle()


def press(stage: Stage, row: int, *, x: int = 300) -> None:
    """Press the pointer on a row."""
    table = stage.page.list.table
    place = QPoint(x, table.row_rect(row).center().y())
    stage.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.settle()


def test_rows_stand_under_heads_in_the_order_of_the_list(stage: Stage) -> None:
    opened(stage)
    assert heads(stage) == [("Prospect", 2, True), ("Customer", 2, True), ("Churned", 1, True)]
    rows = [stage.cell(row, "name") for row in range(8)]
    assert rows == [
        "Prospect",
        "Yuki Tanabe",
        "Sofia Tessaro",
        "Customer",
        "Anna Berg",
        "Karim Haddad",
        "Churned",
        "Julia Rowe",
    ]
    assert chip(stage) == "Grouped by lifecycle"
    assert stage.page.list_view_model.counts["all"] == 5


def test_groups_follow_the_order_of_a_list_sorted_by_them(stage: Stage) -> None:
    opened(stage)
    stage.page.list_view_model.sort_by("lifecycle", descending=True)
    stage.until(lambda: [head[0] for head in heads(stage)] == ["Churned", "Customer", "Prospect"])


def test_records_without_a_value_stand_under_the_last_head(stage: Stage) -> None:
    opened(stage, "title")
    assert [head[0] for head in heads(stage)] == ["Head of Procurement", "Owner", "Planner", "No title"]


def test_months_are_written_out(stage: Stage) -> None:
    opened(stage, "last")
    assert [head[0] for head in heads(stage)] == ["September 2026", "November 2026", "No last contact"]


def test_the_choice_offers_the_fields_with_those_of_the_columns_first(stage: Stage) -> None:
    stage.workspace.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("gold", "basic"))
    stage.open()
    bar = stage.page.list.filters
    bar.group.click()
    stage.until(lambda: stage.page.list.menu is not None)
    menu = stage.page.list.menu
    assert menu is not None
    texts = [action.text() for action in menu.actions()]
    assert texts[0] == "No groups"
    assert texts.index("Lifecycle") < texts.index("") + len(texts) // 2
    assert {"Company", "Owner", "Tags", "Plan"} <= set(texts)
    next(action for action in menu.actions() if action.text() == "Lifecycle").trigger()
    stage.until(lambda: model_of(stage).is_grouped)
    stage.settle()
    bar.grouping.removed.emit()
    stage.until(lambda: not model_of(stage).is_grouped)
    assert chip(stage) == ""


def test_the_pointer_folds_a_group_and_unfolds_it(stage: Stage) -> None:
    opened(stage)
    press(stage, 3)
    assert heads(stage)[1] == ("Customer", 2, False)
    assert stage.cell(4, "name") == "Churned"
    assert not stage.panel.is_open
    press(stage, 3)
    assert heads(stage)[1] == ("Customer", 2, True)


def test_two_quick_presses_fold_and_unfold(stage: Stage) -> None:
    opened(stage)
    table = stage.page.list.table
    place = QPoint(300, table.row_rect(3).center().y())
    stage.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    stage.settle()
    assert heads(stage)[1][2] is True
    assert not stage.panel.is_open


@pytest.mark.parametrize(
    ("keys", "is_open"),
    [
        ([Qt.Key.Key_Return], False),
        ([Qt.Key.Key_Space], False),
        ([Qt.Key.Key_Left], False),
        ([Qt.Key.Key_Right], True),
        ([Qt.Key.Key_Left, Qt.Key.Key_Left], False),
        ([Qt.Key.Key_Left, Qt.Key.Key_Right], True),
        ([Qt.Key.Key_Return, Qt.Key.Key_Return], True),
    ],
    ids=str,
)
def test_keys_fold_the_group_of_a_head(stage: Stage, keys: list[Qt.Key], is_open: bool) -> None:
    opened(stage)
    stage.page.list.table.go_to_row(3)
    key(stage, *keys)
    assert heads(stage)[1] == ("Customer", 2, is_open)
    assert stage.page.list.table.current_row == 3
    assert not stage.panel.is_open


def test_left_on_a_name_goes_to_the_head_over_it(stage: Stage) -> None:
    opened(stage)
    stage.page.list.table.go_to_row(5)
    key(stage, Qt.Key.Key_Left)
    assert stage.page.list.table.current_row == 3


def test_j_and_k_pass_over_heads_and_the_arrows_stop_on_them(stage: Stage) -> None:
    opened(stage)
    table = stage.page.list.table
    reached = []
    for step in (1, 1, 1, 1, 1, 1, -1, -1, -1):
        stage.page.list.step(step)
        reached.append(table.current_row)
    assert reached == [1, 2, 4, 5, 7, 7, 5, 4, 2]
    key(stage, Qt.Key.Key_J)
    assert table.current_row == 4
    key(stage, Qt.Key.Key_Up)
    assert table.current_row == 3


def test_folding_the_group_of_the_current_record_goes_to_its_head(stage: Stage) -> None:
    opened(stage)
    table = stage.page.list.table
    table.go_to_row(5)
    press(stage, 3)
    assert (table.current_row, table.current_id) == (3, None)
    table.go_to_row(5)
    press(stage, 0)
    assert (stage.cell(table.current_row, "name"), table.current_row) == ("Prospect", 0)


def test_the_keyboard_stays_on_its_record_when_a_group_above_is_folded(stage: Stage) -> None:
    opened(stage)
    table = stage.page.list.table
    table.go_to_row(5)
    model_of(stage).toggle_open(0)
    assert (table.current_row, table.current_id) == (3, stage.id_of("Karim Haddad"))
    key(stage, Qt.Key.Key_J)
    assert table.current_id == stage.id_of("Julia Rowe")


def test_the_keyboard_stays_on_a_head_when_the_list_is_read_again(stage: Stage) -> None:
    opened(stage)
    stage.page.list.table.go_to_row(6)
    stage.add_contact("Ada", "Aalto", lifecycle="prospect")
    stage.until(lambda: heads(stage)[0][1] == 3)
    stage.settle()
    assert stage.cell(stage.page.list.table.current_row, "name") == "Churned"


def test_a_record_that_is_opened_comes_out_of_its_folded_group(stage: Stage) -> None:
    opened(stage)
    model_of(stage).open_all(False)
    stage.show_record("Karim Haddad")
    assert heads(stage)[1] == ("Customer", 2, True)
    assert stage.page.list.table.current_id == stage.id_of("Karim Haddad")


def test_a_head_is_checked_with_its_group_and_bulk_commands_take_the_records(stage: Stage) -> None:
    opened(stage)
    table = stage.page.list.table
    table.go_to_row(3)
    key(stage, Qt.Key.Key_X)
    assert model_of(stage).checked_count == 2
    stage.page.delete()
    stage.until(lambda: len(model_of(stage).ids) == 3)
    assert stage.names(trash=True) == ["Anna Berg", "Karim Haddad"]
    assert [head[0] for head in heads(stage)] == ["Prospect", "Churned"]


def test_the_box_of_a_head_is_under_those_of_the_rows(stage: Stage) -> None:
    opened(stage)
    press(stage, 3, x=stage.page.list.table.edge_padding + 4)
    assert model_of(stage).checked == [stage.id_of("Anna Berg"), stage.id_of("Karim Haddad")]
    assert heads(stage)[1][2] is True


def test_commands_on_one_record_do_nothing_on_a_head(stage: Stage) -> None:
    opened(stage)
    stage.page.list.table.go_to_row(3)
    stage.page.delete()
    stage.page.edit_in_list()
    stage.page.list.table.row_menu_requested.emit(3, QPoint())
    stage.settle()
    assert len(stage.names()) == 5
    assert not stage.page.list.table.is_editing


def test_a_change_moves_a_record_to_its_new_group(stage: Stage) -> None:
    opened(stage)
    stage.page.list_view_model.edit(stage.id_of("Julia Rowe"), {"lifecycle": "customer"})
    stage.until(lambda: heads(stage) == [("Prospect", 2, True), ("Customer", 3, True)])


def test_the_window_groups_again_as_it_did(stage: Stage) -> None:
    opened(stage, "company")
    stage.open_again()
    stage.until(lambda: model_of(stage).is_grouped)
    assert chip(stage) == "Grouped by company"


def test_a_field_of_the_users_own_is_not_written_beside_the_workspace(stage: Stage) -> None:
    stage.workspace.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("gold", "basic"))
    opened(stage, "custom.plan")
    assert [head[0] for head in heads(stage)] == ["No plan"]
    assert "plan" not in str(stage.state.get("contacts", "grouping", "")) + str(
        stage.state.get("contacts", "grouping_shown", "")
    )


def test_a_view_keeps_its_grouping_and_leaves_the_other_tabs_alone(stage: Stage) -> None:
    opened(stage)
    view_model, views = stage.page.list_view_model, stage.page.list.views
    assert offers_to_save(stage)
    views.save_shown()
    assert views.form is not None
    views.form.name.set_text("By lifecycle")
    views.form.submit()
    stage.until(lambda: [view.title for view in view_model.views][-2] == "By lifecycle")
    stage.settle()
    assert stage.workspace.views.all(CONTACT)[0].grouping == "lifecycle"
    assert (view_model.view.title, offers_to_save(stage)) == ("By lifecycle", False)
    view_model.choose_view(view_model.views[0])
    stage.settle()
    group(stage, "")
    view_model.choose_view(view_model.views[-2])
    stage.until(lambda: model_of(stage).is_grouped)
    stage.settle()
    assert not offers_to_save(stage)
    view_model.choose_view(view_model.views[0])
    stage.until(lambda: not model_of(stage).is_grouped)
    stage.settle()
    assert view_model.grouping == ""


def test_the_window_comes_back_on_the_grouped_view_it_was_closed_on(stage: Stage) -> None:
    stage.workspace.views.add(ViewDraft(CONTACT, "By lifecycle", grouping="lifecycle"))
    stage.open()
    view_model = stage.page.list_view_model
    stage.until(lambda: view_model.saved)
    view_model.choose_view(view_model.views[-2])
    stage.until(lambda: model_of(stage).is_grouped)
    stage.settle()
    stage.open_again()
    stage.until(lambda: stage.page.list_view_model.view.title == "By lifecycle")
    assert not offers_to_save(stage)
    stage.page.list_view_model.choose_view(stage.page.list_view_model.views[0])
    stage.until(lambda: not model_of(stage).is_grouped)


def test_another_grouping_of_a_view_can_be_saved_and_is_shared(stage: Stage, tmp_path: Path) -> None:
    saved = stage.workspace.views.add(ViewDraft(CONTACT, "Mine", grouping="owner"))
    stage.open()
    view_model, views = stage.page.list_view_model, stage.page.list.views
    stage.until(lambda: view_model.saved)
    view_model.choose_view(view_model.views[-2])
    stage.until(lambda: model_of(stage).is_grouped)
    stage.settle()
    group(stage, "title")
    assert offers_to_save(stage)
    views._save_again(view_model.saved[0])
    stage.until(lambda: stage.workspace.views.get(saved.id).grouping == "title")
    stage.until(lambda: not offers_to_save(stage))
    assert b'"grouping": "title"' in stage.workspace.views.export_view(saved.id)


def test_a_view_whose_field_is_gone_shows_its_list_without_groups(stage: Stage) -> None:
    field = stage.workspace.custom_fields.add(CONTACT, "plan", FieldKind.CHOICE, options=("gold",))
    stage.workspace.views.add(ViewDraft(CONTACT, "Plans", grouping="custom.plan"))
    stage.workspace.custom_fields.delete(field.uid)
    stage.open()
    view_model = stage.page.list_view_model
    stage.until(lambda: view_model.saved)
    view_model.choose_view(view_model.views[-2])
    stage.until(lambda: not view_model.grouping)
    stage.settle()
    assert len(stage.rows) == 5
    assert chip(stage) == ""


def test_what_is_painted_of_a_head_spans_the_table(stage: Stage, qtbot: QtBot) -> None:
    opened(stage)
    table = stage.page.list.table
    table.go_to_row(1)
    picture = table.viewport().grab(table.row_rect(3)).toImage()
    ground = table.theme.palette.sunken.rgb()
    middle = picture.height() // 4
    grounds = {picture.pixel(x, middle) for x in range(picture.width() // 2, picture.width() - 20, 7)}
    assert grounds == {ground}
    assert table.head_places.left == 0


def many(stage: Stage, count: int) -> None:
    """As many customers more."""
    for number in range(count):
        stage.add_contact("Max", f"M{number:03}", lifecycle="customer")


def test_the_head_of_what_is_scrolled_through_stays_at_the_top(stage: Stage) -> None:
    many(stage, 40)
    opened(stage)
    table = stage.page.list.table
    sticky, height = table._sticky, table.row_rect(0).height()
    assert sticky.head_row == -1
    table.verticalScrollBar().setValue(height)
    assert (sticky.head_row, sticky.isVisible()) == (0, True)
    table.verticalScrollBar().setValue(2 * height + 10)
    assert (sticky.head_row, sticky.height()) == (0, height - 10)
    table.verticalScrollBar().setValue(10 * height)
    assert (sticky.head_row, sticky.height()) == (3, height)
    stage.qtbot.mouseClick(sticky, Qt.MouseButton.LeftButton, pos=QPoint(300, 5))
    stage.settle()
    assert heads(stage)[1] == ("Customer", 42, False)
    assert (table.current_row, sticky.isVisible()) == (3, False)


def test_the_box_of_the_head_at_the_top_checks_its_group(stage: Stage) -> None:
    many(stage, 40)
    opened(stage)
    table = stage.page.list.table
    table.verticalScrollBar().setValue(10 * table.row_rect(0).height())
    stage.qtbot.mouseClick(table._sticky, Qt.MouseButton.LeftButton, pos=QPoint(table.edge_padding + 4, 5))
    assert model_of(stage).checked_count == 42


def test_no_row_that_the_keyboard_goes_to_is_behind_the_head_at_the_top(stage: Stage) -> None:
    many(stage, 40)
    opened(stage)
    table = stage.page.list.table
    table.go_to_row(40)
    height = table.row_rect(0).height()
    for row in range(39, 3, -1):
        table.go_to_row(row)
        assert table.row_rect(row).top() >= height, row


def test_all_groups_are_folded_from_the_menu(stage: Stage) -> None:
    opened(stage)
    stage.page.list.filters.group.click()
    stage.until(lambda: stage.page.list.menu is not None)
    menu = stage.page.list.menu
    assert menu is not None
    next(action for action in menu.actions() if action.text() == "Fold all groups").trigger()
    assert [head[2] for head in heads(stage)] == [False, False, False]
    key(stage, Qt.Key.Key_J)
    assert stage.page.list.table.current_row == -1
