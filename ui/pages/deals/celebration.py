"""The mark of a win: a ring with a tick that fills once, and twelve short rays that come with it and stay."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.motion import Transition
from ui.theme.shapes import arc_ring, crisp, fill_box, polyline
from ui.widgets.themed import Themed

SIZE: Final = 84
RING: Final = 58
STROKE: Final = 5
RAYS: Final = 12
RAY_FROM: Final = 35
RAY_TO: Final = 41
_TICK: Final = ((17.5, 30.0), (26.0, 38.0), (41.0, 21.5))


class Celebration(Themed):
    """Painted at once with reduced motion."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = Transition(self, self.update)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def share(self) -> float:
        """How much of the ring is there."""
        return self._fill.value

    def celebrate(self) -> None:
        """Fill the ring; a second call does nothing."""
        self._fill.go(1.0, self.theme.motion.celebrate)

    def sizeHint(self) -> QSize:
        side = round(SIZE * self.theme.zoom)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, unit = self.theme.palette, self.theme.zoom
        middle = QPointF(self.width() / 2, self.height() / 2)
        half = RING * unit / 2
        ring = QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)
        painter = QPainter(self)
        with crisp(painter):
            fill_box(painter, ring, palette.ok_soft, radius=half)
            arc_ring(painter, ring, palette.ok_fill, width=STROKE * unit, share=self._fill.value)
            if self._fill.value > 0.0:
                colours = (palette.accent, palette.chart[1], palette.gold_fill)
                for ray in range(RAYS):
                    angle = math.tau * ray / RAYS
                    way = QPointF(math.sin(angle), -math.cos(angle))
                    ends = [middle + way * (RAY_FROM * unit), middle + way * (RAY_TO * unit)]
                    polyline(painter, ends, QPen(colours[(ray + 2) % len(colours)], 2 * unit))
            corner = ring.topLeft()
            tick = [corner + QPointF(x * unit, y * unit) for x, y in _TICK]
            polyline(painter, tick, QPen(palette.ok, 4 * unit))
        painter.end()
