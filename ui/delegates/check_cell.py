"""The checkbox at the start of a row."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QPainter

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import RowState
from ui.theme.marks import paint_checkbox
from ui.theme.shapes import fill_box, square


class CheckCell(CellDelegate):
    """Checked or not by the row's state; in a row with an error the alert icon stands here."""

    def _box(self, rect: QRect) -> QRect:
        return square(rect.left(), rect.height(), self.host.theme.metrics.mark).translated(0, rect.top())

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked = Qt.CheckState.Checked if state & RowState.CHECKED else Qt.CheckState.Unchecked
        paint_checkbox(painter, self._box(rect), checked, theme=self.host.theme)

    def paint_placeholder(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        theme = self.host.theme
        fill_box(painter, self._box(rect), theme.palette.pressed, radius=theme.metrics.radius_check)

    def paint_error_lead(self, painter: QPainter, rect: QRect) -> None:
        self.host.theme.icons.paint(painter, self._box(rect), "warning", "bad")

    def hidden_text(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> str:
        return ""
