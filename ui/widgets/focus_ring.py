"""One focus ring for all controls: 2 px, 1 px outside, shown only after the keyboard was used."""

from typing import Final, Protocol, runtime_checkable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from ui.theme.shapes import border_box, crisp
from ui.theme.tokens import FOCUS_GAP, FOCUS_WIDTH
from ui.widgets.themed import FOCUS_RADIUS, FOCUS_STYLE, Themed

REACH: Final = FOCUS_GAP + FOCUS_WIDTH
_FOLLOWED: Final = frozenset(
    {
        QEvent.Type.Move,
        QEvent.Type.Resize,
        QEvent.Type.Show,
        QEvent.Type.Hide,
        QEvent.Type.EnabledChange,
        QEvent.Type.ParentChange,
    }
)
_MODIFIERS: Final = frozenset({Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


@runtime_checkable
class HasFocusRect(Protocol):
    """A control whose ring goes around a part of it, such as the box of a checkbox."""

    def focus_rect(self) -> QRect:
        """The part in the control's own coordinates."""


class FocusOutline(Themed):
    """The painted ring or halo itself; deaf to the mouse, a child of whatever may clip it."""

    def __init__(self, parent: QWidget, *, radius: int, halo: bool) -> None:
        super().__init__(parent)
        self._radius = radius
        self._halo = halo
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def surround(self, rect: QRect) -> None:
        """Lie around a rectangle of the parent."""
        self.setGeometry(rect.adjusted(-REACH, -REACH, REACH, REACH))

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.theme.palette
        painter = QPainter(self)
        box = QRectF(self.rect())
        with crisp(painter):
            if self._halo:
                inset = REACH - FOCUS_WIDTH
                around = box.adjusted(inset, inset, -inset, -inset)
                border_box(
                    painter,
                    around,
                    palette.accent_soft_2,
                    radius=self._radius + FOCUS_WIDTH,
                    width=FOCUS_WIDTH,
                )
            else:
                border_box(painter, box, palette.focus, radius=self._radius + REACH, width=FOCUS_WIDTH)
        painter.end()


class FocusRing(QObject):
    """Follows the focus of one application; kept by whoever built the window."""

    #: The keyboard came to a control (a QWidget), or left (None); `Tooltips.wait_at` listens.
    keyboard_focus_reached = Signal(object)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._by_keyboard = False
        self._target: QWidget | None = None
        self._followed: list[QWidget] = []
        self._outline: FocusOutline | None = None
        self._host: QWidget | None = None
        self._window: QWindow | None = None
        application.focusChanged.connect(self._on_focus_changed)
        application.focusWindowChanged.connect(self._on_focus_window_changed)
        self._on_focus_window_changed(QGuiApplication.focusWindow())
        self._on_focus_changed(None, application.focusWidget())

    @property
    def is_shown(self) -> bool:
        """Whether a ring is painted around some control now."""
        outline = self._outline
        return outline is not None and isValid(outline) and outline.isVisibleTo(outline.window())

    def stop(self) -> None:
        """Follow the focus no longer."""
        self._application.focusChanged.disconnect(self._on_focus_changed)
        self._application.focusWindowChanged.disconnect(self._on_focus_window_changed)
        self._on_focus_window_changed(None)
        self._target = None
        self._settle()

    def set_keyboard_used(self, used: bool) -> None:
        """Say how the user works at the moment; windows tell it by themselves."""
        if used != self._by_keyboard:
            self._by_keyboard = used
            self._settle()

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if self._window is not None and isValid(self._window):
            self._window.removeEventFilter(self)
        self._window = window
        if window is not None:
            window.installEventFilter(self)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._target = _framed(now)
        self._settle()

    def _settle(self) -> None:
        """Take the old ring away and lay a new one where it belongs."""
        for followed in self._followed:
            if isValid(followed):
                followed.removeEventFilter(self)
        self._followed.clear()
        if self._outline is not None and isValid(self._outline):
            self._outline.hide()
            self._outline.deleteLater()
        self._outline = None
        target = self._target
        self.keyboard_focus_reached.emit(target if self._by_keyboard else None)
        style = target.property(FOCUS_STYLE) if target is not None else None
        if target is None or style not in ("ring", "halo") or (style == "ring" and not self._by_keyboard):
            return
        host = self._host = _clipping_host(target)
        radius = int(target.property(FOCUS_RADIUS) or 0)
        self._outline = FocusOutline(host, radius=radius, halo=style == "halo")
        widget: QWidget | None = target
        while widget is not None and widget is not host:
            widget.installEventFilter(self)
            self._followed.append(widget)
            widget = widget.parentWidget()
        target.destroyed.connect(self._on_target_destroyed)
        self._place()

    def _on_target_destroyed(self) -> None:
        self._target = None
        self._followed.clear()
        self._settle()

    def _place(self) -> None:
        target, outline, host = self._target, self._outline, self._host
        if target is None or outline is None or host is None or not isValid(outline):
            return
        if not host.isAncestorOf(target):
            # The control is on its way into another window, or out of this one.
            outline.hide()
            return
        part = target.focus_rect() if isinstance(target, HasFocusRect) else target.rect()
        outline.surround(QRect(target.mapTo(host, part.topLeft()), part.size()))
        outline.setVisible(target.isVisibleTo(host) and target.isEnabled())
        outline.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is self._window:
            if isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
                if event.key() not in _MODIFIERS:
                    self.set_keyboard_used(True)
            elif kind == QEvent.Type.MouseButtonPress:
                self.set_keyboard_used(False)
        elif kind in _FOLLOWED:
            self._place()
        return False


def _framed(widget: QWidget | None) -> QWidget | None:
    """The control a focused part belongs to."""
    while widget is not None and widget.property(FOCUS_STYLE) == "parent":
        widget = widget.parentWidget()
    return widget


def _clipping_host(target: QWidget) -> QWidget:
    """The nearest scrolled area, or the window."""
    widget = target.parentWidget()
    while widget is not None and not widget.isWindow():
        area = widget.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is widget:
            return widget
        widget = area
    return target.window()
