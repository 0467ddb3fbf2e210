"""An icon standing in a layout; decorative unless it is given a name."""

from typing import Literal

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import square
from ui.theme.tokens import ColourRole
from ui.widgets.themed import Themed

IconSize = Literal["icon_xs", "icon_s", "icon_m", "icon_l"]


class IconMark(Themed):
    """One icon in one of the four sizes."""

    def __init__(
        self,
        icon: str,
        *,
        colour: ColourRole = "text_2",
        size_role: IconSize = "icon_s",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._colour: ColourRole = colour
        self._size_role = size_role
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, *, colour: ColourRole | None = None) -> None:
        """Show another icon."""
        self._icon = icon
        if colour is not None:
            self._colour = colour
        self.update()

    def _side(self) -> int:
        side: int = getattr(self.theme.metrics, self._size_role)
        return side

    def sizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = self._side()
        painter = QPainter(self)
        self.theme.icons.paint(
            painter, square((self.width() - side) // 2, self.height(), side), self._icon, self._colour
        )
        painter.end()
