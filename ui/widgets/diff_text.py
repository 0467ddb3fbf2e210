"""A change in one line: what was, struck through, an arrow, and what is."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, square, text_width
from ui.theme.tokens import Tone
from ui.widgets.themed import Themed


class DiffText(Themed):
    """Old and new value; the new one stands on the soft colour of its tone."""

    def __init__(self, old: str, new: str, *, tone: Tone = Tone.OK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_change(old, new)

    def set_change(self, old: str, new: str) -> None:
        """Show another change."""
        self._old = old
        self._new = new
        self.setAccessibleName(self.tr("{old}, now {new}").format(old=old, new=new))
        self.setToolTip(f"{old} → {new}")
        self.updateGeometry()
        self.update()

    def _struck(self) -> QFont:
        font = QFont(self.theme.font("body"))
        font.setStrikeOut(True)
        return font

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = text_width(self._struck(), self._old) + text_width(self.theme.font("body"), self._new)
        marks = metrics.icon_xs + 2 * metrics.space_6 + 2 * metrics.space_4
        return QSize(width + marks, self.theme.fonts.line_height("body") + metrics.space_2)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.space_32 * 2, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            left = 0
            if self._old:
                half = max(0, self.width() // 2 - metrics.icon_s)
                width = min(text_width(self._struck(), self._old), half)
                rect = QRect(0, 0, width, self.height())
                draw_text(
                    painter,
                    rect,
                    self._old,
                    font=self._struck(),
                    colour=palette.text_3,
                    align=LEFT,
                    elide=True,
                )
                left = width + metrics.space_6
            arrow = square(left, self.height(), metrics.icon_xs)
            self.theme.icons.paint(painter, arrow, "arrow-right", palette.text_3)
            left += metrics.icon_xs + metrics.space_6
            font = self.theme.font("body")
            room = self.width() - left - 2 * metrics.space_4
            width = min(text_width(font, self._new), room)
            ground = QRect(left, 0, width + 2 * metrics.space_4, self.height())
            fill_box(painter, ground, self.theme.tone(self._tone).soft, radius=metrics.radius_xs)
            text = ground.adjusted(metrics.space_4, 0, 0, 0)
            text.setWidth(width)
            draw_text(painter, text, self._new, font=font, colour=palette.text, align=LEFT, elide=True)
        painter.end()
