"""A square button with an icon only; its name is the tooltip and what screen readers say."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended
from ui.theme.shapes import crisp, fill_box, panel, square
from ui.theme.tokens import ColourRole
from ui.widgets.themed import ThemedButton, set_focus_shape


class IconButton(ThemedButton):
    """Quiet by default; `framed` gives it the border of a default button."""

    def __init__(
        self,
        icon: str,
        name: str,
        *,
        shortcut: str = "",
        framed: bool = False,
        small: bool = False,
        colour: ColourRole = "text_2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._framed = framed
        self._small = small
        self._colour: ColourRole = colour
        self.set_name(name, shortcut=shortcut)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def set_name(self, name: str, *, shortcut: str = "") -> None:
        """Say what the button does, with the key that does the same after a tab."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name}\t{shortcut}" if shortcut else name)

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def sizeHint(self) -> QSize:
        side = self.theme.metrics.control_s if self._small else self.theme.metrics.control
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            pressed = self.isDown() or self.isChecked()
            if self._framed:
                ground = palette.pressed if pressed else blended(palette.raised, palette.hover, self.hover.value)
                panel(painter, self.rect(), fill=ground, border=palette.line_strong, radius=metrics.radius)
            else:
                faint = QColor(palette.hover)
                faint.setAlphaF(self.hover.value)
                fill_box(painter, self.rect(), palette.pressed if pressed else faint, radius=metrics.radius)
            side = metrics.icon_s
            box = square((self.width() - side) // 2, self.height(), side)
            self.theme.icons.paint(painter, box, self._icon, palette.colour(self._colour))
        painter.end()
