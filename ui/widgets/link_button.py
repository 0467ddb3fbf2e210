"""A button that looks like a link: text in accent, no frame, with an icon and a hint where wanted."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import LEFT, crisp, draw_text, square, text_width
from ui.theme.tokens import ColourRole, TextRole
from ui.widgets.themed import ThemedButton, set_focus_shape

HINT_OPACITY = 0.8


class LinkButton(ThemedButton):
    """Small actions at the end of a row or in a toast; the hint is the key that does the same.

    One that `elides` gives up the end of its text where there is no room and says it in the tooltip.
    """

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        hint: str = "",
        colour: ColourRole = "accent_text",
        hint_colour: ColourRole = "text_2",
        role: TextRole = "body-medium",
        elides: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._hint = hint
        self._colour: ColourRole = colour
        self._hint_colour: ColourRole = hint_colour
        self._role: TextRole = role
        self._elides = elides
        self.set_label(text)
        across = QSizePolicy.Policy.Preferred if elides else QSizePolicy.Policy.Fixed
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_label(self, text: str) -> None:
        """Show another text."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius_s)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = text_width(self.theme.font(self._role), self._label) + 2 * metrics.space_4
        if self._icon:
            width += metrics.icon_s + metrics.space_6
        if self._hint:
            width += metrics.row_gap + text_width(self.theme.font("caption"), self._hint)
        return QSize(width, metrics.control_s)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 2 * self.theme.metrics.space_32), hint.height()) if self._elides else hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elides:
            self.setToolTip(self._label if self.width() < self.sizeHint().width() else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            colour = QColor(self.theme.colour(self._colour))
            left = metrics.space_4
            if self._icon:
                box = square(left, self.height(), metrics.icon_s)
                self.theme.icons.paint(painter, box, self._icon, colour)
                left += metrics.icon_s + metrics.space_6
            font = self.theme.font(self._role)
            width = text_width(font, self._label)
            if self._elides:
                width = min(width, self.width() - left - metrics.space_4)
            rect = QRect(left, 0, width, self.height())
            draw_text(painter, rect, self._label, font=font, colour=colour, align=LEFT, elide=self._elides)
            if self.hover.value > 0.5 or self.isDown():
                baseline = self.height() // 2 + metrics.space_8
                painter.fillRect(QRect(left, baseline, width, 1), colour)
            if self._hint:
                rect = QRect(left + width + metrics.row_gap, 0, self.width(), self.height())
                hint = QColor(self.theme.colour(self._hint_colour))
                hint.setAlphaF(HINT_OPACITY)
                draw_text(painter, rect, self._hint, font=self.theme.font("caption"), colour=hint, align=LEFT)
        painter.end()
