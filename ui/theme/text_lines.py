"""Wrapped text of at most a few lines with the line height of the type scale, laid out once per width."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

KEPT = 2048


class TextLines:
    """Breaks texts into lines and keeps them; the last line allowed ends in an ellipsis."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, int, int, str], tuple[QFont, tuple[str, ...]]] = {}

    def lines(self, text: str, *, font: QFont, width: int, most: int) -> tuple[str, ...]:
        """The lines of a text in a font the caller keeps alive."""
        key = (id(font), width, most, text)
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            # The font is kept beside the lines, so its id cannot pass to another one.
            kept = self._kept[key] = (font, _broken(text, font=font, width=width, most=most))
        return kept[1]

    def forget(self) -> None:
        """Drop everything; fonts changed."""
        self._kept.clear()


def paint_lines(
    painter: QPainter,
    corner: QPointF,
    lines: tuple[str, ...],
    *,
    font: QFont,
    colour: QColor,
    line_height: int,
) -> None:
    """Paint lines below each other from a corner."""
    metrics = QFontMetricsF(font)
    painter.setFont(font)
    painter.setPen(colour)
    baseline = (line_height - metrics.height()) / 2 + metrics.ascent()
    for number, line in enumerate(lines):
        painter.drawText(QPointF(corner.x(), corner.y() + number * line_height + baseline), line)


def _broken(text: str, *, font: QFont, width: int, most: int) -> tuple[str, ...]:
    flat = " ".join(text.split())
    if not flat or width <= 0:
        return ()
    layout = QTextLayout(flat, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start = line.textStart()
        rest = flat[start:]
        if len(lines) + 1 == most and line.textLength() < len(rest):
            lines.append(QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, width))
            break
        lines.append(flat[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return tuple(lines)
