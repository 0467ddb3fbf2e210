"""Initials on a colour that stays with a record."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.themed import Themed


class Avatar(Themed):
    """Round for people, a rounded square for companies and providers; decorative beside a name."""

    def __init__(
        self,
        name: str,
        stable_id: int | str,
        *,
        size: int = 24,
        rounded: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._rounded = rounded
        self.set_person(name, stable_id)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, stable_id: int | str) -> None:
        """Show somebody else."""
        self._name = name
        self._stable_id = stable_id
        self.setToolTip(name)
        self.update()

    def _side(self) -> int:
        return round(self._size * self.theme.zoom)

    def sizeHint(self) -> QSize:
        return QSize(self._side(), self._side())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        side = self._side()
        rect = QRect((self.width() - side) // 2, (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        self.theme.avatars.paint(painter, rect, name=self._name, stable_id=self._stable_id, rounded=self._rounded)
        painter.end()
