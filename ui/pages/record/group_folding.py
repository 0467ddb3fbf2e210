"""Folding the groups of a list by pointer and keyboard: the keyboard never stays on a row that is out of sight."""

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent

from ui.models.grouped_table_model import GroupedTableModel
from ui.widgets.data_table import DataTable


class GroupFolding(QObject):
    """What the heads of a table do; Return and Space turn one over, Left folds it and Right unfolds it."""

    def __init__(self, table: DataTable, model: GroupedTableModel[Any]) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        table.group_pressed.connect(self.toggle)

    def toggle(self, row: int) -> None:
        """Fold the group of a head, or unfold it."""
        if self._model.is_open(row) and self._model.head_row_of(self._table.current_row) == row:
            self._table.go_to_row(row)
        self._model.toggle_open(row)

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key means here; returns False for one that means nothing to a group."""
        row = self._table.current_row
        if not self._model.is_grouped or row < 0 or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        if self._model.is_head(row):
            return self._press_on_head(event.key(), row)
        if event.key() == Qt.Key.Key_Left and self._table.currentIndex().column() == self._table.error_column:
            self._table.go_to_row(self._model.head_row_of(row))
            return True
        return False

    def _press_on_head(self, key: int, row: int) -> bool:
        is_open = self._model.is_open(row)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.toggle(row)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if is_open is (key == Qt.Key.Key_Left):
                self.toggle(row)
        else:
            return False
        return True
