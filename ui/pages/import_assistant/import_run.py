"""The import itself: under way on the writer thread, cancelled, failed or done, and perhaps taken back since."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from services.errors import Cancelled
from services.importing.outcome import ImportOutcome
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import BatchRow, Origin, UndoOutcome
from ui.operations import history, imports
from ui.operations.calendar_imports import CalendarFound, CalendarTaken, events_and_tasks, take_calendar
from ui.operations.wording import things
from ui.pages import PageContext
from ui.pages.import_assistant.earlier import SEARCHED_BATCHES, records_of
from ui.pages.import_assistant.pace import Pace, Progress
from ui.pages.import_assistant.wording import written
from ui.tasks import Task

if TYPE_CHECKING:
    from services.importing.service import ImportPlan


class RunState(Enum):
    """Where the import stands."""

    NOTHING = auto()
    RUNNING = auto()
    STOPPING = auto()
    DONE = auto()
    FAILED = auto()


class ImportRun(QObject):
    """Carries one plan out; leaving the page does not stop it, closing the workspace does."""

    #: The state, how many records it was, or whether it was taken back.
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
        self.rejects_file: Path | None = None
        self._plan: ImportPlan | None = None
        self.records = 0
        self._entity = EntityKind.CONTACT
        self.is_undone = False
        self.is_undoing = False
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def is_under_way(self) -> bool:
        """Whether rows are being written."""
        return self.state in (RunState.RUNNING, RunState.STOPPING)

    @property
    def imported(self) -> int:
        """The records that were made or changed; their rows while these are not counted yet."""
        if self.records or self.outcome is None:
            return self.records
        return written(self.outcome)

    @property
    def what(self) -> str:
        """What was made or changed: `1,793 contacts`, `2 events and 1 task`."""
        if isinstance(self.outcome, CalendarTaken):
            return events_and_tasks(self.imported, self.outcome.tasks_written)
        return things(self._entity, self.imported)

    @property
    def is_finishing(self) -> bool:
        """Whether every row is in and only the commit is to come, which cannot be stopped."""
        return self.is_under_way and 0 < self.progress.total <= self.progress.done

    def start(self, plan: ImportPlan, *, in_parts: bool, is_told: Callable[[], bool]) -> None:
        """Import a plan; it is used up whatever happens. `is_told`: the user sees the result without a toast."""
        self._begin(plan, plan.request.entity)
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

    def start_calendar(self, found: CalendarFound, *, with_tasks: bool, is_told: Callable[[], bool]) -> None:
        """Take events, and perhaps the tasks beside them, over, in one go that cannot be stopped."""
        self._begin(None, EntityKind.EVENT)
        self.progress = Progress("Importing", found.rows, found.rows)
        operation = take_calendar(self._context.workspace, found, with_tasks=with_tasks, is_told=is_told)
        self._set(RunState.RUNNING)
        self._context.perform(operation).then(self._on_done).otherwise(self._on_failed)

    def _begin(self, plan: ImportPlan | None, entity: EntityKind) -> None:
        self._stop = threading.Event()
        self.outcome, self.error, self.rejects_file = None, None, None
        self.records = 0
        self._plan = plan
        self._entity = entity
        self.is_undone = self.is_undoing = False

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
        self.progress = Progress()
        self.changed.emit()
        task = perform_undo(self._context, self.outcome.batch, self.what, report=self._on_undo_progress)
        task.finally_(self._on_undo_ended)

    def save_rejects(self, path: Path) -> None:
        """Write the rows that could not be read to a file of the user's choice."""
        plan, outcome = self._plan, self.outcome
        if plan is not None and outcome is not None:
            operation = imports.save_rejects(self._context.workspace, plan, outcome.rejects, path)
            self._context.perform(operation).then(lambda _none: self._on_rejects_saved(outcome, path))

    def reset(self) -> None:
        """Forget what was imported."""
        if not self.is_under_way:
            self.outcome = self.error = self.rejects_file = self._plan = None
            self._set(RunState.NOTHING)

    def pose(self, state: RunState, *, progress: Progress | None = None, error: BaseException | None = None) -> None:
        """Stand there as if an import were in this state, without one; for pictures."""
        if self._plan is None and self.outcome is None:
            self.progress, self.error = progress or Progress(), error
            self._set(state)

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

    def _on_undo_progress(self, progress: Progress) -> None:
        if self.is_undoing:
            self.progress = progress
            self.progressed.emit()

    def _on_done(self, outcome: ImportOutcome) -> None:
        self.outcome, self.rejects_file = outcome, outcome.rejects_file
        self._set(RunState.DONE)
        if outcome.batch is not None:
            self._look_at_batch()

    def _on_rejects_saved(self, outcome: ImportOutcome, path: Path) -> None:
        if outcome is self.outcome:
            self.rejects_file = path
            self.changed.emit()

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
        self._look_at_batch()

    def _on_records_changed(self, _entity: EntityKind, _ids: Any, origin: str, _batch: int) -> None:
        if origin == Origin.UNDO and self.state is RunState.DONE:
            self._look_at_batch()

    def _look_at_batch(self) -> None:
        outcome, workspace = self.outcome, self._context.workspace
        if outcome is not None and outcome.batch is not None:
            look = partial(workspace.history.batches, limit=SEARCHED_BATCHES)
            self._looking.read(look).then(partial(self._on_looked, outcome))

    def _on_looked(self, outcome: ImportOutcome, batches: Sequence[BatchRow]) -> None:
        if outcome is not self.outcome or self.state is not RunState.DONE:
            return
        before = self.is_undone, self.records
        own = [batch for batch in batches if batch.uid in outcome.batches]
        if own:
            self.records = sum(records_of(batch) for batch in own)
            self.is_undone = all(batch.undone for batch in own)
        if before != (self.is_undone, self.records):
            self.changed.emit()


def perform_undo(
    context: PageContext, batch: Uid, what: str, *, report: Callable[[Progress], None]
) -> Task[UndoOutcome]:
    """Take an import of `what` back and say so, and say what was left alone because it was changed since.

    `report` is told on the GUI thread how far it is.
    """
    sentence = QCoreApplication.translate("ImportRun", "Undone: import of {things}").format(things=what)

    def say(outcome: UndoOutcome) -> str:
        return "" if outcome.left_alone else sentence

    def tell_left_alone(outcome: UndoOutcome) -> None:
        if outcome.left_alone:
            # A toast with a second line stays until it is read.
            context.toasts.show_error(sentence, kept=history.left_alone(outcome.left_alone))

    pace, tell = Pace(), context.tasks.reporting(report)

    def progress(done: int, total: int) -> None:
        tell(pace.report("Undoing", done, total))

    operation = replace(history.undo(context.workspace, batch, progress=progress), say=say)
    return context.perform(operation).then(tell_left_alone)
