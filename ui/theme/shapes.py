"""Painters of plain shapes: filled and bordered boxes, hairlines, rings and text on one line."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from ui.theme.tokens import DISABLED_OPACITY, HAIRLINE

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
_ONE_LINE = Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip


@contextmanager
def crisp(painter: QPainter, *, enabled: bool = True) -> Iterator[QPainter]:
    """Antialiasing on, the disabled opacity where asked for, and everything as before afterwards."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not enabled:
        painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
    try:
        yield painter
    finally:
        painter.restore()


def fill_box(painter: QPainter, rect: QRect | QRectF, colour: QColor, *, radius: float) -> None:
    """A filled rounded box without a border."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(rect), radius, radius)


def border_box(
    painter: QPainter, rect: QRect | QRectF, colour: QColor, *, radius: float, width: float = HAIRLINE
) -> None:
    """The border of a rounded box, wholly inside it."""
    half = width / 2
    painter.setPen(QPen(colour, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half)


def panel(
    painter: QPainter,
    rect: QRect | QRectF,
    *,
    fill: QColor,
    border: QColor,
    radius: float,
    width: float = HAIRLINE,
) -> None:
    """A filled box with a border."""
    half = width / 2
    painter.setPen(QPen(border, width))
    painter.setBrush(fill)
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius - half, radius - half)


def dashed_box(painter: QPainter, rect: QRect | QRectF, colour: QColor, *, radius: float) -> None:
    """The dashed border of a place something can be added or dropped."""
    pen = QPen(colour, HAIRLINE)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius - 0.5, radius - 0.5)


def hairline(painter: QPainter, *, start: int, end: int, y: int, colour: QColor) -> None:
    """A horizontal line one logical pixel high at y."""
    painter.fillRect(QRect(start, y, end - start, HAIRLINE), colour)


def arc_ring(
    painter: QPainter, rect: QRectF, colour: QColor, *, width: float, start: float = 0.0, share: float = 1.0
) -> None:
    """Part of a ring from `start` turns after 12 o'clock, clockwise over `share` turns, with round ends."""
    half = width / 2
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap if share < 1.0 else Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    box = rect.adjusted(half, half, -half, -half)
    if share >= 1.0:
        painter.drawEllipse(box)
    elif share > 0.0:
        painter.drawArc(box, round((0.25 - start) * 5760), -round(share * 5760))


def polyline(painter: QPainter, points: list[QPointF], pen: QPen) -> None:
    """A line through points with round ends."""
    line = QPen(pen)
    line.setCapStyle(Qt.PenCapStyle.RoundCap)
    line.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(line)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(points)


def square(left: int, height: int, side: int) -> QRect:
    """A square of a side, its left edge given, centred in a height that starts at 0."""
    return QRect(left, (height - side) // 2, side, side)


def text_width(font: QFont, text: str) -> int:
    """Width of a text in whole logical pixels, never a pixel short."""
    return int(QFontMetricsF(font).horizontalAdvance(text) + 0.99)


def draw_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    *,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
    elide: bool = False,
) -> None:
    """One line of text in a rectangle; elided at the end where asked for."""
    if elide:
        text = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, align | _ONE_LINE, text)


def rounded_path(rect: QRectF, radius: float) -> QPainterPath:
    """A rounded rectangle to clip by."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    return path
