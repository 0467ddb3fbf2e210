"""The states of the page of deals that are worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QPoint, QTimer

from services.records.sales import DealRow, StageKind
from ui.delegates.deal_card import card_rect
from ui.pages import PageContext, TourState
from ui.pages.deals.board import Board
from ui.pages.deals.board_pane import BoardPane
from ui.pages.deals.board_view_model import BoardViewModel
from ui.pages.deals.closing import Closing
from ui.pages.deals.detail_side import DetailSide
from ui.pages.deals.head import View
from ui.pages.deals.list_side import ListSide
from ui.pages.record.kind import Tab
from ui.pages.record.tour import show_folded

SHOWN_CARD = (2, 0)
CHECKED_ROWS = (1, 3, 4)
STARTED_FROM = (1, 1)
AIMED_AT = 2


class Photographed(Protocol):
    """What the tour asks of the page."""

    context: PageContext
    board_view_model: BoardViewModel
    board_pane: BoardPane
    closing: Closing
    side: DetailSide
    list_side: ListSide

    @property
    def board(self) -> Board:
        """The lanes."""
        ...

    def show_view(self, view: View) -> None:
        """Show the board or the list."""
        ...

    def open_record(self, local_id: int) -> None:
        """Show a deal in the panel."""
        ...

    def edit_everything(self, local_id: int) -> None:
        """Put the editor of a deal into the panel."""
        ...

    def add_new(self) -> None:
        """Put the editor for a new deal into the panel."""
        ...

    def close_deal(self, row: DealRow, kind: StageKind) -> None:
        """Ask how a deal was won or lost."""
        ...


def tour_states(page: Photographed) -> list[TourState]:
    """Each state starts from the board as it opens."""
    makers: dict[str, Callable[[Photographed], None]] = {
        "board": lambda _page: None,
        "dragging": _show_dragging,
        "panel": _show_panel,
        "people": lambda p: _show_tab(p, Tab.PEOPLE),
        "history": lambda p: _show_tab(p, Tab.HISTORY),
        "fields": lambda p: _show_tab(p, Tab.FIELDS),
        "editor": lambda p: _with_shown(p, p.edit_everything),
        "new": lambda p: p.add_new(),
        "win": lambda p: _show_closing(p, StageKind.WON),
        "lose": lambda p: _show_closing(p, StageKind.LOST),
        "list": lambda p: p.show_view(View.LIST),
        "list-grouped": _show_grouped,
        "selection": _show_selection,
        "empty": lambda p: p.board_view_model.preview_nothing(),
    }
    return [TourState(name, lambda made=made: _from_the_board(page, made)) for name, made in makers.items()]  # type: ignore[misc]


def _from_the_board(page: Photographed, make: Callable[[Photographed], None]) -> None:
    page.closing.dismiss()
    page.board.cancel_drag()
    page.side.panel.stop_editing()
    page.side.close_panel()
    if page.list_side.is_started:
        page.list_side.pane.selection.clear()
        page.list_side.view_model.group_by("")
    page.show_view(View.BOARD)
    page.board.mark_current(False)
    if page.board_view_model.reading.has_any:
        make(page)
        return

    def read() -> None:
        page.board_view_model.board_changed.disconnect(read)
        # After the board itself, which listens too.
        QTimer.singleShot(0, page.board_view_model, lambda: make(page))

    page.board_view_model.board_changed.connect(read)
    page.board_view_model.read_again()


def _deal(page: Photographed, place: tuple[int, int]) -> int | None:
    lanes = page.board_view_model.reading.lanes
    lane, row = place
    if lane >= len(lanes) or not lanes[lane].ids:
        return next((deal for found in lanes for deal in found.ids), None)
    return lanes[lane].ids[min(row, len(lanes[lane].ids) - 1)]


def _with_shown(page: Photographed, act: Callable[[int], None]) -> None:
    deal = _deal(page, SHOWN_CARD)
    if deal is not None:
        page.board.go_to(deal)
        act(deal)


def _show_panel(page: Photographed) -> None:
    _show_tab(page, Tab.TIMELINE)


def _show_tab(page: Photographed, tab: Tab) -> None:
    _with_shown(page, page.open_record)
    page.side.panel.show_tab(tab)


def _show_closing(page: Photographed, kind: StageKind) -> None:
    deal = _deal(page, SHOWN_CARD)
    row = page.board.row(deal)
    if row is None:
        return
    page.close_deal(row, kind)
    dialog = page.closing.dialog
    if kind is StageKind.LOST and dialog is not None:
        page.closing.preview_loss()


def _show_dragging(page: Photographed) -> None:
    """A card of one lane in the hand over another."""
    deal = _deal(page, STARTED_FROM)
    lane = page.board.lane_of(deal) if deal is not None else None
    targets = list(page.board.lanes.values())
    if deal is None or lane is None or len(targets) <= AIMED_AT:
        return
    target = targets[AIMED_AT]
    page.board.take_in_hand(lane, deal, QPoint(40, 30))
    slot = card_rect(target.list.rect(), page.context.theme).topLeft()
    page.board.carry(target.list.mapToGlobal(slot + QPoint(62, 158)))


def _show_selection(page: Photographed) -> None:
    page.show_view(View.LIST)
    table = page.list_side.view_model.table

    def check(_is_other: bool = True) -> None:
        for row in CHECKED_ROWS:
            if row < len(table.ids):
                table.toggle_checked(row)

    if table.ids and not table.is_grouped:
        check()
        return

    def arrived(_is_other: bool) -> None:
        if table.is_grouped:
            return
        table.ids_replaced.disconnect(arrived)
        check()

    table.ids_replaced.connect(arrived)


def _show_grouped(page: Photographed) -> None:
    page.show_view(View.LIST)
    table = page.list_side.view_model.table

    def arrived(_is_other: bool) -> None:
        if table.is_grouped:
            table.ids_replaced.disconnect(arrived)
            show_folded(page.list_side.pane.table, table)

    table.ids_replaced.connect(arrived)
    page.list_side.view_model.group_by("stage")
