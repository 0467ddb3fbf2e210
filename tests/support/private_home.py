"""Gives each test process a home folder of its own, so that no test reads or writes the user's."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path

FOLDERS = {
    "HOME": ".",
    "USERPROFILE": ".",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_CACHE_HOME": ".cache",
    "XDG_RUNTIME_DIR": "runtime",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
}
# Each would lead a test to something of the user's: a session bus is the way to the real keyring.
FORGOTTEN = ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "XDG_CURRENT_DESKTOP")
OWN_PREFIX = "MYCRM_"


def settle_in(home: Path, environment: MutableMapping[str, str]) -> None:
    """Point the environment at an empty home, and take away what leads out of it."""
    for name, folder in FOLDERS.items():
        place = home / folder
        place.mkdir(parents=True, exist_ok=True)
        environment[name] = str(place.resolve())
    (home / FOLDERS["XDG_RUNTIME_DIR"]).chmod(0o700)
    for name in [name for name in environment if name.startswith(OWN_PREFIX) or name in FORGOTTEN]:
        del environment[name]
    if not sys.platform.startswith("linux"):
        # There the keyring is found without any environment; only this choice keeps tests away from it.
        environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment["OMP_NUM_THREADS"] = "1"


@contextmanager
def private_home() -> Iterator[Path]:
    """A new home for this process, removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="mycrm-tests-"))
    before = dict(os.environ)
    settle_in(home, os.environ)
    try:
        yield home
    finally:
        os.environ.clear()
        os.environ.update(before)
        shutil.rmtree(home, ignore_errors=True)
