"""The list of deals beside the board: made and read when it is looked at for the first time."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, Signal, SignalInstance

from ui.pages import PageContext
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.list_pane import DealListPane
from ui.pages.deals.record_view_models import DealListViewModel
from ui.pages.record.kind import RecordKind
from ui.pages.record.list_pane import QUICK_CALL, QUICK_MORE
from ui.pages.record.moments import Moments
from ui.pages.record.record_table import NAME


class ListSide(QObject):
    """Tells which deal is meant; the page decides."""

    #: A deal is to be opened.
    deal_opened = Signal(int)
    #: The keyboard came to a deal.
    deal_reached = Signal(int)
    #: A deal is to be shown, or closed again.
    deal_previewed = Signal(int)
    #: Add a deal.
    new_wanted = Signal()
    #: The menu of a deal is wanted at a point of the screen.
    menu_wanted = Signal(int, QPoint)
    #: An entry of the timeline of a deal is to be written: the deal and the kind.
    log_wanted = Signal(int, str)

    def __init__(self, kind: RecordKind, context: PageContext, moments: Moments, lookups: DealLookups) -> None:
        super().__init__()
        self._kind = kind
        self._context = context
        self._moments = moments
        self._lookups = lookups
        self._view_model: DealListViewModel | None = None
        self._pane: DealListPane | None = None
        self.is_started = False

    @property
    def view_model(self) -> DealListViewModel:
        """The list."""
        if self._view_model is None:
            self._view_model = DealListViewModel(self._kind, self._context, self._moments)
        return self._view_model

    @property
    def pane(self) -> DealListPane:
        """The list on screen."""
        if self._pane is None:
            self._pane = DealListPane(self.view_model, self._lookups)
            self._connect(self._pane)
        return self._pane

    @property
    def checked(self) -> list[int]:
        """The checked deals."""
        return self.view_model.table.checked

    @property
    def current(self) -> int | None:
        """The deal the keyboard is on."""
        return self.pane.table.current_id

    def start(self) -> None:
        """Read the list that was on show last."""
        if not self.is_started:
            self.is_started = True
            is_new = self._context.state.get(self._kind.page, "query", None) is None
            self.view_model.start()
            if is_new:
                # What is open is what a list of deals is for; the rest is a tab away.
                self.view_model.choose_view(self._kind.views[0])

    def edit(self) -> None:
        """Edit the cell the keyboard is on, or one value of all checked deals."""
        if self.view_model.table.checked_count:
            self.pane.selection.open_edit()
        elif self.pane.table.current_row >= 0:
            self.pane.editing.begin(self.pane.table.current_row, self.pane.table.current_key() or NAME)

    def delete_checked(self) -> None:
        """Put all checked deals into the trash."""
        self.view_model.delete(self.checked)

    def close(self) -> None:
        """The page is closed."""
        if self._pane is not None:
            self._pane.close_list()
        if self._view_model is not None:
            self._view_model.close()

    def _connect(self, pane: DealListPane) -> None:
        table = pane.table
        table.row_reached.connect(lambda row: self._tell(self.deal_reached, row))
        table.row_activated.connect(lambda row: self._tell(self.deal_opened, row))
        table.name_pressed.connect(lambda row: self._tell(self.deal_opened, row))
        table.row_previewed.connect(lambda row: self._tell(self.deal_previewed, row))
        table.quick_action_pressed.connect(self._on_quick_action_pressed)
        table.row_menu_requested.connect(self._on_row_menu_requested)
        pane.new_wanted.connect(self.new_wanted)
        pane.import_wanted.connect(self.new_wanted)
        pane.move_wanted.connect(self.view_model.move_checked)

    def _tell(self, signal: SignalInstance, row: int) -> None:
        local_id = self.view_model.table.id_at(row)
        if local_id is not None:
            signal.emit(local_id)

    def _on_quick_action_pressed(self, key: str, row: int) -> None:
        local_id = self.view_model.table.id_at(row)
        if local_id is None:
            return
        if key == QUICK_MORE:
            corner = self.pane.table.row_rect(row).bottomRight()
            self.menu_wanted.emit(local_id, self.pane.table.viewport().mapToGlobal(corner))
        else:
            self.log_wanted.emit(local_id, "call" if key == QUICK_CALL else "note")

    def _on_row_menu_requested(self, row: int, corner: QPoint) -> None:
        local_id = self.view_model.table.id_at(row)
        if local_id is not None:
            self.pane.table.go_to_row(row)
            self.menu_wanted.emit(local_id, corner)
