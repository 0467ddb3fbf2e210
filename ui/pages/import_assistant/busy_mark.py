"""The busy ring standing in a layout, in the place of an icon."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from ui.theme.shapes import crisp, square
from ui.widgets.busy_ring import BusyRing
from ui.widgets.themed import Themed


class BusyMark(Themed):
    """Shown only while work is running that takes longer than a moment."""

    def __init__(self) -> None:
        super().__init__()
        self._ring = BusyRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_running(self, running: bool) -> None:
        """Start or end."""
        self.setVisible(running)
        if running is not self._ring.is_running:
            self._ring.set_running(running)

    def sizeHint(self) -> QSize:
        side = self.theme.metrics.icon_s
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._ring.is_visible:
            return
        painter = QPainter(self)
        with crisp(painter):
            box = square(0, self.height(), self.theme.metrics.icon_s).adjusted(1, 1, -1, -1)
            self._ring.paint(painter, box, self.theme.palette.text_2)
        painter.end()
