"""`mycrm doctor`: checks what the program needs of this machine, each with its value and a hint."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import typer

from mycrm_desktop import __version__
from mycrm_desktop.cli.session import Session, session_of
from mycrm_desktop.folders import config_folder
from services.errors import MyCrmError

_LEAST_FREE_BYTES = 200 * 1024 * 1024
_EARLIEST_YEAR = 2026

Check = dict[str, Any]


def doctor(context: typer.Context) -> None:
    """Check this installation and the workspace; exits 1 when a check fails."""
    session = session_of(context)
    checks = list(run_checks(session))
    session.answer({"checks": checks}, "\n".join(_line(check) for check in checks))
    if not all(check["ok"] for check in checks):
        raise typer.Exit(1)


def _line(check: Check) -> str:
    mark = "ok  " if check["ok"] else "FAIL"
    return f"{mark} {check['name']}: {check['value']}" + (f" - {check['hint']}" if not check["ok"] else "")


def run_checks(session: Session) -> Iterator[Check]:
    """Every check that this version can make."""
    yield _check(
        "versions",
        True,
        f"mycrm {__version__}, Python {platform.python_version()}, Qt {version('PySide6-Essentials')}",
    )
    yield _attempt("paths", _writable, "Make the folder writable for you.")
    yield _attempt("sqlite", _sqlite, "Install the program again.")
    yield _attempt("cipher", _cipher, "Install the program again.")
    yield _attempt("keyring", lambda: _keyring(session), "Without a keyring, protect workspaces by a passphrase.")
    yield _display()
    yield _disk()
    now = datetime.now(UTC)
    yield _check(
        "clock",
        now.year >= _EARLIEST_YEAR,
        now.isoformat(timespec="seconds"),
        "Set the clock of this computer.",
    )
    yield _attempt("integrity", lambda: _integrity(session), "Restore the newest backup; keep the damaged file.")


def _check(name: str, ok: bool, value: object, hint: str = "") -> Check:
    return {"name": name, "ok": ok, "value": str(value), "hint": "" if ok else hint}


def _attempt(name: str, look: Callable[[], str], hint: str) -> Check:
    try:
        return _check(name, True, look())
    except MyCrmError as error:
        return _check(name, False, error.title, error.message or hint)
    except OSError as error:
        return _check(name, False, error.strerror or "not possible", hint)


def _writable() -> str:
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    probe = folder / f".probe-{os.getpid()}"
    probe.write_bytes(b"")
    probe.unlink()
    return str(folder)


def _sqlite() -> str:
    from services.store.engine import check_version, sqlite_version

    check_version()
    return sqlite_version()


def _cipher() -> str:
    from services.store.engine import cipher_version

    return cipher_version()


def _keyring(session: Session) -> str:
    store = session.keys()
    store.trust()
    return store.name


def _display() -> Check:
    if sys.platform in ("win32", "darwin"):
        return _check("display", True, "native")
    shown = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return _check("display", True, shown or "none: the command line works, the window cannot be shown")


def _disk() -> Check:
    free = shutil.disk_usage(config_folder()).free
    return _check("disk", free >= _LEAST_FREE_BYTES, f"{free // 1024**2:,} MB free", "Free some space.")


def _clock(session: Session) -> str:
    now = datetime.now(UTC)
    if now.year < _EARLIEST_YEAR:
        raise MyCrmError(now.isoformat(timespec="seconds"), "Set the clock of this computer.")
    if session.has_workspace():
        with session.opened() as workspace:
            question = workspace.clock.question()
        if question is not None:
            last = question.last_change_at.isoformat(timespec="seconds")
            return f"{now.isoformat(timespec='seconds')}; the last change was made at {last}"
    return now.isoformat(timespec="seconds")


def _integrity(session: Session) -> str:
    if not session.has_workspace():
        return "no workspace yet"
    with session.opened() as workspace:
        problems = workspace.history.verify()
    if problems:
        raise MyCrmError(problems[0], "Restore the newest backup; keep the damaged file.")
    return "sound"
