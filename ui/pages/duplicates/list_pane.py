"""The pairs to look at, or those that are none: a list, how far the reading is, and what stands in an empty one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.duplicates import IgnoredPair, Pair
from ui.delegates.list_delegate import ListDelegate
from ui.pages.duplicates.pair_model import PairModel
from ui.pages.duplicates.view_model import key_of
from ui.pages.record.moments import Moments
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.theme import theme_of
from ui.theme.user_locale import number
from ui.widgets.empty_state import EmptyState
from ui.widgets.progress_bar import ProgressBar
from ui.widgets.themed import set_focus_shape


class PairList(QListView):
    """Return and a double click open a pair."""

    #: A pair is to be opened.
    pair_opened = Signal(object)

    def __init__(self, model: PairModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs = model
        self.setModel(model)
        self.setItemDelegate(ListDelegate(self, edge_padding=theme_of().metrics.page_margin))
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

    def _open(self, row: int) -> None:
        pair = self._pairs.pair(row)
        if pair is not None:
            self.pair_opened.emit(pair)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
            return
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
