"""Numbers and money: right-aligned, with figures of one width, never shortened."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter

from ui.delegates.cell_delegate import PLACEHOLDER_SHARES, CellDelegate
from ui.delegates.roles import RowState
from ui.theme.shapes import fill_box
from ui.theme.tokens import TextRole


class NumberCell(CellDelegate):
    """Formatted text from the model; a dash stands for no number."""

    def text_role(self) -> TextRole:
        return "body-medium"

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        theme = self.host.theme
        text = index.data()
        known = text is not None and text != ""
        faint = not known or bool(state & RowState.DIMMED)
        theme.lettering.write(
            painter,
            rect,
            str(text) if known else "–",
            font=theme.font("body-medium", tabular=True),
            colour=theme.palette.text_3 if faint else theme.palette.text,
            right=True,
            elide=False,
        )

    def paint_placeholder(self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> None:
        theme = self.host.theme
        height = theme.metrics.space_8
        share = PLACEHOLDER_SHARES[(index.row() + index.column()) % len(PLACEHOLDER_SHARES)] * 0.75
        width = round(rect.width() * share)
        top = rect.y() + (rect.height() - height) // 2
        bar = QRect(rect.right() + 1 - width, top, width, height)
        fill_box(painter, bar, theme.palette.pressed, radius=height / 2)
