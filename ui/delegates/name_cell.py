"""A name with its avatar, on one line or with a second line below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellRole, RowState
from ui.theme.shapes import fill_box, square
from ui.theme.tokens import TextRole


class NameCell(CellDelegate):
    """Avatar 24, name 500; without an avatar id the name starts at the left."""

    def text_role(self) -> TextRole:
        return "body-medium"

    def _text_rect(self, rect: QRect) -> QRect:
        metrics = self.host.theme.metrics
        return rect.adjusted(metrics.avatar_s + metrics.row_gap, 0, 0, 0)

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        theme = self.host.theme
        name = str(index.data() or "")
        avatar_id = index.data(CellRole.AVATAR_ID)
        if avatar_id is not None:
            box = square(rect.left(), rect.height(), theme.metrics.avatar_s).translated(0, rect.top())
            theme.avatars.paint(
                painter,
                box,
                name=str(index.data(CellRole.AVATAR_NAME) or name),
                stable_id=avatar_id,
                rounded=bool(index.data(CellRole.AVATAR_ROUNDED)),
            )
            rect = self._text_rect(rect)
        colour = theme.palette.text_3 if state & RowState.DIMMED else theme.palette.text
        second = index.data(CellRole.SECONDARY) if rect.height() >= theme.metrics.row_two_lines else None
        if not second:
            self.write(painter, rect, name, role="body-medium", colour=colour)
            return
        line, small = theme.fonts.line_height("body"), theme.fonts.line_height("caption")
        top = rect.y() + (rect.height() - line - small) // 2
        upper = QRect(rect.x(), top, rect.width(), line)
        self.write(painter, upper, name, role="body-medium", colour=colour)
        lower = QRect(rect.x(), top + line, rect.width(), small)
        self.write(painter, lower, str(second), role="caption", colour=theme.palette.text_2)

    def paint_placeholder(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        theme = self.host.theme
        side = theme.metrics.avatar_s
        box = square(rect.left(), rect.height(), side).translated(0, rect.top())
        fill_box(painter, box, theme.palette.pressed, radius=side / 2)
        super().paint_placeholder(painter, self._text_rect(rect), index)

    def hidden_text(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> str:
        return super().hidden_text(self._text_rect(rect), index)
