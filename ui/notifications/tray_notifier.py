"""Notifications on Windows and macOS, by an icon in the tray."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from ui.notifications.notifier import OPEN, Notification, Notifier


class TrayNotifier(Notifier):
    """The tray shows one at a time and knows no buttons: pressing it opens what it is about."""

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
        self._icon.messageClicked.connect(self._on_message_clicked)

    @staticmethod
    def is_there() -> bool:
        """Whether there is a tray and it shows messages."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def show(self, notification: Notification) -> None:
        self._key = notification.key
        # An icon that is hidden shows nothing.
        self._icon.show()
        self._icon.showMessage(notification.title, notification.body, QApplication.windowIcon())

    def withdraw(self, key: str) -> None:
        """What the tray shows goes by itself; pressed later it is about nothing any more."""
        if key == self._key:
            self._key = ""

    def close(self) -> None:
        self._icon.hide()

    def _on_message_clicked(self) -> None:
        if self._key:
            self.chosen.emit(self._key, OPEN)
