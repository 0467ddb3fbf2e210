"""The sign of the program: an M on a rounded square in the accent."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import crisp, fill_box, polyline
from ui.theme.theme import Theme
from ui.widgets.themed import Themed

_LETTER: Final = ((0.305, 0.71), (0.305, 0.335), (0.51, 0.55), (0.715, 0.335), (0.715, 0.71))
"""The stroke of the M as shares of the square's side."""
_STROKE: Final = 0.0875
_RADIUS: Final = 0.27
_ICON_SIDES: Final = (16, 24, 32, 48, 64, 128, 256)


def paint_brand_mark(painter: QPainter, side: int, theme: Theme) -> None:
    """Paint the sign into a square at the origin."""
    with crisp(painter):
        fill_box(painter, QRect(0, 0, side, side), theme.palette.accent, radius=side * _RADIUS)
        points = [QPointF(x * side, y * side) for x, y in _LETTER]
        polyline(painter, points, QPen(theme.palette.on_accent, _STROKE * side))


def brand_icon(theme: Theme) -> QIcon:
    """The sign as the icon of the window."""
    icon = QIcon()
    for side in _ICON_SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_brand_mark(painter, side, theme)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


class BrandMark(Themed):
    """The sign in one size, decorative beside the name."""

    def __init__(self, *, large: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._large = large
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        side = metrics.avatar_m if self._large else metrics.avatar_s
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_brand_mark(painter, self.sizeHint().width(), self.theme)
        painter.end()
