"""What happens when something unforeseen is raised: a log without personal data, and a dialog that says so.

The log names the kind of error and the places in the code. What an error says of itself stays out, because it
may repeat a name, a note or a mail; only the program's own errors are written in full, minus what looks like
an address, a number or something in quotation marks.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final

LARGEST_LOG_BYTES: Final = 1_000_000

_log = logging.getLogger(__name__)

_PERSONAL: Final = (
    re.compile(r"[^\s@<>\"'“”]+@[^\s@<>\"'“”]+"),
    re.compile(r"“[^”]*”|\"[^\"]*\"|'[^']*'"),
    re.compile(r"\+?\d[\d\s().-]{6,}\d"),
)
_HIDDEN: Final = "…"


def redacted(text: str) -> str:
    """The text without what could be somebody's address, number or words."""
    for pattern in _PERSONAL:
        text = pattern.sub(_HIDDEN, text)
    return text


def places(trace: TracebackType | None) -> list[str]:
    """Where an error passed through, outermost first: file, line and function, no values."""
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]


def described(error: BaseException) -> str:
    """An error and what caused it, by kind and place, without what they say of themselves."""
    lines: list[str] = []
    current: BaseException | None = error
    while current is not None and len(lines) < 10:
        kind = type(current)
        name = f"{kind.__module__}.{kind.__qualname__}"
        lines.append(f"{name} at " + (" > ".join(places(current.__traceback__)) or "an unknown place"))
        current = current.__cause__ or current.__context__
    return "\n  after ".join(lines)


class RedactingFormatter(logging.Formatter):
    """Writes traces as kinds and places, and messages without personal data."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """One line for the message, one more for what was raised."""
        safe = logging.makeLogRecord(record.__dict__)
        safe.msg, safe.args = redacted(record.getMessage()), None
        error = record.exc_info[1] if record.exc_info else None
        safe.exc_info, safe.exc_text, safe.stack_info = None, None, None
        line = super().format(safe)
        return f"{line}\n  {described(error)}" if error is not None else line


class CrashGuard:
    """Takes over what nobody caught and logs it, for as long as the program runs.

    The log is opened by the first fault or by `open_log`, so that the start does not wait for the disk.
    """

    def __init__(self, log_file: Callable[[], Path], *, tell: Callable[[Path], None] | None = None) -> None:
        self._log_file = log_file
        self._tell = tell
        self._handler: logging.Handler | None = None
        self._told = False

    def install(self) -> None:
        """Take over the hooks of Python."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_uncaught_in_thread

    def open_log(self) -> None:
        """Write what is logged to the file; a log that cannot be written keeps nobody from working."""
        if self._handler is not None:
            return
        path = self._log_file()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
                path.replace(path.with_suffix(".before.log"))
            self._handler = logging.FileHandler(path, encoding="utf-8")
        except OSError:
            self._handler = logging.StreamHandler(sys.stderr)
        self._handler.setFormatter(RedactingFormatter())
        root = logging.getLogger()
        root.addHandler(self._handler)
        root.setLevel(logging.INFO)

    def remove(self) -> None:
        """End: the hooks of Python hold again and the log is closed."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None

    def _on_uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.open_log()
        _log.critical("Nobody caught this", exc_info=(kind, error, trace))
        # Once a start: a fault in painting would otherwise open a dialog per frame.
        if self._tell is not None and not self._told:
            self._told = True
            self._tell(self._log_file())

    def _on_uncaught_in_thread(self, given: threading.ExceptHookArgs) -> None:
        error = given.exc_value
        if error is not None:
            self.open_log()
            _log.critical("Nobody caught this in a thread", exc_info=(type(error), error, error.__traceback__))
