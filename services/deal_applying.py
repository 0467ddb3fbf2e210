"""Carries over what a draft says of a deal's pipeline, stage and people, and what follows from the stage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from services.deal_rules import check_required, settle
from services.records.drafts import Value
from services.records.sales import StageRow
from services.store.aggregates import Document
from services.store.directory import Directory
from services.store.pipeline_directory import PipelineDirectory
from services.store.writing import WriteUnit

DEAL_PARTS: Final = frozenset({"pipeline", "stage", "contact"})
"""The fields of a deal that depend on each other or are parts."""


class DealApplier:
    """Keeps a deal in a stage of its pipeline."""

    def __init__(self, unit: WriteUnit, directory: Directory) -> None:
        self._unit = unit
        self._directory = directory
        self._pipelines = PipelineDirectory(unit)

    def apply(
        self,
        document: Document,
        before: Document | None,
        fields: Mapping[str, Value],
        *,
        fill_only: bool = False,
        lenient: bool = False,
    ) -> None:
        """Set stage and people as the draft says, then let the rest follow. Raises InvalidValue and NotFound.

        A `lenient` draft is from a file: what its stage requires may have been missing where it comes from.
        """
        if "contact" in fields and not (fill_only and document["contacts"]):
            self._set_contact(document, fields["contact"])
        if document["stage"] is None or not fill_only:
            self._set_stage(document, fields)
        if not lenient and (before is None or before["stage"] != document["stage"]):
            check_required(document, self.stage_of(document))
        settle(document, before, self._pipelines.stages, now_millis=self._unit.now_millis)

    def _set_stage(self, document: Document, fields: Mapping[str, Value]) -> None:
        wanted = str(fields.get("pipeline") or "")
        pipeline = self._pipelines.pipeline(wanted) if wanted else self._pipelines.home(document["pipeline"])
        stage = str(fields.get("stage") or "")
        moves = bool(wanted) and pipeline.uid.hex() != document["pipeline"]
        if stage or moves or document["stage"] is None:
            document["stage"] = self._pipelines.stage(stage, pipeline).uid.hex()

    def _set_contact(self, document: Document, value: Value) -> None:
        """Make somebody the main person of a deal; "" takes the main person away."""
        people = dict(document["contacts"])
        main = next((key for key, person in sorted(people.items()) if person["is_primary"]), None)
        if value in (None, ""):
            if main is not None:
                del people[main]
            document["contacts"] = people
            return
        contact = self._directory.contact(str(value)).hex()
        known = next((key for key, person in sorted(people.items()) if person["contact"] == contact), None)
        if known is not None and known == main:
            return
        if main is not None and known is None:
            people[main] = {**people[main], "contact": contact}
        else:
            if main is not None:
                people[main] = {**people[main], "is_primary": 0}
            people[known or self._unit.uids.new().hex()] = {
                **(people[known] if known else {"contact": contact, "role": ""}),
                "is_primary": 1,
            }
        document["contacts"] = people

    def stage_of(self, document: Document) -> StageRow:
        """The stage that a deal stands in."""
        return self._pipelines.stages[document["stage"]]

    def find_stage(self, document: Document, text: str) -> StageRow:
        """A stage by name, uid or meaning, of the deal's own pipeline first. Raises NotFound."""
        return self._pipelines.stage(text, self._pipelines.home(document["pipeline"]))

    def move(self, document: Document, stage: StageRow) -> None:
        """Put a deal into a stage. Raises InvalidValue where the stage requires more."""
        before = dict(document)
        document["stage"] = stage.uid.hex()
        if before["stage"] != document["stage"]:
            check_required(document, stage)
        settle(document, before, self._pipelines.stages, now_millis=self._unit.now_millis)
