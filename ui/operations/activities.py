"""Logging what happened with somebody: a note, a call, a meeting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.records.drafts import RecordDraft, Value
from services.records.fields import EntityKind
from services.records.people import Saved
from services.values.durations import MINUTE, parse_duration_s
from services.values.unreadable import UnreadableValue
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


@dataclass(frozen=True, slots=True)
class TypedActivity:
    """What the composer gives: `type` is note, call or meeting; `duration` is text such as `14` (minutes) or `1h`."""

    type: str
    text: str = ""
    outcome: str = ""
    duration: str = ""


def log(workspace: OpenWorkspace, entity: EntityKind, uid: str, typed: TypedActivity) -> Operation[Saved]:
    """Put an entry on the timeline of the contact or company with that uid."""
    texts = {"call": _tr("Call logged"), "meeting": _tr("Meeting logged"), "note": _tr("Note added")}
    return Operation(
        run=lambda: workspace.activities.add(activity_draft(entity, uid, typed)),
        say=lambda _saved: texts.get(typed.type, _tr("Logged")),
        icon={"call": "call", "meeting": "meeting"}.get(typed.type, "note"),
        batch=lambda saved: saved.batch,
    )


def delete(workspace: OpenWorkspace, activity: int) -> Operation[Saved]:
    """Put an entry of a timeline into the trash."""
    return Operation(
        run=lambda: workspace.activities.delete([activity]),
        say=lambda _saved: _tr("Entry moved to Trash"),
        icon="trash",
        batch=lambda saved: saved.batch,
    )


def activity_draft(entity: EntityKind, uid: str, typed: TypedActivity) -> RecordDraft:
    """The values of an entry; raises InvalidValue for a duration that cannot be read."""
    values: dict[str, Value] = {
        "type": typed.type,
        entity.value: uid,
        "body": typed.text.strip() or None,
        "outcome": typed.outcome or None,
        "duration_s": read_duration(typed.duration),
    }
    return RecordDraft({name: value for name, value in values.items() if value is not None})


def read_duration(text: str) -> int | None:
    """Seconds; a bare number is minutes, as people log calls. Raises InvalidValue."""
    if not text.strip():
        return None
    try:
        return parse_duration_s(text, MINUTE)
    except UnreadableValue as unreadable:
        raise unreadable.at("duration_s") from None


def _tr(text: str) -> str:
    return QCoreApplication.translate("Activities", text)
