"""Tooltips of our own: inverted, rounded, with the shortcut in a fainter tone; also for keyboard users."""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, text_width
from ui.widgets.themed import Themed

HINT_OPACITY = 0.8
WIDEST = 320


class Tooltip(Themed):
    """One frameless label: a text, and a shortcut after a tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._hint = ""
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_tip(self, tip: str) -> None:
        """Show a text; what follows a tab is its shortcut."""
        self._text, _tab, self._hint = tip.partition("\t")
        self.setAccessibleName(tip.replace("\t", ", "))
        self.resize(self.sizeHint())
        self.update()

    def _margins(self) -> QMargins:
        metrics = self.theme.metrics
        return QMargins(metrics.chip_pad, metrics.space_6, metrics.chip_pad, metrics.space_6)

    def _lines(self) -> list[str]:
        """The text in lines no wider than the widest tooltip."""
        font = self.theme.font("caption")
        lines: list[str] = []
        for paragraph in self._text.split("\n"):
            line = ""
            for word in paragraph.split(" "):
                longer = f"{line} {word}" if line else word
                if line and text_width(font, longer) > WIDEST:
                    lines.append(line)
                    longer = word
                line = longer
            lines.append(line)
        return lines

    def sizeHint(self) -> QSize:
        font, lines = self.theme.font("caption"), self._lines()
        width = max(text_width(font, line) for line in lines)
        if self._hint:
            width += self.theme.metrics.row_gap + text_width(font, self._hint)
        height = len(lines) * self.theme.fonts.line_height("caption")
        margins = self._margins()
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, font = self.theme.palette, self.theme.font("caption")
        painter = QPainter(self)
        with crisp(painter):
            fill_box(painter, self.rect(), palette.toast, radius=self.theme.metrics.radius)
            inner = self.rect().marginsRemoved(self._margins())
            line = self.theme.fonts.line_height("caption")
            for number, text in enumerate(self._lines()):
                rect = QRect(inner.x(), inner.y() + number * line, inner.width(), line)
                draw_text(painter, rect, text, font=font, colour=palette.toast_text, align=LEFT)
            if self._hint:
                faint = QColor(palette.toast_text)
                faint.setAlphaF(HINT_OPACITY)
                left = inner.right() + 1 - text_width(font, self._hint)
                rect = QRect(left, inner.y(), inner.width(), line)
                draw_text(painter, rect, self._hint, font=font, colour=faint, align=LEFT)
        painter.end()
