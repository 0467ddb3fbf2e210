"""Importing a file: looking at it, rehearsing, carrying it out as one step, and saving what could not be read."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from services.errors import Cancelled
from services.importing.applying import Verdict
from services.importing.outcome import ImportOutcome, ImportRequest
from services.records.drafts import RowReject
from services.records.fields import EntityKind
from services.records.ids import Uid
from ui.operations import Operation
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.importing.service import ImportPlan, Inspection
    from services.open_workspace import OpenWorkspace

Progress = Callable[[str, int, int], None]
Stopped = Callable[[], bool]

PART_ROWS: Final = 100_000
"""Rows of one part where a large file is imported in parts."""


class PlanKeeper:
    """Owns the staged rows of one file until they are imported or thrown away; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._plan: ImportPlan | None = None
        self._ended = False

    @property
    def plan(self) -> ImportPlan | None:
        """The plan, if there is one to work with."""
        return self._plan

    def keep(self, plan: ImportPlan) -> None:
        """Take a plan over, in place of one that shares its rows. Raises Cancelled when nobody wants it any more."""
        with self._lock:
            if not self._ended:
                self._plan = plan
                return
        plan.discard()
        raise Cancelled("The dry run was stopped", "Nothing was written.")

    def release(self) -> ImportPlan | None:
        """Give the plan away: the caller discards it."""
        with self._lock:
            plan, self._plan, self._ended = self._plan, None, True
        return plan

    def end(self) -> None:
        """Throw the staged rows away, now or when they arrive."""
        plan = self.release()
        if plan is not None:
            plan.discard()


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A dry run: what would happen, and the plan that would do it."""

    plan: ImportPlan
    outcome: ImportOutcome


def rehearse(
    workspace: OpenWorkspace,
    request: ImportRequest,
    inspection: Inspection,
    keeper: PlanKeeper,
    *,
    progress: Progress,
    stopped: Stopped,
) -> Rehearsed:
    """Read the file into a staging file that `keeper` owns, and tell what importing it would do."""
    plan = workspace.imports.prepare(request, inspection, progress=progress, stopped=stopped)
    keeper.keep(plan)
    return Rehearsed(plan, workspace.imports.rehearse(plan, progress=progress, stopped=stopped))


def rehearse_again(
    workspace: OpenWorkspace,
    plan: ImportPlan,
    request: ImportRequest,
    keeper: PlanKeeper,
    *,
    progress: Progress,
    stopped: Stopped,
) -> Rehearsed:
    """Tell what the rows read already would do with another key, another way with matches, or records since."""
    revised = workspace.imports.revise(plan, request)
    keeper.keep(revised)
    return Rehearsed(revised, workspace.imports.rehearse(revised, progress=progress, stopped=stopped))


def carry_out(
    workspace: OpenWorkspace,
    plan: ImportPlan,
    *,
    in_parts: bool,
    is_told: Callable[[], bool],
    progress: Progress,
    stopped: Stopped,
) -> Operation[ImportOutcome]:
    """Import what was rehearsed, as one batch that Undo takes back; the staged rows are used up.

    `is_told` answers at the end whether the user sees the result anyway, with its Undo; then there is no toast.
    """
    request = replace(plan.request, dry_run=False, chunk_rows=PART_ROWS if in_parts else 0)

    def run() -> ImportOutcome:
        return workspace.imports.apply(workspace.imports.revise(plan, request), progress=progress, stopped=stopped)

    return Operation(
        run=run,
        say=lambda outcome: "" if is_told() else imported(request.entity, outcome),
        icon="import",
        batch=batch_of,
    )


def save_rejects(
    workspace: OpenWorkspace, plan: ImportPlan, rejects: Sequence[RowReject], path: Path
) -> Operation[None]:
    """Write the rows that cannot be read, with their reasons, to a file to be mended."""

    def say(_none: None) -> str:
        return _tr("{rows} saved as {name}").format(rows=_rows(len(rejects)), name=path.name)

    return Operation(
        run=lambda: workspace.imports.save_rejects(plan, rejects, path), say=say, undoable=False, icon="save"
    )


def imported(entity: EntityKind, outcome: ImportOutcome) -> str:
    """`1,793 contacts imported`; empty when nothing became different."""
    count = sum(outcome.count(verdict) for verdict in (Verdict.CREATED, Verdict.UPDATED, Verdict.FILLED))
    return _tr("{things} imported").format(things=things(entity, count)) if outcome.batch is not None else ""


def _rows(count: int) -> str:
    return _tr("1 row") if count == 1 else _tr("{count} rows").format(count=f"{count:,}")


def batch_of(outcome: ImportOutcome) -> Uid | None:
    """The batch that Undo takes back."""
    return outcome.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Imports", text)
