"""The rows of the palette as a Qt list: headings that cannot be chosen, and entries that can."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.pages.search_palette.items import PaletteEntry, PaletteGroup

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class PaletteListModel(QAbstractListModel):
    """Headings and entries from top to bottom."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[str | PaletteEntry] = []

    def set_groups(self, groups: Sequence[PaletteGroup]) -> None:
        """Show other groups."""
        self.beginResetModel()
        self._rows = []
        for group in groups:
            self._rows.append(group.title)
            self._rows.extend(group.entries)
        self.endResetModel()

    def entry(self, row: int) -> PaletteEntry | None:
        """The entry in a row, None for a heading and outside."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, PaletteEntry) else None

    def next_entry(self, row: int, step: int) -> int:
        """The row of the next entry in a direction, round the ends; -1 when there is none."""
        count = len(self._rows)
        for distance in range(1, count + 1):
            other = (row + step * distance) % count
            if self.entry(other) is not None:
                return other
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        found = self._rows[index.row()]
        if role == ENTRY_ROLE:
            return found if isinstance(found, PaletteEntry) else None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(found, str):
                return found
            spoken = role == Qt.ItemDataRole.AccessibleTextRole
            return ", ".join(part for part in (found.title, found.detail, found.tag) if part) if spoken else found.title
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.entry(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
