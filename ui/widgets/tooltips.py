"""Puts our tooltips in the place of Qt's, and shows them to keyboard users too."""

from typing import Final

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, QTimer
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.theme.theme import theme_of
from ui.theme.tokens import TOOLTIP_DELAY_MS
from ui.widgets.tooltip import WIDEST, Tooltip

_ENDING: Final = frozenset(
    {
        QEvent.Type.Leave,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.KeyPress,
        QEvent.Type.Wheel,
        QEvent.Type.FocusOut,
    }
)


class Tooltips(QObject):
    """Replaces Qt's tooltips in one application; kept by whoever built the window."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._tip: Tooltip | None = None
        self._owner: QObject | None = None
        self._waiting: QWidget | None = None
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(TOOLTIP_DELAY_MS)
        self._delay.timeout.connect(self._on_delay_passed)
        self._theme = theme_of()
        self._theme.tips = self
        application.installEventFilter(self)
        application.aboutToQuit.connect(self.stop)

    def stop(self) -> None:
        """Leave tooltips to Qt again."""
        self._application.removeEventFilter(self)
        self._theme.tips = None
        self.hide()

    def show_tip(self, tip: str, near: QRect, *, owner: QObject | None = None) -> None:
        """Show a text below a rectangle of the screen, above it where there is no room."""
        if not tip:
            self.hide()
            return
        if self._tip is None:
            self._tip = Tooltip()
        self._owner = owner
        self._tip.set_tip(tip)
        size, gap = self._tip.size(), self._tip.theme.metrics.space_6
        screen = QApplication.screenAt(near.center()) or QApplication.primaryScreen()
        room = screen.availableGeometry()
        x = near.center().x() - size.width() // 2
        y = near.bottom() + gap
        if y + size.height() > room.bottom():
            y = near.top() - gap - size.height()
        x = max(room.left() + gap, min(x, room.right() - gap - size.width()))
        self._tip.move(x, y)
        self._tip.show()

    def hide(self) -> None:
        """Take the tooltip away."""
        self._delay.stop()
        if self._tip is not None:
            self._tip.hide()

    def wait_at(self, widget: QWidget | None) -> None:
        """Show a widget's tooltip after the delay because the keyboard came to it; None stops waiting."""
        self._waiting = widget
        if widget is not None and widget.toolTip():
            self._delay.start()
        else:
            self._delay.stop()

    def _on_delay_passed(self) -> None:
        widget = self._waiting
        if widget is not None and widget.isVisible() and widget.hasFocus():
            rect = QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())
            self.show_tip(widget.toolTip(), rect, owner=widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.ToolTip:
            return self._on_tip_asked(watched, event)
        if kind in _ENDING and self._tip is not None and self._tip.isVisible():
            self.hide()
        return False

    def _on_tip_asked(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(watched, QWidget) or not isinstance(event, QHelpEvent) or not watched.toolTip():
            return False
        rect = QRect(watched.mapToGlobal(QPoint(0, 0)), watched.size())
        if rect.width() > 2 * WIDEST:
            rect = QRect(event.globalPos(), QSize(1, 1)).marginsAdded(QMargins(0, 0, 0, 12))
        self.show_tip(watched.toolTip(), rect, owner=watched)
        return True
