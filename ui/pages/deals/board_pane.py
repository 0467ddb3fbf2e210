"""What the page shows as a board: the summary strip over the lanes, or what stands in their place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from ui.pages.deals.board import Board
from ui.pages.deals.board_view_model import BoardViewModel
from ui.pages.deals.summary import SummaryStrip
from ui.pages.record.moments import Moments
from ui.theme.theme import theme_of
from ui.widgets.empty_state import EmptyState
from ui.widgets.placeholder_rows import PlaceholderRows


class BoardPane(QStackedWidget):
    """Placeholders until the first reading, then the board; one sentence and a button where there is nothing."""

    #: Add a deal.
    new_wanted = Signal()

    def __init__(self, view_model: BoardViewModel, moments: Moments) -> None:
        super().__init__()
        self._view_model = view_model
        self.strip = SummaryStrip()
        self.board = Board(view_model, moments)
        self.waiting = PlaceholderRows(columns=5)
        # Made when they are wanted: they would hold up the first paint of a board that needs neither.
        self._empty: EmptyState | None = None
        self._trouble: EmptyState | None = None
        self._filled = QWidget()
        column = QVBoxLayout(self._filled)
        metrics = theme_of().metrics
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(metrics.gap)
        around = QHBoxLayout()
        around.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        around.addWidget(self.strip)
        column.addLayout(around)
        column.addWidget(self.board, 1)
        for page in (self.waiting, self._filled):
            self.addWidget(page)
        view_model.board_changed.connect(self.show_reading)
        view_model.totals_changed.connect(self._on_totals_changed)
        view_model.board_failed.connect(self._on_board_failed)

    @property
    def empty(self) -> EmptyState:
        """What stands here before the first deal."""
        if self._empty is None:
            sentence = self.tr("What you want to sell belongs here: add the first deal, and it stands on the board.")
            self._empty = EmptyState("", "", hint=self.tr("or press"), keys=("N",), parent=self)
            # Said afterwards: a button that is shown before it has a place flashes up as a window of its own.
            self._empty.set_state(self.tr("No deals yet"), sentence, action=self.tr("New deal"))
            self._empty.action_pressed.connect(self.new_wanted)
            self.addWidget(self._empty)
        return self._empty

    @property
    def trouble(self) -> EmptyState:
        """What stands here when the board cannot be read."""
        if self._trouble is None:
            self._trouble = EmptyState("", "", icon="refresh", parent=self)
            self._trouble.action_pressed.connect(self._view_model.read_again)
            self.addWidget(self._trouble)
        return self._trouble

    @property
    def is_filled(self) -> bool:
        """Whether the board is on show."""
        return self.currentWidget() is self._filled

    def show_reading(self) -> None:
        """Show what was read last."""
        reading = self._view_model.reading
        if not reading.has_any:
            self.setCurrentWidget(self.empty)
            return
        self.board.show_board()
        self.setCurrentWidget(self._filled)

    def _on_totals_changed(self) -> None:
        if self._view_model.totals is not None:
            self.strip.show_totals(self._view_model.totals)

    def _on_board_failed(self, error: BaseException) -> None:
        if self._view_model.is_read:
            self._view_model.context.tasks.failed.emit(error)
            return
        title = error.title if isinstance(error, MyCrmError) else self.tr("The board could not be read")
        sentence = error.message if isinstance(error, MyCrmError) else self.tr("Nothing was changed. Try again.")
        self.trouble.set_state(title, sentence, action=self.tr("Try again"), badge="warning")
        self.setCurrentWidget(self.trouble)
