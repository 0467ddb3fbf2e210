"""One entry of the rail."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended
from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, fill_box, square
from ui.widgets.themed import ThemedButton, set_focus_shape


class NavigationItem(ThemedButton):
    """Icon, label and a count; collapsed it is an icon with a dot for the count and a tooltip."""

    def __init__(self, label: str, *, icon: str, shortcut: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = label
        self._icon = icon
        self._shortcut = shortcut
        self._count = ""
        self._collapsed = False
        self.setCheckable(True)
        self.setAutoExclusive(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._tell_name()
        self.restyle()

    @property
    def label(self) -> str:
        """The name of the page."""
        return self._label

    def set_count(self, count: str) -> None:
        """Show a number at the right, or none for an empty text."""
        self._count = count
        self._tell_name()
        self.update()

    def set_shortcut(self, shortcut: str) -> None:
        """Say another key, or none."""
        self._shortcut = shortcut
        self._tell_name()

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the icon only."""
        self._collapsed = collapsed
        self._tell_name()
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def _tell_name(self) -> None:
        self.setAccessibleName(f"{self._label}, {self._count}" if self._count else self._label)
        tip = f"{self._label}\t{self._shortcut}" if self._shortcut else self._label
        self.setToolTip(tip if self._collapsed else "")

    def nextCheckState(self) -> None:
        """The rail decides which entry is current."""

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = metrics.rail_collapsed if self._collapsed else metrics.rail
        return QSize(width - 2 * metrics.space_8, metrics.nav_item)

    def minimumSizeHint(self) -> QSize:
        metrics = self.theme.metrics
        return QSize(metrics.rail_collapsed - 2 * metrics.space_8, metrics.nav_item)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        current = self.isChecked()
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            if current:
                fill_box(painter, self.rect(), palette.accent_soft, radius=metrics.radius)
            elif self.isDown():
                fill_box(painter, self.rect(), palette.pressed, radius=metrics.radius)
            elif self.hover.value > 0.0:
                ground = blended(palette.canvas, palette.pressed, self.hover.value * 0.6)
                fill_box(painter, self.rect(), ground, radius=metrics.radius)
            left = (self.width() - metrics.icon_m) // 2 if self._collapsed else metrics.space_8
            colour = palette.accent_text if current else palette.text_2
            self.theme.icons.paint(painter, square(left, self.height(), metrics.icon_m), self._icon, colour)
            if self._collapsed:
                self._paint_dot(painter, left)
            else:
                self._paint_label(painter, left + metrics.icon_m + metrics.chip_pad)
        painter.end()

    def _paint_dot(self, painter: QPainter, icon_left: int) -> None:
        if not self._count:
            return
        side = self.theme.metrics.space_6
        right = icon_left + self.theme.metrics.icon_m
        rect = QRect(right - side // 2, self.height() // 2 - self.theme.metrics.icon_m // 2 - 1, side, side)
        fill_box(painter, rect, self.theme.palette.accent, radius=side / 2)

    def _paint_label(self, painter: QPainter, left: int) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        current = self.isChecked()
        rect = self.rect().adjusted(left, 0, -metrics.space_8, 0)
        if self._count:
            font = self.theme.font("caption-medium", tabular=True)
            draw_text(painter, rect, self._count, font=font, colour=palette.text_3, align=RIGHT)
            rect.adjust(0, 0, -metrics.space_24, 0)
        draw_text(
            painter,
            rect,
            self._label,
            font=self.theme.font("body-strong" if current else "body-medium"),
            colour=palette.text if current else palette.text_2,
            align=LEFT,
            elide=True,
        )
