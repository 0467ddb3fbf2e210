"""Joins reminders with the window: where they are shown, and what the window does when one is pressed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.notifications.notifier import OPEN, Notification, Notifier
from ui.notifications.preferences import NotificationPreferences
from ui.notifications.told import ToldReminders
from ui.operations.performing import Performer
from ui.pages import Target
from ui.reminding import Reminding, Ways
from ui.widgets.toast_host import ToastHost
from ui.window_parts import WindowParts

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


class WindowReminders(QObject):
    """Reminders of the open workspace, by the desktop where it can, else in the window."""

    def __init__(self, parts: WindowParts, toasts: ToastHost) -> None:
        super().__init__()
        self._parts = parts
        self._toasts = toasts
        self._notifier: Notifier | None = None
        self._is_looked_for = False
        self.reminding = Reminding(parts.tasks, NotificationPreferences(parts.state))

    def begin(self, workspace: OpenWorkspace, navigate: Callable[[Target], None], performer: Performer) -> None:
        """A workspace was opened; the first time, look for what shows notifications here before anything is told."""

        def come_forward(target: Target) -> None:
            window = self._toasts.parent_window()
            window.show()
            window.raise_()
            window.activateWindow()
            navigate(target)

        def start() -> None:
            if workspace is self._parts.opening.workspace:
                told = ToldReminders(self._parts.state)
                self.reminding.begin(workspace, told, Ways(come_forward, performer, self._say))

        if self._is_looked_for:
            start()
            return
        self._is_looked_for = True
        search = self._parts.tasks.background(self._parts.find_notifier)
        search.then(self._use).finally_(start)

    def end(self) -> None:
        """The workspace is about to be closed."""
        self.reminding.end()

    def close(self) -> None:
        """Show nothing more."""
        if self._notifier is not None:
            self._notifier.close()
            self._notifier = None

    def _use(self, make: Callable[[], Notifier] | None) -> None:
        if make is not None:
            self._notifier = make()
            self.reminding.use(self._notifier)

    def _say(self, notification: Notification) -> None:
        action = notification.actions[0]
        text = notification.title
        if notification.body:
            text = self.tr("{title}: {about}").format(title=text, about=notification.body)
        toast = self._toasts.show_message(text, icon="alarm", action=action.label)
        toast.action_pressed.connect(lambda: self.reminding.choose(notification.key, OPEN))
