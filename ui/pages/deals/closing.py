"""Winning and losing: the dialog over the window, and the deal closed once it is confirmed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from services.records.sales import DealRow, StageKind
from ui.pages.deals.board_view_model import BoardViewModel
from ui.pages.deals.dialog import DealDialog
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.lose_dialog import LoseDialog
from ui.pages.deals.win_dialog import WinDialog
from ui.tasks import Task


class Closing(QObject):
    """One dialog at a time; nothing is moved before the user has said so."""

    def __init__(self, view_model: BoardViewModel, lookups: DealLookups, widget: QWidget) -> None:
        super().__init__(widget)
        self._view_model = view_model
        self._moments = view_model.moments
        self._lookups = lookups
        self._widget = widget
        self.dialog: DealDialog | None = None

    @property
    def is_open(self) -> bool:
        """Whether a dialog covers the window."""
        return self.dialog is not None

    def ask(self, row: DealRow, kind: StageKind) -> None:
        """Ask how a deal was won or lost."""
        if self.dialog is not None:
            return
        if kind is StageKind.WON:
            win = WinDialog(self._widget.window(), row, self._moments, mark=self._lookups.decimal_mark)
            self._open(win, lambda: self._view_model.win(row, win.said), win.show_error)
        else:
            lose = LoseDialog(self._widget.window(), row, self._moments)
            self._open(lose, lambda: self._view_model.lose(row, lose.said), lose.show_error)

    def preview_loss(self) -> None:
        """Look filled in, for pictures."""
        dialog = self.dialog
        if isinstance(dialog, LoseDialog):
            dialog.choose("competitor")
            dialog.competitor.set_text("Routewerk")
            dialog.note.set_text(
                self.tr(
                    "Send the contract the same day: it cost us a week. Ask for the decision date in the first call."
                )
            )

    def dismiss(self) -> None:
        """Leave the deal as it is."""
        if self.dialog is not None:
            self.dialog.dismiss()

    def _open(
        self, dialog: DealDialog, act: Callable[[], Task[Any]], show_error: Callable[[BaseException], bool]
    ) -> None:
        self.dialog = dialog
        dialog.closed.connect(self._on_closed)
        dialog.confirmed.connect(lambda: self._run(dialog, act, show_error))
        dialog.open()

    def _run(
        self, dialog: DealDialog, act: Callable[[], Task[Any]], show_error: Callable[[BaseException], bool]
    ) -> None:
        dialog.set_busy(True)

        def refused(error: BaseException) -> None:
            dialog.set_busy(False)
            if not show_error(error):
                dialog.dismiss()
                self._view_model.context.tasks.failed.emit(error)

        act().then(lambda _saved: dialog.dismiss()).otherwise(refused)

    def _on_closed(self) -> None:
        self.dialog = None
