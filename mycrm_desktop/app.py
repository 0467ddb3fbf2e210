"""One run of the window: the shell, its first paint, then everything else; at the end all of it in reverse.

Until the first paint only Qt, the tokens and this module are imported. The rest is imported on a thread of its
own, so that the window answers meanwhile; then it is joined and the asyncio loop takes over the GUI thread.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from mycrm_desktop import __version__
from mycrm_desktop.config import Config
from mycrm_desktop.crash import CrashGuard
from mycrm_desktop.single_instance import SingleInstance, Wish
from ui.session_state import SessionState
from ui.shell import Shell

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

    from mycrm_desktop.wiring import Outside, Wired
    from ui.collector import Collector

KNOWN_WORKSPACES: Final = "workspaces.json"
KNOWN_ERROR: Final = 1


class Run(QObject):
    """The window from its first paint to its end; `complete` it once the rest of the program is imported."""

    #: The rest of the program is imported; queued from the thread that did it.
    imported = Signal()

    def __init__(self, application: QApplication, config: Config, outside: Outside | None = None) -> None:
        super().__init__()
        self._application = application
        self._config = config
        self._outside = outside
        self._state = SessionState(config.config_folder)
        opens = config.workspace is not None or (config.config_folder / KNOWN_WORKSPACES).exists()
        self.shell = Shell(self._state, shows_frame=opens)
        self._wired: Wired | None = None
        self._loop: AbstractEventLoop | None = None
        self._collector: Collector | None = None
        self._is_imported = threading.Event()
        self._importing = threading.Thread(target=self._import, name="start")
        self.shell.painted.connect(self._on_painted)

    @property
    def wired(self) -> Wired:
        """The parts of the window; LookupError before `complete`."""
        if self._wired is None:
            raise LookupError("The window is not complete yet")
        return self._wired

    @property
    def loop(self) -> AbstractEventLoop:
        """The asyncio loop on the GUI thread, for sockets and timers, never for work; LookupError before `complete`."""
        if self._loop is None:
            raise LookupError("The window is not complete yet")
        return self._loop

    def is_imported(self) -> bool:
        """Whether the rest of the program is imported."""
        return self._is_imported.is_set()

    def show(self) -> None:
        """Put the window on the screen."""
        self.shell.restore_place()
        self.shell.show()

    def complete(self) -> None:
        """Build and join everything, and open a workspace or welcome the user."""
        import asyncio

        from qasync import QEventLoop

        from mycrm_desktop.wiring import Outside, wire
        from ui.collector import Collector

        self._importing.join()
        self._collector = Collector(self)
        self._collector.start()
        self._loop = QEventLoop(self._application)
        asyncio.set_event_loop(self._loop)
        self._wired = wire(self._config, self._application, self._state, self._outside or Outside())
        window = self._wired.window
        window.title_changed.connect(self.shell.setWindowTitle)
        window.quit_requested.connect(self.shell.close)
        self.shell.setWindowIcon(self._wired.icon)
        self.shell.set_content(window)
        window.begin(self._config.workspace)

    def on_asked(self, wish: Wish) -> None:
        """A later start was asked for something: come to the front, and do it here."""
        shell = self.shell
        shell.setWindowState(shell.windowState() & ~Qt.WindowState.WindowMinimized)
        shell.show()
        shell.raise_()
        shell.activateWindow()
        opening = self.wired.parts.opening
        current = opening.workspace.store.path.resolve() if opening.workspace is not None else None
        if wish.workspace is not None and wish.workspace != current:
            opening.switch(wish.workspace)

    def close(self) -> None:
        """Close everything in reverse; the threads have ended when this returns."""
        if self._importing.ident is not None:
            self._importing.join()
        if self._wired is not None:
            self._wired.close()
            self._wired = None
        if self._loop is not None:
            self._close_loop(self._loop)
            self._loop = None
        self.shell.close()
        self.shell.deleteLater()
        if self._collector is not None:
            self._collector.stop()
            self._collector = None

    @staticmethod
    def _close_loop(loop: AbstractEventLoop) -> None:
        import asyncio

        asyncio.set_event_loop(None)
        loop.close()

    def _on_painted(self) -> None:
        self._importing.start()

    def _import(self) -> None:
        import qasync  # noqa: F401

        import mycrm_desktop.wiring  # noqa: F401

        self._is_imported.set()
        self.imported.emit()


def make_application() -> QApplication:
    """The one QApplication, with the names under which the system keeps its things."""
    QCoreApplication.setApplicationName("MyCRM")
    QCoreApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("mycrm-desktop")
    return QApplication(sys.argv[:1])


def until_imported(run: Run, application: QApplication) -> bool:
    """Run Qt's own loop until the rest is imported; False when the user closed the window before."""
    done: list[bool] = []

    def on_imported() -> None:
        done.append(True)
        # `quit` would close the windows first.
        application.exit()

    run.imported.connect(on_imported, Qt.ConnectionType.QueuedConnection)
    run.show()
    application.exec()
    return bool(done)


def run(config: Config) -> int:
    """Show the window until the user leaves; the exit code. A second start shows the first one's window."""
    guard = CrashGuard(lambda: config.log_file, tell=_tell_of_fault)
    guard.install()
    try:
        application = make_application()
        instance = SingleInstance(config.config_folder)
        if not instance.claim():
            return _hand_over(instance, config)
        started = Run(application, config)
        if config.stops_at_first_paint:
            started.shell.painted.disconnect()
            started.shell.painted.connect(application.exit)
        if until_imported(started, application):
            guard.open_log()
            started.complete()
            instance.asked.connect(started.on_asked)
            instance.listen()
            started.loop.run_forever()
        started.close()
        instance.close()
    finally:
        guard.remove()
    return 0


def _hand_over(instance: SingleInstance, config: Config) -> int:
    workspace = config.workspace.resolve() if config.workspace is not None else None
    if instance.hand_over(Wish(workspace)):
        return 0
    from mycrm_desktop.fault_dialog import tell

    translate = QCoreApplication.translate
    tell(
        translate("Start", "MyCRM is open already and does not answer"),
        translate("Start", "Wait until its window answers, or end the program, and start it again."),
    )
    return KNOWN_ERROR


def _tell_of_fault(log_file: Path) -> None:
    from mycrm_desktop.fault_dialog import tell_of_fault

    tell_of_fault(log_file)
