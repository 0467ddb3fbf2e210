"""Importing a calendar: looking at its events, and taking them over as one step."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from services.importing.applying import Verdict
from services.importing.calendars import read_calendar
from services.importing.outcome import ImportOutcome
from services.records.calendar_drafts import CalendarContents, EventDraft
from services.records.fields import EntityKind
from services.store.queries.listing import ListRequest
from ui.operations import Operation
from ui.operations.imports import batch_of, imported

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

_SLICE: Final = 500

Identity = tuple[str, datetime | None]
"""What makes an event the same in file and workspace: the uid of its calendar, and which occurrence it is."""


@dataclass(frozen=True, slots=True)
class CalendarFound:
    """What a calendar file holds, which events are here already, and how many of the file's they are (`known`)."""

    contents: CalendarContents
    here: frozenset[Identity]
    known: int

    @property
    def rows(self) -> int:
        """The events of the file, those that cannot be read among them."""
        return len(self.contents.events) + len(self.contents.rejects)

    def is_here(self, draft: EventDraft) -> bool:
        """Whether the event stands in the workspace already."""
        return identity(draft) in self.here


def identity(draft: EventDraft) -> Identity:
    """What makes the event the same in file and workspace."""
    return draft.calendar_uid, draft.occurrence


def look_at_calendar(workspace: OpenWorkspace, path: Path) -> CalendarFound:
    """Read a calendar file, and see which of its events are here; writes nothing. Raises UnreadableFile."""
    acting = workspace.users.acting()
    contents = read_calendar(path, acting.time_zone if acting is not None and acting.time_zone else "UTC")
    wanted = {identity(draft) for draft in contents.events}
    ids = workspace.calendar.ids(ListRequest(sort="starts_at"))
    here: set[Identity] = set()
    for start in range(0, len(ids), _SLICE):
        here.update(wanted.intersection(map(identity, workspace.calendar.drafts(ids[start : start + _SLICE]))))
    # Counted here: a long calendar must not hold up the window.
    known = sum(1 for draft in contents.events if identity(draft) in here)
    return CalendarFound(contents, frozenset(here), known)


def take_calendar(
    workspace: OpenWorkspace, found: CalendarFound, *, is_told: Callable[[], bool]
) -> Operation[ImportOutcome]:
    """Take the events over as one batch that Undo takes back; `is_told` as with tables."""

    def run() -> ImportOutcome:
        started = time.monotonic()
        taken = workspace.calendar.take(found.contents.events)
        rejects = found.contents.rejects
        verdicts = {
            Verdict.CREATED: taken.created,
            Verdict.UPDATED: taken.updated,
            Verdict.UNCHANGED: taken.unchanged,
            Verdict.SKIPPED: taken.outdated,
            Verdict.REJECTED: len(rejects),
        }
        return ImportOutcome(
            batch=taken.batch,
            batches=() if taken.batch is None else (taken.batch,),
            rows=found.rows,
            verdicts=verdicts,
            also_created=0,
            rejects=rejects,
            rejects_file=None,
            seconds=time.monotonic() - started,
            dry_run=False,
            numbers={},
        )

    return Operation(
        run=run,
        say=lambda outcome: "" if is_told() else imported(EntityKind.EVENT, outcome),
        icon="import",
        batch=batch_of,
    )
