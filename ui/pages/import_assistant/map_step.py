"""The second step: the file, its columns with a row as it will look, the dry run, and the rows of a verdict."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.pages.import_assistant.columns_card import ColumnsCard
from ui.pages.import_assistant.dry_run_card import DryRunCard
from ui.pages.import_assistant.file_strip import FileStrip
from ui.pages.import_assistant.rows_card import RowsCard
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.widgets.themed import Themed

LEFT_SHARE = 9
RIGHT_SHARE = 5


class MapStep(Themed):
    """Two columns of cards under the strip; what is too long scrolls inside its card."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__()
        self.strip = FileStrip(view_model)
        self.columns = ColumnsCard(view_model)
        self.dry_run = DryRunCard(view_model)
        self.rows = RowsCard(view_model)
        self._right = QVBoxLayout()
        self._right.addWidget(self.dry_run)
        self._right.addWidget(self.rows, 1)
        self._cards = QHBoxLayout()
        self._cards.addWidget(self.columns, LEFT_SHARE)
        self._cards.addLayout(self._right, RIGHT_SHARE)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.strip)
        self._column.addLayout(self._cards, 1)
        self.dry_run.verdict_chosen.connect(self.rows.show_verdict)
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, metrics.gap)
        for layout in (self._column, self._cards, self._right):
            layout.setSpacing(metrics.gap)
        for card in (self.dry_run, self.rows):
            card.setMinimumWidth(metrics.panel_narrow)
