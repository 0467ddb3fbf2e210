"""One run of the window: start, first paint, then the workspace; at the end everything in reverse."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QMessageBox

from mycrm_desktop import __version__
from mycrm_desktop.config import Config
from mycrm_desktop.crash import CrashGuard
from mycrm_desktop.wiring import Outside, Wired, wire

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop


class Run(QObject):
    """The window from its first paint to its end, around one asyncio loop on the GUI thread."""

    #: The window was painted, the loop runs, and a workspace is being opened or the user welcomed.
    started = Signal()

    def __init__(self, application: QApplication, config: Config, outside: Outside | None = None) -> None:
        super().__init__()
        self.wired: Wired = wire(config, application, outside or Outside())
        self._application = application
        self._config = config
        self._loop: AbstractEventLoop | None = None
        window = self.wired.window
        window.first_painted.connect(self._on_first_painted)
        window.quit_requested.connect(window.close)

    @property
    def loop(self) -> AbstractEventLoop | None:
        """The asyncio loop, once the window was painted: for sockets and timers, never for work."""
        return self._loop

    def show(self) -> None:
        """Put the window on the screen."""
        self.wired.window.restore_geometry()
        self.wired.window.show()

    def close(self) -> None:
        """Close everything in reverse; the threads have ended when this returns."""
        self.wired.close()
        if self._loop is not None:
            self._loop.stop()
            self._loop.close()
            self._loop = None

    def _on_first_painted(self) -> None:
        # Importing asyncio and the store takes longer than the first paint may.
        from qasync import QEventLoop

        self._loop = QEventLoop(self._application, already_running=True)
        self.wired.window.begin(self._config.workspace)
        self.started.emit()


def make_application() -> QApplication:
    """The one QApplication, with the names under which the system keeps its things."""
    QCoreApplication.setApplicationName("MyCRM")
    QCoreApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("mycrm-desktop")
    return QApplication(sys.argv[:1])


def run(config: Config) -> int:
    """Show the window until the user leaves; the exit code."""
    guard = CrashGuard(config.log_file)
    guard.install()
    try:
        application = make_application()
        guard.tell_with(tell_of_fault)
        started = Run(application, config)
        started.show()
        code = application.exec()
        started.close()
    finally:
        guard.remove()
    return code


def tell_of_fault(log_file: str) -> None:
    """Say that the program failed somewhere, what is safe, and where the details are."""
    box = QMessageBox(
        QMessageBox.Icon.Warning,
        QCoreApplication.translate("Crash", "MyCRM made a mistake"),
        QCoreApplication.translate(
            "Crash",
            "Something went wrong inside the program. Everything you saved is safe. Close the window and "
            "start it again; if it happens once more, send us the log.",
        ),
        QMessageBox.StandardButton.Close,
    )
    box.setInformativeText(
        QCoreApplication.translate("Crash", "The log holds no names and no notes: {path}").format(path=log_file)
    )
    show = box.addButton(QCoreApplication.translate("Crash", "Show the log"), QMessageBox.ButtonRole.ActionRole)
    show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(log_file).parent))))
    box.exec()
