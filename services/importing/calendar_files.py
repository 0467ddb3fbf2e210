"""Events of calendar files and tables, with the tasks beside them: told before, and taken over as one batch."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from services.calendar import take_events
from services.importing.applying import Tally, Verdict
from services.importing.calendars import read_calendar
from services.importing.event_tables import read_events
from services.importing.linking import RowLinks
from services.importing.plans import ImportPlan, carry_out, rehearse
from services.importing.pretending import PretendUnit, taken_back
from services.importing.tables import CALENDARS
from services.records.calendar_drafts import CalendarContents, EventDraft, EventsTaken
from services.records.drafts import RowDraft, RowReject
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.store.directory import Directory, custom_fields
from services.store.store import Store
from services.store.writing import WriteUnit
from services.values.coercion import Reading


@dataclass(frozen=True, slots=True)
class CalendarOutcome:
    """What became of the events of a file and of the tasks taken with them; `tasks` is None where none were."""

    events: EventsTaken
    rejects: tuple[RowReject, ...]
    batch: Uid | None
    seconds: float
    dry_run: bool
    tasks: Tally | None = None
    tasks_left: int = 0

    @property
    def verdicts(self) -> dict[Verdict, int]:
        """Events and tasks together, by verdict."""
        events = {
            Verdict.CREATED: self.events.created,
            Verdict.UPDATED: self.events.updated,
            Verdict.UNCHANGED: self.events.unchanged,
            Verdict.SKIPPED: self.events.outdated,
            Verdict.REJECTED: len(self.rejects),
        }
        tasks = self.tasks.verdicts if self.tasks is not None else {}
        return {verdict: events.get(verdict, 0) + tasks.get(verdict, 0) for verdict in Verdict}

    def as_document(self) -> dict[str, Any]:
        """The answer of the command line; what is older in the file than here counts as unchanged."""
        verdicts = self.verdicts
        counts = {
            "created": verdicts[Verdict.CREATED],
            "updated": verdicts[Verdict.UPDATED],
            "unchanged": verdicts[Verdict.UNCHANGED] + verdicts[Verdict.SKIPPED],
            "rejected": verdicts[Verdict.REJECTED],
        }
        return {
            "batch": self.batch.hex() if self.batch else None,
            "rows": sum(counts.values()),
            **counts,
            "tasks": 0 if self.tasks is None else sum(self.tasks.verdicts.values()),
            "tasks_left_out": self.tasks_left,
            "rejects": [{"row": one.number, "column": one.column, "reason": one.reason} for one in self.rejects[:100]],
            "dry_run": self.dry_run,
            "seconds": self.seconds,
        }


@dataclass(frozen=True, slots=True)
class _Linked:
    """The events whose links lead to a record, and those whose links do not."""

    events: list[EventDraft] = field(default_factory=list)
    rejects: list[RowReject] = field(default_factory=list)


def calendar_contents(path: Path, reading: Reading) -> CalendarContents:
    """The events, and of a calendar the tasks, of a file. Raises UnreadableFile."""
    if path.suffix.lower() in CALENDARS:
        return read_calendar(path, reading.time_zone)
    return read_events(path, reading)


def rehearse_calendar(store: Store, contents: CalendarContents, tasks: ImportPlan | None) -> CalendarOutcome:
    """Tell what `take_calendar` would do; nothing of it is left."""
    started = time.monotonic()
    with _pretending(store, contents) as unit:
        linked, taken = _take_events(unit, contents, store.actor)
    tally = None
    if tasks is not None:
        applier, _ = rehearse(store, tasks, None, _never)
        tally = _with_nobody(applier.tally, tasks)
    rejects = (*contents.rejects, *linked.rejects)
    left = 0 if tasks is not None else len(contents.tasks)
    return CalendarOutcome(taken, rejects, None, time.monotonic() - started, True, tally, left)


@contextmanager
def _pretending(store: Store, contents: CalendarContents) -> Iterator[WriteUnit]:
    """A unit that reads only; where fields of the user's own are to be made first, one that is taken back."""
    with store.read() as connection:
        known = {found.name for found in custom_fields(connection, EntityKind.EVENT)}
        if contents.custom_kinds.keys() <= known:
            unit = PretendUnit(store.clock)
            unit.read_from(connection)
            yield unit
            return
    with taken_back(store) as real:
        yield real


def take_calendar(
    store: Store, contents: CalendarContents, tasks: ImportPlan | None, *, digest: bytes | None = None
) -> CalendarOutcome:
    """Take events over, and tasks with them, as one batch that one undo takes back."""
    started = time.monotonic()
    kind = "event.take" if contents.events else "task.import"
    tally = None
    with store.write("import", kind, Origin.IMPORT, source_digest=digest) as unit:
        linked, taken = _take_events(unit, contents, store.actor)
        if tasks is not None:
            tally = _with_nobody(carry_out(unit, tasks, None, _never).tally, tasks)
    batch = unit.batch_uid if unit.changed else None
    rejects = (*contents.rejects, *linked.rejects)
    left = 0 if tasks is not None else len(contents.tasks)
    return CalendarOutcome(replace(taken, batch=batch), rejects, batch, time.monotonic() - started, False, tally, left)


def _take_events(unit: WriteUnit, contents: CalendarContents, actor: bytes | None) -> tuple[_Linked, EventsTaken]:
    directory = Directory(unit)
    for name, kind in contents.custom_kinds.items():
        directory.make_custom_field(EntityKind.EVENT, name, kind)
    linked = _linked(unit, contents)
    return linked, take_events(unit, linked.events, actor)


def _with_nobody(tally: Tally, plan: ImportPlan) -> Tally:
    """The rows of tasks that say nothing are skipped; those that cannot be read are told with the events."""
    tally.verdicts[Verdict.SKIPPED] += len(plan.nobody)
    return tally


def _linked(unit: WriteUnit, contents: CalendarContents) -> _Linked:
    """Find the contacts, companies and deals that events of tables name."""
    found = _Linked()
    told = list(zip(contents.numbers or range(1, len(contents.events) + 1), contents.events, strict=True))
    rows = [RowDraft(number, draft.rest) for number, draft in told if draft.rest is not None]
    resolved = {row.number: (row, reject) for row, reject in RowLinks(EntityKind.EVENT).resolve(unit.connection, rows)}
    for number, draft in told:
        row, reject = resolved.get(number, (None, None))
        if reject is not None:
            found.rejects.append(replace(reject, cells=(draft.title,)))
        else:
            found.events.append(draft if row is None else replace(draft, rest=row.draft))
    return found


def _never() -> bool:
    return False
