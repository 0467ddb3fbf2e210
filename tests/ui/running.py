"""The whole window in a test: started as the program starts it, on folders of the test and keys in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import mycrm_desktop.wiring  # noqa: F401 - its first import belongs to the start of the program
from mycrm_desktop.app import Run
from mycrm_desktop.config import Config
from mycrm_desktop.wiring import Outside
from services.clock import ManualClock
from services.open_workspace import OpenWorkspace
from services.records.drafts import RecordDraft
from services.store.store import Surroundings
from services.vault.keys import KeyStore
from services.vault.memory_store import MemoryStore
from services.vault.protection import Protection
from services.workspace_list import WorkspaceList
from services.workspaces import NewWorkspace, Workspaces
from ui.main_window import MainWindow
from ui.navigation import import_pages
from ui.notifications.notifier import FindNotifier
from ui.operations.workspaces import DemoProgress
from ui.theme.theme import THEME_PROPERTY
from ui.window_parts import WindowParts

NOW: Final = datetime(2026, 11, 23, 8, 41, tzinfo=UTC)
WAIT_MS: Final = 20_000
PASSPHRASE: Final = "correct horse battery staple"


Kind = TypeVar("Kind", bound=QWidget)


class Started:
    """A running window and what a test asks of it."""

    def __init__(self, run: Run, qtbot: QtBot, clock: ManualClock, keys: MemoryStore) -> None:
        self.run = run
        self.clock = clock
        self.keys = keys
        self._qtbot = qtbot

    @property
    def window(self) -> MainWindow:
        """The window inside the shell."""
        return self.run.wired.window

    @property
    def parts(self) -> WindowParts:
        """Its collaborators."""
        return self.run.wired.parts

    @property
    def workspace(self) -> OpenWorkspace:
        """What is open."""
        found = self.parts.opening.workspace
        assert found is not None
        return found

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the window run until something holds."""
        self._qtbot.waitUntil(condition, timeout=WAIT_MS)

    def settle(self) -> None:
        """Let the window run until nothing is under way."""
        self.wait(lambda: self.parts.tasks.is_settled)

    def wait_open(self) -> None:
        """Let the window run until a workspace is open and its page in front."""
        self.wait(lambda: self.window.is_ready and self.window.frame.pages.current is not None)
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        # The offscreen platform does not give the activity back that another window took.
        self.run.shell.activateWindow()
        self.wait(self.run.shell.isActiveWindow)
        target = QApplication.focusWidget() or self.window
        self._qtbot.keyClick(target, key, modifiers)

    def said(self) -> str:
        """What the toast on show says."""
        toast = self.window.frame.toasts.current
        return toast.message if toast is not None else ""

    def card(self, kind: type[Kind]) -> Kind:
        """The card in front, of this kind."""
        found = self.window.cards.card
        assert isinstance(found, kind)
        return found


@contextmanager
def started(
    qtbot: QtBot,
    folder: Path,
    *,
    workspace: Path | None = None,
    keys: KeyStore | None = None,
    now: datetime = NOW,
    find_notifier: FindNotifier = lambda: None,
) -> Iterator[Started]:
    """Start the window, and end it when the block does."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    # Pages are imported by a thread of the program; in a test that would count as the loop being held up.
    import_pages()
    clock, kept = ManualClock(now), MemoryStore()
    config = Config(folder / "config", folder / "state", folder / "Documents", workspace=workspace)
    outside = Outside(make_keys=lambda: keys or kept, clock=clock, build_demo=small_demo, find_notifier=find_notifier)
    run = Run(application, config, outside)
    run.show()
    run.shell.activateWindow()
    qtbot.waitUntil(run.is_imported, timeout=WAIT_MS)
    run.complete()
    run.wired.parts.theme.set_reduced_motion(True)
    qtbot.waitUntil(run.shell.isActiveWindow, timeout=WAIT_MS)
    try:
        yield Started(run, qtbot, clock, kept)
    finally:
        run.close()
        application.setProperty(THEME_PROPERTY, None)
        application.styleHints().unsetColorScheme()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def make_workspace(folder: Path, *, protection: Protection = Protection.PLAIN, known: bool = True) -> Path:
    """A workspace file of Lena's with three people, closed again, and known to the window."""
    clock = ManualClock(NOW)
    workspaces = Workspaces(MemoryStore(), Surroundings(device=b"t" * 16, clock=clock))
    request = NewWorkspace(
        protection=protection,
        passphrase=PASSPHRASE if protection is Protection.PASSPHRASE else "",
        user_name="Lena Hartmann",
        email="lena@nordvik.example",
        time_zone="Europe/Berlin",
    )
    workspace = workspaces.create(folder / "Nordvik.mycrm", request).workspace
    workspace.users.act_as(None)
    for first, last, company in _PEOPLE:
        workspace.contacts.add(RecordDraft({"first_name": first, "last_name": last, "company": company}))
    path = workspace.store.path
    workspace.close()
    if known:
        WorkspaceList(folder / "config", clock).use(path)
    return path


def small_demo(workspaces: Workspaces, path: Path, *, progress: DemoProgress | None = None) -> OpenWorkspace:
    """A demo of two people, where the real one would take seconds."""
    created = workspaces.create(path, NewWorkspace(protection=Protection.PLAIN, user_name="Lena Hartmann", demo=True))
    created.workspace.users.act_as(None)
    for number, (first, last, company) in enumerate(_PEOPLE[:2], start=1):
        created.workspace.contacts.add(RecordDraft({"first_name": first, "last_name": last, "company": company}))
        if progress is not None:
            progress("contacts", number, 2)
    return created.workspace


_PEOPLE: Final = (
    ("Anna", "Berg", "Almeda Logistics"),
    ("Karim", "Haddad", "Castellan Insurance"),
    ("Sofia", "Tessaro", "Tessaro Ceramics"),
)
