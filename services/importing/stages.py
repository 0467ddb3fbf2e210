"""Stages and pipelines that a file of deals names and nobody has: told before the import, and made where wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import orjson

from services.importing.completing import DealCompleter
from services.importing.tables import JSON
from services.records.drafts import RowDraft
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.sales import PipelineRow, StageDraft, StageKind, StageRow
from services.store.aggregates import Document
from services.store.queries.pipelines import pipelines
from services.store.writing import WriteUnit
from services.values.text import fold

PIPELINES: Final = "pipelines"
_HALF: Final = 50


@dataclass(frozen=True, slots=True)
class MissingStage:
    """A stage that rows name; its pipeline is "" for the default one, the stage "" where only the pipeline is named."""

    pipeline: str
    stage: str

    def __str__(self) -> str:
        return f"{self.pipeline}: {self.stage}" if self.pipeline and self.stage else self.stage or self.pipeline


@dataclass(frozen=True, slots=True)
class PipelineDraft:
    """A pipeline as a file describes it."""

    name: str
    stages: tuple[StageDraft, ...] = ()
    currency: str = ""
    uid: Uid | None = None
    problems: tuple[str, ...] = field(default=())


def missing_stages(unit: WriteUnit, slices: Iterable[list[RowDraft]]) -> tuple[MissingStage, ...]:
    """The stages and pipelines that rows name and that are not there, in the order of the file."""
    completer = DealCompleter(unit)
    seen: dict[tuple[str, str], bool] = {}
    found: dict[tuple[str, str], MissingStage] = {}
    for rows in slices:
        for row in rows:
            pipeline, stage = (str(row.draft.fields.get(name) or "") for name in ("pipeline", "stage"))
            key = fold(pipeline), fold(stage)
            if key not in seen:
                seen[key] = completer.knows(pipeline, stage)
            if not seen[key]:
                found.setdefault(key, MissingStage(pipeline, stage))
    return tuple(found.values())


def make_stages(unit: WriteUnit, missing: Iterable[MissingStage], described: Iterable[PipelineDraft] = ()) -> None:
    """Make stages and pipelines, as the file describes them where it does; other stages are open ones."""
    known = {fold(one.name): one for one in described}
    for one in missing:
        standing = pipelines(unit.connection)
        pipeline = _named(standing, one.pipeline)
        draft = known.get(fold(one.pipeline or (standing[0].name if standing else "")))
        if pipeline is None:
            make_pipeline(unit, draft or _plain(one), len(standing))
        elif one.stage and all(fold(stage.name) != fold(one.stage) for stage in pipeline.stages):
            stages = draft.stages if draft is not None else ()
            told = next((stage for stage in stages if fold(stage.name) == fold(one.stage)), None)
            _add_stage(unit, pipeline, told or StageDraft(one.stage, probability=_between(pipeline)))


def _named(standing: list[PipelineRow], name: str) -> PipelineRow | None:
    if not name:
        return standing[0] if standing else None
    return next((found for found in standing if fold(found.name) == fold(name)), None)


def _plain(one: MissingStage) -> PipelineDraft:
    """A pipeline that is known by nothing but its name: the stage that was named, one for won, one for lost."""
    first = StageDraft(one.stage or "New", probability=_HALF)
    return PipelineDraft(
        one.pipeline, (first, StageDraft("Won", StageKind.WON, 100), StageDraft("Lost", StageKind.LOST))
    )


def _between(pipeline: PipelineRow) -> int:
    """The probability of the last open stage: the new one comes after it."""
    return max((stage.probability for stage in pipeline.stages if stage.kind is StageKind.OPEN), default=_HALF)


def make_pipeline(unit: WriteUnit, draft: PipelineDraft, position: int) -> None:
    """Add a pipeline with its stages."""
    document = unit.blank(EntityKind.PIPELINE)
    document.update(name=draft.name.strip(), currency=draft.currency or None, position=position)
    _, uid = unit.create(EntityKind.PIPELINE, document, draft.uid)
    for place, stage in enumerate(draft.stages):
        unit.create(EntityKind.STAGE, stage_document(unit, uid, stage, place), stage.uid)


def stage_document(unit: WriteUnit, pipeline: bytes, draft: StageDraft, position: int) -> Document:
    """A new stage of a pipeline."""
    return {**unit.blank(EntityKind.STAGE), "pipeline": pipeline.hex(), **stage_values(draft), "position": position}


def stage_values(draft: StageDraft) -> Document:
    """What a file says of a stage."""
    return {
        "name": draft.name.strip(),
        "kind": draft.kind.value,
        "probability": draft.probability,
        "rotting_days": draft.rotting_days,
        "required_fields": orjson.dumps(draft.required_fields).decode() if draft.required_fields else None,
    }


def _add_stage(unit: WriteUnit, pipeline: PipelineRow, draft: StageDraft) -> None:
    """Put an open stage behind the other open ones, any other at the end."""
    is_open = draft.kind is StageKind.OPEN
    behind = [stage for stage in pipeline.stages if stage.kind is StageKind.OPEN] if is_open else pipeline.stages
    position = max((stage.position for stage in behind), default=-1) + 1
    later: list[StageRow] = [stage for stage in pipeline.stages if stage.position >= position]
    for stage in later:
        unit.edit(EntityKind.STAGE, stage.id, _moved(stage.position + 1))
    unit.create(EntityKind.STAGE, stage_document(unit, pipeline.uid, draft, position), draft.uid)


def _moved(position: int) -> Any:
    return lambda document: document.update(position=position)


def described_pipelines(path: Path) -> tuple[PipelineDraft, ...]:
    """The pipelines that a JSON file describes; none for any other file, nor for one that describes none."""
    if path.suffix.lower() != JSON:
        return ()
    try:
        content: Any = orjson.loads(path.read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return ()
    found = content.get(PIPELINES) if isinstance(content, dict) else None
    return tuple(_pipelines_in(found)) if isinstance(found, list) else ()


def _pipelines_in(found: list[Any]) -> Iterator[PipelineDraft]:
    for one in found:
        if isinstance(one, dict) and str(one.get("name") or "").strip():
            yield drafted_pipeline(one)


def drafted_pipeline(found: Mapping[str, Any]) -> PipelineDraft:
    """A pipeline as our own export writes it; what cannot be read of it is in `problems`."""
    problems: list[str] = []
    stages = found.get("stages")
    drafts = [_stage(one, problems) for one in stages if isinstance(one, dict)] if isinstance(stages, list) else []
    return PipelineDraft(
        str(found.get("name") or "").strip(),
        tuple(drafts),
        str(found.get("currency") or ""),
        _uid(found.get("uid")),
        tuple(problems),
    )


def _stage(found: Mapping[str, Any], problems: list[str]) -> StageDraft:
    kind = str(found.get("kind") or StageKind.OPEN.value)
    if kind not in set(StageKind):
        problems.append(f"“{kind}” is no kind of stage")
        kind = StageKind.OPEN.value
    required = found.get("required_fields")
    return StageDraft(
        str(found.get("name") or ""),
        StageKind(kind),
        _whole(found.get("probability"), problems) or 0,
        _whole(found.get("rotting_days"), problems),
        tuple(map(str, required)) if isinstance(required, list) else (),
        _uid(found.get("uid")),
    )


def _whole(value: Any, problems: list[str]) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    problems.append(f"“{value}” is no whole number")
    return None


def _uid(value: Any) -> Uid | None:
    try:
        uid = bytes.fromhex(str(value or ""))
    except ValueError:
        return None
    return Uid(uid) if len(uid) == 16 else None
