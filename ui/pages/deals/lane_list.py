"""The cards of a lane as a list: arrows between cards and lanes, a card can be dragged out of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QListView, QWidget

from ui.delegates.deal_card import DealCardDelegate, card_rect
from ui.pages.deals.lane_model import LaneModel
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.theme import theme_of
from ui.widgets.themed import set_focus_shape

Index = QModelIndex | QPersistentModelIndex

_SIDEWAYS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_MOVING: Final = frozenset({*_SIDEWAYS, Qt.Key.Key_Up, Qt.Key.Key_Down})


class LaneList(QListView):
    """Tells what the user wants; the board decides."""

    #: The keyboard, or a press, came to a deal.
    deal_reached = Signal(int)
    #: A deal is to be opened.
    deal_opened = Signal(int)
    #: Add a deal to this lane.
    add_wanted = Signal()
    #: The menu of a deal is wanted at a point of the screen.
    menu_wanted = Signal(int, QPoint)
    #: Left or Right: go one lane back (-1) or on (1).
    lane_wanted = Signal(int)
    #: Shift and Left or Right: take the deal along.
    move_wanted = Signal(int, int)
    #: A card is taken in the hand: the deal and where on the card it was pressed.
    drag_started = Signal(int, QPoint)
    #: The hand is at this point of the screen.
    dragged = Signal(QPoint)
    #: The card was let go.
    dropped = Signal()
    #: The keyboard is used: the card it is on is marked from now on.
    keyboard_used = Signal()
    #: Escape while a card is in the hand.
    drag_cancelled = Signal()

    def __init__(self, model: LaneModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lane = model
        self._pressed_at: QPoint | None = None
        self._pressed: int | None = None
        self._dragging = False
        self.marks_current = False
        self.setModel(model)
        self.setItemDelegate(DealCardDelegate(self, lambda: self.marks_current))
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._overlay = OverlayScroll(self)
        self._hovered = False
        self.verticalScrollBar().rangeChanged.connect(self._on_range_changed)
        set_focus_shape(self, radius=theme_of().metrics.radius, style="none")

    @property
    def current_deal(self) -> int | None:
        """The deal the keyboard is on."""
        return self._lane.id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    @property
    def is_dragging(self) -> bool:
        """Whether a card of this lane is in the hand."""
        return self._dragging

    def go_to_row(self, row: int) -> None:
        """Put the keyboard on a row; the nearest one where there are fewer."""
        count = self._lane.rowCount()
        if not count:
            return
        index = self._lane.index(min(max(0, row), count - 1))
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.viewport().update()

    def leave(self) -> None:
        """The keyboard is in another lane."""
        self.setCurrentIndex(QModelIndex())
        self.viewport().update()

    def card_place(self, row: int) -> QPoint:
        """The lower left corner of a card on the screen."""
        rect = card_rect(self.visualRect(self._lane.index(row)), theme_of())
        return self.viewport().mapToGlobal(rect.bottomLeft())

    def end_drag(self) -> None:
        """Nothing is in the hand any more."""
        self._dragging = False
        self._pressed_at = None
        self._pressed = None

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        deal = self._lane.id_at(current.row()) if current.isValid() else None
        if deal is not None:
            self.deal_reached.emit(deal)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if not self.marks_current and key in _MOVING:
            # The first press shows where the keyboard is; the next one moves it.
            self.keyboard_used.emit()
            self.viewport().update()
            return
        if key == Qt.Key.Key_Escape and self._dragging:
            self.drag_cancelled.emit()
            return
        if key in _SIDEWAYS:
            self._sideways(_SIDEWAYS[key], shifted=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
            return
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._activate(self.currentIndex())
            return
        if key == Qt.Key.Key_Menu and self.current_deal is not None:
            self.menu_wanted.emit(self.current_deal, self.card_place(self.currentIndex().row()))
            return
        if event.text().isprintable() and event.text():
            # A letter is a key of the page, not the beginning of a search in the list.
            event.ignore()
            return
        super().keyPressEvent(event)

    def _sideways(self, step: int, *, shifted: bool) -> None:
        deal = self.current_deal
        if not shifted:
            self.lane_wanted.emit(step)
        elif deal is not None:
            self.move_wanted.emit(deal, step)

    def _activate(self, index: QModelIndex) -> None:
        deal = self._lane.id_at(index.row()) if index.isValid() else None
        if deal is not None:
            self.deal_opened.emit(deal)
        elif index.isValid() and self._lane.is_add(index.row()):
            self.add_wanted.emit()

    def _on_range_changed(self, least: int, most: int) -> None:
        """The bar lies over the edge of the cards: it is there only while the pointer is."""
        self._overlay.bar.setVisible(self._hovered and most > least)

    def _index_under(self, place: QPoint) -> QModelIndex:
        """The row whose card is under a point; the gap between two cards belongs to none."""
        index = self.indexAt(place)
        return (
            index
            if index.isValid() and card_rect(self.visualRect(index), theme_of()).contains(place)
            else QModelIndex()
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._index_under(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed_at = event.position().toPoint()
        self._pressed = self._lane.id_at(index.row())
        self.setCurrentIndex(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if self._dragging:
            self.dragged.emit(event.globalPosition().toPoint())
            return
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        far = (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance()
        if far and self._pressed is not None and self._lane.row(self._pressed) is not None:
            row = self._lane.row_of(self._pressed)
            card = card_rect(self.visualRect(self._lane.index(row)), theme_of())
            self._dragging = True
            self.drag_started.emit(self._pressed, self._pressed_at - card.topLeft())
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._dragging:
            self.dropped.emit()
            return
        index = self._index_under(event.position().toPoint())
        was_pressed, self._pressed_at = self._pressed_at is not None, None
        if was_pressed and index.isValid() and index == self.currentIndex():
            self._activate(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self._index_under(event.pos())
        deal = self._lane.id_at(index.row()) if index.isValid() else None
        if deal is not None:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.setCurrentIndex(index)
            self.menu_wanted.emit(deal, event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self._on_range_changed(self.verticalScrollBar().minimum(), self.verticalScrollBar().maximum())
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self._on_range_changed(0, 0)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keyboard = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keyboard and not self.currentIndex().isValid():
            self.go_to_row(0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Cards are as wide as the lane.
        self.scheduleDelayedItemsLayout()
