"""The conditions that every test runs under: a home of its own, no window system, nothing left behind."""

from __future__ import annotations

from contextlib import ExitStack

from tests.support.private_home import private_home

pytest_plugins = [
    "pytester",
    "tests.support.proofs",
    "tests.support.garbage",
    "tests.support.leaks",
    "tests.support.event_loop_watchdog",
]

_AT_END = ExitStack()
# Here and not in a fixture: libraries look for their folders as soon as they are imported.
_AT_END.enter_context(private_home())


def pytest_unconfigure() -> None:
    """Take the home away again."""
    _AT_END.close()
