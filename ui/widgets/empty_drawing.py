"""The drawing of an empty page: two cards and a plus, from the shapes of real cards."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import crisp, fill_box, panel, polyline
from ui.widgets.themed import Themed

TILT = -7.0
IN_CARD = 0.7


class EmptyDrawing(Themed):
    """208 x 132 in line-strong, in a card seven tenths of that; decorative."""

    def __init__(self, *, in_card: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = IN_CARD if in_card else 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        return QSize(round(metrics.empty_width * self._scale), round(metrics.empty_height * self._scale))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius
        painter = QPainter(self)
        with crisp(painter):
            scale = self.width() / 208
            painter.scale(scale, scale)
            painter.save()
            painter.translate(74, 62)
            painter.rotate(TILT)
            panel(
                painter,
                QRectF(-52, -34, 104, 68),
                fill=palette.raised,
                border=palette.line_strong,
                radius=radius,
            )
            painter.restore()
            card = QRectF(44, 34, 120, 76)
            panel(painter, card, fill=palette.raised, border=palette.line_strong, radius=radius)
            fill_box(painter, QRectF(55, 46, 22, 22), palette.accent_soft_2, radius=11)
            fill_box(painter, QRectF(84, 50, 54, 5), palette.line_strong, radius=2.5)
            fill_box(painter, QRectF(84, 60, 36, 5), palette.line, radius=2.5)
            fill_box(painter, QRectF(56, 79, 96, 5), palette.line, radius=2.5)
            fill_box(painter, QRectF(56, 90, 64, 5), palette.line, radius=2.5)
            fill_box(painter, QRectF(145, 86, 36, 36), palette.accent, radius=18)
            pen = QPen(palette.on_accent, 2.25)
            polyline(painter, [QPointF(155, 104), QPointF(171, 104)], pen)
            polyline(painter, [QPointF(163, 96), QPointF(163, 112)], pen)
        painter.end()
