"""Notifications through a real daemon: shown, replaced, pressed, withdrawn, and what happens when it is gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from pytestqt.qtbot import QtBot

from tests.services.vault.private_session import PrivateSession
from ui.notifications.notifier import OPEN, Action, Notification
from ui.notifications.session_bus import SessionBusNotifier

CALL = Notification(
    "task-1",
    "Call Anna Berg",
    "Almeda Logistics <Nordvik> & Söhne, due 14:30",
    (Action(OPEN, "Open"), Action("done", "Done"), Action("snooze", "In 10 minutes")),
)
DAEMON = DBusAddress("/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.dunstproject.cmd0")
PROPERTIES = DBusAddress(
    "/org/freedesktop/Notifications", "org.freedesktop.Notifications", "org.freedesktop.DBus.Properties"
)


class User:
    """Somebody in front of the screen, by the daemon's own remote control."""

    def __init__(self, address: str) -> None:
        self._address = address

    def shown(self) -> int:
        """How many notifications stand on the screen."""
        reply = self._call(new_method_call(PROPERTIES, "Get", "ss", ("org.dunstproject.cmd0", "displayedLength")))
        return int(reply[0][1])

    def press(self) -> None:
        """Press the newest."""
        self._call(new_method_call(DAEMON, "NotificationAction", "u", (0,)))

    def dismiss(self) -> None:
        """Wave the newest away."""
        self._call(new_method_call(DAEMON, "NotificationCloseLast"))

    def _call(self, message: Any) -> Any:
        with open_dbus_connection(self._address) as connection:
            return connection.send_and_get_reply(message, timeout=10).body


@pytest.fixture
def user(desktop: PrivateSession) -> User:
    """Somebody in front of the screen."""
    return User(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])


@pytest.fixture
def connect(desktop: PrivateSession) -> partial[DBusConnection]:
    """The way to the session's bus."""
    return partial(open_dbus_connection, desktop.environment["DBUS_SESSION_BUS_ADDRESS"])


@pytest.fixture
def notifier(connect: partial[DBusConnection], qtbot: QtBot) -> Iterator[SessionBusNotifier]:
    """A notifier on the session's bus."""
    made = SessionBusNotifier(connect)
    yield made
    made.close()


def test_the_daemon_is_found_on_the_bus(notifier: SessionBusNotifier, connect: partial[DBusConnection]) -> None:
    assert SessionBusNotifier.is_there(connect)


def test_a_notification_stands_on_the_screen_and_pressing_it_comes_back(
    notifier: SessionBusNotifier, user: User, qtbot: QtBot
) -> None:
    notifier.show(CALL)
    qtbot.waitUntil(lambda: user.shown() == 1)
    with qtbot.waitSignal(notifier.chosen) as chosen:
        user.press()
    assert chosen.args == ["task-1", OPEN]


def test_the_same_key_replaces_what_was_shown(notifier: SessionBusNotifier, user: User, qtbot: QtBot) -> None:
    notifier.show(CALL)
    notifier.show(Notification("task-1", "Call Anna Berg now", ""))
    notifier.show(Notification("task-2", "Offer for Vireo", ""))
    qtbot.waitUntil(lambda: user.shown() == 2)


def test_what_is_done_meanwhile_is_withdrawn(notifier: SessionBusNotifier, user: User, qtbot: QtBot) -> None:
    notifier.show(CALL)
    qtbot.waitUntil(lambda: user.shown() == 1)
    notifier.withdraw("task-1")
    qtbot.waitUntil(lambda: user.shown() == 0)


def test_one_that_was_waved_away_tells_nothing_and_can_be_shown_again(
    notifier: SessionBusNotifier, user: User, qtbot: QtBot
) -> None:
    chosen: list[str] = []
    notifier.chosen.connect(chosen.append)
    notifier.show(CALL)
    qtbot.waitUntil(lambda: user.shown() == 1)
    with qtbot.waitSignal(notifier.heard):
        user.dismiss()
    notifier.show(CALL)
    qtbot.waitUntil(lambda: user.shown() == 1)
    assert chosen == []


def test_without_a_daemon_the_notification_comes_back_to_be_said_elsewhere(
    desktop: PrivateSession, notifier: SessionBusNotifier, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    desktop.stop_daemon()
    with qtbot.waitSignal(notifier.refused) as refused:
        notifier.show(CALL)
    assert refused.args == [CALL]
    assert "Anna" not in caplog.text


def test_without_a_bus_there_is_no_daemon(qtbot: QtBot, tmp_path: Any) -> None:
    assert not SessionBusNotifier.is_there(partial(open_dbus_connection, f"unix:path={tmp_path}/none"))
