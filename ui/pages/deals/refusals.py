"""A move that was refused: the reason stands beside the card, with what is missing to be filled in."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from services.errors import InvalidValue
from services.records.sales import DealRow, StageRow
from ui.pages.deals.board import Board
from ui.pages.deals.board_view_model import BoardViewModel
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.missing_fields import MissingFields, open_beside
from ui.widgets.popover import Popover


class Refusals(QObject):
    """One popover at a time."""

    def __init__(self, view_model: BoardViewModel, lookups: DealLookups, board: Board, widget: QWidget) -> None:
        super().__init__(widget)
        self._view_model = view_model
        self._lookups = lookups
        self._board = board
        self._widget = widget
        self.popover: Popover | None = None
        self.form: MissingFields | None = None
        view_model.move_refused.connect(self._on_move_refused)

    def close(self) -> None:
        """Take the popover away."""
        if self.popover is not None:
            self.popover.close()

    def _on_move_refused(self, row: DealRow, stage: StageRow, error: InvalidValue) -> None:
        self.close()
        form = self.form = MissingFields(row, stage, error, self._lookups)
        form.wanted.connect(lambda pairs: self._fill(form, pairs))
        self.popover = open_beside(self._widget, form, self._board.place_of(row.id))
        self.popover.closed.connect(self._on_closed)

    def _fill(self, form: MissingFields, pairs: tuple[tuple[str, str], ...]) -> None:
        self._board.await_deal(form.row.id)
        task = self._view_model.fill_and_move(form.row, form.stage, pairs)
        task.then(lambda _saved: self.close()).otherwise(lambda error: self._on_fill_refused(form, error))

    def _on_fill_refused(self, form: MissingFields, error: BaseException) -> None:
        if self.form is form:
            form.show_error(error)
        else:
            self._view_model.context.tasks.failed.emit(error)

    def _on_closed(self) -> None:
        self.popover = None
        self.form = None
