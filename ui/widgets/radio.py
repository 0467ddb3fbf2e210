"""One choice of several; arrows move inside the group."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from ui.theme.marks import paint_radio
from ui.theme.shapes import LEFT, crisp, draw_text, square, text_width
from ui.theme.theme import theme_of
from ui.widgets.themed import set_focus_shape


class Radio(QRadioButton):
    """A circle with a label at its right; grouped by its parent or a QButtonGroup."""

    def __init__(self, text: str, *, label_shown: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.theme = theme_of()
        self._label = text
        self._label_shown = label_shown
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._on_theme_changed()
        self.theme.theme_changed.connect(self._on_theme_changed)

    def focus_rect(self) -> QRect:
        """The circle without its label."""
        metrics = self.theme.metrics
        left = 0 if self._label_shown else (self.width() - metrics.mark) // 2
        return square(left, self.height(), metrics.mark)

    def _on_theme_changed(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.mark // 2)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        if not self._label_shown:
            return QSize(metrics.hit_area, metrics.hit_area)
        label = text_width(self.theme.font("body"), self._label)
        return QSize(metrics.mark + metrics.row_gap + label, metrics.hit_area)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            hovered = self.underMouse() and self.isEnabled()
            paint_radio(painter, self.focus_rect(), on=self.isChecked(), theme=self.theme, hovered=hovered)
            if self._label_shown:
                draw_text(
                    painter,
                    self.rect().adjusted(metrics.mark + metrics.row_gap, 0, 0, 0),
                    self._label,
                    font=self.theme.font("body"),
                    colour=self.theme.palette.text,
                    align=LEFT,
                )
        painter.end()
