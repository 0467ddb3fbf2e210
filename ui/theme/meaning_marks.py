"""Painters of marks with a meaning by shape and colour (risk, sentiment, age); one for all places."""

from typing import Final

from PySide6.QtCore import QCoreApplication, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from ui.theme.shapes import arc_ring, fill_box, polyline, text_width
from ui.theme.theme import Theme
from ui.theme.tokens import MARK_STROKE, RiskLevel, Sentiment

DASHES: Final = 8
AGE_PIPS: Final = 4

_POLYGONS: Final = {
    RiskLevel.HIGH: ((6.0, 1.4), (11.3, 10.6), (0.7, 10.6)),
    RiskLevel.CRITICAL: ((6.0, 0.7), (11.3, 6.0), (6.0, 11.3), (0.7, 6.0)),
}


def risk_word(level: RiskLevel) -> str:
    """The level as the user reads it."""
    words = {
        RiskLevel.UNKNOWN: QCoreApplication.translate("Risk", "Not enough evidence"),
        RiskLevel.LOW: QCoreApplication.translate("Risk", "Low"),
        RiskLevel.MEDIUM: QCoreApplication.translate("Risk", "Medium"),
        RiskLevel.HIGH: QCoreApplication.translate("Risk", "High"),
        RiskLevel.CRITICAL: QCoreApplication.translate("Risk", "Critical"),
    }
    return words[level]


def sentiment_word(mood: Sentiment) -> str:
    """The mood as the user reads it."""
    words = {
        Sentiment.UNSURE: QCoreApplication.translate("Sentiment", "Unsure"),
        Sentiment.POSITIVE: QCoreApplication.translate("Sentiment", "Positive"),
        Sentiment.NEUTRAL: QCoreApplication.translate("Sentiment", "Neutral"),
        Sentiment.NEGATIVE: QCoreApplication.translate("Sentiment", "Negative"),
    }
    return words[mood]


def paint_risk_shape(painter: QPainter, box: QRectF, level: RiskLevel, *, colour: QColor) -> None:
    """The shape of a level: circle, half-filled square, triangle, diamond; dashed circle for none."""
    unit = box.width() / 12
    if level is RiskLevel.UNKNOWN:
        _dashed_circle(painter, box.adjusted(unit, unit, -unit, -unit), colour, width=MARK_STROKE * unit)
    elif level is RiskLevel.LOW:
        arc_ring(painter, box.adjusted(unit, unit, -unit, -unit), colour, width=2 * unit)
    elif level is RiskLevel.MEDIUM:
        _half_square(painter, box.adjusted(unit, unit, -unit, -unit), colour, unit=unit)
    else:
        pen = QPen(colour, unit)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(colour)
        points = [QPointF(box.x() + x * unit, box.y() + y * unit) for x, y in _POLYGONS[level]]
        painter.drawPolygon(QPolygonF(points))


def risk_texts(level: RiskLevel, number: str) -> tuple[str, str]:
    """Number and word beside the shape; an abstention has only its words."""
    return ("", risk_word(level)) if level is RiskLevel.UNKNOWN else (number, risk_word(level))


def risk_width(theme: Theme, level: RiskLevel, number: str) -> int:
    """Width of shape, number and word."""
    metrics, font = theme.metrics, theme.font("caption-medium", tabular=True)
    number, word = risk_texts(level, number)
    width = metrics.risk_mark + metrics.space_6 + text_width(font, word)
    return width + text_width(font, number) + metrics.space_6 if number else width


def paint_risk(painter: QPainter, rect: QRect, level: RiskLevel, *, number: str, theme: Theme) -> None:
    """Shape, number and word, left-aligned and centred in the height of the rectangle; never colour alone."""
    metrics = theme.metrics
    colour = theme.palette.risk[level].text
    side = metrics.risk_mark
    shape = QRectF(rect.x(), rect.y() + (rect.height() - side) / 2, side, side)
    paint_risk_shape(painter, shape, level, colour=colour)
    number, word = risk_texts(level, number)
    text = rect.adjusted(side + metrics.space_6, 0, 0, 0)
    font = theme.font("caption-medium", tabular=True)
    if number:
        used = theme.lettering.write(painter, text, number, font=font, colour=colour, elide=False)
        text.adjust(round(used) + metrics.space_6, 0, 0, 0)
    theme.lettering.write(painter, text, word, font=font, colour=colour)


def paint_sentiment(painter: QPainter, box: QRectF, mood: Sentiment, *, theme: Theme) -> None:
    """The dot of a mood on a grid of ten: plus, open, minus, dashed."""
    colour = theme.palette.sentiment[mood]
    unit = box.width() / 10
    if mood is Sentiment.UNSURE:
        _dashed_circle(painter, box.adjusted(unit, unit, -unit, -unit), colour, width=1.25 * unit)
        return
    if mood is Sentiment.NEUTRAL:
        arc_ring(painter, box.adjusted(unit, unit, -unit, -unit), colour, width=1.5 * unit)
        return
    fill_box(painter, box, colour, radius=box.width() / 2)
    pen = QPen(theme.palette.raised, 1.5 * unit)
    middle = box.center()
    reach = 2.25 * unit
    polyline(painter, [middle - QPointF(reach, 0), middle + QPointF(reach, 0)], pen)
    if mood is Sentiment.POSITIVE:
        polyline(painter, [middle - QPointF(0, reach), middle + QPointF(0, reach)], pen)


def paint_age_pips(painter: QPainter, rect: QRect, heat: int, *, theme: Theme) -> None:
    """Four pips of which `heat` (0 to 4) are lit; the number of days stands beside them."""
    risk = theme.palette.risk
    lit = risk[RiskLevel.LOW if heat <= 2 else RiskLevel.MEDIUM if heat == 3 else RiskLevel.HIGH].fill
    side, gap = theme.metrics.space_4, theme.metrics.space_2
    top = rect.y() + (rect.height() - side) / 2
    for pip in range(AGE_PIPS):
        box = QRectF(rect.x() + pip * (side + gap), top, side, side)
        fill_box(painter, box, lit if pip < heat else theme.palette.line_strong, radius=1.5)


def _half_square(painter: QPainter, square: QRectF, colour: QColor, *, unit: float) -> None:
    path = QPainterPath()
    path.addRoundedRect(square, 2 * unit, 2 * unit)
    window = QRectF(square.x() + 1.75 * unit, square.y() + 1.75 * unit, square.width() - 3.5 * unit, 3 * unit)
    path.addRoundedRect(window, 0.5 * unit, 0.5 * unit)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPath(path)


def _dashed_circle(painter: QPainter, box: QRectF, colour: QColor, *, width: float) -> None:
    for dash in range(DASHES):
        arc_ring(painter, box, colour, width=width, start=dash / DASHES, share=0.05)
