"""Painters of the small marks of controls: tick, checkbox, radio, switch, key cap and busy ring."""

from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from ui.theme.shapes import CENTRE, arc_ring, draw_text, fill_box, panel, polyline, text_width
from ui.theme.theme import Theme
from ui.theme.tokens import MARK_STROKE

BUSY_SHARE: Final = 0.28


def paint_check(painter: QPainter, box: QRectF, colour: QColor, *, width: float = 1.75) -> None:
    """The tick, on a grid of sixteen."""
    unit = box.width() / 16
    points = [QPointF(box.x() + x * unit, box.y() + y * unit) for x, y in ((4.4, 8.4), (6.9, 10.9), (11.6, 5.6))]
    polyline(painter, points, QPen(colour, width * unit))


def paint_checkbox(painter: QPainter, box: QRect, state: Qt.CheckState, *, theme: Theme, hovered: bool = False) -> None:
    """The 16 px box: empty, ticked, or with a dash for some of the rows."""
    palette, radius = theme.palette, theme.metrics.radius_check
    if state is Qt.CheckState.Unchecked:
        border = palette.text_3 if hovered else palette.field_line
        panel(painter, box, fill=palette.raised, border=border, radius=radius, width=1.25)
        return
    fill_box(painter, box, palette.accent_hover if hovered else palette.accent, radius=radius)
    if state is Qt.CheckState.PartiallyChecked:
        middle = box.y() + box.height() / 2
        unit = box.width() / 16
        ends = [QPointF(box.x() + 4.5 * unit, middle), QPointF(box.x() + 11.5 * unit, middle)]
        polyline(painter, ends, QPen(palette.on_accent, 1.75 * unit))
    else:
        paint_check(painter, QRectF(box), palette.on_accent, width=1.9)


def paint_radio(painter: QPainter, box: QRect, *, on: bool, theme: Theme, hovered: bool = False) -> None:
    """The 16 px circle; on, a ring of 5 px around white."""
    palette = theme.palette
    if on:
        ring = palette.accent_hover if hovered else palette.accent
        fill_box(painter, box, ring, radius=box.width() / 2)
        inset = box.width() * 5 / 16
        fill_box(
            painter,
            QRectF(box).adjusted(inset, inset, -inset, -inset),
            palette.on_accent,
            radius=box.width() / 2 - inset,
        )
    else:
        border = palette.text_3 if hovered else palette.field_line
        panel(painter, box, fill=palette.raised, border=border, radius=box.width() / 2, width=MARK_STROKE)


def paint_switch(painter: QPainter, box: QRect, *, position: float, theme: Theme) -> None:
    """The 32 x 18 switch with its knob between off (0) and on (1)."""
    palette = theme.palette
    fill_box(painter, box, blended(palette.field_line, palette.accent, position), radius=box.height() / 2)
    inset = (box.height() - theme.metrics.switch_knob) / 2
    knob = theme.metrics.switch_knob
    left = box.x() + inset + position * (box.width() - knob - 2 * inset)
    fill_box(painter, QRectF(left, box.y() + inset, knob, knob), palette.on_accent, radius=knob / 2)


def blended(first: QColor, second: QColor, share: float) -> QColor:
    """The colour a share of the way from the first to the second."""
    if share <= 0.0:
        return first
    if share >= 1.0:
        return second
    keep = 1.0 - share
    return QColor.fromRgbF(
        first.redF() * keep + second.redF() * share,
        first.greenF() * keep + second.greenF() * share,
        first.blueF() * keep + second.blueF() * share,
        first.alphaF() * keep + second.alphaF() * share,
    )


def paint_busy(painter: QPainter, box: QRectF, colour: QColor, *, turn: float) -> None:
    """The 14 px ring of work in progress at a turn between 0 and 1."""
    track = QColor(colour)
    track.setAlphaF(0.3)
    width = box.width() / 7
    arc_ring(painter, box, track, width=width)
    arc_ring(painter, box, colour, width=width, start=turn, share=BUSY_SHARE)


def key_cap_width(text: str, theme: Theme) -> int:
    """Width of a key cap around its text."""
    metrics = theme.metrics
    return max(metrics.key_cap, text_width(theme.font("caption-medium"), text) + 2 * metrics.key_cap_pad)


def paint_key_cap(painter: QPainter, rect: QRect, text: str, *, theme: Theme, colour: QColor | None = None) -> None:
    """A key on a keyboard; with a colour it takes it for border and text, as on a primary button."""
    palette = theme.palette
    if colour is None:
        panel(painter, rect, fill=palette.raised, border=palette.line_strong, radius=theme.metrics.radius_check)
    else:
        border = QColor(colour)
        border.setAlphaF(0.5)
        panel(
            painter,
            rect,
            fill=QColor(Qt.GlobalColor.transparent),
            border=border,
            radius=theme.metrics.radius_check,
        )
    draw_text(painter, rect, text, font=theme.font("caption-medium"), colour=colour or palette.text_2, align=CENTRE)
