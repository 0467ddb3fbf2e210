"""Avatars: initials, the colour pair an id always gets, and the painter that keeps its pixmaps."""

from collections.abc import Callable
from typing import Final
from zlib import crc32

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from ui.theme.shapes import fill_box
from ui.theme.tokens import AvatarColours, Palette

INITIALS_SHARE: Final = 0.4
SMALLEST_INITIALS: Final = 10
KEPT_PIXMAPS: Final = 2048


def initials_of(name: str) -> str:
    """First letters of the first and the last word, in capitals; one for one word, none for no name."""
    words = [word for word in name.replace("&", " ").split() if word[0].isalnum()]
    if not words:
        return ""
    letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()


def pair_of(stable_id: int | str, pairs: int = 8) -> int:
    """Which colour pair an id has; the same in every run and on every machine."""
    return crc32(str(stable_id).encode()) % pairs


class Avatars:
    """Paints avatars of one theme and keeps what it painted."""

    def __init__(self, palette: Callable[[], Palette[QColor]], glyph_font: Callable[[int], QFont]) -> None:
        self._palette = palette
        self._glyph_font = glyph_font
        self._pixmaps: dict[tuple[str, int, int, bool, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, *, name: str, stable_id: int | str, rounded: bool = False) -> None:
        """Paint an avatar into a square: round for people, a rounded square for companies and providers."""
        ratio = painter.device().devicePixelRatio()
        pixmap = self.pixmap(rect.width(), name=name, stable_id=stable_id, rounded=rounded, ratio=ratio)
        painter.drawPixmap(rect.topLeft(), pixmap)

    def pixmap(
        self, size: int, *, name: str, stable_id: int | str, rounded: bool = False, ratio: float = 1.0
    ) -> QPixmap:
        """An avatar of `size` logical pixels."""
        pairs = self._palette().avatars
        pair = pair_of(stable_id, len(pairs))
        initials = initials_of(name)
        key = (initials, pair, size, rounded, int(pairs[pair].background.rgba()), ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            if len(self._pixmaps) >= KEPT_PIXMAPS:
                self._pixmaps.clear()
            pixmap = self._pixmaps[key] = self._rendered(initials, pairs[pair], size=size, rounded=rounded, ratio=ratio)
        return pixmap

    def _rendered(
        self, initials: str, pair: AvatarColours[QColor], *, size: int, rounded: bool, ratio: float
    ) -> QPixmap:
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = (8 if size >= 32 else 7 if size >= 24 else 6) if rounded else size / 2
        fill_box(painter, QRectF(0, 0, size, size), pair.background, radius=radius)
        painter.setFont(self._glyph_font(max(SMALLEST_INITIALS, round(size * INITIALS_SHARE))))
        painter.setPen(pair.text)
        painter.drawText(
            QRect(QPoint(0, 0), pixmap.deviceIndependentSize().toSize()),
            Qt.AlignmentFlag.AlignCenter,
            initials,
        )
        painter.end()
        return pixmap
