"""One window per user and settings folder: a second start hands over what it was asked for, and ends.

Who is first is settled by a lock file, which the system gives free when a process dies; what is handed over goes
through a local socket (a named pipe on Windows) that only this user may open.
"""

from __future__ import annotations

import hashlib
import json
import logging
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QLockFile, QObject, Signal

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK_FILE: Final = "window.lock"
LONGEST: Final = 64 * 1024
"""Bytes of a request; more is no request of ours."""
PATIENCE_S: Final = 5.0
"""How long a second start waits for the first one, which may be starting itself."""
_ANSWER: Final = b"shown\n"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a start was asked for: to open a workspace, or only to show the window."""

    workspace: Path | None = None

    def written(self) -> bytes:
        """As it goes over the socket: one line of JSON."""
        return json.dumps({"workspace": str(self.workspace) if self.workspace else None}).encode() + b"\n"

    @staticmethod
    def read(line: bytes) -> Wish:
        """What a line says; raises ValueError for anything else."""
        document: Any = json.loads(line)
        if not isinstance(document, dict):
            raise ValueError("not an object")
        workspace = document.get("workspace")
        if workspace is not None and not isinstance(workspace, str):
            raise ValueError("not a path")
        return Wish(Path(workspace) if workspace else None)


class SingleInstance(QObject):
    """The claim to be the one window on a settings folder, and what later starts ask of it."""

    #: A later start asked for something: Wish.
    asked = Signal(object)

    def __init__(self, folder: Path) -> None:
        super().__init__()
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(folder / LOCK_FILE))
        # A window stays open for weeks; only a dead process makes the lock stale, never its age.
        self._lock.setStaleLockTime(0)
        self.name: Final = "mycrm-" + hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]
        self._server: QLocalServer | None = None

    @property
    def socket_file(self) -> Path | None:
        """Where the socket lies while this window listens; None on systems where it is no file."""
        path = Path(self._server.fullServerName()) if self._server is not None else None
        return path if path is not None and path.exists() else None

    def claim(self) -> bool:
        """Be the one window; False when another process is it."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Hear what later starts ask for; they cannot reach this window where the system allows no socket."""
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connected)
        # We hold the lock, so what lies there belongs to a process that died.
        QLocalServer.removeServer(self.name)
        if not server.listen(self.name):
            _log.warning("Later starts cannot reach this window: %s", server.errorString())
        self._server = server

    def hand_over(self, wish: Wish, *, patience_s: float = PATIENCE_S) -> bool:
        """Ask the first window; whether it answered within `patience_s` seconds."""
        from PySide6.QtNetwork import QLocalSocket

        until = time.monotonic() + patience_s
        while (left := until - time.monotonic()) > 0:
            socket = QLocalSocket()
            socket.connectToServer(self.name)
            if socket.waitForConnected(_milliseconds(left)):
                socket.write(wish.written())
                while not socket.canReadLine() and socket.waitForReadyRead(_milliseconds(until - time.monotonic())):
                    pass
                return socket.readLine() == _ANSWER
            time.sleep(0.05)
        return False

    def close(self) -> None:
        """Let another window be the one."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _on_connected(self) -> None:
        if self._server is None:
            return
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda socket=socket: self._on_readable(socket))
            self._on_readable(socket)

    def _on_readable(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                socket.abort()
            return
        try:
            wish = Wish.read(bytes(socket.readLine(LONGEST).data()))
        except ValueError:
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        socket.disconnectFromServer()
        self.asked.emit(wish)


def _milliseconds(seconds: float) -> int:
    return max(1, round(seconds * 1000))
