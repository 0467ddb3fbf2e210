"""Helpers of the gallery: a painted focus ring, and a place in a layout for widgets that carry a shadow."""

from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.focus_ring import FocusOutline, HasFocusRect
from ui.widgets.themed import FOCUS_RADIUS, FOCUS_STYLE


class FocusPreview(QObject):
    """Shows a control as focused by keyboard without giving it the focus."""

    def __init__(self, control: QWidget, stage: QWidget) -> None:
        super().__init__(control)
        self._control = control
        self._stage = stage
        self._outline = FocusOutline(
            stage,
            radius=int(control.property(FOCUS_RADIUS) or 0),
            halo=control.property(FOCUS_STYLE) == "halo",
        )
        control.installEventFilter(self)

    def _place(self) -> None:
        control = self._control
        part = control.focus_rect() if isinstance(control, HasFocusRect) else control.rect()
        self._outline.surround(QRect(control.mapTo(self._stage, part.topLeft()), part.size()))
        self._outline.show()
        self._outline.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Paint):
            self._place()
        return super().eventFilter(watched, event)


class ShadowSlot(QWidget):
    """As large as the visible surface of a level-2 widget; the widget lies over it with its shadow around."""

    def __init__(self, stage: QWidget, surface: QWidget, *, margin: int, wide: bool = True) -> None:
        super().__init__()
        self._stage = stage
        self._surface = surface
        self._margin = margin
        self._wide = wide
        surface.setParent(stage)
        size = surface.sizeHint()
        self.setFixedHeight(size.height() - 2 * margin)
        if wide:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        else:
            self.setFixedWidth(size.width() - 2 * margin)

    def _place(self) -> None:
        margin = self._margin
        rect = QRect(self.mapTo(self._stage, self.rect().topLeft()), self.size())
        self._surface.setGeometry(rect.adjusted(-margin, -margin, margin, margin))
        self._surface.show()
        self._surface.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self._place()
