"""Finds pipelines and stages by the names people use inside one transaction, and makes the default ones."""

from __future__ import annotations

import tomllib
from functools import cached_property
from typing import Any

import orjson

from resources import resource
from services.errors import NotFound
from services.records.fields import EntityKind
from services.records.sales import PipelineRow, StageKind, StageRow
from services.store.queries.pipelines import pipelines, stages
from services.store.writing import WriteUnit
from services.values.text import fold


class PipelineDirectory:
    """Names to stages; a workspace without any pipeline gets the default one with its first deal."""

    def __init__(self, unit: WriteUnit) -> None:
        self._unit = unit

    @cached_property
    def _pipelines(self) -> list[PipelineRow]:
        found = pipelines(self._unit.connection)
        if not found:
            make_default_pipelines(self._unit)
            found = pipelines(self._unit.connection)
        return found

    @cached_property
    def stages(self) -> dict[str, StageRow]:
        """Every stage there is or was, by uid in hexadecimal."""
        assert self._pipelines
        return {stage.uid.hex(): stage for stage in stages(self._unit.connection, trash=True)}

    def pipeline(self, text: str) -> PipelineRow:
        """A pipeline by name or uid, the default one for "". Raises NotFound."""
        if not text:
            return self._pipelines[0]
        wanted = fold(text)
        for found in self._pipelines:
            if fold(found.name) == wanted or found.uid.hex() == text:
                return found
        names = ", ".join(found.name for found in self._pipelines)
        raise NotFound(f"There is no pipeline “{text}”", f"Pipelines are: {names}.")

    def home(self, uid: str | None) -> PipelineRow:
        """The pipeline of a deal by uid in hexadecimal; the default one where it has none or its own is gone."""
        return next((found for found in self._pipelines if found.uid.hex() == uid), self._pipelines[0])

    def stage(self, text: str, pipeline: PipelineRow) -> StageRow:
        """A stage by name or uid, or by what it means ("won"), the first open one for "". Raises NotFound.

        The stages of the given pipeline go first; a uid or a name that only another pipeline has is found too.
        """
        if not text:
            return self._first(pipeline)
        others = [found for found in self._pipelines if found.uid != pipeline.uid]
        for candidate in (pipeline, *others):
            found = _stage_of(candidate, text)
            if found is not None:
                return found
        names = ", ".join(stage.name for stage in pipeline.stages)
        raise NotFound(f"There is no stage “{text}”", f"Stages of {pipeline.name} are: {names}.")

    @staticmethod
    def _first(pipeline: PipelineRow) -> StageRow:
        first = pipeline.first_of(StageKind.OPEN)
        if first is None:
            raise NotFound(f"{pipeline.name} has no open stage", "Add one in the settings of the pipeline.")
        return first


def _stage_of(pipeline: PipelineRow, text: str) -> StageRow | None:
    wanted = fold(text)
    for stage in pipeline.stages:
        if fold(stage.name) == wanted or stage.uid.hex() == text:
            return stage
    kinds = {kind.value for kind in StageKind}
    return pipeline.first_of(StageKind(wanted)) if wanted in kinds else None


def make_default_pipelines(unit: WriteUnit) -> None:
    """Add the pipelines that a workspace starts with."""
    with resource("seed", "pipelines.toml").open("rb") as file:
        seed: dict[str, Any] = tomllib.load(file)
    for position, described in enumerate(seed["pipeline"]):
        document = unit.blank(EntityKind.PIPELINE)
        document.update(name=described["name"], position=position)
        _, uid = unit.create(EntityKind.PIPELINE, document)
        made = []
        for place, stage in enumerate(described["stage"]):
            made.append(unit.blank(EntityKind.STAGE))
            made[-1].update(
                pipeline=uid.hex(),
                name=stage["name"],
                kind=stage.get("kind", StageKind.OPEN.value),
                probability=stage["probability"],
                rotting_days=stage.get("rotting_days"),
                required_fields=_listed(stage.get("required_fields", [])),
                position=place,
            )
        unit.create_many(EntityKind.STAGE, made)


def _listed(names: list[str]) -> str | None:
    return orjson.dumps(names).decode() if names else None
