"""A table of any length: ids in memory, rows read by page on reader threads when a view asks for them.

Rules: nothing here waits; `flags` and roles answer from what is there; new ids replace the old ones in one
step when they arrive, so that a list never flickers; rows are kept by id and outlive a change of the list.
"""

from array import array
from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from services.errors import MyCrmError
from ui.delegates.roles import CellKind, CellRole, RowState
from ui.models.checked_ids import CheckedIds
from ui.models.columns import Column
from ui.models.row_cache import RowCache
from ui.tasks import Task, Tasks

Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 100
READS_AT_ONCE: Final = 2
PAGES_WAITING: Final = 3
"""What was scrolled past long ago is not read: only the newest wishes wait."""
IDS_SAID_SINGLY: Final = 4
SETTLING_MS: Final = 60
_PARENT: Final = QModelIndex()
_PLAIN: Final = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TEXT_ROLES: Final = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.EditRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
_EDITABLE: Final = _PLAIN | Qt.ItemFlag.ItemIsEditable


class HasId(Protocol):
    """A row of a list."""

    @property
    def id(self) -> int:
        """The local id of its record."""
        ...


Row = TypeVar("Row", bound=HasId)
Row_co = TypeVar("Row_co", bound=HasId, covariant=True)


class RowSource(Protocol[Row_co]):
    """Where ids and rows come from; called on reader threads. Raises MyCrmError."""

    def ids(self) -> Sequence[int]:
        """All ids of the list in its order."""
        ...

    def rows(self, ids: Sequence[int]) -> Sequence[Row_co]:
        """The rows of these ids; those that are gone are left out."""
        ...


class LazyTableModel(QAbstractTableModel, Generic[Row]):
    """Shows the list of a `RowSource`; `show_list` asks for it, or for another one."""

    #: Other ids are shown now than before; True when it is another list, False when the same was read again.
    ids_replaced = Signal(bool)
    #: The list could not be read: the error. What was shown before is still there.
    list_failed = Signal(object)
    #: How many records are checked.
    checked_changed = Signal(int)

    def __init__(self, columns: Sequence[Column[Row]], tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self._tasks = tasks
        self._source: RowSource[Row] | None = None
        self._coming: RowSource[Row] | None = None
        self._listed: Sequence[int] = array("q")
        self._ids: Sequence[int] = self._listed
        self._rows: Sequence[int] = self._listed
        self._cache: RowCache[Row] = RowCache()
        self._checked = CheckedIds()
        self._lane = tasks.lane()
        self._waiting: dict[int, None] = {}
        self._reading: set[Task[Any]] = set()
        self._is_read = False
        self._held = False
        self._arrived: tuple[RowSource[Row], Sequence[int]] | None = None
        self._next_reads = QTimer(self, singleShot=True, interval=0)
        self._next_reads.timeout.connect(self._start_reads)
        # Several changes within a moment are one reading of the list.
        self._reread = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._reread.timeout.connect(self._on_reread_due)

    @property
    def columns(self) -> Sequence[Column[Row]]:
        """The columns in the order of their sections."""
        return self._columns

    @property
    def is_read(self) -> bool:
        """Whether the ids of a list have arrived at all."""
        return self._is_read

    @property
    def is_settled(self) -> bool:
        """Whether the list that was asked for last is the one that is shown."""
        return self._coming is None

    @property
    def ids(self) -> Sequence[int]:
        """The ids of the list in its order."""
        return self._ids

    @property
    def checked(self) -> list[int]:
        """The checked ids in the order of the list."""
        return self._checked.in_order(self._ids)

    @property
    def checked_count(self) -> int:
        """How many records are checked."""
        return len(self._checked)

    @property
    def check_state(self) -> Qt.CheckState:
        """Whether all, some or no records are checked."""
        return self._checked.state(len(self._ids))

    def column_of(self, key: str) -> int:
        """The section of a column, -1 when there is none of that key."""
        return next((number for number, column in enumerate(self._columns) if column.key == key), -1)

    def id_at(self, row: int) -> int | None:
        """The id in a row, None outside the list."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, local_id: int | None) -> int:
        """The row of an id, -1 when it is not in the list."""
        if local_id is None:
            return -1
        try:
            return self._rows.index(local_id)
        except ValueError:
            return -1

    def row_at(self, row: int) -> Row | None:
        """The record in a row as it was read last, None while it is not read."""
        local_id = self.id_at(row)
        return None if local_id is None else self._cache.get(local_id)

    def show_list(self, source: RowSource[Row]) -> None:
        """Show another list; the present one stays until the ids of the other have arrived."""
        self._coming = source
        self._reread.stop()
        self._ask(source)

    def show_rows(self, first: int, last: int) -> None:
        """A view shows these rows now: read them and what lies around them."""
        for row in (last + PAGE // 2, first - PAGE // 2, last, first):
            if 0 <= row < len(self._rows) and self._needs(self._rows[row]):
                self._want(row)

    def invalidate(self, ids: Iterable[int] | None, *, list_too: bool = True) -> None:
        """These records changed, or (None) any may have; `list_too` when they may stand elsewhere now."""
        named = None if ids is None else list(ids)
        self._cache.invalidate(named)
        if self._ids:
            self._tell_changed(named)
        if list_too and (self._source or self._coming):
            self._reread.start()

    def hold(self) -> None:
        """Rows keep their places from now on: somebody edits one of them."""
        self._held = True

    def release(self) -> None:
        """Show what arrived meanwhile."""
        self._held = False
        arrived, self._arrived = self._arrived, None
        if arrived is not None:
            self._replace(*arrived)

    def retry(self, row: int) -> None:
        """Read a row again that could not be read, and the others that failed for the same reason."""
        local_id = self.id_at(row)
        if local_id is None:
            return
        why = self._cache.forget_error(local_id)
        self._cache.forget_errors_like(why)
        self._tell_changed(None)

    def toggle_checked(self, row: int) -> None:
        """Check a row, or uncheck it."""
        local_id = self.id_at(row)
        if local_id is not None:
            self._checked.toggle(local_id)
            self._tell_checked(row, row)

    def check_range(self, first: int, last: int) -> None:
        """Check the rows from the first to the last."""
        self._checked.add(self._rows[max(0, first) : last + 1])
        self._tell_checked(first, last)

    def check_all(self, checked: bool) -> None:
        """Check every record of the list, or none."""
        self._checked.clear()
        if checked:
            self._checked.add(self._ids)
        self._tell_checked(0, len(self._rows) - 1)

    def close(self) -> None:
        """Ignore every answer that is still to come."""
        self._lane.close()
        self._reread.stop()
        self._next_reads.stop()
        for task in self._reading:
            task.forget()
        self._reading.clear()

    def _ask(self, source: RowSource[Row]) -> None:
        task = self._lane.read(source.ids)
        task.then(lambda ids: self._on_ids_arrived(source, ids)).otherwise(self._on_ids_failed)

    def _on_reread_due(self) -> None:
        source = self._coming or self._source
        if source is not None:
            self._ask(source)

    def _on_ids_arrived(self, source: RowSource[Row], ids: Sequence[int]) -> None:
        if self._held:
            self._arrived = (source, ids)
        else:
            self._replace(source, ids)

    def _replace(self, source: RowSource[Row], ids: Sequence[int]) -> None:
        is_other = source is not self._source
        self._source, self._coming = source, None
        if self._is_read and ids == self._listed:
            if is_other:
                self.ids_replaced.emit(True)
            return
        self.beginResetModel()
        self._listed = ids
        self._ids, self._rows = self._laid_out(ids)
        self._is_read = True
        self._waiting.clear()
        fewer = self._checked.keep(self._ids)
        self.endResetModel()
        self.ids_replaced.emit(is_other)
        if fewer:
            self.checked_changed.emit(len(self._checked))

    def _laid_out(self, ids: Sequence[int]) -> tuple[Sequence[int], Sequence[int]]:
        """The records of a list that arrived, and what stands in the rows of the table."""
        return ids, ids

    def _needs(self, local_id: int) -> bool:
        """Whether what stands in a row is still to be read."""
        return self._cache.needs(local_id)

    def _rows_of(self, local_id: int) -> Iterable[int]:
        """The rows in which a record stands."""
        row = self.row_of(local_id)
        return (row,) if row >= 0 else ()

    def _on_ids_failed(self, error: BaseException) -> None:
        self._coming = None
        self.list_failed.emit(error)

    def _want(self, row: int) -> None:
        page = row // PAGE
        self._waiting.pop(page, None)
        self._waiting[page] = None
        if not self._next_reads.isActive():
            self._next_reads.start()

    def _start_reads(self) -> None:
        for page in list(self._waiting)[: max(0, len(self._waiting) - PAGES_WAITING)]:
            del self._waiting[page]
        while self._waiting and len(self._reading) < READS_AT_ONCE:
            page, _ = self._waiting.popitem()
            self._read_page(page)

    def _read_page(self, page: int) -> None:
        source = self._source
        ids = [local_id for local_id in self._rows[page * PAGE : (page + 1) * PAGE] if self._needs(local_id)]
        if not ids or source is None:
            return
        ticket = self._cache.begin(ids)
        task: Task[Sequence[Row]] = self._tasks.read(lambda: source.rows(ids))
        self._reading.add(task)

        def arrived(rows: Sequence[Row]) -> None:
            missing = self.tr("This record is gone.")
            self._cache.arrived(ticket, ids, {row.id: row for row in rows}, missing=missing)

        def failed(error: BaseException) -> None:
            why = f"{error.title}." if isinstance(error, MyCrmError) else self.tr("This row could not be read.")
            self._cache.failed(ticket, ids, why)

        def ended() -> None:
            self._reading.discard(task)
            self._tell_changed(ids)
            self._start_reads()

        task.then(arrived).otherwise(failed).finally_(ended)

    def _tell_changed(self, ids: list[int] | None) -> None:
        """Views ask again for what they show; where few records are concerned, for these only."""
        if not self._rows:
            return
        last = len(self._columns) - 1
        if ids is not None and len(ids) <= IDS_SAID_SINGLY:
            for row in (row for local_id in ids for row in self._rows_of(local_id)):
                self.dataChanged.emit(self.index(row, 0), self.index(row, last))
            return
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, last))

    def _tell_checked(self, first: int, last: int) -> None:
        if 0 <= first <= last < len(self._rows):
            roles = [CellRole.ROW_STATE]
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1), roles)
        self.checked_changed.emit(len(self._checked))

    def _state(self, local_id: int, row: Row | None) -> RowState:
        state = RowState.CHECKED if local_id in self._checked else RowState.NORMAL
        if row is not None:
            return state
        return state | (RowState.ERROR if self._cache.error(local_id) else RowState.LOADING)

    def _answer(self, local_id: int, row: Row | None, column: Column[Row], role: int) -> Any:
        """What a cell says in a role other than that of its row's state."""
        if row is None:
            if role == CellRole.ERROR:
                return self._cache.error(local_id) or None
            if role == CellRole.SECONDARY and self._cache.error(local_id):
                return self.tr("The rest of the list is complete.")
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return self._cache.error(local_id) or self.tr("Loading")
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole and column.kind is CellKind.CHECK:
            return self.tr("Checked") if local_id in self._checked else self.tr("Not checked")
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.EditRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return column.text(row)
        answer = column.values.get(role)
        return None if answer is None else answer(row)

    def rowCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        editable = self._columns[index.column()].field and self._cache.get(self._rows[index.row()]) is not None
        return _EDITABLE if editable else _PLAIN

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.AccessibleTextRole and column.kind is CellKind.CHECK:
            return self.tr("Check all")
        if role == Qt.ItemDataRole.InitialSortOrderRole:
            return Qt.SortOrder.DescendingOrder if column.newest_first else Qt.SortOrder.AscendingOrder
        return column.title if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        number = index.row()
        if not index.isValid() or number >= len(self._rows):
            return None
        local_id = self._rows[number]
        if self._needs(local_id):
            self._want(number)
        row = self._cache.get(local_id)
        if role == CellRole.ROW_STATE:
            return self._state(local_id, row)
        return self._answer(local_id, row, self._columns[index.column()], role)
