"""Importing a calendar, or events of a table: looking at them, and taking them over as one step, tasks with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from services.importing.applying import Verdict
from services.importing.calendar_files import CalendarOutcome
from services.importing.outcome import ImportOutcome
from services.records.calendar_drafts import CalendarContents, EventDraft
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from ui.operations import Operation
from ui.operations.imports import batch_of
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

_SLICE: Final = 500
_WRITTEN: Final = (Verdict.CREATED, Verdict.UPDATED, Verdict.FILLED)

Identity = tuple[str, datetime | None]
"""What makes an event the same in file and workspace: the uid of its calendar, and which occurrence it is."""


@dataclass(frozen=True, slots=True)
class CalendarFound:
    """What a file of events holds, which of them are here already, and how many of the file's they are (`known`).

    `told` is the dry run of everything in it, tasks included.
    """

    path: Path
    contents: CalendarContents
    here: frozenset[Identity]
    known: int
    told: CalendarOutcome

    @property
    def rows(self) -> int:
        """The events of the file, those that cannot be read among them."""
        return len(self.contents.events) + len(self.contents.rejects)

    def is_here(self, draft: EventDraft) -> bool:
        """Whether the event stands in the workspace already."""
        return identity(draft) in self.here


@dataclass(frozen=True, slots=True)
class CalendarTaken(ImportOutcome):
    """What became of the events; `tasks_written` is how many tasks were made or changed with them."""

    tasks_written: int = 0


def identity(draft: EventDraft) -> Identity:
    """What makes the event the same in file and workspace."""
    return draft.calendar_uid, draft.occurrence


def look_at_calendar(workspace: OpenWorkspace, path: Path) -> CalendarFound:
    """Read a file of events, and see what importing it would do; writes nothing. Raises UnreadableFile."""
    contents = workspace.imports.read_calendar(path)
    told = workspace.imports.rehearse_calendar(path, contents, with_tasks=True)
    wanted = {identity(draft) for draft in contents.events}
    ids = workspace.calendar.ids(ListRequest(sort="starts_at"))
    here: set[Identity] = set()
    for start in range(0, len(ids), _SLICE):
        here.update(wanted.intersection(map(identity, workspace.calendar.drafts(ids[start : start + _SLICE]))))
    # Counted here: a long calendar must not hold up the window.
    known = sum(1 for draft in contents.events if identity(draft) in here)
    return CalendarFound(path, contents, frozenset(here), known, told)


def take_calendar(
    workspace: OpenWorkspace, found: CalendarFound, *, with_tasks: bool, is_told: Callable[[], bool]
) -> Operation[ImportOutcome]:
    """Take events, and perhaps tasks, over as one batch that Undo takes back; `is_told` as with tables."""

    def run() -> ImportOutcome:
        return _taken(workspace.imports.take_calendar(found.path, found.contents, with_tasks=with_tasks))

    return Operation(
        run=run,
        say=lambda outcome: "" if is_told() or outcome.batch is None else _imported(outcome),
        icon="import",
        batch=batch_of,
    )


def _taken(outcome: CalendarOutcome) -> CalendarTaken:
    taken, tasks = outcome.events, outcome.tasks.verdicts if outcome.tasks is not None else {}
    written = sum(tasks.get(verdict, 0) for verdict in _WRITTEN)
    same = tasks.get(Verdict.UNCHANGED, 0)
    notes = [_tr("Tasks: {new} new, {changed} updated, {same} unchanged.")] if outcome.tasks is not None else []
    new, changed = tasks.get(Verdict.CREATED, 0), written - tasks.get(Verdict.CREATED, 0)
    return CalendarTaken(
        batch=outcome.batch,
        batches=() if outcome.batch is None else (outcome.batch,),
        rows=taken.created + taken.updated + taken.unchanged + taken.outdated + len(outcome.rejects),
        verdicts={
            Verdict.CREATED: taken.created,
            Verdict.UPDATED: taken.updated,
            Verdict.UNCHANGED: taken.unchanged,
            Verdict.SKIPPED: taken.outdated,
            Verdict.REJECTED: len(outcome.rejects),
        },
        also_created=0,
        rejects=outcome.rejects,
        rejects_file=None,
        seconds=outcome.seconds,
        dry_run=False,
        numbers={},
        notes=tuple(note.format(new=f"{new:,}", changed=f"{changed:,}", same=f"{same:,}") for note in notes),
        tasks_written=written,
    )


def events_and_tasks(events: int, tasks: int) -> str:
    """`2 events`, `2 events and 1 task`, `1 task`."""
    told = things(EntityKind.EVENT, events)
    if not tasks:
        return told
    also = things(EntityKind.TASK, tasks)
    return _tr("{events} and {tasks}").format(events=told, tasks=also) if events else also


def _imported(outcome: ImportOutcome) -> str:
    events = sum(outcome.count(verdict) for verdict in _WRITTEN)
    tasks = outcome.tasks_written if isinstance(outcome, CalendarTaken) else 0
    return _tr("{things} imported").format(things=events_and_tasks(events, tasks))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Imports", text)
