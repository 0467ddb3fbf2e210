"""A surface over the whole window with the scrim behind it: the palette and the sheet of keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from ui.widgets.shadow_frame import ShadowFrame
from ui.widgets.themed import Themed


class Overlay(Themed):
    """Covers its parent; Escape and a press outside close it, the focus stays inside and comes back after."""

    #: It was closed, by whatever means.
    closed = Signal()

    def __init__(self, parent: QWidget, name: str, *, width: int, top: int) -> None:
        super().__init__(parent)
        self._width = width
        self._top = top
        self._focused_before: QWidget | None = None
        self.frame = ShadowFrame(self, radius=self.theme.metrics.radius_palette)
        self.setAccessibleName(name)
        self.frame.setAccessibleName(name)
        parent.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether it covers the window now."""
        return self.isVisible()

    def open(self) -> None:
        """Cover the window."""
        self._focused_before = self.window().focusWidget()
        self.place()
        self.show()
        self.raise_()

    def dismiss(self) -> None:
        """Uncover the window and give the focus back."""
        if not self.isVisible():
            return
        self.hide()
        if self._focused_before is not None and self._focused_before.isVisible():
            self._focused_before.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focused_before = None
        self.closed.emit()

    def place(self) -> None:
        """Lie over the whole parent, the surface at its place."""
        host = self.parentWidget()
        if host is None:
            return
        self.setGeometry(host.rect())
        # What changed inside is told upwards one event at a time; the size is needed now.
        for layout in reversed(self.frame.findChildren(QLayout)):
            layout.activate()
        margins, metrics = self.frame.shadow_margins, self.theme.metrics
        width = min(self._width, host.width() - 2 * metrics.page_margin)
        room = host.height() - self._top - metrics.page_margin
        frame_width = width + margins.left() + margins.right()
        hint = self.frame.heightForWidth(frame_width)
        height = hint if hint > 0 else self.frame.sizeHint().height()
        height = min(height, room + margins.top() + margins.bottom())
        self.frame.setGeometry((host.width() - frame_width) // 2, self._top - margins.top(), frame_width, height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        # Nothing typed here is meant for the page below.
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.frame.geometry().marginsRemoved(self.frame.shadow_margins).contains(event.position().toPoint()):
            self.dismiss()
        event.accept()

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: N802 - Qt's name
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.palette.scrim)
        painter.end()
