"""Single lines of text, measured, shortened and laid out once; a repaint of a table shapes nothing twice."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

KEPT: Final = 8192


class Lettering:
    """Keeps what it measured; fonts are told apart by identity, so callers pass those of the theme."""

    def __init__(self) -> None:
        self._metrics: dict[int, tuple[QFont, QFontMetricsF]] = {}
        self._widths: dict[tuple[int, str], float] = {}
        self._elided: dict[tuple[int, int, str], str] = {}
        self._laid_out: dict[tuple[int, str], tuple[QStaticText, float]] = {}

    def width(self, font: QFont, text: str) -> float:
        """Advance of a text in logical pixels."""
        key = (id(font), text)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= KEPT:
                self._widths.clear()
            width = self._widths[key] = self._metrics_of(font).horizontalAdvance(text)
        return width

    def elided(self, font: QFont, text: str, width: int) -> str:
        """The text, or its beginning with an ellipsis where it is wider."""
        if self.width(font, text) <= width:
            return text
        key = (id(font), width, text)
        elided = self._elided.get(key)
        if elided is None:
            if len(self._elided) >= KEPT:
                self._elided.clear()
            metrics = self._metrics_of(font)
            elided = self._elided[key] = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
        return elided

    def write(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        font: QFont,
        colour: QColor,
        right: bool = False,
        elide: bool = True,
    ) -> float:
        """Write one line in the middle of a rectangle's height, at an end; gives the width used."""
        if elide:
            text = self.elided(font, text, rect.width())
        if not text:
            return 0.0
        key = (id(font), text)
        kept = self._laid_out.get(key)
        if kept is None:
            if len(self._laid_out) >= KEPT:
                self._laid_out.clear()
            kept = self._laid_out[key] = self._built(font, text)
        static, height = kept
        width = self.width(font, text)
        left = rect.x() + rect.width() - width if right else rect.x()
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawStaticText(QPointF(left, rect.y() + (rect.height() - height) / 2), static)
        return width

    def forget(self) -> None:
        """Drop everything; the fonts are others now."""
        for kept in (self._metrics, self._widths, self._elided, self._laid_out):
            kept.clear()

    def _built(self, font: QFont, text: str) -> tuple[QStaticText, float]:
        static = QStaticText(text)
        static.setTextFormat(Qt.TextFormat.PlainText)
        static.prepare(font=font)
        return static, self._metrics_of(font).height()

    def _metrics_of(self, font: QFont) -> QFontMetricsF:
        # The font is kept beside its metrics, so its identity cannot pass to another one.
        kept = self._metrics.get(id(font))
        if kept is None:
            kept = self._metrics[id(font)] = (font, QFontMetricsF(font))
        return kept[1]
