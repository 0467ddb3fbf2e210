"""Which record shows an answer of the search that has no page of its own: an activity, an event, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.records.fields import EntityKind
from services.records.people import ActivityRow, SearchHit
from services.records.planning import EventRow

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

Subject = tuple[EntityKind, int]


def subject_of(workspace: OpenWorkspace, hit: SearchHit) -> Subject | None:
    """The record that an answer belongs to, None when it belongs to none; reads the workspace."""
    kind = EntityKind(hit.entity)
    if kind is EntityKind.ACTIVITY:
        return next((_of_activity(row) for row in workspace.activities.rows([hit.id])), None)
    if kind is EntityKind.EVENT:
        return next((_of_event(row) for row in workspace.calendar.rows([hit.id])), None)
    if kind is EntityKind.FILE:
        row = workspace.files.get(hit.id)
        if row.entity is EntityKind.ACTIVITY:
            return next((_of_activity(entry) for entry in workspace.activities.rows([row.record_id])), None)
        return row.entity, row.record_id
    return kind, hit.id


def _of_activity(row: ActivityRow) -> Subject | None:
    links = (
        (EntityKind.CONTACT, row.contact_id),
        (EntityKind.COMPANY, row.company_id),
        (EntityKind.DEAL, row.deal_id),
        (EntityKind.LEAD, row.lead_id),
    )
    return _first(links)


def _of_event(row: EventRow) -> Subject | None:
    links = (
        (EntityKind.CONTACT, row.contact_id),
        (EntityKind.COMPANY, row.company_id),
        (EntityKind.DEAL, row.deal_id),
    )
    return _first(links)


def _first(links: tuple[tuple[EntityKind, int | None], ...]) -> Subject | None:
    return next(((kind, local_id) for kind, local_id in links if local_id is not None), None)
