"""The import itself: under way on the writer thread, cancelled, failed or done, and perhaps taken back since."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Signal

from services.errors import Cancelled
from services.importing.outcome import ImportOutcome
from services.records.fields import EntityKind
from services.records.ledger import Origin
from ui.operations import history, imports
from ui.pages import PageContext
from ui.pages.import_assistant.pace import Pace, Progress

if TYPE_CHECKING:
    from services.importing.service import ImportPlan

_SEARCHED_BATCHES: Final = 200


class RunState(Enum):
    """Where the import stands."""

    NOTHING = auto()
    RUNNING = auto()
    STOPPING = auto()
    DONE = auto()
    FAILED = auto()


class ImportRun(QObject):
    """Carries one plan out; leaving the page does not stop it, closing the workspace does."""

    #: The state, or whether the import was taken back.
    changed = Signal()
    #: How far it is; read `progress`.
    progressed = Signal()
    #: It was cancelled; nothing was written.
    cancelled = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stop = threading.Event()
        self._looking = context.tasks.lane()
        self.state = RunState.NOTHING
        self.progress = Progress()
        self.outcome: ImportOutcome | None = None
        self.error: BaseException | None = None
        self.is_undone = False
        self.is_undoing = False
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def is_under_way(self) -> bool:
        """Whether rows are being written."""
        return self.state in (RunState.RUNNING, RunState.STOPPING)

    @property
    def is_finishing(self) -> bool:
        """Whether every row is in and only the commit is to come, which cannot be stopped."""
        return self.is_under_way and 0 < self.progress.total <= self.progress.done

    def start(self, plan: ImportPlan, *, in_parts: bool, is_told: Callable[[], bool]) -> None:
        """Import a plan; it is used up whatever happens. `is_told`: the user sees the result without a toast."""
        self._stop = threading.Event()
        self.outcome, self.error = None, None
        self.is_undone = self.is_undoing = False
        self.progress = Progress(total=plan.rows)
        pace = Pace()
        report = self._context.tasks.reporting(partial(self._on_progress, self._stop))

        def tell(phase: str, done: int, total: int) -> None:
            report(pace.report(phase, done, total))

        operation = imports.carry_out(
            self._context.workspace,
            plan,
            in_parts=in_parts,
            is_told=is_told,
            progress=tell,
            stopped=self._stop.is_set,
        )
        self._set(RunState.RUNNING)
        self._context.perform(operation).then(self._on_done).otherwise(self._on_failed)

    def cancel(self) -> None:
        """Stop; everything that was written so far is taken back."""
        if self.state is RunState.RUNNING and not self.is_finishing:
            self._stop.set()
            self._set(RunState.STOPPING)

    def undo(self) -> None:
        """Take the import back, as one step."""
        if self.outcome is None or self.outcome.batch is None or self.is_undone or self.is_undoing:
            return
        self.is_undoing = True
        self.changed.emit()
        operation = history.undo(self._context.workspace, self.outcome.batch)
        self._context.perform(operation).finally_(self._on_undo_ended)

    def reset(self) -> None:
        """Forget what was imported."""
        if not self.is_under_way:
            self.outcome = self.error = None
            self._set(RunState.NOTHING)

    def close(self) -> None:
        """The workspace is about to be closed: an import that has not ended leaves nothing."""
        self._stop.set()
        self._looking.close()
        self._context.bridge.records_changed.disconnect(self._on_records_changed)

    def _set(self, state: RunState) -> None:
        self.state = state
        self.changed.emit()

    def _on_progress(self, stop: threading.Event, progress: Progress) -> None:
        if stop is self._stop and self.is_under_way:
            self.progress = progress
            self.progressed.emit()

    def _on_done(self, outcome: ImportOutcome) -> None:
        self.outcome = outcome
        self._set(RunState.DONE)

    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self._set(RunState.NOTHING)
            self.cancelled.emit()
            return
        self.error = error
        self._set(RunState.FAILED)

    def _on_undo_ended(self) -> None:
        self.is_undoing = False
        self.changed.emit()
        self._look_whether_undone()

    def _on_records_changed(self, _entity: EntityKind, _ids: Any, origin: str, _batch: int) -> None:
        if origin == Origin.UNDO and self.state is RunState.DONE:
            self._look_whether_undone()

    def _look_whether_undone(self) -> None:
        outcome, workspace = self.outcome, self._context.workspace
        if outcome is None or outcome.batch is None:
            return

        def look() -> bool | None:
            batches = workspace.history.batches(limit=_SEARCHED_BATCHES)
            return next((batch.undone for batch in batches if batch.uid == outcome.batch), None)

        self._looking.read(look).then(self._on_looked)

    def _on_looked(self, undone: bool | None) -> None:
        if undone is not None and undone is not self.is_undone:
            self.is_undone = undone
            self.changed.emit()
