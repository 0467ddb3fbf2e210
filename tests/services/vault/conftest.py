"""Sessions with a real keyring daemon, for the tests marked keyring_daemon."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator

import pytest

from tests.services.vault.private_session import APT_LINE, PROGRAMS, PrivateSession, private_session

PASSWORD = "login password"


@pytest.fixture(scope="session")
def keyring_programs() -> None:
    """Linux has them or the suite says how to get them; elsewhere the daemon does not exist."""
    if sys.platform != "linux":
        pytest.skip("gnome-keyring-daemon runs on Linux only; macOS and Windows bring keyrings of their own")
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing:
        pytest.fail(f"{', '.join(missing)} not found. Install with: {APT_LINE}", pytrace=False)


@pytest.fixture(scope="session")
def unlocked_session(keyring_programs: None) -> Iterator[PrivateSession]:
    """A session whose keyring was unlocked at login, shared by all tests that only keep keys in it."""
    with private_session() as session:
        session.start_bus()
        session.start_daemon(PASSWORD)
        yield session


@pytest.fixture
def bare_session(keyring_programs: None) -> Iterator[PrivateSession]:
    """A session of one test, with nothing running yet."""
    with private_session() as session:
        yield session
