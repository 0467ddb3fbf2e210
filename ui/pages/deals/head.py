"""The top of the page of deals: title with the count, board or list, the pipeline, and the way to add one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from services.records.sales import PipelineRow, PipelineTotals
from ui.theme.user_locale import number
from ui.widgets.button import Button, ButtonKind
from ui.widgets.label import Label
from ui.widgets.menu import Menu
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Surface


class View(IntEnum):
    """The two ways to look at deals."""

    BOARD = 0
    LIST = 1


class DealsHead(Surface):
    """56 high."""

    #: The user chose board or list; carries a `View`.
    view_chosen = Signal(object)
    #: The user chose a pipeline; carries its id.
    pipeline_chosen = Signal(int)
    #: Add a deal.
    new_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self._pipelines: tuple[PipelineRow, ...] = ()
        self._current: int | None = None
        self.title = Label(self.tr("Deals"), role="title")
        self.count = Label(colour="text_3", tabular=True)
        parts = [self.tr("Board"), self.tr("List")]
        self.view = Segmented(parts, name=self.tr("View"), icons=["board", "list"])
        self.pipeline = Button("", icon="filter", menu_arrow=True)
        self.new = Button(self.tr("New deal"), kind=ButtonKind.PRIMARY, icon="add")
        self.new.setToolTip(f"{self.tr('New deal')}\t{self.tr('N')}")
        self.menu: Menu | None = None
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.title)
        self._row.addWidget(self.count)
        self._row.addStretch(1)
        for control in (self.view, self.pipeline, self.new):
            self._row.addWidget(control)
        self.pipeline.hide()
        self.view.part_chosen.connect(lambda part: self.view_chosen.emit(View(part)))
        self.pipeline.clicked.connect(self.open_pipelines)
        self.new.clicked.connect(self.new_pressed)
        self.restyle()

    def show_pipelines(self, pipelines: Sequence[PipelineRow], current: int | None) -> None:
        """Offer the pipelines where there are several."""
        self._pipelines, self._current = tuple(pipelines), current
        chosen = next((found for found in pipelines if found.id == current), None)
        self.pipeline.setVisible(len(pipelines) > 1)
        if chosen is not None:
            self.pipeline.set_label(chosen.name)
            self.pipeline.setAccessibleName(self.tr("Pipeline: {name}").format(name=chosen.name))

    def show_totals(self, totals: PipelineTotals | None) -> None:
        """Show how many deals are open."""
        text = "" if totals is None else self.tr("{count} open").format(count=number(totals.open))
        self.count.setText(text)

    def open_pipelines(self) -> None:
        """Offer the pipelines."""
        menu = self.menu = Menu(self, name=self.tr("Pipeline"))
        for found in self._pipelines:
            action = menu.add_item(found.name, checked=found.id == self._current)
            action.triggered.connect(lambda _on=False, chosen=int(found.id): self.pipeline_chosen.emit(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(self.pipeline, align_right=True)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        self._row.setSpacing(metrics.row_gap)
        self.title.setFixedHeight(metrics.page_header)
        # Both stand on one line of writing, though the title is larger.
        self.count.setContentsMargins(metrics.space_2, metrics.space_4, 0, 0)
