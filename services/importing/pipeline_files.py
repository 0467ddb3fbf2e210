"""Pipelines and their stages from a JSON file, known again by their uids or names; what is not in it stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.importing.pretending import taken_back
from services.importing.refusals import UnreadableFile
from services.importing.stages import (
    PIPELINES,
    PipelineDraft,
    described_pipelines,
    make_pipeline,
    stage_document,
    stage_values,
)
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.records.sales import PipelineRow, StageDraft, StageKind, StageRow
from services.store.catalogue import CATALOGUE
from services.store.documents import ids_of
from services.store.queries.pipelines import pipelines
from services.store.store import Store
from services.store.writing import WriteUnit
from services.values.text import fold

_MOST_PERCENT = 100


@dataclass(frozen=True, slots=True)
class PipelinesTaken:
    """What became of the pipelines of a file; `rejects` says of those that cannot be taken why."""

    created: int
    updated: int
    unchanged: int
    rejects: tuple[tuple[str, str], ...]
    batch: Uid | None
    dry_run: bool = False

    def as_document(self) -> dict[str, Any]:
        """The answer of the command line."""
        return {
            "batch": self.batch.hex() if self.batch else None,
            "rows": self.created + self.updated + self.unchanged + len(self.rejects),
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "rejected": len(self.rejects),
            "rejects": [{"name": name, "reason": reason} for name, reason in self.rejects],
            "dry_run": self.dry_run,
        }


def take_pipelines(store: Store, path: Path, *, dry_run: bool) -> PipelinesTaken:
    """Bring in the pipelines of a file as one batch. Raises UnreadableFile for one that describes none."""
    drafts = described_pipelines(path)
    if not drafts:
        raise UnreadableFile(
            f"{path.name} holds no list of pipelines",
            f"It should be an object with a list under “{PIPELINES}”, as an export of everything as JSON has.",
        )
    if dry_run:
        with taken_back(store) as unit:
            taking = _Taking(unit)
            taking.take(drafts)
        return taking.outcome(None, dry_run=True)
    with store.write("import", "pipeline.import", Origin.IMPORT) as unit:
        taking = _Taking(unit)
        taking.take(drafts)
    return taking.outcome(unit.batch_uid if unit.changed else None, dry_run=False)


class _Taking:
    """Carries the pipelines of a file over to those that stand, within one transaction."""

    def __init__(self, unit: WriteUnit) -> None:
        self._unit = unit
        self._created = self._updated = self._unchanged = 0
        self._rejects: list[tuple[str, str]] = []

    def outcome(self, batch: Uid | None, *, dry_run: bool) -> PipelinesTaken:
        """What became of them."""
        return PipelinesTaken(self._created, self._updated, self._unchanged, tuple(self._rejects), batch, dry_run)

    def take(self, drafts: Iterable[PipelineDraft]) -> None:
        """Make or change these."""
        for draft in drafts:
            standing = pipelines(self._unit.connection)
            mine = _mine(standing, draft)
            reason = _fault(draft, is_new=mine is None)
            if reason:
                self._rejects.append((draft.name, reason))
            elif mine is None:
                position = max((found.position for found in standing), default=-1) + 1
                make_pipeline(self._unit, self._with_free_uids(draft), position)
                self._created += 1
            elif self._changed(mine, draft):
                self._updated += 1
            else:
                self._unchanged += 1

    def _with_free_uids(self, draft: PipelineDraft) -> PipelineDraft:
        """A uid that is here already, perhaps in the trash, cannot be given to another record."""
        uid = None if self._is_taken(EntityKind.PIPELINE, draft.uid) else draft.uid
        stages = tuple(self._with_free_uid(stage) for stage in draft.stages)
        return PipelineDraft(draft.name, stages, draft.currency, uid)

    def _with_free_uid(self, draft: StageDraft) -> StageDraft:
        uid = None if self._is_taken(EntityKind.STAGE, draft.uid) else draft.uid
        return StageDraft(draft.name, draft.kind, draft.probability, draft.rotting_days, draft.required_fields, uid)

    def _is_taken(self, entity: EntityKind, uid: Uid | None) -> bool:
        return uid is not None and bool(ids_of(self._unit.connection, CATALOGUE[entity], [uid]))

    def _changed(self, mine: PipelineRow, draft: PipelineDraft) -> bool:
        head = {"name": draft.name, "currency": draft.currency or None}
        changed = self._unit.edit(EntityKind.PIPELINE, mine.id, _setting(head))
        known = {stage.uid: stage for stage in mine.stages}
        by_name = {fold(stage.name): stage for stage in mine.stages}
        kept: set[Uid] = set()
        place = 0
        for place, stage in enumerate(draft.stages):
            standing = known.get(stage.uid) if stage.uid is not None else None
            standing = standing or by_name.get(fold(stage.name))
            if standing is None:
                document = stage_document(self._unit, mine.uid, stage, place)
                self._unit.create(EntityKind.STAGE, document, self._with_free_uid(stage).uid)
                changed = True
                continue
            kept.add(standing.uid)
            # Whether it wins or loses is said of each deal in it; a file does not change it behind their backs.
            values = {**stage_values(stage), "kind": standing.kind.value, "position": place}
            changed |= self._unit.edit(EntityKind.STAGE, standing.id, _setting(values))
        rest: list[StageRow] = [stage for stage in mine.stages if stage.uid not in kept]
        for behind, left in enumerate(rest, start=place + 1):
            changed |= self._unit.edit(EntityKind.STAGE, left.id, _setting({"position": behind}))
        return changed


def _mine(standing: list[PipelineRow], draft: PipelineDraft) -> PipelineRow | None:
    by_uid = next((found for found in standing if draft.uid is not None and found.uid == draft.uid), None)
    return by_uid or next((found for found in standing if fold(found.name) == fold(draft.name)), None)


def _setting(values: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.update(values)


def _fault(draft: PipelineDraft, *, is_new: bool) -> str:
    """Why a pipeline cannot be taken; "" where it can."""
    if draft.problems:
        return draft.problems[0]
    names = [fold(stage.name) for stage in draft.stages]
    if not all(names) or len(set(names)) < len(names):
        return "a stage has no name of its own"
    if any(not 0 <= stage.probability <= _MOST_PERCENT for stage in draft.stages):
        return "a probability is not from 0 to 100"
    lacking = [kind.value for kind in StageKind if all(stage.kind is not kind for stage in draft.stages)]
    return f"has no stage that is {lacking[0]}" if is_new and lacking else ""
