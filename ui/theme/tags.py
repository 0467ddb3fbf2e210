"""Painter of tags, for widgets and for cells alike."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from ui.theme.shapes import fill_box, square
from ui.theme.theme import Theme
from ui.theme.tokens import Tone


def tag_width(theme: Theme, text: str, *, icon: str = "") -> int:
    """Width of a tag around its text."""
    metrics = theme.metrics
    width = round(theme.lettering.width(theme.font("caption-medium"), text) + 0.5) + 2 * metrics.tag_pad
    return width + metrics.icon_xs + metrics.space_4 if icon else width


def paint_tag(
    painter: QPainter,
    rect: QRect,
    text: str,
    *,
    tone: Tone,
    theme: Theme,
    icon: str = "",
    elide: bool = False,
) -> None:
    """Paint a tag that fills the rectangle."""
    metrics, colours = theme.metrics, theme.tone(tone)
    fill_box(painter, rect, colours.soft, radius=metrics.radius_s)
    inner = rect.adjusted(metrics.tag_pad, 0, -metrics.tag_pad, 0)
    if icon:
        box = square(inner.left(), rect.height(), metrics.icon_xs).translated(0, rect.top())
        theme.icons.paint(painter, box, icon, colours.text)
        inner.adjust(metrics.icon_xs + metrics.space_4, 0, 0, 0)
    font = theme.font("caption-medium")
    theme.lettering.write(painter, inner, text, font=font, colour=colours.text, elide=elide)
