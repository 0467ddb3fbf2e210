"""A small pill: a filter, an answer, or a value that can be taken away."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, panel, square, text_width
from ui.widgets.themed import ThemedButton, set_focus_shape


class Chip(ThemedButton):
    """24 high; chosen ones are accent-soft with a tick, removable ones carry an x that Delete presses too."""

    #: The x was pressed, or Delete or Backspace while focused.
    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        icon: str = "",
        choosable: bool = False,
        removable: bool = False,
        answer: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = text
        self._icon = icon
        self._removable = removable
        self._answer = answer
        self.setCheckable(choosable)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        if removable:
            self.setAccessibleDescription(self.tr("Delete removes it"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._on_toggled)
        self.restyle()

    @property
    def label(self) -> str:
        """The text on the chip."""
        return self._label

    def set_label(self, text: str) -> None:
        """Show another text."""
        self._label = text
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self._height() // 2)

    def _on_toggled(self, _on: bool) -> None:
        self.updateGeometry()

    def _height(self) -> int:
        return self.theme.metrics.chip_answer if self._answer else self.theme.metrics.chip

    def _pad(self) -> int:
        return self.theme.metrics.button_pad if self._answer else self.theme.metrics.chip_pad

    def _is_accented(self) -> bool:
        return self.isChecked() or self._removable

    def _glyph(self) -> str:
        return "check" if self.isChecked() and not self._removable else self._icon

    def _cross_rect(self) -> QRect:
        metrics = self.theme.metrics
        return square(self.width() - metrics.row_gap - metrics.icon_xs, self.height(), metrics.icon_xs)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = text_width(self.theme.font("caption-medium"), self._label) + 2 * self._pad()
        if self._glyph():
            width += metrics.icon_xs + metrics.space_6
        if self._removable:
            width += metrics.icon_xs + metrics.space_6
        return QSize(width, self._height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        reach = self.theme.metrics.space_4
        if self._removable and self._cross_rect().adjusted(-reach, -reach, reach, reach).contains(place):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        accented = self._is_accented()
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            if accented:
                ground = blended(palette.accent_soft, palette.accent_soft_2, self.hover.value)
                fill_box(painter, self.rect(), ground, radius=self.height() / 2)
            else:
                ground = palette.pressed if self.isDown() else blended(palette.sunken, palette.hover, self.hover.value)
                panel(painter, self.rect(), fill=ground, border=palette.line, radius=self.height() / 2)
            colour = palette.accent_text if accented else palette.text_2
            left = self._pad()
            if self._glyph():
                box = square(left, self.height(), metrics.icon_xs)
                self.theme.icons.paint(painter, box, self._glyph(), colour)
                left += metrics.icon_xs + metrics.space_6
            draw_text(
                painter,
                QRect(left, 0, self.width() - left, self.height()),
                self._label,
                font=self.theme.font("caption-medium"),
                colour=colour,
                align=LEFT,
            )
            if self._removable:
                self.theme.icons.paint(painter, self._cross_rect(), "close", colour)
        painter.end()
