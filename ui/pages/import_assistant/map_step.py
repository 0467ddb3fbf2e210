"""The second step: the file, its columns with a row as it will look, the dry run, and the rows of a verdict."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui.pages.import_assistant.columns_card import ColumnsCard
from ui.pages.import_assistant.dry_run_card import DryRunCard
from ui.pages.import_assistant.duplicates_card import DuplicatesCard
from ui.pages.import_assistant.file_strip import FileStrip
from ui.pages.import_assistant.rows_card import RowsCard
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.widgets.themed import Themed

LEFT_SHARE = 9
RIGHT_SHARE = 5


class MapStep(Themed):
    """Two columns of cards under the strip; what is too long scrolls inside its card.

    Empty until `building` was gone through: all cards at once would hold the window up.
    """

    strip: FileStrip
    columns: ColumnsCard
    dry_run: DryRunCard
    rows: RowsCard
    duplicates: DuplicatesCard

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__()
        self._view_model = view_model
        self._is_deciding = True
        self._right = QVBoxLayout()
        self._cards = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self.restyle()

    def building(self) -> Sequence[Callable[[], None]]:
        """What fills it, a turn of the event loop each, in the order of the keyboard."""
        return (self._add_strip, self._add_columns, self._add_dry_run, self._add_rows, self._add_duplicates)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, metrics.gap)
        for layout in (self._column, self._cards, self._right):
            layout.setSpacing(metrics.gap)

    def _add_strip(self) -> None:
        self.strip = FileStrip(self._view_model)
        self._column.addWidget(self.strip)
        self._column.addLayout(self._cards, 1)

    def _add_columns(self) -> None:
        self.columns = ColumnsCard(self._view_model)
        self._cards.addWidget(self.columns, LEFT_SHARE)
        self._cards.addLayout(self._right, RIGHT_SHARE)

    def _add_dry_run(self) -> None:
        self.dry_run = DryRunCard(self._view_model)
        self._right.addWidget(self.dry_run)

    def _add_rows(self) -> None:
        self.rows = RowsCard(self._view_model)
        self._right.addWidget(self.rows, 1)
        self.dry_run.verdict_chosen.connect(self.rows.show_verdict)

    def _add_duplicates(self) -> None:
        self.duplicates = DuplicatesCard(self._view_model)
        self._right.addWidget(self.duplicates, 1)
        self.dry_run.likely_chosen.connect(self._on_likely_chosen)
        self.dry_run.verdict_chosen.connect(self._on_verdict_chosen)
        self._view_model.dry_run.changed.connect(self._show_lower_card)
        self._view_model.file_changed.connect(self._on_file_changed)
        self._show_lower_card()

    def _on_likely_chosen(self) -> None:
        self._is_deciding = True
        self._show_lower_card()

    def _on_verdict_chosen(self) -> None:
        self._is_deciding = False
        self._show_lower_card()

    def _on_file_changed(self) -> None:
        if self._view_model.chosen.inspection is None:
            self._is_deciding = True

    def _show_lower_card(self) -> None:
        """What is to be decided goes before what is only to be looked at."""
        deciding = self._is_deciding and self.duplicates.count > 0
        self.duplicates.setVisible(deciding)
        self.rows.setVisible(not deciding)
