"""The merges of a plan, as a list."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from services.records.duplicates import MergePlan, PlannedMerge
from ui.pages.duplicates.pair_delegate import KIND, PLANNED
from ui.pages.duplicates.words import conflict_names, conflicts_text

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PlanModel(QAbstractListModel):
    """One row a merge; read out as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._plan: MergePlan | None = None

    def show_plan(self, plan: MergePlan | None) -> None:
        """Show another plan, or none."""
        self.beginResetModel()
        self._plan = plan
        self.endResetModel()

    def merge(self, row: int) -> PlannedMerge | None:
        """The merge of a row."""
        merges = self._plan.merges if self._plan is not None else ()
        return merges[row] if 0 <= row < len(merges) else None

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() or self._plan is None else len(self._plan.merges)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        merge = self.merge(index.row()) if index.isValid() else None
        if merge is None or self._plan is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.tr("{other} goes into {keep}").format(other=merge.other.name, keep=merge.keep.name)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.data(index)}. {conflicts_text(len(merge.conflicts))}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return conflict_names(merge.conflicts)
        return {PLANNED: merge, KIND: self._plan.entity}.get(role)
