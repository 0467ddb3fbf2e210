"""The left card of the mapping step: the table of columns, and below it how a row will look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.pages.import_assistant.column_rows import ColumnRow, column_rows, summary
from ui.pages.import_assistant.columns_model import ColumnsTableModel
from ui.pages.import_assistant.columns_table import ColumnsTable
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.row_card import RowSection
from ui.pages.import_assistant.targets import TargetOption, options_for, options_of
from ui.pages.import_assistant.view_model import ImportViewModel
from ui.pages.record.moments import number
from ui.widgets.card import Card
from ui.widgets.link_button import LinkButton
from ui.widgets.separator import Separator


class ColumnsCard(Card):
    """The table is as high as its rows, as far as there is room; then it scrolls."""

    def __init__(self, view_model: ImportViewModel) -> None:
        super().__init__("", flush=True)
        self._view_model = view_model
        self._common: list[TargetOption] = []
        self.set_title(self.tr("Columns"))
        self.keep_rest = LinkButton("", role="caption-medium")
        self.keep_rest.setToolTip(self.tr("Every column without a place becomes a field of your own"))
        self.add_action(self.keep_rest)
        self._columns = ColumnsTableModel(self)
        self.table = ColumnsTable(self._columns, self._options, self)
        self.row = RowSection(view_model)
        self._rule = Separator()
        # The table takes what it needs before the empty end of the card gets anything.
        self.body.addWidget(self.table, 100)
        self.body.addWidget(self._rule)
        self.body.addWidget(self.row)
        self.body.addStretch(1)
        self.keep_rest.clicked.connect(view_model.keep_left_out)
        # The last row has a line of its own; one that is cut off needs this one.
        self.table.verticalScrollBar().rangeChanged.connect(lambda _least, most: self._rule.setVisible(most > 0))
        self._rule.hide()
        self.table.target_chosen.connect(view_model.send)
        self.row.step_requested.connect(view_model.step_row)
        view_model.mapping_changed.connect(self._on_mapping_changed)
        view_model.dry_run.changed.connect(self._on_dry_run_changed)
        view_model.preview_changed.connect(self.row.show_state)
        self.theme.theme_changed.connect(self._fit)
        self._on_mapping_changed()

    @property
    def last_control(self) -> QWidget:
        """The end of the tab order."""
        return self.row.after

    def _options(self, row: ColumnRow) -> Sequence[TargetOption]:
        return options_for(row.shape, row.mapped, self._common, self._view_model.chosen.own_fields)

    def _on_mapping_changed(self) -> None:
        chosen = self._view_model.chosen
        if chosen.calendar is not None:
            return
        self._common = options_of(self._view_model.entity, chosen.own_fields)
        self._show_rows()
        count = len(chosen.left_out)
        self.keep_rest.setVisible(count > 0)
        told = self.tr("Import the other one as own field") if count == 1 else self.tr("Import the other {count}")
        self.keep_rest.set_label(told.format(count=number(count)))
        self._fit()
        self.row.show_state()

    def _on_dry_run_changed(self) -> None:
        if self._view_model.dry_run.state is CheckState.READY:
            self._show_rows()
        self.row.show_state()

    def _fit(self) -> None:
        self.table.setMaximumHeight(self.table.full_height)

    def _show_rows(self) -> None:
        dry_run = self._view_model.dry_run
        rejects = dry_run.verdicts.rejects_by_column() if dry_run.state is CheckState.READY else {}
        rows = column_rows(self._view_model.chosen, rejects)
        self._columns.show_rows(rows)
        self.set_metadata(summary(rows) if rows else "")
