"""A card in the hand: it follows the pointer over the window, level 2 with the accent as its border."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.delegates.deal_card import CardFace, paint_dragged
from ui.theme.shapes import crisp
from ui.widgets.themed import Themed


class DragCard(Themed):
    """Takes no part in what the pointer does: it is only looked at."""

    def __init__(self, face: CardFace, size: QSize, hot_spot: QPoint, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = face
        self._over = parent
        self._hot_spot = hot_spot
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        margins = self.theme.shadow.margins(self.theme.metrics)
        self.resize(size.grownBy(margins))
        self.setAccessibleName(face.title)

    def follow(self, pointer: QPoint) -> None:
        """Lie under the pointer, which is at this point of the screen."""
        margins = self.theme.shadow.margins(self.theme.metrics)
        corner = self._over.mapFromGlobal(pointer) - self._hot_spot
        self.move(corner - QPoint(margins.left(), margins.top()))

    @property
    def card(self) -> QRect:
        """The card without its shadow, in the coordinates of the parent."""
        return self.geometry().marginsRemoved(self.theme.shadow.margins(self.theme.metrics))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with crisp(painter):
            inside = self.rect().marginsRemoved(self.theme.shadow.margins(self.theme.metrics))
            paint_dragged(painter, inside, self._face, theme=self.theme)
        painter.end()
