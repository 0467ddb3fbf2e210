"""The dry run behind the mapping: started anew after each change, stopped when it is out of date, never in the way."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.importing.outcome import ImportOutcome, ImportRequest
from ui.operations import imports
from ui.operations.imports import PlanKeeper, Rehearsed
from ui.pages import PageContext
from ui.pages.import_assistant.pace import Pace, Progress
from ui.pages.import_assistant.verdicts import RowVerdicts
from ui.tasks import Task

if TYPE_CHECKING:
    from services.importing.service import ImportPlan, Inspection

SETTLING_MS: Final = 150
"""A dry run waits for this long for further changes of the mapping."""


class CheckState(Enum):
    """Whether it is known what the import would do."""

    NOTHING = auto()
    RUNNING = auto()
    READY = auto()
    FAILED = auto()


class DryRun(QObject):
    """At most one dry run at a time; what an earlier one still finds is dropped, its staged rows with it."""

    #: The state, or the outcome.
    changed = Signal()
    #: How far it is; read `progress`.
    progressed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._keeper = PlanKeeper()
        self._ending: list[PlanKeeper] = []
        self._stop = threading.Event()
        self._task: Task[Rehearsed] | None = None
        self._next: Callable[[], None] | None = None
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._on_soon_passed)
        self._is_open = True
        self.state = CheckState.NOTHING
        self.progress = Progress()
        self.outcome: ImportOutcome | None = None
        self.verdicts = RowVerdicts()
        self.error: BaseException | None = None

    @property
    def plan(self) -> ImportPlan | None:
        """The staged rows of the outcome; None unless the dry run is ready."""
        return self._keeper.plan if self.state is CheckState.READY else None

    def start(self, request: ImportRequest, inspection: Inspection, *, at_once: bool = False) -> None:
        """Read the file and rehearse, at once or when the mapping has settled."""
        self._end_current()
        self._schedule(partial(self._read, request, inspection), at_once=at_once)

    def start_again(self, request: ImportRequest, inspection: Inspection) -> None:
        """Rehearse with the rows read already; reads the file where there are none yet."""
        plan = self._keeper.plan
        if plan is None:
            self.start(request, inspection)
            return
        self._stop_task()
        self._schedule(partial(self._rehearse_again, plan, request), at_once=False)

    def forget(self) -> None:
        """Stop, and throw the staged rows away."""
        self._soon.stop()
        self._next = None
        self._end_current()
        self.outcome, self.error = None, None
        self.verdicts = RowVerdicts()
        self._set(CheckState.NOTHING)

    def hand_over(self) -> ImportPlan | None:
        """Give the plan away to be imported."""
        plan = self._keeper.release() if self.state is CheckState.READY else None
        self._keeper = PlanKeeper()
        return plan

    def close(self) -> None:
        """The workspace is about to be closed."""
        self._is_open = False
        self._soon.stop()
        self._stop_task()
        # What is still waiting for a thread of its own is dropped when these end: nothing staged may wait for that.
        for keeper in (self._keeper, *self._ending):
            keeper.end()
        # Nothing goes round any more: what is still on show must not wait for an answer.
        self._set(CheckState.NOTHING)

    def _schedule(self, begin: Callable[[], None], *, at_once: bool) -> None:
        self._next = begin
        self.error = None
        self.progress = Progress()
        self._set(CheckState.RUNNING)
        if at_once:
            self._soon.stop()
            self._on_soon_passed()
        else:
            self._soon.start()

    def _on_soon_passed(self) -> None:
        begin, self._next = self._next, None
        if begin is not None and self._is_open:
            begin()

    def _read(self, request: ImportRequest, inspection: Inspection) -> None:
        workspace, keeper = self._context.workspace, self._keeper
        self._run(
            lambda progress, stopped: imports.rehearse(
                workspace, request, inspection, keeper, progress=progress, stopped=stopped
            )
        )

    def _rehearse_again(self, plan: ImportPlan, request: ImportRequest) -> None:
        workspace, keeper = self._context.workspace, self._keeper
        self._run(
            lambda progress, stopped: imports.rehearse_again(
                workspace, plan, request, keeper, progress=progress, stopped=stopped
            )
        )

    def _run(self, work: Callable[[imports.Progress, imports.Stopped], Rehearsed]) -> None:
        self._stop = stop = threading.Event()
        pace = Pace()
        report = self._context.tasks.reporting(partial(self._on_progress, stop))

        def tell(phase: str, done: int, total: int) -> None:
            report(pace.report(phase, done, total))

        self._task = task = self._context.tasks.read(lambda: work(tell, stop.is_set))
        task.then(self._on_rehearsed).otherwise(self._on_failed)

    def _stop_task(self) -> None:
        self._stop.set()
        if self._task is not None:
            self._task.forget()
            self._task = None

    def _end_current(self) -> None:
        self._stop_task()
        keeper, self._keeper = self._keeper, PlanKeeper()
        self._ending.append(keeper)
        # Whatever it staged lies on the disk; removing it is nothing for this thread.
        ending = self._context.tasks.background(keeper.end).otherwise(_no_matter)
        ending.finally_(lambda: self._ending.remove(keeper))

    def _set(self, state: CheckState) -> None:
        self.state = state
        self.changed.emit()

    def _on_progress(self, stop: threading.Event, progress: Progress) -> None:
        if stop is self._stop and self.state is CheckState.RUNNING:
            self.progress = progress
            self.progressed.emit()

    def _on_rehearsed(self, rehearsed: Rehearsed) -> None:
        self._task = None
        self.outcome = rehearsed.outcome
        self.verdicts = RowVerdicts(rehearsed.outcome)
        self._set(CheckState.READY)

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        self.error = error
        self._set(CheckState.FAILED)


def _no_matter(_error: Any) -> None:
    """A staging file that could not be removed is removed at the next start."""
