"""A record as a JSON document: contract fields, and its parts in full."""

from __future__ import annotations

from typing import Any, Final

from services.exporting.columns import money
from services.exporting.events import event_parts
from services.exporting.naming import PERSON_KEY, Names
from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.records.people import Point, RecordCard
from services.records.sales import PipelineRow

_NO_NAMES: Final[Names] = {}


def document_of(entity: EntityKind, card: RecordCard, names: Names = _NO_NAMES) -> dict[str, Any]:
    """Everything this program knows of a record but its history; `names` lead back to contacts."""
    document: dict[str, Any] = {"uid": card.uid.hex(), **card.fields}
    if card.fields.get("amount") is not None:
        document["amount"] = money(card.fields["amount"], str(card.fields.get("currency") or "EUR"))
    if card.domains:
        document["domain"], document["domains"] = card.domains[0], list(card.domains)
    if entity is EntityKind.ACTIVITY:
        document["participants"] = [{"uid": p.uid.hex(), "name": p.name, "key": p.key} for p in card.participants]
    document["owner"] = card.owner or None
    document["tags"] = list(card.tags)
    if card.points:
        document["points"] = [_point(point) for point in card.points]
    if card.roles:
        document["roles"] = [
            {
                "company": role.company_name,
                "role": role.role,
                "is_primary": role.is_primary,
                "started_on": role.started_on,
                "ended_on": role.ended_on,
            }
            for role in card.roles
        ]
    document.update(_parts(entity, card, names))
    document.update({f"{CUSTOM_PREFIX}{name}": value for name, value in card.custom.items()})
    document["created_at"] = card.created_at
    return document


def _parts(entity: EntityKind, card: RecordCard, names: Names) -> dict[str, Any]:
    """People, invitations, relations and consents, and what the record links to by uid."""
    found: dict[str, Any] = {}
    if entity is EntityKind.DEAL:
        found["people"] = [
            {
                "uid": p.contact_uid.hex(),
                "name": p.name,
                "key": names.get((p.contact_id, PERSON_KEY), p.contact_uid.hex()),
                "role": p.role,
                "is_primary": p.is_primary,
            }
            for p in card.people
        ]
    if card.attendees:
        found["attendees"] = [
            {"name": a.name, "email": a.email, "response": a.response, "role": a.role, "is_organizer": a.is_organizer}
            for a in card.attendees
        ]
    if entity is EntityKind.EVENT:
        found.update(event_parts(card.id, names))
    if card.relations:
        found["relations"] = [
            {"uid": r.other_uid.hex(), "name": r.other, "kind": r.kind, "note": r.note} for r in card.relations
        ]
    if card.consents:
        found["consents"] = [
            {"channel": c.channel, "state": c.state, "basis": c.basis, "decided_at": c.decided_at, "proof": c.proof}
            for c in card.consents
        ]
    if card.links:
        found["links"] = {link.field: link.uid.hex() for link in card.links}
    return found


def pipeline_document(pipeline: PipelineRow) -> dict[str, Any]:
    """A pipeline with its stages in order."""
    return {
        "uid": pipeline.uid.hex(),
        "name": pipeline.name,
        "currency": pipeline.currency or None,
        "stages": [
            {
                "uid": stage.uid.hex(),
                "name": stage.name,
                "kind": stage.kind.value,
                "probability": stage.probability,
                "rotting_days": stage.rotting_days,
                "required_fields": list(stage.required_fields),
            }
            for stage in pipeline.stages
        ],
    }


def _point(point: Point) -> dict[str, Any]:
    found: dict[str, Any] = {
        "kind": point.kind.value,
        "label": point.label,
        "value": point.raw,
        "normal": point.normal,
        "is_primary": point.is_primary,
    }
    parts = {name: getattr(point, name) for name in ("city", "region", "postal_code", "country")}
    found.update({name: value for name, value in parts.items() if value})
    found.update({name: True for name in ("verified", "bounced") if getattr(point, name)})
    return found
