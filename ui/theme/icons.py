"""Icons by our own names in the theme's colours, rendered once per colour, size and device pixel ratio."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPen, QPixmap

from ui.theme.icon_names import GLYPHS
from ui.theme.icon_paths import IconOutline
from ui.theme.tokens import DISABLED_OPACITY, ColourRole, Palette


class Icons:
    """The icon set of one theme; painted pixmaps are kept, colours are asked for when painting."""

    def __init__(self, palette: Callable[[], Palette[QColor]]) -> None:
        self._palette = palette
        self._outlines: dict[str, IconOutline] = {}
        self._pixmaps: dict[tuple[str, int, int, float], QPixmap] = {}

    def colour(self, role: ColourRole) -> QColor:
        """The colour a role has right now."""
        return self._palette().colour(role)

    def paint(self, painter: QPainter, rect: QRect, name: str, colour: QColor | ColourRole) -> None:
        """Paint an icon into a square of logical pixels."""
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect.topLeft(), self.pixmap(name, colour, rect.width(), ratio=ratio))

    def paint_at(self, painter: QPainter, corner: QPoint, size: int, *, name: str, colour: QColor | ColourRole) -> None:
        """Paint an icon of a size with its upper left corner at a point."""
        self.paint(painter, QRect(corner, QSize(size, size)), name, colour)

    def pixmap(self, name: str, colour: QColor | ColourRole, size: int, *, ratio: float = 1.0) -> QPixmap:
        """An icon of `size` logical pixels for a device pixel ratio; KeyError for a name that is not ours."""
        tint = colour if isinstance(colour, QColor) else self.colour(colour)
        key = (name, tint.rgba(), size, ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = self._rendered(name, tint, size=size, ratio=ratio)
        return pixmap

    def icon(self, name: str, role: ColourRole = "text_2", size: int = 16) -> QIcon:
        """An icon for menus and actions that follows every change of the theme by itself."""
        return QIcon(_ThemedIconEngine(self, name, role=role, size=size))

    def _rendered(self, name: str, tint: QColor, *, size: int, ratio: float) -> QPixmap:
        outline = self._outlines.get(name)
        if outline is None:
            outline = self._outlines[name] = IconOutline(GLYPHS[name])
        pixmap = QPixmap(round(size * ratio), round(size * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        outline.paint(painter, QRectF(0, 0, size, size), QPen(tint))
        painter.end()
        return pixmap


class _ThemedIconEngine(QIconEngine):
    """Asks the icon set at every paint, so nothing has to be told about a new theme."""

    def __init__(self, icons: Icons, name: str, *, role: ColourRole, size: int) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._role: ColourRole = role
        self._size = size

    def clone(self) -> QIconEngine:
        return _ThemedIconEngine(self._icons, self._name, role=self._role, size=self._size)

    def actualSize(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State
    ) -> QSize:
        return QSize(min(size.width(), self._size), min(size.height(), self._size))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        square = QRect(rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2, side, side)
        painter.save()
        if mode == QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
        self._icons.paint(painter, square, self._name, self._role)
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(  # noqa: N802 - Qt's name
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        pixmap = QPixmap(size * scale)
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap
