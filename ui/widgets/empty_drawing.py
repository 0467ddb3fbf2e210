"""The drawing of an empty page: two cards and a badge, from the shapes of real cards."""

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import crisp, fill_box, panel, polyline
from ui.widgets.themed import Themed

ADD = "add"
TILT = -7.0
IN_CARD = 0.7


class EmptyDrawing(Themed):
    """208 x 132 in line-strong, in a card seven tenths of that; decorative.

    The badge is a plus where something can be added, else the icon of what happened, in grey.
    """

    def __init__(self, *, badge: str = ADD, in_card: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._badge = badge
        self._scale = IN_CARD if in_card else 1.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def badge(self) -> str:
        """The icon in the badge."""
        return self._badge

    def set_badge(self, badge: str) -> None:
        """Put another icon into the badge."""
        self._badge = badge
        self.update()

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
            self._paint_badge(painter, QRectF(145, 86, 36, 36))
        painter.end()

    def _paint_badge(self, painter: QPainter, circle: QRectF) -> None:
        palette, radius = self.theme.palette, circle.width() / 2
        if self._badge != ADD:
            panel(painter, circle, fill=palette.hover, border=palette.line_strong, radius=radius)
            inset = (circle.width() - self.theme.metrics.icon_m) / 2
            box = circle.adjusted(inset, inset, -inset, -inset).toAlignedRect()
            self.theme.icons.paint(painter, box, self._badge, palette.text_2)
            return
        fill_box(painter, circle, palette.accent, radius=radius)
        middle, arm = circle.center(), 8
        pen = QPen(palette.on_accent, 2.25)
        across, down = QPointF(arm, 0), QPointF(0, arm)
        polyline(painter, [middle - across, middle + across], pen)
        polyline(painter, [middle - down, middle + down], pen)
