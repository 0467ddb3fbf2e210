"""What lies in the trash, of every kind that is thrown away by itself; reads the workspace, knows no widget."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from services.records.fields import EntityKind

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

SHOWN: Final = 50
KINDS: Final = (
    EntityKind.CONTACT,
    EntityKind.COMPANY,
    EntityKind.LEAD,
    EntityKind.DEAL,
    EntityKind.TASK,
    EntityKind.EVENT,
    EntityKind.ACTIVITY,
)


@dataclass(frozen=True, slots=True)
class TrashRow:
    """One deleted record."""

    entity: EntityKind
    id: int
    name: str
    detail: str


def read_trash(workspace: OpenWorkspace) -> list[TrashRow]:
    """The first of what lies in the trash, kind by kind, the newest activities first."""
    from services.store.queries.listing import ListRequest

    services: dict[EntityKind, Any] = {
        EntityKind.CONTACT: workspace.contacts,
        EntityKind.COMPANY: workspace.companies,
        EntityKind.LEAD: workspace.leads,
        EntityKind.DEAL: workspace.deals,
        EntityKind.TASK: workspace.tasks,
        EntityKind.EVENT: workspace.calendar,
        EntityKind.ACTIVITY: workspace.activities,
    }
    found: list[TrashRow] = []
    for entity in KINDS:
        request = ListRequest(trash=True)
        if entity is EntityKind.ACTIVITY:
            request = ListRequest(trash=True, sort="occurred_at", descending=True)
        rows = services[entity].page(request, limit=SHOWN - len(found)).items
        found += [TrashRow(entity, row.id, *_said(entity, row)) for row in rows]
        if len(found) >= SHOWN:
            break
    return found


def _said(entity: EntityKind, row: Any) -> tuple[str, str]:
    """What a row is called, and what tells it apart."""
    if entity in (EntityKind.CONTACT, EntityKind.LEAD):
        return row.name, row.company
    if entity is EntityKind.COMPANY:
        return row.name, row.domain
    if entity is EntityKind.ACTIVITY:
        return row.subject or row.type, row.contact or row.company
    return row.title, row.company or row.contact
