"""Looks at a file off the GUI thread: which records it holds, its columns, or the events of a calendar."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from services.importing.headers import targets_of
from services.importing.shapes import Correction
from services.importing.tables import CARDS, JSON
from services.importing.vcards import CardDraft, read_cards
from services.reading import reading_of
from services.records.fields import EntityKind
from services.records.people import CustomField
from ui.operations.calendar_imports import CalendarFound, look_at_calendar
from ui.pages.import_assistant.json_lists import lists_in
from ui.pages.import_assistant.kinds import CALENDARS, CARD_KINDS

if TYPE_CHECKING:
    from services.importing.service import Inspection
    from services.open_workspace import OpenWorkspace

_TABLE_KINDS: Final = (
    EntityKind.CONTACT,
    EntityKind.COMPANY,
    EntityKind.DEAL,
    EntityKind.LEAD,
    EntityKind.TASK,
    EntityKind.ACTIVITY,
    EntityKind.EVENT,
)
MORE_KNOWN: Final = 2
"""By how many more columns another kind of record has to know a table to be taken for it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found out about a file.

    It is a table (`inspection`) or a calendar; `also` are other kinds of record in the file, which stay there.
    """

    entity: EntityKind
    inspection: Inspection | None = None
    calendar: CalendarFound | None = None
    own_fields: tuple[CustomField, ...] = ()
    also: tuple[EntityKind, ...] = ()

    @property
    def rows(self) -> int:
        """The rows of a table, or the events of a calendar, the unreadable ones among them."""
        if self.calendar is not None:
            return self.calendar.rows
        return self.inspection.shape.rows if self.inspection is not None else 0


@dataclass(frozen=True, slots=True)
class Question:
    """A file, how it is read, and the kind of record it is for; one that was told is not doubted."""

    path: Path
    entity: EntityKind
    is_told: bool
    correction: Correction
    remembered: bool = True


def look_at(workspace: OpenWorkspace, question: Question) -> Looked:
    """Find out what the file holds. Raises UnreadableFile."""
    held = _kinds_in(workspace, question.path)
    entity = _kind_of(question, held)
    if entity is EntityKind.EVENT:
        calendar = look_at_calendar(workspace, question.path)
        if calendar.contents.events or not calendar.contents.tasks or question.is_told:
            return Looked(entity, calendar=calendar)
        entity, held = EntityKind.TASK, (EntityKind.TASK,)
    inspection = _inspected(workspace, question, entity)
    if not question.is_told and not held:
        better = best_kind(entity, inspection.shape.names)
        if better is EntityKind.EVENT:
            return Looked(better, calendar=look_at_calendar(workspace, question.path))
        if better is not entity:
            entity, inspection = better, _inspected(workspace, question, better)
    also = tuple(kind for kind in held if kind is not entity)
    return Looked(entity, inspection, own_fields=tuple(workspace.custom_fields.all(entity)), also=also)


def best_kind(entity: EntityKind, names: tuple[str, ...] | list[str]) -> EntityKind:
    """The kind of record that knows clearly more of these columns than `entity`, else `entity`."""
    known = {kind: _known(kind, names) for kind in _TABLE_KINDS}
    best = max(_TABLE_KINDS, key=lambda kind: known[kind])
    return best if known[best] >= known.get(entity, 0) + MORE_KNOWN else entity


def _known(entity: EntityKind, names: tuple[str, ...] | list[str]) -> int:
    targets, _vendor = targets_of(entity, names)
    return len({target.field for target in targets if target is not None and target.field})


def _inspected(workspace: OpenWorkspace, question: Question, entity: EntityKind) -> Inspection:
    return workspace.imports.inspect(
        question.path, entity, correction=question.correction, remembered=question.remembered
    )


def _kinds_in(workspace: OpenWorkspace, path: Path) -> tuple[EntityKind, ...]:
    """The kinds of record that the file says it holds; none for a table."""
    suffix = path.suffix.lower()
    if suffix in CALENDARS:
        return (EntityKind.EVENT,)
    if suffix == JSON:
        return lists_in(path)
    if suffix not in CARDS:
        return ()
    reading = reading_of(workspace.users.acting())
    cards = Counter(card.entity for card in read_cards(path, reading) if isinstance(card, CardDraft))
    return tuple(kind for kind in CARD_KINDS if cards[kind])


def _kind_of(question: Question, held: tuple[EntityKind, ...]) -> EntityKind:
    if question.path.suffix.lower() in CALENDARS:
        return EntityKind.TASK if question.is_told and question.entity is EntityKind.TASK else EntityKind.EVENT
    if question.is_told or question.entity in held:
        return question.entity
    if held:
        return next((kind for kind in held if kind is not EntityKind.EVENT), EntityKind.CONTACT)
    return EntityKind.CONTACT if question.entity is EntityKind.EVENT else question.entity
