"""The deals as a list: the tabs of its views, filter bar, table, and the bar that moves all that are checked."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from services.records.sales import StageRow
from ui.pages.deals.inputs import DealLookups
from ui.pages.deals.record_view_models import DealListViewModel
from ui.pages.record.list_pane import ListPane
from ui.widgets.menu import Menu


class DealListPane(ListPane):
    """The list of records below the head of the page of deals."""

    #: All checked deals are to be moved to a stage.
    move_wanted = Signal(object)

    def __init__(self, view_model: DealListViewModel, lookups: DealLookups) -> None:
        super().__init__(view_model, lookups)
        self._deal_lookups = lookups
        self.menu: Menu | None = None
        # The page has a head of its own; only the row of views of the list's stands below it.
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        views = self.head.view_row
        views.setParent(self)
        layout.removeWidget(self.head)
        self.head.hide()
        layout.replaceWidget(self.filters, views)
        layout.insertWidget(1, self.filters)
        self.move_button = self.selection.bar.add_action(self.tr("Move"), icon="arrow-right")
        self.move_button.clicked.connect(self.open_move)

    def open_move(self) -> None:
        """Offer the stages."""
        menu = self.menu = Menu(self, name=self.tr("Move to"))
        for stage in self._deal_lookups.stages:
            action = menu.add_item(stage.name)
            action.triggered.connect(lambda _on=False, chosen=stage: self._choose(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(self.move_button)

    def _choose(self, stage: StageRow) -> None:
        self.move_wanted.emit(stage)
