"""A table of any length whose rows can stand under heads: a head is a row with a number below zero.

Rules: folding a group is one removal of rows; what is folded is known by the keys of the groups, so that it
outlives a reading of the list; heads are never read, checked or edited as records.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.delegates.group_head import GroupHead
from ui.delegates.roles import CellRole, RowState
from ui.models.columns import Column
from ui.models.grouped_ids import GroupedIds, GroupOfIds
from ui.models.lazy_table_model import LazyTableModel, Row
from ui.tasks import Tasks

Index = QModelIndex | QPersistentModelIndex

_HEAD_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class GroupedTableModel(LazyTableModel[Row]):
    """A `LazyTableModel` that shows heads when its source answers with `GroupedIds`, and none otherwise."""

    def __init__(self, columns: Sequence[Column[Row]], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(columns, tasks, parent)
        self._groups: tuple[GroupOfIds, ...] = ()
        self._are_shared = False
        self._folded: set[Hashable] = set()
        self._head_rows: list[int] = []
        self._head_checks: dict[int, Qt.CheckState] = {}

    @property
    def is_grouped(self) -> bool:
        """Whether rows stand under heads."""
        return bool(self._groups)

    @property
    def is_any_open(self) -> bool:
        """Whether the rows of any group are shown."""
        return any(group.key not in self._folded for group in self._groups)

    def is_head(self, row: int) -> bool:
        """Whether the head of a group stands in this row."""
        return bool(self._groups) and 0 <= row < len(self._rows) and self._rows[row] < 0

    def is_open(self, row: int) -> bool:
        """Whether the rows of the group that a row belongs to are shown."""
        group = self._group_at(row)
        return group is not None and group.key not in self._folded

    def head_row_of(self, row: int) -> int:
        """The row of the head over a row, which may be the head itself; -1 without groups."""
        place = bisect_right(self._head_rows, row) - 1
        return self._head_rows[place] if place >= 0 and 0 <= row < len(self._rows) else -1

    def head_row_below(self, row: int) -> int:
        """The row of the first head below a row, -1 below the last."""
        place = bisect_right(self._head_rows, row)
        return self._head_rows[place] if place < len(self._head_rows) else -1

    def key_at(self, row: int) -> Hashable:
        """What tells the group of a row from the others; None without groups and for the one without a value."""
        group = self._group_at(row)
        return None if group is None else group.key

    def head_row(self, key: Hashable) -> int:
        """The row of the head of a group, -1 when there is none of that key."""
        place = next((place for place, group in enumerate(self._groups) if group.key == key), -1)
        return self._head_rows[place] if place >= 0 else -1

    def record_row(self, row: int, step: int) -> int:
        """The nearest row with a record below (1) or above (-1) a row; -1 where there is none."""
        row += step
        while 0 <= row < len(self._rows) and self._rows[row] < 0:
            row += step
        return row if 0 <= row < len(self._rows) else -1

    def nearest_record(self, row: int) -> int:
        """The row itself where a record stands in it, else the next one below, or above; -1 without any."""
        if not self.is_head(row):
            return row
        below = self.record_row(row, 1)
        return below if below >= 0 else self.record_row(row, -1)

    def toggle_open(self, row: int) -> None:
        """Fold the group of a head, or unfold it."""
        if self.is_head(row):
            self._set_open(-self._rows[row] - 1, not self.is_open(row))

    def open_group_of(self, local_id: int) -> None:
        """Unfold the group of a record that stands in a folded one."""
        if self.row_of(local_id) >= 0:
            return
        for place, group in enumerate(self._groups):
            if group.key in self._folded and local_id in group.ids:
                self._set_open(place, True)
                return

    def open_all(self, is_open: bool) -> None:
        """Unfold every group, or fold them all."""
        self.beginResetModel()
        self._folded = set() if is_open else {group.key for group in self._groups}
        self._rows = self._with_heads()
        self._waiting.clear()
        self.endResetModel()
        self.ids_replaced.emit(False)

    def toggle_checked(self, row: int) -> None:
        if not self.is_head(row):
            super().toggle_checked(row)
            return
        place = -self._rows[row] - 1
        ids = self._groups[place].ids
        if self._check_state_of(place) is Qt.CheckState.Checked:
            self._checked.discard(ids)
        else:
            self._checked.add(ids)
        self._tell_checked(row, row)

    def check_range(self, first: int, last: int) -> None:
        if not self._groups:
            super().check_range(first, last)
            return
        self._checked.add(local_id for local_id in self._rows[max(0, first) : last + 1] if local_id >= 0)
        self._tell_checked(first, last)

    def id_at(self, row: int) -> int | None:
        local_id = super().id_at(row)
        return None if local_id is not None and local_id < 0 else local_id

    def _group_at(self, row: int) -> GroupOfIds | None:
        place = bisect_right(self._head_rows, row) - 1
        return self._groups[place] if place >= 0 and row < len(self._rows) else None

    def _laid_out(self, ids: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        self._head_checks.clear()
        if not isinstance(ids, GroupedIds):
            self._groups, self._head_rows, self._are_shared = (), [], False
            return ids, ids
        self._groups, self._are_shared = ids.groups, ids.are_shared
        return ids.ids, self._with_heads()

    def _with_heads(self) -> Sequence[int]:
        rows, self._head_rows = array("q"), []
        for place, group in enumerate(self._groups):
            self._head_rows.append(len(rows))
            rows.append(-place - 1)
            if group.key not in self._folded:
                rows.extend(group.ids)
        return rows

    def _set_open(self, place: int, is_open: bool) -> None:
        group, head = self._groups[place], self._head_rows[place]
        count = len(group.ids)
        rows = array("q", self._rows)
        self._waiting.clear()
        if is_open:
            self.beginInsertRows(QModelIndex(), head + 1, head + count)
            self._folded.discard(group.key)
            rows[head + 1 : head + 1] = array("q", group.ids)
        else:
            self.beginRemoveRows(QModelIndex(), head + 1, head + count)
            self._folded.add(group.key)
            del rows[head + 1 : head + 1 + count]
        self._rows = rows
        moved = count if is_open else -count
        self._head_rows[place + 1 :] = [row + moved for row in self._head_rows[place + 1 :]]
        if is_open:
            self.endInsertRows()
        else:
            self.endRemoveRows()
        self.dataChanged.emit(self.index(head, 0), self.index(head, self.columnCount() - 1))

    def _needs(self, local_id: int) -> bool:
        return local_id >= 0 and super()._needs(local_id)

    def _rows_of(self, local_id: int) -> Iterable[int]:
        if not self._are_shared:
            return super()._rows_of(local_id)
        return [row for row, standing in enumerate(self._rows) if standing == local_id]

    def _tell_checked(self, first: int, last: int) -> None:
        self._head_checks.clear()
        if self._groups:
            # Heads say how much of their group is checked, and a record can stand in several groups.
            first, last = 0, len(self._rows) - 1
        super()._tell_checked(first, last)

    def _check_state_of(self, place: int) -> Qt.CheckState:
        known = self._head_checks.get(place)
        if known is None:
            known = self._head_checks[place] = self._checked.state_of(self._groups[place].ids)
        return known

    def _head(self, place: int) -> GroupHead:
        group = self._groups[place]
        is_open = group.key not in self._folded
        return GroupHead(group.label, len(group.ids), group.sums, is_open, self._check_state_of(place))

    def _head_answer(self, place: int, section: int, role: int) -> Any:
        if role == CellRole.ROW_STATE:
            return RowState.GROUP
        if role == CellRole.GROUP:
            return self._head(place)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._groups[place].label if self._columns[section].key == "name" else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            head = self._head(place)
            standing = self.tr("open") if head.is_open else self.tr("folded")
            said = [head.label, self.tr("%n record(s)", "", head.count), head.sums, standing]
            return ", ".join(part for part in said if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.is_head(index.row()):
            return _HEAD_FLAGS
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        if self._groups and 0 <= row < len(self._rows) and self._rows[row] < 0:
            return self._head_answer(-self._rows[row] - 1, index.column(), role)
        return super().data(index, role)
