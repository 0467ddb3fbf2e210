"""Pipelines and their stages: list, add, rename, put in another order, take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import orjson

from services.access import Access, Permission, verb
from services.deal_rules import FIELD_WORDS
from services.errors import InvalidValue, NotFound
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.people import Saved
from services.records.sales import PipelineRow, StageDraft, StageKind, StageRow
from services.store.aggregates import Document
from services.store.pipeline_directory import PipelineDirectory
from services.store.queries import pipelines as queries
from services.store.store import Store
from services.store.writing import WriteUnit
from services.values.text import fold

MOST_PERCENT = 100


class PipelineService:
    """Keeps the pipelines of a workspace."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def all(self) -> list[PipelineRow]:
        """The pipelines with their stages, in order; empty before the first deal."""
        with self._store.read() as connection:
            return queries.pipelines(connection)

    @verb(Permission.EDIT)
    def ensure_default(self) -> PipelineRow:
        """The pipeline that deals start in, made if there is none."""
        with self._store.write("create", "pipeline.add") as unit:
            return PipelineDirectory(unit).pipeline("")

    @verb(Permission.MANAGE)
    def add(self, name: str, stages: Sequence[StageDraft], *, currency: str = "") -> Saved:
        """Add a pipeline. Raises InvalidValue for one without an open, a won and a lost stage."""
        _check(name, stages)
        with self._store.write("create", "pipeline.add") as unit:
            standing = queries.pipelines(unit.connection)
            self._check_free(name, standing)
            document = unit.blank(EntityKind.PIPELINE)
            position = max((found.position for found in standing), default=-1) + 1
            document.update(name=name.strip(), currency=currency or None, position=position)
            local_id, uid = unit.create(EntityKind.PIPELINE, document)
            unit.create_many(EntityKind.STAGE, [_stage(unit, uid, draft, i) for i, draft in enumerate(stages)])
        return Saved(local_id, uid, unit.batch_uid)

    @verb(Permission.MANAGE)
    def change(self, pipeline: Uid, name: str, stages: Sequence[StageDraft], *, currency: str = "") -> Saved:
        """Set name and stages in one batch; a stage left out goes, unless deals stand in it. Raises MyCrmError."""
        _check(name, stages)
        with self._store.write("edit", "pipeline.change") as unit:
            standing = queries.pipelines(unit.connection)
            mine = next((found for found in standing if found.uid == pipeline), None)
            if mine is None:
                raise NotFound("There is no such pipeline", "It may have been taken away.")
            self._check_free(name, [found for found in standing if found.uid != pipeline])
            unit.edit(
                EntityKind.PIPELINE,
                mine.id,
                lambda document: document.update(name=name.strip(), currency=currency or None),
            )
            self._set_stages(unit, mine, stages)
        return Saved(mine.id, mine.uid, unit.batch_uid if unit.changed else None)

    @staticmethod
    def _set_stages(unit: WriteUnit, pipeline: PipelineRow, stages: Sequence[StageDraft]) -> None:
        known = {stage.uid: stage for stage in pipeline.stages}
        kept = {draft.uid for draft in stages if draft.uid is not None}
        for stage in pipeline.stages:
            if stage.uid in kept:
                continue
            _check_empty(unit, stage)
            unit.edit(EntityKind.STAGE, stage.id, lambda document: document.update(deleted_at=unit.now_millis))
        fresh = []
        for position, draft in enumerate(stages):
            if draft.uid is None or draft.uid not in known:
                fresh.append(_stage(unit, pipeline.uid, draft, position))
                continue
            standing = known[draft.uid]
            if draft.kind is not standing.kind:
                # What is won or lost is said of each deal; a stage does not change it behind their backs.
                _check_empty(unit, standing)
            unit.edit(EntityKind.STAGE, standing.id, _setting(_values(draft, position)))
        unit.create_many(EntityKind.STAGE, fresh)

    @verb(Permission.MANAGE)
    def delete(self, pipeline: Uid) -> Saved:
        """Take a pipeline away. Raises InvalidValue while deals stand in it, NotFound."""
        with self._store.write("delete", "pipeline.delete") as unit:
            found = next((row for row in queries.pipelines(unit.connection) if row.uid == pipeline), None)
            if found is None:
                raise NotFound("There is no such pipeline", "It may have been taken away.")
            count = queries.deals_in(unit.connection, [stage.id for stage in found.stages])
            if count:
                raise InvalidValue(
                    f"{_so_many(count)} in “{found.name}”", "Move them to another pipeline first.", field="pipeline"
                )
            unit.edit(EntityKind.PIPELINE, found.id, lambda document: document.update(deleted_at=unit.now_millis))
        return Saved(found.id, found.uid, unit.batch_uid)

    @staticmethod
    def _check_free(name: str, others: Sequence[PipelineRow]) -> None:
        if any(fold(other.name) == fold(name) for other in others):
            raise InvalidValue(f"There is a pipeline “{name}” already", "Choose another name.", field="name")


def _check_empty(unit: WriteUnit, stage: StageRow) -> None:
    count = queries.deals_in(unit.connection, [stage.id])
    if count:
        raise InvalidValue(f"{_so_many(count)} in “{stage.name}”", "Move them to another stage first.", field="stages")


def _so_many(count: int) -> str:
    return "One deal stands" if count == 1 else f"{count} deals stand"


def _values(draft: StageDraft, position: int) -> Document:
    return {
        "name": draft.name.strip(),
        "kind": draft.kind.value,
        "probability": draft.probability,
        "rotting_days": draft.rotting_days,
        "required_fields": orjson.dumps(draft.required_fields).decode() if draft.required_fields else None,
        "position": position,
    }


def _setting(values: Document) -> Callable[[Document], None]:
    return lambda document: document.update(values)


def _stage(unit: WriteUnit, pipeline: Uid, draft: StageDraft, position: int) -> Document:
    return {**unit.blank(EntityKind.STAGE), "pipeline": pipeline.hex(), **_values(draft, position)}


def _check(name: str, stages: Sequence[StageDraft]) -> None:
    if not name.strip():
        raise InvalidValue("A pipeline needs a name", "Type one and save again.", field="name")
    for kind in StageKind:
        if all(stage.kind is not kind for stage in stages):
            raise InvalidValue(
                f"A pipeline needs a stage that is {kind.value}",
                "Deals come in, are won and are lost: it takes one of each.",
                field="stages",
            )
    names = [fold(stage.name) for stage in stages]
    if not all(names) or len(set(names)) < len(names):
        raise InvalidValue("Every stage needs a name of its own", "Rename one of them.", field="stages")
    for stage in stages:
        _check_stage(stage)


def _check_stage(stage: StageDraft) -> None:
    if not 0 <= stage.probability <= MOST_PERCENT:
        raise InvalidValue(
            f"A probability of {stage.probability} % makes no sense",
            "Give a number from 0 to 100.",
            field="probability",
        )
    if stage.rotting_days is not None and stage.rotting_days < 1:
        raise InvalidValue("A deal is not stale before a day", "Give a number from 1.", field="rotting_days")
    unknown = [name for name in stage.required_fields if name not in FIELD_WORDS]
    if unknown:
        raise InvalidValue(
            f"A stage cannot require “{unknown[0]}”", f"It can: {', '.join(FIELD_WORDS)}.", field="required_fields"
        )
