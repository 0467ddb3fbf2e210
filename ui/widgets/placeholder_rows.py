"""Rows that are still on their way: bars where text will be, standing still."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.shapes import crisp, fill_box, hairline
from ui.theme.theme import Theme
from ui.widgets.themed import Themed

SHARES = (0.72, 0.55, 0.64, 0.48, 0.6)


def paint_placeholder_bar(painter: QPainter, rect: QRect, *, share: float, theme: Theme) -> None:
    """One bar 8 high at the left of a rectangle, as wide as a share of it."""
    height = theme.metrics.space_8
    bar = QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, rect.width() * share, height)
    fill_box(painter, bar, theme.palette.pressed, radius=height / 2)


class PlaceholderRows(Themed):
    """As many rows as fit, with the shape of an avatar at the left where wanted."""

    def __init__(
        self, *, columns: int = 3, avatars: bool = True, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._columns = columns
        self._avatars = avatars
        self.setAccessibleName(name or self.tr("Loading"))

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width, self.theme.row_height * 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        height = self.theme.row_height
        painter = QPainter(self)
        with crisp(painter):
            for row in range(self.height() // height):
                self._paint_row(painter, row, top=row * height)
                hairline(
                    painter,
                    start=0,
                    end=self.width(),
                    y=(row + 1) * height - 1,
                    colour=self.theme.palette.line,
                )
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, *, top: int) -> None:
        metrics, height = self.theme.metrics, self.theme.row_height
        left = metrics.page_margin
        if self._avatars:
            side = metrics.avatar_s
            circle = QRect(left, top + (height - side) // 2, side, side)
            fill_box(painter, circle, self.theme.palette.pressed, radius=side / 2)
            left += side + metrics.group_gap
        width = (self.width() - left - metrics.page_margin) // self._columns
        for column in range(self._columns):
            rect = QRect(left + column * width, top, width, height)
            share = SHARES[(row + 2 * column) % len(SHARES)]
            paint_placeholder_bar(painter, rect, share=share, theme=self.theme)
