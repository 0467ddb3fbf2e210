"""A plain area in one ground colour, with hairlines at its edges where asked for."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.tokens import HAIRLINE, ColourRole
from ui.widgets.themed import Themed

NO_EDGE = Qt.Edge(0)


class Surface(Themed):
    """Rail, page, panel, foot: a ground and perhaps a line at an edge."""

    def __init__(
        self, ground: ColourRole = "surface", *, lines: Qt.Edge = NO_EDGE, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._ground: ColourRole = ground
        self._lines = lines

    def set_ground(self, ground: ColourRole) -> None:
        """Take another ground."""
        self._ground = ground
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour(self._ground))
        line, width, height = self.theme.palette.line, self.width(), self.height()
        edges = {
            Qt.Edge.TopEdge: QRect(0, 0, width, HAIRLINE),
            Qt.Edge.BottomEdge: QRect(0, height - HAIRLINE, width, HAIRLINE),
            Qt.Edge.LeftEdge: QRect(0, 0, HAIRLINE, height),
            Qt.Edge.RightEdge: QRect(width - HAIRLINE, 0, HAIRLINE, height),
        }
        for edge, rect in edges.items():
            if self._lines & edge:
                painter.fillRect(rect, line)
        painter.end()
