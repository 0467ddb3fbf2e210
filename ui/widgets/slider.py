"""A slider over a few steps; arrows, Home and End move it, a press goes there."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from ui.theme.shapes import crisp, fill_box, panel
from ui.theme.theme import theme_of
from ui.widgets.themed import set_focus_shape

TRACK = 4
THUMB = 14


class Slider(QSlider):
    """Flat track, the part before the thumb in the accent."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.theme = theme_of()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_shape(self, radius=self.theme.metrics.radius_s)
        self.theme.theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(self._px(160), self.theme.metrics.control_s)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._px(60), self.theme.metrics.control_s)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, thumb, track = self.theme.palette, self._px(THUMB), self._px(TRACK)
        middle = self.height() // 2
        line = QRect(thumb // 2, middle - track // 2, self.width() - thumb, track)
        left = line.left() + round(line.width() * self._share())
        painter = QPainter(self)
        with crisp(painter):
            fill_box(painter, line, palette.sunken, radius=track / 2)
            fill_box(painter, QRect(line.topLeft(), QSize(left - line.left(), track)), palette.accent, radius=track / 2)
            circle = QRectF(left - thumb / 2, middle - thumb / 2, thumb, thumb)
            panel(painter, circle.toRect(), fill=palette.raised, border=palette.accent, radius=thumb / 2)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def _go_to(self, x: float) -> None:
        thumb = self._px(THUMB)
        room = max(1, self.width() - thumb)
        share = min(1.0, max(0.0, (x - thumb / 2) / room))
        self.setValue(self.minimum() + round(share * (self.maximum() - self.minimum())))

    def _share(self) -> float:
        steps = self.maximum() - self.minimum()
        return (self.value() - self.minimum()) / steps if steps else 1.0

    def _px(self, design: int) -> int:
        return round(design * self.theme.zoom)
