"""The head of the group that is scrolled through stays at the top of a list, until the next one pushes it out."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.delegates.group_head import paint_group_head
from ui.delegates.roles import CellRole
from ui.models.grouped_table_model import GroupedTableModel
from ui.widgets.data_table import DataTable


class StickyHead(QWidget):
    """Lies over the first row of the viewport and does what the head itself would do there."""

    def __init__(self, table: DataTable, model: GroupedTableModel[Any]) -> None:
        super().__init__(table)
        self._table = table
        self._model = model
        self._head_row = -1
        self.hide()
        model.dataChanged.connect(self.update)
        table.row_reached.connect(self.update)

    @property
    def head_row(self) -> int:
        """The row whose head it shows, -1 while it is out of sight."""
        return self._head_row

    def follow(self) -> None:
        """The list was scrolled, or it is another one."""
        height = self._table.verticalHeader().defaultSectionSize()
        place = self._table.verticalScrollBar().value()
        head = self._model.head_row_of(place // max(1, height)) if self._model.is_grouped else -1
        # On its own place the head shows itself.
        self._head_row = head if head >= 0 and place > head * height else -1
        if self._head_row >= 0:
            below = self._model.head_row_below(head)
            pushed = min(height, below * height - place) if below >= 0 else height
            ground = self._table.viewport().geometry()
            self.setGeometry(ground.x(), ground.y(), ground.width(), pushed)
            self.update()
        self.setVisible(self._head_row >= 0)

    def uncover(self, row: int) -> None:
        """Scroll so far that a row is not behind it."""
        top = self._table.rowViewportPosition(row)
        height = self._table.verticalHeader().defaultSectionSize()
        if self._head_row >= 0 and not self._model.is_head(row) and 0 <= top < height:
            bar = self._table.verticalScrollBar()
            bar.setValue(bar.value() - (height - top))

    def paintEvent(self, _event: QPaintEvent) -> None:
        head = self._model.index(self._head_row, 0).data(CellRole.GROUP) if self._head_row >= 0 else None
        if head is None:
            return
        places = self._table.head_places
        height = self._table.verticalHeader().defaultSectionSize()
        line = QRect(places.left, self.height() - height, places.right - places.left, height)
        painter = QPainter(self)
        paint_group_head(painter, line, head, host=self._table, places=places, row=self._head_row)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._head_row
        if event.button() != Qt.MouseButton.LeftButton or row < 0:
            return
        on_box = event.position().x() < self._table.head_places.name_left - self._table.theme.metrics.cell_pad
        if on_box or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._table.checked_toggled.emit(row)
            return
        self._table.go_to_row(row)
        self._table.group_pressed.emit(row)
