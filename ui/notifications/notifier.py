"""The contract between reminders and the desktop that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

OPEN = "default"
"""The action of pressing the notification itself, as the desktop calls it."""


@dataclass(frozen=True, slots=True)
class Action:
    """A button on a notification: what comes back, and what it says."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Notification:
    """A notification; `key` names it: one with the same key replaces the earlier one."""

    key: str
    title: str
    body: str
    actions: tuple[Action, ...] = ()


class Notifier(QObject):
    """Shows notifications by the means of a desktop."""

    #: The user chose an action of a notification: its key and the action's name, `OPEN` for the notification itself.
    chosen = Signal(str, str)
    #: A notification could not be shown: it, so that the window can say it instead.
    refused = Signal(object)

    def show(self, notification: Notification) -> None:
        """Show it; returns at once."""
        raise NotImplementedError

    def withdraw(self, key: str) -> None:
        """Take it away if it is still there."""
        raise NotImplementedError

    def close(self) -> None:
        """Show nothing more."""
        raise NotImplementedError


FindNotifier = Callable[[], Callable[[], Notifier] | None]
"""Looks for what shows notifications here, which may take a while; gives what makes the notifier, on the GUI thread."""
