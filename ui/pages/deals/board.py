"""The board: a lane per stage side by side, cards dragged and moved between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from services.records.sales import BoardLane, DealRow, StageKind, StageRow
from ui.delegates.deal_card import card_height
from ui.pages.deals.board_view_model import PAGE, BoardViewModel, moved_sums
from ui.pages.deals.drag import DragCard
from ui.pages.deals.lane import FoldedLane, Lane
from ui.pages.record.moments import Moments
from ui.theme.theme import theme_of

SCROLL_EDGE: Final = 48
SCROLL_STEP: Final = 24
SCROLL_MS: Final = 16
UNFOLDED: Final = "lost_unfolded"


@dataclass(slots=True)
class Hand:
    """A card in the hand: where it came from and where it would land now."""

    row: DealRow
    source: Lane
    card: DragCard
    target: Lane | FoldedLane | None = None


class Board(QScrollArea):
    """Scrolls sideways where the lanes do not fit; the keyboard is on one card of one lane."""

    #: A deal is to be opened beside the board.
    deal_opened = Signal(int)
    #: The keyboard came to a deal.
    deal_reached = Signal(int)
    #: Add a deal in a stage.
    add_wanted = Signal(object)
    #: The menu of a deal is wanted: the deal and a point of the screen.
    menu_wanted = Signal(object, QPoint)

    def __init__(self, view_model: BoardViewModel, moments: Moments) -> None:
        super().__init__()
        self._view_model = view_model
        self._moments = moments
        self.lanes: dict[int, Lane] = {}
        self.folded: dict[int, FoldedLane] = {}
        self._hand: Hand | None = None
        self._held_back = False
        self._awaited: int | None = None
        self._marks = False
        self._edge_scroll = QTimer(self, interval=SCROLL_MS)
        self._edge_scroll.timeout.connect(self._on_edge_scroll)
        self._inside = QWidget()
        self._row = QHBoxLayout(self._inside)
        self.setWidget(self._inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self._inside.setAutoFillBackground(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Board"))
        theme_of().theme_changed.connect(self._restyle)
        self._restyle()

    @property
    def current_deal(self) -> int | None:
        """The deal the keyboard is on."""
        return next((deal for lane in self._open_lanes() if (deal := lane.list.current_deal) is not None), None)

    @property
    def hand(self) -> Hand | None:
        """The card in the hand."""
        return self._hand

    def row(self, deal: int | None) -> DealRow | None:
        """A deal of the board as it was read last."""
        if deal is None:
            return None
        return next((row for lane in self.lanes.values() if (row := lane.model.row(deal)) is not None), None)

    def show_board(self) -> None:
        """Show what the view model read; while a card is in the hand, once it is let go."""
        if self._hand is not None:
            self._held_back = True
            return
        reading = self._view_model.reading
        if [lane.stage.id for lane in reading.lanes] != list(self.lanes):
            self._make_lanes(reading.lanes)
        focused = next((lane for lane in self._open_lanes() if lane.list.hasFocus()), None)
        current = self.current_deal
        for shown in reading.lanes:
            self._fill(shown)
        wanted = self._awaited if self._awaited is not None else current
        if wanted is not None and self.lane_of(wanted) is not None and (focused or self._awaited is not None):
            self.go_to(wanted, focus=focused is not None)
        self._awaited = None

    def take_focus(self) -> None:
        """Give the keyboard to the card it was on, else to the first."""
        lane = next((lane for lane in self._open_lanes() if lane.list.currentIndex().isValid()), None)
        lane = lane or next((lane for lane in self._open_lanes() if lane.model.ids), None)
        if lane is not None:
            lane.list.setFocus()

    def go_to(self, deal: int, *, focus: bool = True) -> None:
        """Put the keyboard on a deal."""
        lane = self.lane_of(deal)
        if lane is None:
            return
        for other in self._open_lanes():
            if other is not lane:
                other.list.leave()
        lane.list.go_to_row(lane.model.row_of(deal))
        self.ensureWidgetVisible(lane, theme_of().metrics.page_margin, 0)
        if focus:
            lane.list.setFocus()

    def mark_current(self, marks: bool = True) -> None:
        """Whether the card that the keyboard is on is marked: from its first use, and while the panel shows it."""
        self._marks = marks
        for lane in self.lanes.values():
            lane.list.marks_current = marks
            lane.list.viewport().update()

    def step(self, step: int) -> None:
        """The next card of the lane (1), or the one before (-1)."""
        self.mark_current()
        lane = next((lane for lane in self._open_lanes() if lane.list.currentIndex().isValid()), None)
        if lane is None:
            self._enter(next(self._open_lanes(), None), 0)
        else:
            self._enter(lane, lane.list.currentIndex().row() + step)

    def lane_of(self, deal: int) -> Lane | None:
        """The open lane in which a deal stands."""
        return next((lane for lane in self._open_lanes() if lane.model.row_of(deal) >= 0), None)

    def place_of(self, deal: int) -> QPoint:
        """The lower left corner of a deal's card on the screen."""
        lane = self.lane_of(deal)
        if lane is None:
            return self.mapToGlobal(QPoint(0, 0))
        return lane.list.card_place(lane.model.row_of(deal))

    def await_deal(self, deal: int) -> None:
        """The keyboard goes with a deal that is on its way to another lane."""
        self._awaited = deal

    def set_folded(self, stage: int, folded: bool) -> None:
        """Fold the lane of what was lost, or unfold it."""
        self._view_model.context.state.set(PAGE, UNFOLDED, not folded)
        self.lanes[stage].setVisible(not folded)
        self.folded[stage].setVisible(folded)

    def forget_faces(self) -> None:
        """Days begin at another moment now: cards say anew what they say."""
        for lane in self.lanes.values():
            lane.model.invalidate(None)

    def close_board(self) -> None:
        """The page is closed."""
        self._edge_scroll.stop()
        self._end_drag()
        for lane in self.lanes.values():
            lane.close_lane()

    def _open_lanes(self) -> Iterator[Lane]:
        return (lane for lane in self.lanes.values() if not lane.isHidden())

    def _restyle(self) -> None:
        metrics = theme_of().metrics
        self._row.setSpacing(metrics.lane_gap)
        self._row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)

    def _make_lanes(self, lanes: tuple[BoardLane, ...]) -> None:
        for old in (*self.lanes.values(), *self.folded.values()):
            if isinstance(old, Lane):
                old.close_lane()
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lanes, self.folded = {}, {}
        unfolded = bool(self._view_model.context.state.get(PAGE, UNFOLDED, False))
        for shown in lanes:
            stage = int(shown.stage.id)
            lane = self.lanes[stage] = Lane(self._view_model.context, self._moments, parent=self._inside)
            self._row.addWidget(lane, 1)
            self._connect(lane, shown.stage)
            if shown.stage.kind is StageKind.LOST:
                strip = self.folded[stage] = FoldedLane(self._moments, parent=self._inside)
                strip.clicked.connect(partial(self.set_folded, stage, False))
                lane.fold_wanted.connect(partial(self.set_folded, stage, True))
                self._row.addWidget(strip)
                lane.setVisible(unfolded)
                strip.setVisible(not unfolded)

    def _connect(self, lane: Lane, stage: StageRow) -> None:
        view = lane.list
        view.marks_current = self._marks
        view.keyboard_used.connect(self.mark_current)
        view.deal_opened.connect(self._on_deal_opened)
        view.deal_reached.connect(partial(self._on_reached, lane))
        view.add_wanted.connect(partial(self.add_wanted.emit, stage))
        view.menu_wanted.connect(self._on_menu_wanted)
        view.lane_wanted.connect(partial(self._on_lane_wanted, lane))
        view.move_wanted.connect(partial(self._on_move_wanted, lane))
        view.drag_started.connect(partial(self.take_in_hand, lane))
        view.dragged.connect(self.carry)
        view.dropped.connect(self.drop)
        view.drag_cancelled.connect(self.cancel_drag)

    def _fill(self, shown: BoardLane) -> None:
        lane = self.lanes[int(shown.stage.id)]
        lane.model.set_gap(None)
        rows = self._view_model.reading.rows
        mine = {deal: rows[deal] for deal in shown.ids if deal in rows}
        stale = self._view_model.stale_ids
        if stale is None or stale:
            lane.model.invalidate(stale)
        lane.show_lane(shown)
        lane.model.show_ids(shown.ids, mine)
        strip = self.folded.get(int(shown.stage.id))
        if strip is not None:
            strip.show_lane(shown)

    def _enter(self, lane: Lane | None, row: int) -> None:
        if lane is None:
            return
        for other in self._open_lanes():
            if other is not lane:
                other.list.leave()
        lane.list.go_to_row(row)
        lane.list.setFocus()
        self.ensureWidgetVisible(lane, theme_of().metrics.page_margin, 0)

    def _neighbour(self, lane: Lane, step: int) -> Lane | None:
        lanes = list(self._open_lanes())
        place = lanes.index(lane) + step
        return lanes[place] if 0 <= place < len(lanes) else None

    def _on_reached(self, lane: Lane, deal: int) -> None:
        for other in self._open_lanes():
            if other is not lane and other.list.currentIndex().isValid():
                other.list.leave()
        self.deal_reached.emit(deal)

    def _on_deal_opened(self, deal: int) -> None:
        self.mark_current()
        self.deal_opened.emit(deal)

    def _on_lane_wanted(self, lane: Lane, step: int) -> None:
        self._enter(self._neighbour(lane, step), max(0, lane.list.currentIndex().row()))

    def _on_move_wanted(self, lane: Lane, deal: int, step: int) -> None:
        row = lane.model.row(deal)
        stages = self._view_model.stages
        place = list(self.lanes.values()).index(lane) + step
        if row is None or not 0 <= place < len(stages):
            return
        self._awaited = deal
        target = self.lanes[int(stages[place].id)]
        self._view_model.move(row, stages[place], place=target.model.place_for(row))

    def _on_menu_wanted(self, deal: int, corner: QPoint) -> None:
        row = self.row(deal)
        if row is not None:
            self.menu_wanted.emit(row, corner)

    def take_in_hand(self, lane: Lane, deal: int, hot_spot: QPoint) -> None:
        """Take a card of a lane in the hand, where it was pressed."""
        row, face = lane.model.row(deal), lane.model.face(deal)
        if row is None or face is None:
            return
        theme = theme_of()
        width = lane.list.viewport().width() - 2 * (theme.metrics.space_8 - 1)
        size = QRect(0, 0, width, card_height(theme)).size()
        card = DragCard(face, size, hot_spot, parent=self.window())
        self._hand = Hand(row, lane, card)
        lane.model.set_gap(deal)
        card.show()
        card.raise_()
        self._edge_scroll.start()

    def carry(self, pointer: QPoint) -> None:
        """The hand is at this point of the screen."""
        hand = self._hand
        if hand is None:
            return
        hand.card.follow(pointer)
        target = self._target_at(pointer)
        if target is not hand.target:
            self._aim(hand, target)

    def _target_at(self, pointer: QPoint) -> Lane | FoldedLane | None:
        """The lane under the pointer; above and below the lanes too, as long as it is over the board."""
        place = self._inside.mapFromGlobal(pointer)
        widgets: list[Lane | FoldedLane] = [*self.lanes.values(), *self.folded.values()]
        inside = (w for w in widgets if not w.isHidden() and w.x() <= place.x() < w.x() + w.width())
        return next(inside, None)

    def _aim(self, hand: Hand, target: Lane | FoldedLane | None) -> None:
        """Show in both lanes what it would mean to drop the card here."""
        for lane in self.lanes.values():
            lane.model.close_slot()
            lane.head.show_change(None)
        for strip in self.folded.values():
            strip.set_target(False)
        hand.target = target
        if target is None or target is hand.source:
            return
        if isinstance(target, FoldedLane):
            target.set_target(True)
        stage = self._stage_of(target)
        if isinstance(target, Lane):
            target.model.open_slot(target.model.place_for(hand.row))
        for concerned in (hand.source, target):
            if isinstance(concerned, Lane) and concerned.shown is not None and hand.row.amount is not None:
                concerned.head.show_change(moved_sums(concerned.shown, hand.row, stage), hand.row.currency)

    def _stage_of(self, target: Lane | FoldedLane) -> StageRow:
        both: dict[int, Lane | FoldedLane] = {**self.lanes}
        stage = next((stage for stage, lane in both.items() if lane is target), None)
        stage = stage if stage is not None else next(s for s, strip in self.folded.items() if strip is target)
        return next(found for found in self._view_model.stages if found.id == stage)

    def drop(self) -> None:
        """Let the card go: over another lane it moves there."""
        hand = self._hand
        if hand is None:
            return
        target = hand.target
        place = target.model.slot if isinstance(target, Lane) else -1
        self._end_drag()
        if target is not None and target is not hand.source:
            self._awaited = hand.row.id
            self._view_model.move(hand.row, self._stage_of(target), place=place)

    def cancel_drag(self) -> None:
        """Put the card back."""
        self._end_drag()

    def _end_drag(self) -> None:
        hand, self._hand = self._hand, None
        self._edge_scroll.stop()
        if hand is None:
            return
        self._aim(hand, None)
        hand.source.list.end_drag()
        hand.source.model.set_gap(None)
        hand.card.hide()
        hand.card.deleteLater()
        if self._held_back:
            self._held_back = False
            self.show_board()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        current = next((lane for lane in self._open_lanes() if lane.list.currentIndex().isValid()), None)
        if current is not None and self._marks:
            # The panel came and took some of the room.
            self.ensureWidgetVisible(current, theme_of().metrics.page_margin, 0)

    def _on_edge_scroll(self) -> None:
        """Near an edge the board scrolls on under the card."""
        if self._hand is None:
            return
        middle = self.viewport().mapFromGlobal(self.window().mapToGlobal(self._hand.card.card.center())).x()
        bar = self.horizontalScrollBar()
        if middle < SCROLL_EDGE:
            bar.setValue(bar.value() - SCROLL_STEP)
        elif middle > self.viewport().width() - SCROLL_EDGE:
            bar.setValue(bar.value() + SCROLL_STEP)
