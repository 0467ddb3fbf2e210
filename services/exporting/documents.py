"""A record as a JSON document: contract fields, and its parts in full."""

from __future__ import annotations

from typing import Any

from services.exporting.columns import money
from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.records.people import Point, RecordCard


def document_of(entity: EntityKind, card: RecordCard) -> dict[str, Any]:
    """Everything this program knows of a record but its history."""
    document: dict[str, Any] = {"uid": card.uid.hex(), **card.fields}
    if entity is EntityKind.ACTIVITY and card.fields.get("amount") is not None:
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
    document.update({f"{CUSTOM_PREFIX}{name}": value for name, value in card.custom.items()})
    document["created_at"] = card.created_at
    return document


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
