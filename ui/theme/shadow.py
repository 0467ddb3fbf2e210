"""The shadow of level 2, painted once per colour, radius and ratio and stretched as a nine-patch."""

from typing import Final

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from ui.theme.tokens import Metrics

STEPS: Final = 3
"""Box blurs in a row; three come within a few per cent of a Gaussian."""

SPREAD: Final = 0.5
FADE: Final = 0.3
"""Radius of a box and width of the fading edge, as shares of the margin."""

COARSE: Final = 0.5
"""A blur has no detail: it is computed at half size and scaled up."""

# Averages of averages in eight bits would end in visible steps.
_DEEP: Final = QImage.Format.Format_RGBA64_Premultiplied


class Shadow:
    """Paints the soft shadow around a frame of level 2 into a translucent margin."""

    def __init__(self) -> None:
        self._patches: dict[tuple[int, int, int, int, int, float], QImage] = {}

    def margins(self, metrics: Metrics) -> QMargins:
        """The translucent space a popup leaves around its frame."""
        side = metrics.shadow_margin
        return QMargins(side, side, side, side)

    def paint(self, painter: QPainter, frame: QRect, *, radius: int, colour: QColor, metrics: Metrics) -> None:
        """Paint the shadow of a frame; nothing of it lies further away than the shadow margin."""
        ratio = painter.device().devicePixelRatio()
        margin = metrics.shadow_margin
        target = frame.marginsAdded(self.margins(metrics))
        # A frame too small for two whole corners gets a patch of its own height or width.
        most = 2 * _corner(radius=radius, margin=margin) + 1
        width, height = min(most, target.width()), min(most, target.height())
        key = (colour.rgba(), radius, margin, width, height, ratio)
        patch = self._patches.get(key)
        if patch is None:
            patch = self._patches[key] = _rendered_patch(
                colour, QSize(width, height), radius=radius, margin=margin, drop=metrics.shadow_drop
            ).scaled(
                QSize(round(width * ratio), round(height * ratio)),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        _draw_nine(painter, target, patch, ratio=ratio)


def _corner(*, radius: int, margin: int) -> int:
    """How far a corner of the patch reaches: the margin, the rounding and the inner half of the blur."""
    return margin + radius + round(margin * SPREAD * STEPS)


def _rendered_patch(colour: QColor, size: QSize, *, radius: int, margin: int, drop: int) -> QImage:
    """The shadow of a frame with its margin, `size` in all, at the coarse scale."""
    # Drawn with the same room again around it, so that the blur has its whole reach before it is cut.
    canvas = _transparent((size + QSize(2 * margin, 2 * margin)) * COARSE)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(COARSE, COARSE)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour.red(), colour.green(), colour.blue()))
    frame = QRectF(2 * margin, 2 * margin + drop, size.width() - 2 * margin, size.height() - 2 * margin)
    painter.drawRoundedRect(frame, radius, radius)
    painter.end()
    blurred = _blurred(canvas, radius=max(1, round(margin * SPREAD * COARSE)))
    cut = round(margin * COARSE)
    patch = blurred.copy(QRect(QPoint(cut, cut), size * COARSE))
    painter = QPainter(patch)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
    painter.drawImage(0, 0, _fading_edge(patch.size(), inset=max(2, round(margin * FADE * COARSE))))
    painter.fillRect(patch.rect(), QColor(0, 0, 0, colour.alpha()))
    painter.end()
    return patch.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _fading_edge(size: QSize, *, inset: int) -> QImage:
    """Opaque in the middle, nothing at the edges: the shadow ends before its margin does."""
    mask = _transparent(size)
    painter = QPainter(mask)
    painter.fillRect(mask.rect().adjusted(inset, inset, -inset, -inset), Qt.GlobalColor.black)
    painter.end()
    return _blurred(mask, radius=max(1, inset // STEPS))


def _transparent(size: QSize) -> QImage:
    image = QImage(size, _DEEP)
    image.fill(Qt.GlobalColor.transparent)
    return image


def _blurred(image: QImage, *, radius: int) -> QImage:
    """Average with shifted copies of itself, along both axes; runs once per patch."""
    result = image
    for _ in range(STEPS):
        for horizontal in (True, False):
            result = _box(result, radius=radius, horizontal=horizontal)
    return result


def _box(image: QImage, *, radius: int, horizontal: bool) -> QImage:
    """The mean of all shifts up to a radius: every further one enters with its share of those so far."""
    blurred = _transparent(image.size())
    painter = QPainter(blurred)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
    for number, step in enumerate(range(-radius, radius + 1), start=1):
        painter.setOpacity(1.0 / number)
        painter.drawImage(step if horizontal else 0, 0 if horizontal else step, image)
    painter.end()
    return blurred


def _draw_nine(painter: QPainter, target: QRect, patch: QImage, *, ratio: float) -> None:
    columns = _thirds(target.left(), target.width(), patch.width(), ratio)
    rows = _thirds(target.top(), target.height(), patch.height(), ratio)
    for y, height, source_y, source_height in rows:
        for x, width, source_x, source_width in columns:
            if width > 0 and height > 0:
                source = QRect(source_x, source_y, source_width, source_height)
                painter.drawImage(QRect(x, y, width, height), patch, source)


def _thirds(start: int, length: int, source: int, ratio: float) -> tuple[tuple[int, int, int, int], ...]:
    """Beginning, stretched middle and end: start and length, and the same in the patch."""
    whole = round(source / ratio)
    if length <= whole:
        return ((start, length, 0, source),)
    end = whole // 2
    cut = round(end * ratio)
    return (
        (start, end, 0, cut),
        (start + end, length - 2 * end, cut, 1),
        (start + length - end, end, source - cut, cut),
    )
