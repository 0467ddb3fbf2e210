"""What the user does with tasks: add, change, tick off, open again, put off, throw away, each as one batch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication

from services.errors import InvalidValue
from services.reading import reading_of
from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import Saved
from services.values.drafts import draft_from_pairs
from ui.operations import Operation
from ui.operations.wording import things

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

Pairs = Sequence[tuple[str, str]]
MORNING: Final = time(9)
_RELATIVE: Final = re.compile(r"due([+-]\d+)?")


def read_task(workspace: OpenWorkspace, pairs: Pairs) -> RecordDraft:
    """The typed texts as values; days may be spoken: "tomorrow 9:00". Raises InvalidValue naming the field.

    A reminder may be said by how many minutes it comes before the task is due, as in `due-10`; `due_at` stands
    among the pairs then. Reads the workspace: not on the GUI thread.
    """
    reading = reading_of(workspace.users.acting())
    zone = _zone(reading.time_zone)
    reading = replace(reading, today=workspace.store.clock.now().astimezone(zone).date())
    before = next((_RELATIVE.fullmatch(text) for name, text in pairs if name == "remind_at"), None)
    said = [(name, text) for name, text in pairs if name != "remind_at" or before is None]
    kinds = {field.name: FieldKind(field.kind) for field in workspace.custom_fields.all(EntityKind.TASK)}
    draft = draft_from_pairs(EntityKind.TASK, said, reading, kinds)
    if before is None:
        return draft
    remind_at = _before(draft.fields.get("due_at"), int(before[1] or 0), zone)
    return replace(draft, fields={**draft.fields, "remind_at": remind_at})


def _before(due: Value, minutes: int, zone: tzinfo) -> datetime:
    """The moment of a reminder; a whole day is reminded of from nine in the morning."""
    if not isinstance(due, date):
        raise InvalidValue(
            "A reminder needs a due day", "Say when the task is due, or choose a moment.", field="due_at"
        )
    moment = due if isinstance(due, datetime) else datetime.combine(due, MORNING, zone)
    return (moment + timedelta(minutes=minutes)).astimezone(UTC)


def _zone(name: str) -> tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def add(workspace: OpenWorkspace, pairs: Pairs) -> Operation[Saved]:
    """Add a task from what was typed."""
    return Operation(
        run=lambda: workspace.tasks.add(read_task(workspace, pairs)),
        say=lambda _saved: _tr("Task added"),
        batch=_batch,
    )


def change(workspace: OpenWorkspace, local_id: int, pairs: Pairs) -> Operation[Saved]:
    """Set what was typed on one task."""
    return Operation(
        run=lambda: workspace.tasks.change(local_id, read_task(workspace, pairs)),
        say=lambda saved: _tr("Saved") if saved.batch else "",
        batch=_batch,
    )


def done(workspace: OpenWorkspace, ids: Sequence[int], *, title: str = "") -> Operation[Saved]:
    """Tick tasks off; one that repeats leaves the next behind."""
    chosen = list(ids)
    if title:
        said = _tr("Done: {title}").format(title=title)
    else:
        said = _tr("{things} done").format(things=things("task", len(chosen)))
    return Operation(
        run=lambda: workspace.tasks.done(chosen),
        say=lambda saved: said if saved.batch else "",
        batch=_batch,
    )


def reopen(workspace: OpenWorkspace, ids: Sequence[int]) -> Operation[Saved]:
    """Take a tick away again."""
    chosen = list(ids)
    return Operation(
        run=lambda: workspace.tasks.reopen(chosen),
        say=lambda saved: _tr("{things} open again").format(things=things("task", len(chosen))) if saved.batch else "",
        icon="undo",
        batch=_batch,
    )


def snooze(workspace: OpenWorkspace, local_id: int, until: datetime, *, said: str) -> Operation[Saved]:
    """Be reminded later; `said` names the moment."""
    return Operation(
        run=lambda: workspace.tasks.snooze(local_id, until),
        say=lambda saved: _tr("Snoozed until {moment}").format(moment=said) if saved.batch else "",
        icon="snooze",
        batch=_batch,
    )


def snooze_typed(workspace: OpenWorkspace, local_id: int, text: str) -> Operation[Saved]:
    """Be reminded at a moment that was typed. Raises InvalidValue for what is no moment."""
    return Operation(
        run=lambda: workspace.tasks.snooze(local_id, _moment(workspace, text)),
        say=lambda saved: _tr("Snoozed") if saved.batch else "",
        icon="snooze",
        batch=_batch,
    )


def _moment(workspace: OpenWorkspace, text: str) -> datetime:
    found = read_task(workspace, [("remind_at", text)]).fields["remind_at"]
    assert isinstance(found, datetime)
    return found


def delete(workspace: OpenWorkspace, ids: Sequence[int]) -> Operation[Saved]:
    """Put tasks into the trash."""
    chosen = list(ids)
    return Operation(
        run=lambda: workspace.tasks.delete(chosen),
        say=lambda _saved: _tr("{things} moved to Trash").format(things=things("task", len(chosen))),
        icon="trash",
        batch=_batch,
    )


def _batch(saved: Saved) -> Uid | None:
    return saved.batch


def _tr(text: str) -> str:
    return QCoreApplication.translate("Tasks", text)
