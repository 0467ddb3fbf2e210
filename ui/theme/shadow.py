"""The shadow of level 2, painted once per colour, radius and ratio and stretched as a nine-patch."""

from typing import Final

from PySide6.QtCore import QMargins, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPixmap

from ui.theme.tokens import Metrics

STEPS: Final = 3
"""Box blurs in a row; three come within a few per cent of a Gaussian."""


class Shadow:
    """Paints the soft shadow around a frame of level 2 into a translucent margin."""

    def __init__(self) -> None:
        self._patches: dict[tuple[int, int, int, float], QPixmap] = {}

    def margins(self, metrics: Metrics) -> QMargins:
        """The translucent space a popup leaves around its frame."""
        side = metrics.shadow_margin
        return QMargins(side, side, side, side)

    def paint(
        self, painter: QPainter, frame: QRect, *, radius: int, colour: QColor, metrics: Metrics
    ) -> None:
        """Paint the shadow of a frame; nothing of it lies further away than the shadow margin."""
        ratio = painter.device().devicePixelRatio()
        margin = metrics.shadow_margin
        key = (colour.rgba(), radius, margin, ratio)
        patch = self._patches.get(key)
        if patch is None:
            patch = self._patches[key] = _rendered_patch(
                colour, radius=radius, margin=margin, drop=metrics.shadow_drop, ratio=ratio
            )
        _draw_nine(painter, frame.marginsAdded(self.margins(metrics)), patch, corner=margin + radius + 2)


def _rendered_patch(colour: QColor, *, radius: int, margin: int, drop: int, ratio: float) -> QPixmap:
    corner = margin + radius + 2
    # The blur and the drop together end where the margin does, so nothing is cut off.
    lift = min(drop, margin / 4)
    side = round((2 * corner + 1) * ratio)
    alpha = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    alpha.fill(Qt.GlobalColor.transparent)
    painter = QPainter(alpha)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(ratio, ratio)
    shape = QPainterPath()
    inner = 2 * corner + 1 - 2 * margin
    shape.addRoundedRect(QRectF(margin, margin, inner, inner), radius, radius)
    painter.fillPath(shape, colour)
    painter.end()
    blurred = _blurred(alpha, radius=max(1, round((margin - lift) * ratio / STEPS)))
    shifted = QPixmap(side, side)
    shifted.fill(Qt.GlobalColor.transparent)
    painter = QPainter(shifted)
    painter.drawImage(0, round(lift * ratio), blurred)
    painter.end()
    shifted.setDevicePixelRatio(ratio)
    return shifted


def _blurred(image: QImage, *, radius: int) -> QImage:
    """Average with shifted copies of itself, along both axes; runs once per patch."""
    result = image
    for _ in range(STEPS):
        for horizontal in (True, False):
            result = _box(result, radius=radius, horizontal=horizontal)
    return result


def _box(image: QImage, *, radius: int, horizontal: bool) -> QImage:
    blurred = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    blurred.fill(Qt.GlobalColor.transparent)
    painter = QPainter(blurred)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Plus)
    painter.setOpacity(1.0 / (2 * radius + 1))
    for step in range(-radius, radius + 1):
        painter.drawImage(step if horizontal else 0, 0 if horizontal else step, image)
    painter.end()
    return blurred


def _draw_nine(painter: QPainter, target: QRect, patch: QPixmap, *, corner: int) -> None:
    ratio = patch.devicePixelRatio()
    cut = round(corner * ratio)
    side = patch.width()
    columns = ((0, cut), (cut, side - 2 * cut), (side - cut, cut))
    xs = (
        (target.left(), corner),
        (target.left() + corner, target.width() - 2 * corner),
        (target.right() + 1 - corner, corner),
    )
    ys = (
        (target.top(), corner),
        (target.top() + corner, target.height() - 2 * corner),
        (target.bottom() + 1 - corner, corner),
    )
    for (y, height), (source_y, source_height) in zip(ys, columns, strict=True):
        for (x, width), (source_x, source_width) in zip(xs, columns, strict=True):
            painter.drawPixmap(
                QRect(x, y, width, height), patch, QRect(source_x, source_y, source_width, source_height)
            )
