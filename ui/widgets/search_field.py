"""The button that looks like a search field and opens the palette."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended, key_cap_width, paint_key_cap
from ui.theme.shapes import LEFT, crisp, draw_text, panel, square
from ui.widgets.themed import ThemedButton, set_focus_shape


class SearchField(ThemedButton):
    """400 x 32, sunken, with the key that does the same at its right end; emits `clicked`."""

    def __init__(self, placeholder: str, *, key_cap: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._key_cap = key_cap
        self.setAccessibleName(placeholder)
        self.setAccessibleDescription(key_cap)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_key_cap(self, key_cap: str) -> None:
        """Say another key, or none."""
        self._key_cap = key_cap
        self.setAccessibleDescription(key_cap)
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width, self.theme.metrics.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.search_width // 2, self.theme.metrics.control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            ground = palette.pressed if self.isDown() else blended(palette.sunken, palette.hover, self.hover.value)
            panel(painter, self.rect(), fill=ground, border=palette.line, radius=metrics.radius)
            icon = square(metrics.button_pad, self.height(), metrics.icon_s)
            self.theme.icons.paint(painter, icon, "search", "text_3")
            cap = key_cap_width(self._key_cap, self.theme) if self._key_cap else 0
            text = self.rect().adjusted(icon.right() + 1 + metrics.row_gap, 0, -cap - metrics.button_pad, 0)
            draw_text(
                painter,
                text,
                self._placeholder,
                font=self.theme.font("body"),
                colour=palette.text_3,
                align=LEFT,
                elide=True,
            )
            if cap:
                top = (self.height() - metrics.key_cap) // 2
                rect = QRect(self.width() - cap - metrics.row_gap, top, cap, metrics.key_cap)
                paint_key_cap(painter, rect, self._key_cap, theme=self.theme)
        painter.end()
