"""The deals as a list."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.services.selling import change_stages
from tests.ui.pages.deals.stage import DealStage
from ui.delegates.roles import CellRole
from ui.pages.deals.head import View
from ui.pages.deals.money import every_sum


def _open_list(stage: DealStage) -> None:
    stage.open()
    stage.page.show_view(View.LIST)
    stage.settle()
    stage.until(lambda: stage.page.list_side.view_model.table.is_read)
    stage.settle()


def _names(stage: DealStage) -> list[str]:
    table = stage.page.list_side.view_model.table
    stage.settle()
    return [str(table.index(row, table.column_of("name")).data()) for row in range(table.rowCount())]


def test_the_list_opens_with_what_is_open_by_close(stage: DealStage) -> None:
    _open_list(stage)
    assert _names(stage)[:2] == ["Fleet contract", "Renewal 2027"]
    assert len(_names(stage)) == 8


def test_tabs_and_typed_queries_narrow_it(stage: DealStage) -> None:
    _open_list(stage)
    model = stage.page.list_side.view_model
    model.choose_view(next(view for view in model.kind.views if view.key == "no-step"))
    stage.settle()
    assert _names(stage) == ["Dye plant pilot"]
    model.set_query("status:open amount>60000")
    stage.settle()
    assert _names(stage) == ["Fleet contract", "Haulage module"]
    model.sort_by("amount", descending=False)
    stage.settle()
    assert _names(stage) == ["Haulage module", "Fleet contract"]


def test_all_checked_deals_move_at_once_and_one_undo_takes_them_back(stage: DealStage) -> None:
    _open_list(stage)
    pane, table = stage.page.list_side.pane, stage.page.list_side.view_model.table
    for name in ("Cold chain", "Document workflow"):
        table.toggle_checked(_names(stage).index(name))
    pane.open_move()
    assert pane.menu is not None
    next(action for action in pane.menu.actions() if action.text() == "Discovery").trigger()
    pane.menu.close()
    stage.settle()
    assert {stage.row(name).stage for name in ("Cold chain", "Document workflow")} == {"Discovery"}
    assert stage.toast == "2 deals moved to Discovery"
    stage.undo()
    assert {stage.row(name).stage for name in ("Cold chain", "Document workflow")} == {"Qualified"}


def test_a_bulk_move_that_is_refused_moves_none(stage: DealStage) -> None:
    change_stages(stage.workspace, Negotiation={"required_fields": ("next_step",)})
    _open_list(stage)
    model = stage.page.list_side.view_model
    for name in ("Cold chain", "Dye plant pilot"):
        model.table.toggle_checked(_names(stage).index(name))
    refused: list[BaseException] = []
    target = next(found for found in stage.page.board_view_model.stages if found.name == "Negotiation")
    model.move_checked(target).otherwise(refused.append)
    stage.settle()
    assert len(refused) == 1
    assert stage.row("Cold chain").stage == "Qualified"


def test_one_value_for_all_checked_deals(stage: DealStage) -> None:
    _open_list(stage)
    model = stage.page.list_side.view_model
    model.table.check_all(True)
    model.change_checked("next_step", "Call back")
    stage.settle()
    assert {row.next_step for row in stage.deals() if row.stage != "Won"} == {"Call back"}


def test_a_row_opens_beside_the_list(stage: DealStage) -> None:
    _open_list(stage)
    stage.page.list_side.pane.table.go_to_row(1)
    stage.key(Qt.Key.Key_Return)
    stage.settle()
    assert stage.panel.is_open
    assert stage.page.side.view_model.local_id == stage.id_of("Renewal 2027")


def test_slash_opens_the_typed_query_of_the_list(stage: DealStage) -> None:
    stage.open()
    assert stage.page.focus_search()
    stage.settle()
    assert stage.page.view is View.LIST
    assert stage.page.list_side.pane.filters.is_typing


def test_deleted_deals_leave_list_and_board(stage: DealStage) -> None:
    _open_list(stage)
    stage.page.list_side.pane.table.go_to_row(0)
    stage.page.delete_current()
    stage.settle()
    assert "Fleet contract" not in _names(stage)
    stage.page.show_view(View.BOARD)
    stage.settle()
    assert stage.titles("Negotiation") == []
    stage.undo()
    assert stage.titles("Negotiation") == ["Fleet contract"]


def _heads(stage: DealStage) -> list[tuple[str, int, str]]:
    """Name, count and sum of every head."""
    table = stage.page.list_side.view_model.table
    heads = [table.index(row, 0).data(CellRole.GROUP) for row in range(table.rowCount()) if table.is_head(row)]
    return [(head.label, head.count, head.sums) for head in heads]


def test_groups_of_deals_tell_their_sums_in_the_order_of_the_board(stage: DealStage) -> None:
    _open_list(stage)
    model = stage.page.list_side.view_model
    model.group_by("stage")
    stage.until(lambda: model.table.is_grouped)
    stage.settle()
    sums = [
        (lane.stage.name, len(lane.ids), every_sum(lane.total)) for lane in stage.page.board_view_model.reading.lanes
    ]
    assert _heads(stage) == [lane for lane in sums if lane[0] in {head[0] for head in _heads(stage)}]
    assert len(_heads(stage)) > 2


def test_a_grouped_list_of_deals_is_saved_as_a_view(stage: DealStage) -> None:
    _open_list(stage)
    pane, model = stage.page.list_side.pane, stage.page.list_side.view_model
    model.group_by("stage")
    stage.until(lambda: model.table.is_grouped)
    stage.settle()
    assert pane.head._save.isVisible()
    pane.head._save.click()
    assert pane.views.form is not None
    pane.views.form.name.set_text("By stage")
    pane.views.form.submit()
    stage.until(pane.head._manage.isVisible)
    assert [(view.name, view.grouping) for view in model.saved] == [("By stage", "stage")]
    assert model.view.title == "By stage"
