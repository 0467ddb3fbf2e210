"""The board: lanes with their sums, cards moved by mouse and keyboard, refusals and folds."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from services.records.sales import StageKind
from tests.services.selling import change_stages
from tests.ui.pages.deals.stage import DealStage, add_deal
from ui.pages.deals.lose_dialog import LoseDialog
from ui.pages.deals.win_dialog import WinDialog

SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_lane_per_stage_in_order_with_the_deals_by_close(stage: DealStage) -> None:
    stage.open()
    names = [lane.head.title for lane in stage.page.board.lanes.values()]
    assert names == [
        "Qualified",
        "Discovery",
        "Proposal",
        "Negotiation",
        "Won in November",
        "Lost in November",
    ]
    assert stage.titles("Qualified") == ["Dye plant pilot", "Document workflow", "Cold chain"]
    assert stage.titles("Won") == ["Sorting line"]


def test_head_and_strip_say_what_is_open_and_what_needs_somebody(stage: DealStage) -> None:
    stage.open()
    assert stage.page.head.count.text() == "8 open"
    strip = stage.page.board_pane.strip
    assert (strip.open.value.text(), strip.weighted.value.text()) == ("€362,300", "€165,745")
    assert strip.needs.below.text() == "2 overdue, 1 without next step, 2 stale"
    assert stage.lane("Discovery").head.accessibleName() == "Discovery, 2, €91,500, €27,450 weighted"


def test_what_was_lost_is_folded_until_somebody_unfolds_it(stage: DealStage) -> None:
    stage.open()
    lost = stage.lane("Lost")
    strip = next(iter(stage.page.board.folded.values()))
    assert (lost.isVisible(), strip.isVisible()) == (False, True)
    strip.click()
    assert (lost.isVisible(), strip.isVisible()) == (True, False)
    lost.fold.click()
    assert not lost.isVisible()


def test_over_another_lane_both_heads_say_before_and_after(stage: DealStage) -> None:
    stage.open()
    stage.drag("Patient scheduling", stage.lane("Proposal"), drop=False)
    assert stage.lane("Discovery").head.change == ("€27,450", "€15,900")
    assert stage.lane("Proposal").head.change == ("€67,250", "€86,500")
    # By its close it stands between the 15th and the 22nd.
    assert stage.lane("Proposal").model.slot == 1
    stage.key(Qt.Key.Key_Escape)
    assert stage.page.board.hand is None
    assert stage.lane("Proposal").head.change == ("", "")
    stage.settle()
    assert stage.row("Patient scheduling").stage == "Discovery"


def test_a_dropped_card_stands_in_its_new_lane_at_once_and_undo_takes_it_back(stage: DealStage) -> None:
    stage.open()
    stage.drag("Patient scheduling", stage.lane("Proposal"))
    assert stage.titles("Proposal") == ["Renewal 2027", "Patient scheduling", "Haulage module"]
    stage.settle()
    assert stage.row("Patient scheduling").stage == "Proposal"
    assert stage.toast == "Patient scheduling moved to Proposal"
    assert stage.page.board_pane.strip.weighted.value.text() == "€173,445"
    stage.undo()
    assert stage.titles("Discovery") == ["Patient scheduling", "Kiln analytics"]


def test_a_card_dropped_where_it_came_from_stays(stage: DealStage) -> None:
    stage.open()
    stage.drag("Patient scheduling", stage.lane("Discovery"))
    stage.settle()
    assert stage.toast == ""
    assert stage.titles("Discovery") == ["Patient scheduling", "Kiln analytics"]


def test_what_is_read_while_a_card_is_in_the_hand_is_shown_once_it_is_let_go(stage: DealStage) -> None:
    stage.open()
    stage.drag("Patient scheduling", stage.lane("Discovery"), drop=False)
    add_deal(stage.workspace, "Brand new", stage="Proposal")
    stage.settle()
    assert "Brand new" not in stage.titles("Proposal")
    stage.page.board.cancel_drag()
    assert "Brand new" in stage.titles("Proposal")


def test_arrows_go_between_cards_and_lanes(stage: DealStage) -> None:
    stage.open()
    board = stage.page.board
    stage.key(Qt.Key.Key_Down)  # the first press only shows where the keyboard is
    assert board.current_deal == stage.id_of("Dye plant pilot")
    stage.key(Qt.Key.Key_Down)
    assert board.current_deal == stage.id_of("Document workflow")
    stage.key(Qt.Key.Key_Right)
    assert board.current_deal == stage.id_of("Kiln analytics")
    stage.key(Qt.Key.Key_Left)
    assert board.current_deal == stage.id_of("Document workflow")


def test_shift_and_an_arrow_take_the_deal_along(stage: DealStage) -> None:
    stage.open()
    stage.page.board.mark_current()
    stage.stand_on("Cold chain")
    stage.key(Qt.Key.Key_Right, SHIFT)
    stage.settle()
    assert stage.row("Cold chain").stage == "Discovery"
    assert stage.page.board.current_deal == stage.id_of("Cold chain")
    stage.key(Qt.Key.Key_Left, SHIFT)
    stage.settle()
    assert stage.row("Cold chain").stage == "Qualified"


def test_return_opens_the_deal_and_a_letter_is_left_to_the_page(stage: DealStage) -> None:
    stage.open()
    stage.page.board.mark_current()
    stage.stand_on("Fleet contract")
    stage.key(Qt.Key.Key_Return)
    stage.until(lambda: stage.page.side.view_model.card is not None)
    assert stage.panel.is_open
    assert stage.page.side.view_model.local_id == stage.id_of("Fleet contract")
    stage.settle()
    stage.key(Qt.Key.Key_E)
    stage.until(lambda: stage.page.side.panel.is_editing and stage.page.side.panel.editor.is_complete)


def test_a_press_opens_a_card_and_the_next_one_closes_it(stage: DealStage) -> None:
    stage.open()
    deal = stage.id_of("Fleet contract")
    stage.lane("Negotiation").list.deal_opened.emit(deal)
    stage.settle()
    assert stage.panel.is_open
    stage.lane("Negotiation").list.deal_opened.emit(deal)
    assert not stage.panel.is_open


def test_a_stage_that_requires_something_says_so_beside_the_card_and_asks_for_it(stage: DealStage) -> None:
    change_stages(stage.workspace, Negotiation={"required_fields": ("amount", "next_step")})
    add_deal(stage.workspace, "Bare", stage="Proposal")
    stage.open()
    stage.drag("Bare", stage.lane("Negotiation"))
    stage.until(lambda: stage.page.refusals.form is not None)
    stage.settle()
    form = stage.page.refusals.form
    assert form is not None and form.reason.text()
    assert list(form.inputs) == ["amount", "next_step"]
    assert stage.row("Bare").stage == "Proposal" and "Bare" in stage.titles("Proposal")
    form.submit()
    assert stage.row("Bare").stage == "Proposal"
    form.inputs["amount"].set_text("12,500 EUR")
    form.inputs["next_step"].set_text("Call Marcus")
    form.submit()
    stage.settle()
    moved = stage.row("Bare")
    assert (moved.stage, moved.amount, moved.next_step) == ("Negotiation", 1_250_000, "Call Marcus")
    assert stage.page.refusals.popover is None
    stage.undo()
    assert (stage.row("Bare").stage, stage.row("Bare").amount) == ("Proposal", None)


def test_the_lane_of_what_is_won_asks_first(stage: DealStage) -> None:
    stage.open()
    stage.drag("Fleet contract", stage.lane("Won"))
    dialog = stage.page.closing.dialog
    assert isinstance(dialog, WinDialog)
    dialog.keep.click()
    assert stage.row("Fleet contract").kind is StageKind.OPEN


def test_the_folded_lane_takes_a_card_and_asks_why(stage: DealStage) -> None:
    stage.open()
    stage.drag("Haulage module", next(iter(stage.page.board.folded.values())))
    assert isinstance(stage.page.closing.dialog, LoseDialog)
    stage.page.closing.dismiss()


def test_add_deal_at_the_end_of_a_lane_starts_one_in_that_stage(stage: DealStage) -> None:
    stage.open()
    stage.lane("Proposal").list.add_wanted.emit()
    stage.until(lambda: stage.page.side.panel.is_editing and stage.page.side.panel.editor.is_complete)
    assert stage.page.side.panel.editor.texts["stage"] == "Proposal"


def test_another_pipeline_is_a_menu_away_where_there_are_several(stage: DealStage) -> None:
    from tests.services.selling import second_pipeline

    second_pipeline(stage.workspace)
    stage.open()
    head = stage.page.head
    assert (head.pipeline.isVisible(), head.pipeline.label) == (True, "Sales")
    head.open_pipelines()
    assert head.menu is not None
    next(action for action in head.menu.actions() if action.text() == "Partners").trigger()
    head.menu.close()
    stage.until(lambda: next(lane.head.title for lane in stage.page.board.lanes.values()) == "Pitch")
    assert head.pipeline.label == "Partners"


def test_a_workspace_without_deals_says_what_belongs_here(empty_stage: DealStage) -> None:
    empty_stage.open()
    pane = empty_stage.page.board_pane
    assert pane.currentWidget() is pane.empty
    pane.empty.action_pressed.emit()
    empty_stage.until(lambda: empty_stage.page.side.panel.is_editing)


def test_a_change_from_elsewhere_reaches_the_cards(stage: DealStage, board: Path) -> None:
    stage.open()
    company = next(row for row in stage.deals() if row.title == "Fleet contract").company_id
    assert company is not None
    from services.records.drafts import RecordDraft

    stage.workspace.companies.change(company, RecordDraft({"name": "Lindgaard Shipping"}))
    stage.settle()
    lane = stage.lane("Negotiation")
    stage.until(lambda: (row := lane.model.row(stage.id_of("Fleet contract"))) and row.company == "Lindgaard Shipping")
