"""The list of records: keeps its place when the list is read again, fits its columns, edits cells in place."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QEvent, QPersistentModelIndex, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ui.delegates.cell_delegate import Index
from ui.models.grouped_table_model import GroupedTableModel
from ui.pages.record.cell_editor import CellEditor
from ui.pages.record.column_layout import ColumnRule, fit_columns
from ui.pages.record.group_folding import GroupFolding
from ui.pages.record.inputs import ValueInput
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.sticky_head import StickyHead
from ui.widgets.data_table import NO_ROW, DataTable

SETTLING_MS: Final = 200
CHECK: Final = "check"
ENSURE_VISIBLE: Final = QAbstractItemView.ScrollHint.EnsureVisible
NAME: Final = "name"


class RecordTable(DataTable):
    """A `DataTable` over a `GroupedTableModel`; columns are spoken of by key."""

    #: A cell is to be edited: its row and the key of its column.
    edit_requested = Signal(int, str)
    #: The name of a row was pressed.
    name_pressed = Signal(int)
    #: The user chose other widths or another order of columns; read `column_keys` and `chosen_widths`.
    columns_arranged = Signal()

    def __init__(
        self, name: str, table_model: GroupedTableModel[Any], rules: Sequence[ColumnRule], parent: QWidget | None = None
    ) -> None:
        super().__init__(name, kinds=[column.kind for column in table_model.columns], parent=parent)
        self._lazy = table_model
        self._rules = tuple(rules)
        self._shown = [rule.key for rule in rules if rule.shown]
        self._chosen: dict[str, int] = {}
        self._dropped: tuple[str, ...] = ()
        self._arranging = False
        self._editor: CellEditor | None = None
        self._edited = QPersistentModelIndex()
        self._current_id: int | None = None
        self._awaited_id: int | None = None
        self._head_key: tuple[object] | None = None
        self._place = 0
        self._row_before = NO_ROW
        self._arrange_soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._arrange_soon.timeout.connect(self._on_widths_settled)
        self.setModel(table_model)
        self.sum_column = table_model.column_of("amount")
        self._folding = GroupFolding(self, table_model)
        self._sticky = StickyHead(self, table_model)
        self.table_header.setStretchLastSection(False)
        self._scroll = OverlayScroll(self)
        self.table_header.sectionResized.connect(self._on_column_resized)
        self.table_header.sectionMoved.connect(self._on_column_moved)
        table_model.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        table_model.ids_replaced.connect(self._on_ids_replaced)
        table_model.checked_changed.connect(self._on_checked_changed)
        table_model.rowsInserted.connect(self._on_rows_shifted)
        table_model.rowsRemoved.connect(self._on_rows_shifted)
        self.checked_toggled.connect(table_model.toggle_checked)
        self.range_checked.connect(table_model.check_range)
        self.all_checked_toggled.connect(table_model.check_all)
        self.retry_requested.connect(table_model.retry)
        self.row_reached.connect(self._on_row_reached)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled_to)

    @property
    def column_keys(self) -> list[str]:
        """The columns the user wants to see, in order; narrow windows may leave the last ranks out."""
        return list(self._shown)

    @property
    def dropped_columns(self) -> tuple[str, ...]:
        """The columns there is no room for at present."""
        return self._dropped

    @property
    def chosen_widths(self) -> dict[str, int]:
        """The widths that the user set."""
        return dict(self._chosen)

    @property
    def current_id(self) -> int | None:
        """The record the keyboard is on."""
        return self._current_id

    @property
    def is_editing(self) -> bool:
        """Whether an editor stands over a cell."""
        return self._editor is not None

    def set_columns(self, shown: Sequence[str], widths: Mapping[str, int]) -> None:
        """Show these columns in this order, with the widths that the user once set."""
        known = {rule.key for rule in self._rules}
        wanted = [key for key in shown if key in known and key != CHECK]
        self._shown = [CHECK, *wanted] if NAME in wanted else [CHECK, NAME, *wanted]
        self._chosen = {key: int(width) for key, width in widths.items() if key in known}
        self.arrange()

    def arrange(self) -> None:
        """Give every column its width; those of the lowest rank give way where there is no room."""
        room = self.viewport().width()
        if room <= 0 or self._arranging:
            # A column that comes or goes may change the room: what is under way takes the new one.
            return
        zoom = self.theme.zoom
        metrics = self.theme.metrics
        rules = [ColumnRule(r.key, round(r.width * zoom), r.rank, r.stretch) for r in self._rules]
        edge = self.edge_padding - metrics.cell_pad
        fitted = fit_columns(rules, self._shown, self._chosen, room=room, edge=edge)
        self._dropped = fitted.dropped
        self._arranging = True
        try:
            self._apply(fitted.widths, room)
        finally:
            self._arranging = False
        self._sticky.update()

    def edit_cell(self, row: int, key: str, inputs: Sequence[ValueInput], values: Mapping[str, str]) -> CellEditor:
        """Put an editor over a cell; the caller listens to it and ends it."""
        self.end_editing()
        self._lazy.hold()
        self._edited = QPersistentModelIndex(self._lazy.index(row, self._lazy.column_of(key)))
        cell = self._lazy.index(row, self._lazy.column_of(key))
        # The keyboard stays on this column, so that the next `E` edits the same one.
        self.setCurrentIndex(cell)
        self.scrollTo(cell)
        self._editor = CellEditor(self.viewport(), inputs, values)
        self._editor.lie_over(self._edited_cell())
        self._editor.take_focus()
        return self._editor

    def end_editing(self) -> None:
        """Take the editor away and the keyboard back."""
        if self._editor is None:
            return
        editor, self._editor = self._editor, None
        focused = self.window().focusWidget()
        had_focus = focused is None or editor.isAncestorOf(focused)
        editor.end()
        self._lazy.release()
        if had_focus:
            self.setFocus()

    def go_to_record(self, local_id: int) -> None:
        """Put the keyboard on a record; one that is not listed yet, as soon as it is."""
        self._lazy.open_group_of(local_id)
        row = self._lazy.row_of(local_id)
        self._awaited_id = None if row >= 0 else local_id
        if row >= 0:
            self.go_to_row(row)

    def editable_neighbour(self, key: str, step: int) -> str:
        """The next column to the right (1) or left (-1) whose cells can be edited; "" at the end."""
        editable = [k for k in self._visible_keys() if self._lazy.columns[self._lazy.column_of(k)].field]
        if key not in editable:
            return ""
        place = editable.index(key) + step
        return editable[place] if 0 <= place < len(editable) else ""

    def current_key(self) -> str:
        """The column of the current cell, the name where none was chosen."""
        index = self.currentIndex()
        return self._lazy.columns[index.column()].key if index.isValid() else NAME

    def _visible_keys(self) -> list[str]:
        return [key for key in self._shown if key not in self._dropped]

    def _edited_cell(self) -> QRect:
        """The cell without its avatar: that stays in sight beside the editor."""
        key = self._lazy.columns[self._edited.column()].key
        inset = self.theme.metrics.avatar_s + self.theme.metrics.row_gap if key == NAME else 0
        return self.visualRect(self._lazy.index(self._edited.row(), self._edited.column())).adjusted(inset, 0, 0, 0)

    def _apply(self, widths: Mapping[str, int], room: int) -> None:
        header = self.table_header
        for place, key in enumerate(widths):
            header.moveSection(header.visualIndex(self._lazy.column_of(key)), place)
        left = room - sum(widths.values())
        last = list(widths)[-1]
        for number, column in enumerate(self._lazy.columns):
            shown = column.key in widths
            if header.isSectionHidden(number) == shown:
                self.setColumnHidden(number, not shown)
            if shown:
                # What is left over stands behind the last column, so that rows reach the edge of the table.
                header.resizeSection(number, widths[column.key] + (max(0, left) if column.key == last else 0))

    def _on_column_resized(self, section: int, _old: int, new: int) -> None:
        if self._arranging or new == 0:
            return
        self._chosen[self._lazy.columns[section].key] = new
        self._arrange_soon.start()

    def _on_widths_settled(self) -> None:
        self.arrange()
        self.columns_arranged.emit()

    def _on_column_moved(self, _section: int, _old: int, _new: int) -> None:
        if self._arranging:
            return
        header = self.table_header
        order = [self._lazy.columns[header.logicalIndex(place)].key for place in range(header.count())]
        moved = [key for key in order if key in self._shown]
        # The checkbox stays first; columns without room keep the place they had behind the others.
        self._shown = [CHECK, *(key for key in moved if key != CHECK)]
        self._arrange_soon.start()

    def step(self, step: int) -> None:
        """Go to the next record (1) or the one before (-1); heads are passed over."""
        row = self._lazy.record_row(self.current_row, step)
        if row >= 0:
            self.go_to_row(row)

    def _on_about_to_be_reset(self) -> None:
        self._place = self.verticalScrollBar().value()
        kept, self._row_before = self._current_id, self.current_row
        # In a tuple: the group of the records without a value has the key None.
        self._head_key = (self._lazy.key_at(self.current_row),) if self._lazy.is_head(self.current_row) else None
        self.blockSignals(True)
        self.go_to_row(NO_ROW)
        self.blockSignals(False)
        self._current_id = kept

    def _on_ids_replaced(self, is_other: bool) -> None:
        row = self._standing_row()
        if row >= 0 and row != self.current_row:
            self.setAutoScroll(False)
            self.blockSignals(True)
            self.go_to_row(row)
            self.blockSignals(False)
            self.setAutoScroll(True)
        elif row < 0 and self._current_id is not None:
            self._leave_gone_record(is_other=is_other)
        if is_other:
            self.scrollToTop()
        else:
            self.verticalScrollBar().setValue(self._place)
        self.table_header.set_check_state(self._lazy.check_state)
        if self._awaited_id is not None:
            self.go_to_record(self._awaited_id)
        self._tell_shown_rows()

    def _standing_row(self) -> int:
        """Where the head or the record stands now on which the keyboard was."""
        if self._head_key is not None:
            return self._lazy.head_row(self._head_key[0])
        return self._lazy.row_of(self._current_id)

    def _leave_gone_record(self, *, is_other: bool) -> None:
        """The keyboard stays in its place when the record under it is gone; on another list it is nowhere."""
        self._current_id = None
        row = NO_ROW if is_other else self._lazy.nearest_record(min(self._row_before, self._lazy.rowCount() - 1))
        if row >= 0 and self.window().focusWidget() is not self:
            # Somebody reads or writes in the panel: what is shown there stays.
            self.blockSignals(True)
            self.go_to_row(row)
            self.blockSignals(False)
            self._current_id = self._lazy.id_at(row)
        elif row >= 0:
            self.go_to_row(row)
        else:
            self.row_reached.emit(NO_ROW)

    def _on_checked_changed(self, _count: int) -> None:
        self.table_header.set_check_state(self._lazy.check_state)

    def _on_row_reached(self, row: int) -> None:
        self._awaited_id = None if row >= 0 else self._awaited_id
        self._current_id = self._lazy.id_at(row)

    def _on_rows_shifted(self) -> None:
        self._shift_rows()
        self._tell_shown_rows()

    def _on_scrolled_to(self, _value: int) -> None:
        self._tell_shown_rows()

    def _tell_shown_rows(self) -> None:
        self._sticky.follow()
        height = max(1, self.verticalHeader().defaultSectionSize())
        first = self.verticalScrollBar().value() // height
        self._lazy.show_rows(first, min(first + self.viewport().height() // height + 1, self._lazy.rowCount() - 1))

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = ENSURE_VISIBLE
    ) -> None:
        super().scrollTo(index, hint)
        if index.isValid():
            self._sticky.uncover(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F2 and self.current_row >= 0:
            self.edit_requested.emit(self.current_row, self.current_key())
            return
        if not self._folding.press(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        modifiers = event.modifiers()
        several = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and modifiers & several:
            extend = bool(modifiers & Qt.KeyboardModifier.ShiftModifier)
            if extend and self._last_checked < 0:
                self._last_checked = max(0, self.current_row)
            self._check_pressed(index.row(), extend=extend)
            self.go_to_row(index.row())
            return
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.button() != Qt.MouseButton.LeftButton or not plain or not index.isValid():
            return
        if self._lazy.columns[index.column()].key == NAME and self._lazy.row_at(index.row()) is not None:
            self.name_pressed.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self._lazy.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit_requested.emit(index.row(), self._lazy.columns[index.column()].key)
            return
        super().mouseDoubleClickEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()
        if self._editor is not None:
            self._editor.lie_over(self._edited_cell())
        self._tell_shown_rows()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.arrange()
