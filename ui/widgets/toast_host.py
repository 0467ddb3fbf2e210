"""Shows toasts over a page: one at a time, a newer one replaces it, older ones stay in the history."""

from collections import deque

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer
from PySide6.QtWidgets import QGraphicsOpacityEffect, QWidget

from ui.theme.motion import Transition
from ui.theme.theme import theme_of
from ui.theme.tokens import TOAST_STAYS_MS
from ui.widgets.toast import Toast

KEPT_MESSAGES = 50


class ToastHost(QObject):
    """Lives on the page area; toasts stand 24 above its lower edge, centred."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self.theme = theme_of()
        self._current: Toast | None = None
        self._effect: QGraphicsOpacityEffect | None = None
        self._stays = True
        self._leaving = False
        self._undo_keys, self._redo_keys = "", ""
        self._history: deque[str] = deque(maxlen=KEPT_MESSAGES)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(TOAST_STAYS_MS)
        self._timer.timeout.connect(self.dismiss)
        self._fade = Transition(self, self._on_fade_stepped)
        area.installEventFilter(self)

    @property
    def current(self) -> Toast | None:
        """The toast on show."""
        return self._current

    def parent_window(self) -> QWidget:
        """The window the toasts stand in."""
        return self._area.window()

    @property
    def history(self) -> tuple[str, ...]:
        """What was said lately, newest first."""
        return tuple(reversed(self._history))

    def show_message(
        self, text: str, *, icon: str = "check", action: str = "", shortcut: str = "", action_icon: str = ""
    ) -> Toast:
        """Say what happened, with its way back; goes by itself after six seconds."""
        toast = Toast(text, icon=icon, action=action, shortcut=shortcut, action_icon=action_icon, parent=self._area)
        return self._show(toast, stays=False)

    def set_keys(self, *, undo: str, redo: str) -> None:
        """Say these keys on the toasts that can be undone or done again."""
        self._undo_keys, self._redo_keys = undo, redo

    def show_undoable(self, text: str, *, icon: str = "check") -> Toast:
        """Say what happened, with Undo; connect to its `action_pressed`."""
        return self.show_message(text, icon=icon, action=self.tr("Undo"), shortcut=self._undo_keys, action_icon="undo")

    def show_undone(self, text: str) -> Toast:
        """Say what was undone, with Redo; connect to its `action_pressed`."""
        return self.show_message(
            text, icon="undo", action=self.tr("Redo"), shortcut=self._redo_keys, action_icon="redo"
        )

    def show_error(self, text: str, *, kept: str = "", action: str = "") -> Toast:
        """Say what failed, what was kept and one thing to do; stays until dismissed or replaced."""
        toast = Toast(text, second_line=kept, icon="warning", action=action, parent=self._area)
        return self._show(toast, stays=True)

    def show_progress(self, name: str) -> Toast:
        """Follow long work; call `set_progress` on the toast, and `dismiss` at the end."""
        toast = Toast(name, action=self.tr("Cancel"), shortcut=self.tr("Esc"), with_progress=True, parent=self._area)
        return self._show(toast, stays=True)

    def dismiss(self, toast: Toast | None = None) -> None:
        """Take the toast away; with one given, only if it is still the one on show."""
        if self._current is None or (toast is not None and toast is not self._current):
            return
        self._timer.stop()
        self._leaving = True
        self._fade.go(0.0, self.theme.motion.fast)

    def _show(self, toast: Toast, *, stays: bool) -> Toast:
        self._remove()
        self._current = toast
        self._leaving = False
        self._stays = stays
        self._history.append(toast.message)
        toast.action_pressed.connect(self._on_action_pressed)
        toast.hover_changed.connect(self._on_hover_changed)
        self._place()
        toast.show()
        toast.raise_()
        self._fade.go(0.0, 0)
        self._fade.go(1.0, self.theme.motion.normal)
        if not stays:
            self._timer.start()
        return toast

    def _remove(self) -> None:
        self._timer.stop()
        if self._current is not None:
            self._current.hide()
            self._current.deleteLater()
        self._current = None
        self._effect = None

    def _place(self) -> None:
        if self._current is None:
            return
        margins = self._current.shadow_margins
        wanted = self._current.sizeHint()
        room = self._area.width() - 2 * self.theme.metrics.page_margin + margins.left() + margins.right()
        self._current.resize(min(wanted.width(), room), wanted.height())
        x = (self._area.width() - self._current.width()) // 2
        y = self._area.height() - self.theme.metrics.toast_lift - wanted.height() + margins.bottom()
        self._current.move(QPoint(x, y))

    def _on_fade_stepped(self) -> None:
        toast, value = self._current, self._fade.value
        if toast is None:
            return
        if self._leaving and value <= 0.0:
            self._remove()
        elif value >= 1.0 and self._effect is not None:
            # A finished effect would render the toast off screen at every repaint.
            toast.setGraphicsEffect(None)  # type: ignore[arg-type]
            self._effect = None
        elif value < 1.0:
            self._veil(toast).setOpacity(value)

    def _veil(self, toast: Toast) -> QGraphicsOpacityEffect:
        if self._effect is None:
            self._effect = QGraphicsOpacityEffect(toast)
            toast.setGraphicsEffect(self._effect)
        return self._effect

    def _on_action_pressed(self) -> None:
        self.dismiss()

    def _on_hover_changed(self, hovered: bool) -> None:
        if self._stays:
            return
        if hovered:
            self._timer.stop()
        else:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
