"""One of the ways to start: a card that can be chosen."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended
from ui.theme.shapes import LEFT, crisp, draw_text, panel, square, text_width
from ui.theme.tokens import FOCUS_WIDTH, HAIRLINE
from ui.widgets.themed import ThemedButton, set_focus_shape


class StartChoice(ThemedButton):
    """70 high; chosen it has a 2 px accent border on accent-soft. Exclusive among its siblings."""

    def __init__(self, title: str, sentence: str, *, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._sentence = sentence
        self._icon = icon
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        texts = max(
            text_width(self.theme.font("body-strong"), self._title),
            text_width(self.theme.font("caption"), self._sentence),
        )
        return QSize(texts + 2 * metrics.card_pad + metrics.icon_l + metrics.group_gap, metrics.start_choice)

    def minimumSizeHint(self) -> QSize:
        metrics = self.theme.metrics
        return QSize(metrics.rail, metrics.start_choice)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        chosen = self.isChecked()
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            ground = palette.accent_soft if chosen else blended(palette.raised, palette.hover, self.hover.value)
            panel(
                painter,
                self.rect(),
                fill=ground,
                border=palette.accent if chosen else palette.line,
                radius=metrics.radius,
                width=FOCUS_WIDTH if chosen else HAIRLINE,
            )
            line, small = self.theme.fonts.line_height("body"), self.theme.fonts.line_height("caption")
            top = (self.height() - line - small) // 2
            icon = square(metrics.card_pad, line, metrics.icon_l).translated(0, top)
            colour = palette.accent_text if chosen else palette.text_2
            self.theme.icons.paint(painter, icon, self._icon, colour)
            left = metrics.card_pad + metrics.icon_l + metrics.group_gap
            width = self.width() - left - metrics.space_8
            draw_text(
                painter,
                QRect(left, top, width, line),
                self._title,
                font=self.theme.font("body-strong"),
                colour=palette.text,
                align=LEFT,
                elide=True,
            )
            draw_text(
                painter,
                QRect(left, top + line, width, small),
                self._sentence,
                font=self.theme.font("caption"),
                colour=palette.text_2,
                align=LEFT,
                elide=True,
            )
        painter.end()
        needed = text_width(self.theme.font("caption"), self._sentence)
        self.setToolTip(self._sentence if needed > self.width() - metrics.card_pad * 4 else "")
