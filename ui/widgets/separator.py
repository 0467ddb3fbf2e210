"""A hairline between things."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.tokens import HAIRLINE, ColourRole
from ui.widgets.themed import Themed


class Separator(Themed):
    """One logical pixel, across or upright; always one, at every zoom."""

    def __init__(self, *, upright: bool = False, colour: ColourRole = "line", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._upright = upright
        self._colour: ColourRole = colour
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else wide, wide if upright else fixed)

    def sizeHint(self) -> QSize:
        return QSize(HAIRLINE, HAIRLINE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour(self._colour))
        painter.end()
