"""A small surface next to what opened it; Escape and a press outside close it."""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from ui.widgets.shadow_frame import ShadowFrame


class Popover(ShadowFrame):
    """Level 2, arrowless; give it a content and open it at an anchor. It deletes itself when closed."""

    #: It was closed, by whatever means.
    closed = Signal()

    def __init__(self, parent: QWidget, *, padding: int = 16, gap: int = 4) -> None:
        super().__init__(parent, padding=padding)
        self._gap = gap
        self._is_closed = False
        self.setWindowFlags(
            Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def open_at(self, anchor: QWidget, *, align_right: bool = False, minimum_width: int = 0) -> None:
        """Show below the anchor, or above where there is no room, at the anchor's left or right edge."""
        margins = self.shadow_margins
        self.adjustSize()
        size = self.sizeHint()
        width = max(size.width(), minimum_width + margins.left() + margins.right())
        self.resize(width, size.height())
        top_left = anchor.mapToGlobal(QPoint(0, 0))
        x = top_left.x() + anchor.width() - width + margins.right() if align_right else top_left.x() - margins.left()
        y = top_left.y() + anchor.height() + self._gap - margins.top()
        room = anchor.screen().availableGeometry()
        if y + size.height() - margins.bottom() > room.bottom():
            y = top_left.y() - self._gap - size.height() + margins.bottom()
        self.move(self._kept_inside(QRect(x, y, width, size.height()), room))
        self.show()

    def _kept_inside(self, wanted: QRect, room: QRect) -> QPoint:
        margins = self.shadow_margins
        x = min(wanted.x(), room.right() - wanted.width() + margins.right() + 1)
        y = min(wanted.y(), room.bottom() - wanted.height() + margins.bottom() + 1)
        return QPoint(max(x, room.left() - margins.left()), max(y, room.top() - margins.top()))

    def _tell_closed(self) -> None:
        if not self._is_closed:
            self._is_closed = True
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.frame_rect.contains(event.position().toPoint()):
            self.close()
            return
        super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._tell_closed()
        super().closeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self._tell_closed()
        super().hideEvent(event)
