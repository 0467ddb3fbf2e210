"""The due lists as one item model: rows are read by page, headings are known at once."""

from __future__ import annotations

from bisect import bisect_right
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from services.records.planning import TaskRow
from ui.delegates.roles import CellKind, CellRole, RowState
from ui.models.columns import Column
from ui.models.lazy_table_model import LazyTableModel
from ui.pages.record.due_words import due_text, is_overdue
from ui.pages.record.moments import Moments
from ui.pages.tasks.agenda import DueList, list_of_heading
from ui.tasks import Tasks

Index = QModelIndex | QPersistentModelIndex
_FIRST: Final = int(CellRole.IS_LAST) + 16
_TEXTS: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class TaskRole(IntEnum):
    """What the rows of the due lists say beside Qt's own roles."""

    #: TaskRow of a task, None of a heading or of a row that is not read yet.
    TASK = _FIRST
    #: DueList whose heading stands in this row, None for a task.
    HEADING = _FIRST + 1
    #: int: how many tasks the list of a heading holds.
    COUNT = _FIRST + 2


class AgendaModel(LazyTableModel[TaskRow]):
    """One column; headings are rows of their own that nobody can choose."""

    def __init__(self, moments: Moments, tasks: Tasks) -> None:
        self._moments = moments
        column: Column[TaskRow] = Column(
            "title",
            "",
            CellKind.NAME,
            lambda row: row.title,
            {
                TaskRole.TASK: lambda row: row,
                Qt.ItemDataRole.AccessibleTextRole: lambda row: spoken(row, moments),
            },
        )
        super().__init__([column], tasks)
        self._known_ids: Any = None
        self._places: list[int] = []

    def list_at(self, row: int) -> DueList | None:
        """The list that a row belongs to."""
        headings = self._headings()
        place = bisect_right(headings, row) - 1
        return list_of_heading(self.ids[headings[place]]) if place >= 0 else None

    def is_heading(self, row: int) -> bool:
        """Whether a heading stands in this row."""
        return 0 <= row < len(self.ids) and self.ids[row] < 0

    @property
    def counts(self) -> dict[DueList, int]:
        """How many tasks stand in each list."""
        found: dict[DueList, int] = {}
        for start, end in pairwise([*self._headings(), len(self.ids)]):
            due_list = list_of_heading(self.ids[start])
            if due_list is not None:
                found[due_list] = end - start - 1
        return found

    def _headings(self) -> list[int]:
        if self.ids is not self._known_ids:
            self._known_ids = self.ids
            self._places = [row for row, local_id in enumerate(self.ids) if local_id < 0]
        return self._places

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.is_heading(index.row()):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        local_id = self.id_at(index.row()) if index.isValid() else None
        due_list = list_of_heading(local_id) if local_id is not None else None
        if due_list is None:
            if role == Qt.ItemDataRole.AccessibleTextRole:
                row = self.row_at(index.row())
                if row is not None:
                    return spoken(row, self._moments)
            return super().data(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return list_name(due_list)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{list_name(due_list)}, {self.counts[due_list]}"
        if role == TaskRole.HEADING:
            return due_list
        if role == TaskRole.COUNT:
            return self.counts[due_list]
        return RowState.NORMAL if role == CellRole.ROW_STATE else None


def list_name(due_list: DueList) -> str:
    """What a due list is called."""
    names = {
        DueList.OVERDUE: _tr("Overdue"),
        DueList.TODAY: _tr("Today"),
        DueList.TOMORROW: _tr("Tomorrow"),
        DueList.THIS_WEEK: _tr("This week"),
        DueList.NEXT_WEEK: _tr("Next week"),
        DueList.LATER: _tr("Later"),
        DueList.NO_DATE: _tr("No date"),
        DueList.DONE_TODAY: _tr("Done today"),
    }
    return names[due_list]


def spoken(row: TaskRow, moments: Moments) -> str:
    """A task in one sentence, for screen readers."""
    parts = [row.title]
    if row.status == "done":
        parts.append(_tr("done"))
    elif is_overdue(row, moments):
        parts.append(_tr("overdue"))
    due = due_text(row, moments)
    if due:
        parts.append(_tr("due {day}").format(day=due))
    parts += [name for name in (row.contact, row.company, row.deal, row.lead) if name]
    return ", ".join(parts)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TasksPage", text)
