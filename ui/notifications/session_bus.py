"""Notifications on Linux: org.freedesktop.Notifications on the session bus.

Spoken with jeepney, because PySide6's QtDBus has no unsigned number to send and the first argument but one of
`Notify` is one (docs/decisions/0010). Protocol: Desktop Notifications Specification 1.2.
"""

from __future__ import annotations

import html
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import Any, Final

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from PySide6.QtCore import Qt, Signal

from ui.notifications.notifier import Notification, Notifier

ADDRESS: Final = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.Notifications"
)
PROGRAM: Final = "MyCRM"
DESKTOP_ENTRY: Final = "mycrm-desktop"
ANSWER_S: Final = 5.0
PAUSE_S: Final = 0.2
"""How long the reader listens before it looks whether it is to end."""

_log = logging.getLogger(__name__)


class SessionBusNotifier(Notifier):
    """One thread sends, one listens; what the user chose comes on the GUI thread."""

    #: The daemon said something: the name of its signal and its arguments; queued from the listening thread.
    heard = Signal(str, object)

    def __init__(self, connect: Callable[[], DBusConnection] = open_dbus_connection) -> None:
        super().__init__()
        self._connect = connect
        self._sender = ThreadPoolExecutor(1, thread_name_prefix="notifications")
        self._listener: threading.Thread | None = None
        self._ending = threading.Event()
        self._link: _Link | None = None
        self._ids: dict[str, int] = {}
        self._lock = threading.Lock()
        self.heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    @staticmethod
    def is_there(connect: Callable[[], DBusConnection] = open_dbus_connection) -> bool:
        """Whether a daemon shows notifications, or the bus can start one; it waits, so not on the GUI thread."""
        try:
            with connect() as connection:
                for asked in ("ListNames", "ListActivatableNames"):
                    reply = connection.send_and_get_reply(new_method_call(message_bus, asked), timeout=ANSWER_S)
                    if ADDRESS.bus_name in reply.body[0]:
                        return True
        except (OSError, KeyError, TimeoutError, ValueError):
            pass
        return False

    def show(self, notification: Notification) -> None:
        self._sender.submit(self._show, notification)

    def withdraw(self, key: str) -> None:
        self._sender.submit(self._withdraw, key)

    def close(self) -> None:
        self._ending.set()
        self._sender.shutdown(wait=True, cancel_futures=True)
        if self._listener is not None:
            self._listener.join()
        if self._link is not None:
            self._link.close()
            self._link = None

    def _show(self, notification: Notification) -> None:
        actions = [part for action in notification.actions for part in (action.name, action.label)]
        hints = {"desktop-entry": ("s", DESKTOP_ENTRY), "category": ("s", "x-mycrm.reminder")}
        with self._lock:
            replaced = self._ids.get(notification.key, 0)
        body = html.escape(notification.body, quote=False)
        values = (PROGRAM, replaced, DESKTOP_ENTRY, notification.title, body, actions, hints, -1)
        reply = self._ask("Notify", "susssasa{sv}i", values)
        if reply is None or not isinstance(reply.body[0], int):
            self.refused.emit(notification)
            return
        with self._lock:
            self._ids[notification.key] = reply.body[0]

    def _withdraw(self, key: str) -> None:
        with self._lock:
            number = self._ids.pop(key, None)
        if number is not None:
            self._ask("CloseNotification", "u", (number,))

    def _ask(self, method: str, signature: str, values: tuple[Any, ...]) -> Message | None:
        try:
            if self._link is None:
                self._link = _Link(self._connect())
                self._listener = threading.Thread(target=self._listen, args=(self._link,), name="notified")
                self._listener.start()
            return self._link.ask(new_method_call(ADDRESS, method, signature, values))
        except (OSError, KeyError, TimeoutError, ValueError) as error:
            # Neither the name of a person nor a title belongs in a log.
            _log.warning("The desktop did not take a notification: %s", type(error).__name__)
            return None

    def _listen(self, link: _Link) -> None:
        while not self._ending.is_set():
            try:
                message = link.next_signal()
            except (OSError, ValueError):
                return
            if message is not None:
                self.heard.emit(message.header.fields[HeaderFields.member], message.body)

    def _on_heard(self, name: str, values: tuple[Any, ...]) -> None:
        with self._lock:
            key = next((key for key, number in self._ids.items() if number == values[0]), None)
            if key is not None and name == "NotificationClosed":
                del self._ids[key]
        if key is not None and name == "ActionInvoked":
            self.chosen.emit(key, values[1])


class _Link:
    """One connection that is written to by one thread and read by another."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._answers: SimpleQueue[Message] = SimpleQueue()
        rule = MatchRule(type="signal", interface=ADDRESS.interface, path=ADDRESS.object_path, sender=ADDRESS.bus_name)
        add = new_method_call(message_bus, "AddMatch", "s", (rule.serialise(),))
        connection.send_and_get_reply(add, timeout=ANSWER_S)

    def ask(self, message: Message) -> Message | None:
        """Send, and wait for the answer; None when it is an error or does not come."""
        serial = next(self._connection.outgoing_serial)
        self._connection.send(message, serial=serial)
        try:
            reply = self._answers.get(timeout=ANSWER_S)
            while reply.header.fields[HeaderFields.reply_serial] != serial:
                # The answer to something that was given up before.
                reply = self._answers.get(timeout=ANSWER_S)
        except Empty:
            return None
        return reply if reply.header.message_type is MessageType.method_return else None

    def next_signal(self) -> Message | None:
        """What the daemon says next, None when it says nothing for a moment; answers go to who asked."""
        try:
            message = self._connection.receive(timeout=PAUSE_S)
        except TimeoutError:
            return None
        if message.header.message_type in (MessageType.method_return, MessageType.error):
            self._answers.put(message)
            return None
        if message.header.fields.get(HeaderFields.interface) != ADDRESS.interface:
            return None
        return message

    def close(self) -> None:
        """Hang up."""
        self._connection.close()
