"""The columns of the file as a table: name, first value, where it goes, how it is read, how full it is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.delegates.roles import CellKind, CellRole, RowState
from ui.pages.import_assistant.column_rows import ColumnRow
from ui.theme.tokens import Tone
from ui.theme.user_locale import user_locale

Index = QModelIndex | QPersistentModelIndex

_PARENT: Final = QModelIndex()
_TEXTS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Part(IntEnum):
    """The columns of the table."""

    COLUMN = 0
    FIRST = 1
    TARGET = 2
    READ_AS = 3
    FILLED = 4


KINDS: Final = [CellKind.NAME, CellKind.SECONDARY, CellKind.TEXT, CellKind.SECONDARY, CellKind.NUMBER]


class ColumnsTableModel(QAbstractTableModel):
    """Keeps its rows in place where the columns of the file are the same, so that the keyboard keeps its row."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ColumnRow] = []

    @property
    def rows(self) -> Sequence[ColumnRow]:
        """What is shown."""
        return self._rows

    def show_rows(self, rows: Sequence[ColumnRow]) -> None:
        """Show other columns, or the same with other things said of them."""
        if [row.shape.name for row in rows] == [row.shape.name for row in self._rows]:
            if not rows:
                return
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Part) - 1))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(Part)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() == Part.TARGET else plain

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role not in _TEXTS or not 0 <= section < len(Part):
            return None
        return {
            Part.COLUMN: self.tr("File column"),
            Part.FIRST: self.tr("First value"),
            Part.TARGET: self.tr("Goes to"),
            Part.READ_AS: self.tr("Read as"),
            Part.FILLED: self.tr("Filled"),
        }[Part(section)]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, part = self._rows[index.row()], Part(index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole and part is Part.READ_AS and row.explanation:
            return row.explanation
        if role in _TEXTS:
            return self._text(row, part)
        if role == CellRole.ROW_STATE:
            return RowState.NORMAL
        if role == Qt.ItemDataRole.ToolTipRole:
            return (row.explanation or None) if part in (Part.READ_AS, Part.TARGET) else None
        if row.warning and part in (Part.READ_AS, Part.TARGET):
            answers: dict[int, str] = {CellRole.TONE: Tone.WARN, CellRole.ICON: "warning"}
            return answers.get(role)
        return None

    @staticmethod
    def _text(row: ColumnRow, part: Part) -> str:
        return {
            Part.COLUMN: row.shape.name,
            Part.FIRST: " ".join(row.first_value.split()),
            Part.TARGET: row.target,
            Part.READ_AS: row.warning or row.mapped.reason,
            Part.FILLED: f"{user_locale().toString(row.shape.fill * 100, 'f', 0)}%",
        }[part]
