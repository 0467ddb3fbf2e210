"""Which workspace is open: opens, creates, locks and closes one at a time, off the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.errors import MyCrmError
from services.workspace_list import KnownWorkspace, WorkspaceList
from ui.operations import workspaces as operations
from ui.operations.workspaces import BuildDemo, DemoProgress, Identified, Key, Wanted
from ui.tasks import Task, Tasks

if TYPE_CHECKING:
    from datetime import datetime

    from services.open_workspace import OpenWorkspace
    from services.workspaces import Created, Workspaces

POLL_MS: Final = 1000


class Opening(QObject):
    """The open workspace and the ways to another one; what happens is told by signals."""

    #: A workspace is being opened: its path. The window shows placeholders.
    begun = Signal(object)
    #: It is open: the OpenWorkspace.
    opened = Signal(object)
    #: It asks for a key first: Identified.
    key_needed = Signal(object)
    #: It could not be opened: its path and the error.
    failed = Signal(object, object)
    #: The open workspace is about to be closed; whoever shows it lets go of it now.
    closing = Signal()

    def __init__(
        self,
        make_workspaces: Callable[[], Workspaces],
        known: WorkspaceList,
        tasks: Tasks,
        *,
        build_demo: BuildDemo,
        trust_keyring: Callable[[], None],
        import_pages: Callable[[], None],
    ) -> None:
        super().__init__()
        self._make_workspaces = make_workspaces
        self._known = known
        self._tasks = tasks
        self._build_demo = build_demo
        self._trust_keyring = trust_keyring
        self._import_pages = import_pages
        self._workspace: OpenWorkspace | None = None
        self._poll: Task[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self._on_poll_due)

    @property
    def workspace(self) -> OpenWorkspace | None:
        """What is open."""
        return self._workspace

    def known(self) -> list[KnownWorkspace]:
        """The workspaces of this laptop, the last used first."""
        return self._known.all()

    def last_used(self) -> Path | None:
        """The workspace to open at the start."""
        return self._known.last_used()

    def warm_up(self) -> None:
        """Import what opening needs before it is needed."""
        self._tasks.background(operations.warm_up)

    def try_keyring(self) -> Task[None]:
        """Look for a keyring that can be trusted; the task fails with NeedsDecision when there is none."""
        return self._tasks.background(self._trust_keyring)

    def forget(self, path: Path) -> Task[None]:
        """Take a workspace off the list; its file stays."""
        return self._tasks.background(lambda: self._known.forget(path))

    def begin(self, path: Path) -> None:
        """Open a workspace if nothing needs to be asked; else say what is needed."""
        self.begun.emit(path)
        task = self._tasks.background(partial(operations.identify, path))
        task.then(self._on_identified).otherwise(partial(self._on_failed, path))

    def open(self, path: Path, key: Key = Key()) -> Task[OpenWorkspace]:  # noqa: B008 - frozen and empty
        """Open a workspace with what the user gave; the task carries what went wrong."""

        def work() -> OpenWorkspace:
            workspace = operations.open_workspace(self._make_workspaces(), path, key)
            self._import_pages()
            return workspace

        return self._tasks.background(work).then(self._take)

    def create(self, wanted: Wanted) -> Task[Created]:
        """Make a workspace; `take` it when the user has seen its recovery code."""

        def work() -> Created:
            created = operations.create_workspace(self._make_workspaces(), wanted)
            self._import_pages()
            return created

        return self._tasks.background(work)

    def create_demo(self, path: Path, *, progress: DemoProgress | None = None) -> Task[OpenWorkspace]:
        """Make a workspace with invented people and open it."""

        def build() -> OpenWorkspace:
            path.parent.mkdir(parents=True, exist_ok=True)
            workspace = self._build_demo(self._make_workspaces(), path, progress=progress)
            self._import_pages()
            return workspace

        return self._tasks.background(build).then(self._take)

    def take(self, workspace: OpenWorkspace) -> None:
        """Show a workspace that was created before."""
        self._take(workspace)

    def lock(self) -> None:
        """Close the workspace and ask for its key."""
        workspace = self._workspace
        if workspace is None:
            return
        path, since = workspace.store.path, workspace.store.clock.now()
        self._let_go()
        task = self._tasks.background(partial(_close_and_identify, workspace, path, since))
        task.then(self.key_needed.emit).otherwise(partial(self._on_failed, path))

    def switch(self, path: Path) -> None:
        """Leave the open workspace for another one."""
        workspace = self._workspace
        if workspace is None:
            self.begin(path)
            return
        self._let_go()
        self.begun.emit(path)
        self._tasks.background(workspace.close).then(lambda _none: self.begin(path))

    def close(self) -> None:
        """Close what is open and wait for it: the end of the program."""
        workspace = self._workspace
        if workspace is not None:
            self._let_go()
            workspace.close()

    def _take(self, workspace: OpenWorkspace) -> None:
        self._let_go()
        self._workspace = workspace
        self._tasks.attach(workspace.store)
        path = workspace.store.path
        self._tasks.background(lambda: self._known.use(path)).otherwise(_no_matter)
        self._timer.start()
        self.opened.emit(workspace)

    def _let_go(self) -> None:
        if self._workspace is None:
            return
        self._timer.stop()
        self.closing.emit()
        self._tasks.detach()
        self._workspace = None
        self._poll = None

    def _on_identified(self, identified: Identified) -> None:
        if identified.protection == "passphrase":
            self.key_needed.emit(identified)
            return
        self.open(identified.path).otherwise(partial(self._on_not_opened, identified))

    def _on_not_opened(self, identified: Identified, error: BaseException) -> None:
        from services.errors import WorkspaceLocked

        if isinstance(error, WorkspaceLocked):
            self.key_needed.emit(replace(identified, error=error))
            return
        self._on_failed(identified.path, error)

    def _on_failed(self, path: Path, error: BaseException) -> None:
        if not isinstance(error, MyCrmError):
            self._tasks.failed.emit(error)
        self.failed.emit(path, error)

    def _on_poll_due(self) -> None:
        if self._workspace is None or self._poll is not None:
            return
        self._poll = self._tasks.read(self._workspace.store.poll)
        self._poll.otherwise(_no_matter).finally_(self._on_polled)

    def _on_polled(self) -> None:
        self._poll = None


def _close_and_identify(workspace: OpenWorkspace, path: Path, since: datetime) -> Identified:
    workspace.close()
    return replace(operations.identify(path), since=since)


def _no_matter(_error: BaseException) -> None:
    """A list that could not be written, or one poll that failed, is no reason to interrupt anybody."""
