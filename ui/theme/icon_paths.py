"""Outlines of icons on a unit square: the font's glyphs, and the few the font does not have."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from ui.theme.icon_font import character_of, icon_font
from ui.theme.tokens import ICON_GRID, ICON_STROKE

OUTLINE_SIZE: Final = 512
FONT_STROKE: Final = 1.25
"""Stroke of the regular weight on the 20 grid; the rest up to the design's is added around it."""

DRAWN_PREFIX: Final = "drawn:"


def _board() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3, 3.5, 3.5, 12), 1, 1)
    path.addRoundedRect(QRectF(8.25, 3.5, 3.5, 7), 1, 1)
    path.addRoundedRect(QRectF(13.5, 3.5, 3.5, 9.5), 1, 1)
    return path


def _plug() -> QPainterPath:
    path = QPainterPath()
    path.moveTo(7.5, 2.5)
    path.lineTo(7.5, 6.5)
    path.moveTo(12.5, 2.5)
    path.lineTo(12.5, 6.5)
    path.moveTo(4.5, 6.5)
    path.lineTo(15.5, 6.5)
    path.lineTo(15.5, 8.5)
    path.arcTo(QRectF(4.5, 3, 11, 11), 0, -180)
    path.lineTo(4.5, 6.5)
    path.moveTo(10, 14)
    path.lineTo(10, 17.5)
    return path


def _sidebar() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.75, 3.75, 14.5, 12.5), 2, 2)
    path.moveTo(7.75, 3.75)
    path.lineTo(7.75, 16.25)
    return path


def _field() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 5.5, 15, 9), 2, 2)
    path.moveTo(5.75, 8)
    path.lineTo(5.75, 12)
    return path


def _merge() -> QPainterPath:
    path = QPainterPath()
    for side in (4.0, 16.0):
        path.moveTo(side, 3.5)
        path.lineTo(side, 5.0)
        path.quadTo(side, 7.2, (side + 10) / 2 + (side - 10) * 0.1, 8.6)
        path.lineTo(10, 11)
    path.lineTo(10, 16.5)
    return path


DRAWN: Final[dict[str, Callable[[], QPainterPath]]] = {
    "board": _board,
    "merge": _merge,
    "plug": _plug,
    "sidebar": _sidebar,
    "field": _field,
}


class IconOutline:
    """One icon, ready to be painted at any size in the pen colour."""

    def __init__(self, glyph: str) -> None:
        self._drawn = glyph.startswith(DRAWN_PREFIX)
        if self._drawn:
            scale = 1.0 / ICON_GRID
            path = DRAWN[glyph.removeprefix(DRAWN_PREFIX)]()
        else:
            scale = 1.0 / OUTLINE_SIZE
            path = QPainterPath()
            path.addText(QPointF(0, OUTLINE_SIZE), icon_font(OUTLINE_SIZE), character_of(glyph))
        self._path = QTransform.fromScale(scale, scale).map(path)

    def paint(self, painter: QPainter, rect: QRectF, pen: QPen) -> None:
        """Paint into a square; the pen brings the colour, its width is set here."""
        size = rect.width()
        stroke = ICON_STROKE if self._drawn else ICON_STROKE - FONT_STROKE
        line = QPen(pen)
        line.setWidthF(stroke / ICON_GRID)
        line.setCapStyle(Qt.PenCapStyle.RoundCap)
        line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        painter.scale(size, size)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush if self._drawn else line.brush())
        painter.drawPath(self._path)
        painter.restore()
