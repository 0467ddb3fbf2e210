"""Workspaces and drafts for tests of deals, leads and tasks; what a list answers, by name."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.open_workspace import OpenWorkspace
from services.records.drafts import PointDraft, RecordDraft, Value
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.sales import PipelineRow, StageDraft, StageKind
from services.store.queries.listing import ListRequest


def deal_draft(title: str = "Angebot", *, tags: tuple[str, ...] = (), **values: Value) -> RecordDraft:
    """A deal by its title; links by name, uid or key."""
    return RecordDraft({"title": title, **values}, (), tags)


def lead_draft(
    name: str = "",
    *points: PointDraft,
    tags: tuple[str, ...] = (),
    custom: dict[str, Value] | None = None,
    **values: Value,
) -> RecordDraft:
    """A lead by the name of the person."""
    fields: dict[str, Value] = {"name": name, **values} if name else dict(values)
    return RecordDraft(fields, points, tags, custom or {})


def task_draft(title: str = "Call back", due_at: date | datetime | None = None, **values: Value) -> RecordDraft:
    """A task by its title and, if one is given, the day or moment it is due."""
    fields: dict[str, Value] = {"title": title, **values}
    if due_at is not None:
        fields["due_at"] = due_at
    return RecordDraft(fields)


def stage_drafts(pipeline: PipelineRow, **changed: dict[str, Any]) -> list[StageDraft]:
    """The stages of a pipeline as they are, some of them with other values, by name."""
    return [
        StageDraft(
            **{
                "name": stage.name,
                "kind": stage.kind,
                "probability": stage.probability,
                "rotting_days": stage.rotting_days,
                "required_fields": stage.required_fields,
                "uid": stage.uid,
                **changed.get(stage.name, {}),
            }
        )
        for stage in pipeline.stages
    ]


def change_stages(workspace: OpenWorkspace, **changed: dict[str, Any]) -> PipelineRow:
    """Give stages of the default pipeline other values."""
    pipeline = workspace.pipelines.ensure_default()
    workspace.pipelines.change(pipeline.uid, pipeline.name, stage_drafts(pipeline, **changed))
    return workspace.pipelines.all()[0]


def second_pipeline(workspace: OpenWorkspace, name: str = "Partners") -> PipelineRow:
    """A pipeline beside the default one."""
    workspace.pipelines.ensure_default()
    stages = [
        StageDraft("Pitch", probability=40),
        StageDraft("Signed", StageKind.WON),
        StageDraft("Gone", StageKind.LOST),
    ]
    workspace.pipelines.add(name, stages)
    return next(row for row in workspace.pipelines.all() if row.name == name)


def titles(workspace: OpenWorkspace, service: str, where: str = "", **asked: Any) -> list[str]:
    """The names of what a list shows, in its order."""
    rows = getattr(workspace, service).page(ListRequest(where, **asked)).items
    return [row.name if service == "leads" else row.title for row in rows]


def found(workspace: OpenWorkspace, text: str) -> list[str]:
    """The titles of the answers to a search, best first."""
    return [hit.title for hit in workspace.search.search(text).hits]


def add_event(workspace: OpenWorkspace, title: str, *attendees: dict[str, Any], **values: Any) -> int:
    """An event of the calendar, as an import writes it."""
    with workspace.store.write("create", "test.event") as unit:
        document = unit.blank(EntityKind.EVENT)
        document.update(title=title, starts_at=unit.now_millis, all_day=0, status="confirmed", sequence=0, **values)
        blank = {"contact": None, "email": "", "name": None, "response": None, "role": None, "is_organizer": 0}
        document["attendees"] = {unit.uids.new().hex(): blank | attendee for attendee in attendees}
        return unit.create(EntityKind.EVENT, document)[0]


def add_activity_of(workspace: OpenWorkspace, *, subject: str, **links: Uid) -> int:
    """An entry of a timeline that is with a lead or a deal only."""
    with workspace.store.write("create", "test.activity") as unit:
        document = unit.blank(EntityKind.ACTIVITY)
        at = {"occurred_at": unit.now_millis, "recorded_at": unit.now_millis}
        named = {name: uid.hex() for name, uid in links.items()}
        document.update(type="call", subject=subject, pinned=0, **at, **named)
        return unit.create(EntityKind.ACTIVITY, document)[0]


def problems(workspace: OpenWorkspace) -> list[str]:
    """What a full verification finds."""
    return workspace.history.verify(full=True)
