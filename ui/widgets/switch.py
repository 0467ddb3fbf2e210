"""A switch that acts at once."""

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from ui.theme.marks import paint_switch
from ui.theme.motion import Transition
from ui.theme.shapes import crisp, square
from ui.theme.theme import theme_of
from ui.widgets.themed import set_focus_shape


class Switch(QCheckBox):
    """A 32 x 18 switch without a label of its own; `name` is what screen readers say. Emits `toggled`."""

    def __init__(self, name: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._position = Transition(self, self.update, value=float(on))
        self.setAccessibleName(name)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self._on_toggled)
        self._on_theme_changed()
        self.theme.theme_changed.connect(self._on_theme_changed)

    def focus_rect(self) -> QRect:
        """The track."""
        metrics = self.theme.metrics
        rect = square(0, self.height(), metrics.switch_height)
        rect.setWidth(metrics.switch_width)
        rect.moveLeft((self.width() - metrics.switch_width) // 2)
        return rect

    def _on_toggled(self, on: bool) -> None:
        self._position.go(float(on), self.theme.motion.fast if self.isVisible() else 0)

    def _on_theme_changed(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.switch_height // 2)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.theme.metrics.switch_width, self.theme.metrics.hit_area)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            paint_switch(painter, self.focus_rect(), position=self._position.value, theme=self.theme)
        painter.end()
