"""The pairs to look at, or those that are none: a list, how far the reading is, and what stands in an empty one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.duplicates import IgnoredPair, Pair
from ui.pages.duplicates.pair_delegate import PairDelegate
from ui.pages.duplicates.pair_model import PairModel
from ui.pages.duplicates.view_model import Key, key_of
from ui.pages.record.moments import Moments
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.theme import theme_of
from ui.theme.user_locale import number
from ui.widgets.bulk_bar import BulkBar
from ui.widgets.empty_state import EmptyState
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.themed import set_focus_shape

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class PairSelectionBar(BulkBar):
    """The bar over the list while pairs are selected."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self.merge = self.add_action(self.tr("Merge all of them"), icon="merge")
        self.merge.setToolTip(self.tr("Shows first what would be done") + "\t" + self.tr("M"))

    def show_selection(self, count: int) -> None:
        """Say how many pairs are selected; 0 hides the bar."""
        said = self.tr("1 pair selected") if count == 1 else self.tr("{count} pairs selected")
        self.show_count(said.format(count=number(count)) if count else "")


class PairList(QListView):
    """A click and Return open a pair; its box, Ctrl+click and the space bar select it, Shift all between."""

    #: A pair is to be opened.
    pair_opened = Signal(object)
    #: A pair is to be selected, or no longer.
    pair_toggled = Signal(object)
    #: Pairs are to be selected too: a list of them.
    pairs_added = Signal(list)
    #: Nothing is to be selected any more.
    cleared = Signal()

    def __init__(self, model: PairModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs = model
        self._anchor = -1
        self._is_selecting = False
        self._boxes = PairDelegate(self, edge_padding=theme_of().metrics.page_margin)
        self.setModel(model)
        self.setItemDelegate(self._boxes)
        self.setUniformItemSizes(True)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Pairs"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        OverlayScroll(self)
        set_focus_shape(self, radius=0, style="none")
        self.clicked.connect(lambda index: self._open(index.row()))

    @property
    def current(self) -> Pair | IgnoredPair | None:
        """The pair the keyboard is on."""
        return self._pairs.pair(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def show_pairs(self, pairs: Sequence[Pair | IgnoredPair]) -> None:
        """Show other pairs; the keyboard stays on the same pair, or on its place."""
        before, row, scrolled = self.current, self.currentIndex().row(), self.verticalScrollBar().value()
        self._pairs.show_pairs(pairs)
        key = key_of(before) if before is not None else None
        place = next((at for at, pair in enumerate(pairs) if key_of(pair) == key), min(max(row, 0), len(pairs) - 1))
        self.setCurrentIndex(self._pairs.index(place, 0))
        self.verticalScrollBar().setValue(scrolled)

    def show_checked(self, keys: frozenset[Key]) -> None:
        """Mark the pairs that are selected."""
        self._pairs.show_checked(keys)

    def go_to(self, pair: Pair | IgnoredPair) -> None:
        """Put the keyboard on a pair."""
        for row in range(self._pairs.rowCount()):
            if self._pairs.pair(row) == pair:
                self.setCurrentIndex(self._pairs.index(row, 0))
                return

    def step(self, step: int) -> None:
        """Go to the next pair (1) or the one before (-1)."""
        row = min(max(self.currentIndex().row() + step, 0), self._pairs.rowCount() - 1)
        self.setCurrentIndex(self._pairs.index(row, 0))

    def toggle_current(self) -> None:
        """Select the pair the keyboard is on, or no longer."""
        self._toggle(self.currentIndex().row())

    def add_to(self, row: int) -> None:
        """Select every pair from the one that was selected last to this one."""
        start = self._anchor if self._anchor >= 0 else max(self.currentIndex().row(), 0)
        rows = range(min(start, row), max(start, row) + 1)
        pairs = [pair for at in rows if isinstance(pair := self._pairs.pair(at), Pair)]
        self._anchor = row
        self.setCurrentIndex(self._pairs.index(row, 0))
        if pairs:
            self.pairs_added.emit(pairs)

    def _toggle(self, row: int) -> None:
        pair = self._pairs.pair(row)
        if isinstance(pair, Pair):
            self._anchor = row
            self.setCurrentIndex(self._pairs.index(row, 0))
            self.pair_toggled.emit(pair)

    def _open(self, row: int) -> None:
        pair = self._pairs.pair(row)
        if pair is not None:
            self.pair_opened.emit(pair)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.indexAt(event.position().toPoint()).row()
        held = event.modifiers()
        at_box = event.position().x() < self._boxes.box_width
        self._is_selecting = (
            event.button() == Qt.MouseButton.LeftButton
            and isinstance(self._pairs.pair(row), Pair)
            and bool(at_box or held & (_CONTROL | _SHIFT))
        )
        if not self._is_selecting:
            super().mousePressEvent(event)
        elif held & _SHIFT:
            self.add_to(row)
        else:
            self._toggle(row)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._is_selecting:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key), 0)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row >= 0:
            self._open(row)
        elif key == Qt.Key.Key_Space:
            self.toggle_current()
        elif key == Qt.Key.Key_Escape:
            self.cleared.emit()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self._anchor = 0
            self.add_to(self._pairs.rowCount() - 1)
        elif step and event.modifiers() & _SHIFT:
            self._anchor = row
            self.add_to(min(max(row + step, 0), self._pairs.rowCount() - 1))
        else:
            super().keyPressEvent(event)


class ListPane(QStackedWidget):
    """One list for both uses; which of them it is says `show_pairs`."""

    #: Read again.
    again_wanted = Signal()

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self.list = PairList(PairModel(moments))
        self.progress = ProgressBar(self.tr("Looking for pairs"))
        self._waiting = QWidget()
        column = QVBoxLayout(self._waiting)
        margin = theme_of().metrics.page_margin
        column.setContentsMargins(margin, margin, margin, margin)
        column.addWidget(self.progress)
        column.addStretch(1)
        self._empty: EmptyState | None = None
        self.addWidget(self._waiting)
        self.addWidget(self.list)
        self.bar = PairSelectionBar(self)

    @property
    def empty(self) -> EmptyState:
        """What stands here when there is no pair."""
        if self._empty is None:
            self._empty = EmptyState("", "", icon="refresh", badge="check", parent=self)
            self._empty.action_pressed.connect(self.again_wanted)
            self.addWidget(self._empty)
        return self._empty

    @property
    def is_filled(self) -> bool:
        """Whether pairs are on show."""
        return self.currentWidget() is self.list

    def show_progress(self, done: int, total: int) -> None:
        """Say how many records were read."""
        said = self.tr("{done} of {total} records").format(done=number(done), total=number(total))
        self.progress.set_progress(done / total if total else 0.0, right=said)

    def show_checked(self, keys: frozenset[Key]) -> None:
        """Mark the pairs that are selected, and offer what can be done with them."""
        self.list.show_checked(keys)
        self.bar.show_selection(len(keys))

    def show_waiting(self) -> None:
        """The pairs are being read for the first time."""
        if self.currentWidget() is not self._waiting:
            self.progress.set_progress(0.0)
            self.setCurrentWidget(self._waiting)

    def show_pairs(self, pairs: Sequence[Pair | IgnoredPair], *, title: str, sentence: str) -> None:
        """Show pairs, or what an empty list says."""
        self.list.show_pairs(pairs)
        if pairs:
            self.setCurrentWidget(self.list)
            return
        self.empty.set_state(title, sentence, badge="check")
        self.setCurrentWidget(self.empty)

    def show_trouble(self, error: BaseException) -> None:
        """Say that the pairs could not be read."""
        title = error.title if isinstance(error, MyCrmError) else self.tr("The pairs could not be read")
        sentence = error.message if isinstance(error, MyCrmError) else self.tr("Nothing was changed. Try again.")
        self.empty.set_state(title, sentence, action=self.tr("Try again"), badge="warning")
        self.setCurrentWidget(self.empty)
