"""One key, or several in a row, as they look on a keyboard."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import key_cap_width, paint_key_cap
from ui.theme.shapes import crisp
from ui.widgets.themed import Themed


class KeyCap(Themed):
    """18 high; give one text per key."""

    def __init__(self, *keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setAccessibleName(" ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = sum(key_cap_width(key, self.theme) for key in self._keys)
        return QSize(width + metrics.space_4 * max(0, len(self._keys) - 1), metrics.key_cap)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, left = self.theme.metrics, 0
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            for key in self._keys:
                width = key_cap_width(key, self.theme)
                top = (self.height() - metrics.key_cap) // 2
                paint_key_cap(painter, QRect(left, top, width, metrics.key_cap), key, theme=self.theme)
                left += width + metrics.space_4
        painter.end()
