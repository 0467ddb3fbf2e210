"""Completes what a row says of a deal or a task, once it is known which record the row stands for.

Programs say that a deal is closed in their own ways: a stage called "Closed Won", a status beside the stage it
stood in, one date that is the expected or the actual close. A deal keeps the day on which it was closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Final

from services.deals import with_person
from services.errors import NotFound
from services.importing.headers import CLOSED_AT, COMPANY_KEY, PEOPLE, STATUS
from services.records.drafts import RecordDraft, Value
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.sales import PipelineRow, StageKind, StageRow
from services.store.aggregates import Document
from services.store.pipeline_directory import PipelineDirectory
from services.store.writing import WriteUnit
from services.values.roles import split_people
from services.values.text import fold

_WORDS: Final = {
    StageKind.WON: "won|closed won|closedwon|gewonnen|abgeschlossen gewonnen|gagne|gagnee|ganado|ganada|vinto|vinta",
    StageKind.LOST: "lost|closed lost|closedlost|verloren|abgeschlossen verloren|perdu|perdue|perdido|perdida|perso",
    StageKind.OPEN: "open|offen|ouvert|abierto|aperto",
}
_MEANINGS: Final = MappingProxyType({word: kind for kind, words in _WORDS.items() for word in words.split("|")})
_CLOSED_FIELD: Final = {StageKind.WON: "won_at", StageKind.LOST: "lost_at"}
_DAYS_OR_MOMENTS: Final = tuple(
    name for name, spec in FIELDS[EntityKind.TASK].items() if spec.kind is FieldKind.DAY_OR_MOMENT
)


class Completer:
    """What a draft of a kind of row becomes before it is applied to a document."""

    def complete(self, draft: RecordDraft, document: Document) -> RecordDraft:
        """The draft for this document, which it does not change. Raises NotFound for what names nothing."""
        raise NotImplementedError

    def follow(self, document: Document, draft: RecordDraft, *, filling: bool) -> None:
        """What a linked draft says beside fields; `filling` keeps what is told already."""

    def settle(self, document: Document) -> None:
        """What follows for a record that is new."""


class DealCompleter(Completer):
    """Finds the stage that a row means, and the moment in which its deal was closed."""

    def __init__(self, unit: WriteUnit) -> None:
        self._unit = unit
        self._pipelines = PipelineDirectory(unit)

    def complete(self, draft: RecordDraft, document: Document) -> RecordDraft:
        """Stage and close of a deal in this program's terms. Raises NotFound, naming the stages there are."""
        fields = dict(draft.fields)
        status = _MEANINGS.get(fold(str(fields.pop(STATUS, None) or "")))
        closed_at = fields.pop(CLOSED_AT, None)
        fields.pop(COMPANY_KEY, None)
        fields.pop(PEOPLE, None)
        stage = self._stage(fields, document, status)
        if stage is not None:
            fields["stage"] = stage.uid.hex()
            self._date(fields, document, stage.kind, closed_at)
        return replace(draft, fields=fields)

    def knows(self, pipeline: str, stage: str) -> bool:
        """Whether rows can name this pipeline and this stage, each perhaps ""."""
        try:
            found = self._pipelines.pipeline(pipeline)
            if stage:
                self._named(stage, found)
        except NotFound:
            return False
        return True

    def _stage(self, fields: Mapping[str, Value], document: Document, status: StageKind | None) -> StageRow | None:
        """The stage a row puts its deal in; None where it says nothing of it."""
        named = str(fields.get("pipeline") or "")
        pipeline = self._pipelines.pipeline(named) if named else self._pipelines.home(document["pipeline"])
        text = str(fields.get("stage") or "")
        found = self._named(text, pipeline) if text else None
        if status in _CLOSED_FIELD and (found is None or found.kind is not status):
            return self._pipelines.stage(status.value, self._pipeline_of(found) or pipeline)
        if found is None and named and document["stage"] is None:
            return self._pipelines.stage("", pipeline)
        return found

    def _pipeline_of(self, stage: StageRow | None) -> PipelineRow | None:
        return self._pipelines.home(stage.pipeline_uid.hex()) if stage is not None else None

    def _named(self, text: str, pipeline: PipelineRow) -> StageRow:
        """A stage by its name, or by what others call being won and lost; "Won (Sales)" names the pipeline too."""
        try:
            return self._called(text, pipeline)
        except NotFound as unknown:
            bare, _, behind = text.rstrip(") ").rpartition(" (")
            if not bare:
                raise
            try:
                return self._called(bare, self._pipelines.pipeline(behind))
            except NotFound:
                raise unknown from None

    def _called(self, text: str, pipeline: PipelineRow) -> StageRow:
        own = {fold(stage.name): stage for stage in pipeline.stages}
        found = own.get(fold(text))
        if found is not None:
            return found
        meaning = _MEANINGS.get(fold(text))
        return self._pipelines.stage(meaning.value if meaning is not None else text, pipeline)

    def _date(self, fields: dict[str, Value], document: Document, kind: StageKind, closed_at: Value) -> None:
        """A deal that was closed elsewhere keeps the day; one that is closed here already keeps the moment."""
        name = _CLOSED_FIELD.get(kind)
        if name is None or fields.get(name) is not None or document["status"] == kind.value:
            return
        if isinstance(closed_at, int) and closed_at <= self._unit.now_millis:
            fields[name] = closed_at

    def follow(self, document: Document, draft: RecordDraft, *, filling: bool) -> None:
        """Who plays a part in the deal; nobody is taken out of it, for what a list leaves out is not denied by it."""
        for contact, part in split_people(str(draft.fields.get(PEOPLE) or "")):
            people = document["contacts"]
            standing = next((person["role"] for person in people.values() if person["contact"] == contact), None)
            if standing is not None and (not part or standing == part or (filling and standing)):
                continue
            key = self._unit.uids.new().hex()
            document["contacts"] = with_person(people, contact, key, role=part, is_primary=None)

    def settle(self, document: Document) -> None:
        """A deal that came in closed has stood in its stage since then."""
        closed_at = document["won_at"] or document["lost_at"]
        if closed_at is not None and document["stage_entered_at"] == self._unit.now_millis:
            document["stage_entered_at"] = closed_at


class TaskCompleter(Completer):
    """Tells whole days from moments again: a file that waited on the disk keeps days as text."""

    def complete(self, draft: RecordDraft, document: Document) -> RecordDraft:
        """The draft with its days as days."""
        days = {name: draft.fields[name] for name in _DAYS_OR_MOMENTS if isinstance(draft.fields.get(name), str)}
        if not days:
            return draft
        return replace(draft, fields={**draft.fields, **{n: date.fromisoformat(str(v)) for n, v in days.items()}})


def completer_of(unit: WriteUnit, entity: EntityKind) -> Completer | None:
    """What completes the rows of a kind; None where they need nothing."""
    if entity is EntityKind.DEAL:
        return DealCompleter(unit)
    return TaskCompleter() if entity is EntityKind.TASK else None
