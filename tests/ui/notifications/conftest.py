"""A bus and a real notification daemon on a screen nobody sees."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

import pytest

from tests.services.vault.private_session import PrivateSession, private_session

APT_LINE = "apt-get install -y --no-install-recommends dunst dbus xvfb"
PROGRAMS = ("dunst", "dbus-daemon", "dbus-send", "Xvfb")
NOTIFICATIONS = "org.freedesktop.Notifications"


@pytest.fixture
def desktop() -> Iterator[PrivateSession]:
    """A session with a daemon that shows notifications."""
    if sys.platform != "linux":
        pytest.skip("the session bus is Linux's; macOS and Windows show notifications by the tray icon")
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.fail(f"{', '.join(missing)} not found. Install with: {APT_LINE}", pytrace=False)
    with private_session() as session:
        session.start_bus()
        session.start_display()
        session.start_named(["dunst"], NOTIFICATIONS)
        yield session
