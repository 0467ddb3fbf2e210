"""A share as a ring with a number in its middle."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.motion import Transition
from ui.theme.shapes import CENTRE, arc_ring, crisp, draw_text
from ui.theme.tokens import ColourRole, TextRole
from ui.widgets.themed import Themed

STROKES: dict[int, int] = {22: 3, 72: 7, 124: 11}


class Ring(Themed):
    """Round ends, from 12 o'clock; 22, 72 or 124 across, fills once over 150 ms."""

    def __init__(
        self,
        name: str,
        *,
        diameter: int = 72,
        fill: ColourRole = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._diameter = diameter
        self._fill: ColourRole = fill
        self._text = ""
        self._caption = ""
        self._glide = Transition(self, self.update)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_ring(self, share: float, *, text: str = "", caption: str = "") -> None:
        """Show a share between 0 and 1, a number in the middle and a word under it."""
        self._text = text
        self._caption = caption
        self.setAccessibleName(" ".join(part for part in (self._name, text, caption) if part))
        self._glide.go(min(1.0, max(0.0, share)), self.theme.motion.celebrate if self.isVisible() else 0)
        self.update()

    def _side(self) -> int:
        return round(self._diameter * self.theme.zoom)

    def sizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _text_role(self) -> TextRole:
        if self._diameter >= 124:
            return "display"
        return "title" if self._diameter >= 72 else "caption-strong"

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, side = self.theme.palette, self._side()
        width = STROKES.get(self._diameter, round(self._diameter * 0.095)) * self.theme.zoom
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            arc_ring(painter, box, palette.line, width=width)
            arc_ring(painter, box, self.theme.colour(self._fill), width=width, share=self._glide.value)
            middle = box.toRect()
            role = self._text_role()
            if self._caption:
                line, small = self.theme.fonts.line_height(role), self.theme.fonts.line_height("caption")
                top = middle.center().y() - (line + small) // 2
                upper = QRect(middle.x(), top, middle.width(), line)
                lower = QRect(middle.x(), top + line, middle.width(), small)
                draw_text(
                    painter,
                    lower,
                    self._caption,
                    font=self.theme.font("caption"),
                    colour=palette.text_3,
                    align=CENTRE,
                )
                middle = upper
            draw_text(painter, middle, self._text, font=self.theme.font(role), colour=palette.text, align=CENTRE)
        painter.end()
