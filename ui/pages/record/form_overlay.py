"""A form over the whole window: the focus goes round inside it, and no key reaches the page below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.overlay import Overlay

TOP = 96
_TAB = Qt.FocusPolicy.TabFocus


class FormOverlay(Overlay):
    """Escape and a press outside close it; it deletes itself then."""

    def __init__(self, window: QWidget, name: str, content: QWidget) -> None:
        super().__init__(window, name, width=0, top=TOP)
        self._width = self.theme.metrics.dialog
        self._content = content
        self.frame.set_content(content)
        self.closed.connect(self.deleteLater)
        # What wraps knows its height only once it was laid out.
        self._laid_out = QTimer(self, singleShot=True, interval=0)
        self._laid_out.timeout.connect(self.place)

    def open(self) -> None:
        """Cover the window."""
        super().open()
        self._laid_out.start()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            # A letter that no field of the form takes is no command of the page either.
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        stops = self._stops()
        if not stops:
            return True
        now = self.window().focusWidget()
        place = stops.index(now) if now in stops else (-1 if forward else 0)
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus()
        return True

    def _stops(self) -> list[QWidget]:
        """What can be focused inside, in the order of the chain."""
        found: list[QWidget] = []
        widget = self._content.nextInFocusChain()
        while widget is not None and widget is not self._content:
            reachable = widget.isVisible() and widget.isEnabled() and self._content.isAncestorOf(widget)
            if reachable and widget.focusPolicy() & _TAB and widget.focusProxy() is None:
                found.append(widget)
            widget = widget.nextInFocusChain()
        return found
