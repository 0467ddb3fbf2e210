"""Winning and losing a deal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt

from services.records.sales import StageKind
from tests.ui.pages.deals.stage import DealStage
from tests.ui.pages.deals.test_card_face import DEAL, MOMENTS
from ui.pages.deals.lose_dialog import LoseDialog, reason_name
from ui.pages.deals.win_dialog import WinDialog, win_sentence


def _win(stage: DealStage, title: str = "Fleet contract") -> WinDialog:
    stage.page.close_deal(stage.row(title), StageKind.WON)
    dialog = stage.page.closing.dialog
    assert isinstance(dialog, WinDialog)
    return dialog


def _lose(stage: DealStage, title: str = "Haulage module") -> LoseDialog:
    stage.page.close_deal(stage.row(title), StageKind.LOST)
    dialog = stage.page.closing.dialog
    assert isinstance(dialog, LoseDialog)
    return dialog


def test_return_wins_the_deal_and_the_toast_takes_it_back(stage: DealStage) -> None:
    stage.open()
    dialog = _win(stage)
    assert dialog.mark.share == 1.0
    stage.key(Qt.Key.Key_Return)
    stage.settle()
    assert stage.row("Fleet contract").kind is StageKind.WON
    assert stage.toast == "Fleet contract is won"
    assert stage.page.closing.dialog is None
    assert "Fleet contract" in stage.titles("Won")
    stage.undo()
    assert stage.row("Fleet contract").stage == "Negotiation"


def test_the_signed_amount_and_day_are_kept_with_the_win(stage: DealStage) -> None:
    stage.open()
    dialog = _win(stage)
    dialog.amount.set_text("88,500")
    dialog.signed_on.set_text("2026-11-20")
    dialog.submit()
    stage.settle()
    won = stage.row("Fleet contract")
    assert (won.kind, won.amount, won.currency) == (StageKind.WON, 8_850_000, "EUR")
    assert won.closed_at is not None and won.closed_at.astimezone(UTC) < datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(("field", "text"), [("amount", "a lot"), ("signed_on", "2027-01-05")])
def test_what_cannot_be_kept_is_said_beside_its_field(stage: DealStage, field: str, text: str) -> None:
    stage.open()
    dialog = _win(stage)
    getattr(dialog, field).set_text(text)
    dialog.submit()
    stage.settle()
    assert stage.page.closing.dialog is dialog and not dialog.confirm.is_busy
    assert getattr(dialog, field).editor.accessibleDescription()
    assert stage.row("Fleet contract").kind is StageKind.OPEN


def test_losing_wants_a_reason(stage: DealStage) -> None:
    stage.open()
    dialog = _lose(stage)
    dialog.submit()
    stage.settle()
    assert stage.row("Haulage module").kind is StageKind.OPEN
    dialog.choose("other")
    dialog.submit()
    stage.settle()
    assert stage.page.closing.dialog is dialog


def test_reason_competitor_and_note_are_kept_with_the_deal_in_one_undo(stage: DealStage) -> None:
    stage.open()
    dialog = _lose(stage)
    dialog.choose("competitor")
    dialog.details.set_text("they had a yard near by")
    dialog.competitor.set_text("Routewerk")
    dialog.note.set_text("Send the NDA the same day.")
    dialog.submit()
    stage.settle()
    deal = stage.row("Haulage module")
    fields = stage.workspace.deals.card(deal.id).fields
    assert deal.kind is StageKind.LOST
    assert fields["loss_reason"] == "competitor: they had a yard near by"
    assert (fields["competitor"], fields["notes"]) == ("Routewerk", "Send the NDA the same day.")
    stage.undo()
    assert stage.row("Haulage module").stage == "Proposal"
    assert stage.workspace.deals.card(deal.id).fields["notes"] is None


def test_ctrl_return_closes_as_lost_from_the_note(stage: DealStage) -> None:
    stage.open()
    dialog = _lose(stage)
    dialog.choose("timing")
    dialog.note.editor.setFocus()
    stage.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert stage.row("Haulage module").kind is StageKind.LOST


def test_escape_leaves_the_deal_open(stage: DealStage) -> None:
    stage.open()
    _win(stage)
    stage.key(Qt.Key.Key_Escape)
    stage.settle()
    assert stage.page.closing.dialog is None
    assert stage.row("Fleet contract").kind is StageKind.OPEN


def test_keys_of_the_page_are_deaf_under_a_dialog(stage: DealStage) -> None:
    stage.open()
    _win(stage)
    stage.page.add_new()
    stage.page.edit_current()
    assert not stage.panel.is_open


def test_the_win_says_how_far_from_its_close_it_was() -> None:
    assert win_sentence(DEAL, MOMENTS) == "€92,000, Lindgaard Marine, 15 days before its close date"


@pytest.mark.parametrize(
    ("kept", "shown"),
    [("no budget", "No budget"), ("price: too dear", "Price: too dear"), ("moved abroad", "moved abroad")],
)
def test_a_kept_reason_is_shown_in_words(kept: str, shown: str) -> None:
    assert reason_name(kept) == shown
