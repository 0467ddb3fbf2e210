"""Reads one record in full."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.clock import from_millis
from services.errors import NotFound
from services.records.drafts import PointKind
from services.records.fields import FIELDS, LINKED, EntityKind, FieldKind, Place
from services.records.ids import CompanyId, Uid
from services.records.people import CompanyRole, LinkedRecord, Participant, Point, RecordCard
from services.store.aggregates import AggregateSpec, Document
from services.store.catalogue import CATALOGUE, display_name, domains_of
from services.store.directory import custom_fields
from services.store.documents import load, sliced
from services.store.queries.activities import participants_of
from services.store.queries.card_parts import LinkedNames, attendees, consents, deal_people, relations
from services.store.sales_aggregates import lead_display_name
from services.values.lists import joined_list

_PLACES = {"email": "email", "phone": "phone", "website": "url", "social": "social", "address": "address"}


def read_card(connection: Connection, spec: AggregateSpec, local_id: int) -> RecordCard:
    """The record with that local id, in the trash or not. Raises NotFound."""
    cards = read_cards(connection, spec, [local_id])
    if not cards:
        raise NotFound(f"There is no such {spec.entity}", "It may have been removed for good.")
    return cards[0]


def read_cards(connection: Connection, spec: AggregateSpec, ids: list[int]) -> list[RecordCard]:
    """Many records in full, in this order; ids that are gone are left out."""
    documents = load(connection, spec, ids)
    names = _linked_names(connection, spec, [document for _, document in documents.values()])
    custom_names = {field.uid.hex(): field for field in custom_fields(connection, spec.entity)}
    together = [local_id for local_id, (_, document) in documents.items() if document.get("participants")]
    participants: dict[int, tuple[Participant, ...]] = {}
    for chunk in sliced(together):
        participants.update(participants_of(connection, chunk))
    found = []
    for local_id in ids:
        if local_id in documents:
            uid, document = documents[local_id]
            people = participants.get(local_id, ())
            found.append(_card(spec, local_id, uid, document, names, custom_names, people))
    return found


def _linked_names(connection: Connection, spec: AggregateSpec, documents: list[Document]) -> LinkedNames:
    """(kind, uid) of everything the documents link to -> (local id, name)."""
    wanted: dict[EntityKind, set[str]] = defaultdict(set)
    for document in documents:
        for entity, uid in _links_of(spec, document):
            wanted[entity].add(uid)
    names: LinkedNames = {}
    for entity, uids in wanted.items():
        linked = CATALOGUE[entity]
        for chunk in sliced(sorted(uids)):
            marks = ",".join("?" * len(chunk))
            sql = f'SELECT id, uid, "{linked.name_column}" FROM "{linked.table}" WHERE uid IN ({marks})'
            for row in connection.exec_driver_sql(sql, tuple(bytes.fromhex(uid) for uid in chunk)):
                names[entity.value, row[1].hex()] = (row[0], row[2] or "")
    return names


def _links_of(spec: AggregateSpec, document: Document) -> Iterator[tuple[EntityKind, str]]:
    for column in spec.columns:
        if column.link is not None and document[column.name]:
            yield column.link, document[column.name]
    for part in spec.parts:
        if part.key_link is not None:
            yield from ((part.key_link, key) for key in document[part.name])
        for column in part.columns:
            if column.link is not None:
                yield from ((column.link, e[column.name]) for e in document[part.name].values() if e[column.name])


def _card(
    spec: AggregateSpec,
    local_id: int,
    uid: bytes,
    document: Document,
    names: LinkedNames,
    custom: dict[str, Any],
    participants: tuple[Participant, ...],
) -> RecordCard:
    points = _points(document)
    tags = sorted((names["tag", key][1] for key in document.get("tags", {})), key=str.casefold)
    return RecordCard(
        id=local_id,
        uid=Uid(uid),
        name=_name(spec, document),
        fields=_fields(spec, document, points, names),
        points=points,
        roles=_roles(document, names),
        tags=tuple(tags),
        custom={
            custom[key].name: _custom_value(custom[key].kind, value)
            for key, value in document.get("custom", {}).items()
            if key in custom
        },
        created_at=from_millis(document["created_at"]),
        deleted_at=from_millis(document["deleted_at"]) if document["deleted_at"] is not None else None,
        owner=names["user", document["owner"]][1] if document.get("owner") else "",
        domains=tuple(domains_of(document)) if "domains" in document else (),
        participants=participants,
        people=deal_people(document, names) if "contacts" in document else (),
        attendees=attendees(document, names) if "attendees" in document else (),
        relations=relations(document, names) if "relations" in document else (),
        consents=consents(document) if "consents" in document else (),
        links=tuple(_links(spec, document, names)),
    )


def _links(spec: AggregateSpec, document: Document, names: LinkedNames) -> Iterator[LinkedRecord]:
    """What the record is linked to by one of its fields, so that a reader can go there."""
    for column in spec.columns:
        if column.link is not None and document[column.name]:
            local_id, name = names[column.link.value, document[column.name]]
            yield LinkedRecord(column.name, column.link, local_id, Uid(bytes.fromhex(document[column.name])), name)


def _name(spec: AggregateSpec, document: Document) -> str:
    if spec.entity is EntityKind.CONTACT:
        return display_name(document)
    if spec.entity is EntityKind.LEAD:
        return lead_display_name(document)
    return str(document.get(spec.name_column) or "")


def _custom_value(kind: str, value: Any) -> Any:
    return bool(value) if kind == FieldKind.BOOL else value


def _fields(spec: AggregateSpec, document: Document, points: tuple[Point, ...], names: LinkedNames) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, field in FIELDS[spec.entity].items():
        if name in document and field.place is Place.COLUMN:
            values[name] = _value(field.kind, name, document, names)
        elif field.place is Place.POINT:
            values[name] = _point_value(name, points)
        elif name == "domain" and "domains" in document:
            values[name] = joined_list(domains_of(document)) or None
        elif name == "participants":
            values[name] = joined_list(document["participants"]) or None
    if "roles" in document:
        main = next(iter(_roles(document, names)), None)
        values["company"] = main.company_name if main else None
    if "contacts" in document:
        person = next(iter(deal_people(document, names)), None)
        values["contact"] = person.name if person else None
    return values


def _value(kind: FieldKind, name: str, document: Document, names: LinkedNames) -> Any:
    value = document[name]
    if value is None:
        return None
    if kind is FieldKind.BOOL:
        return bool(value)
    if kind is FieldKind.MOMENT:
        return from_millis(value)
    if kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if kind is FieldKind.DAY_OR_MOMENT:
        return from_millis(value).date() if document["all_day"] else from_millis(value)
    if kind is FieldKind.LINK:
        return names[LINKED[name].value, value][1]
    return value


def _point_value(name: str, points: tuple[Point, ...]) -> str | None:
    if name in ("city", "country"):
        address = next((point for point in points if point.kind is PointKind.ADDRESS), None)
        return (getattr(address, name) or None) if address else None
    kind = _PLACES[name]
    point = next((point for point in points if point.kind.value == kind), None)
    return (point.raw or None) if point else None


def _points(document: Document) -> tuple[Point, ...]:
    """Contact points by kind, the primary one of each kind first."""
    found = [
        Point(
            uid=Uid(bytes.fromhex(key)),
            kind=PointKind(value["kind"]),
            label=value["label"],
            raw=value["raw"],
            normal=value["normal"],
            is_primary=bool(value["is_primary"]),
            city=value["city"] or "",
            region=value["region"] or "",
            postal_code=value["postal_code"] or "",
            country=value["country"] or "",
            verified=bool(value["verified"]),
            bounced=bool(value["bounced"]),
        )
        for key, value in document.get("points", {}).items()
    ]
    order = list(PointKind)
    return tuple(sorted(found, key=lambda point: (order.index(point.kind), not point.is_primary, point.uid)))


def _roles(document: Document, names: LinkedNames) -> tuple[CompanyRole, ...]:
    found = []
    ordered = sorted(document.get("roles", {}).items(), key=lambda item: (not item[1]["is_primary"], item[0]))
    for key, role in ordered:
        company_id, company_name = names["company", role["company"]]
        found.append(
            CompanyRole(
                Uid(bytes.fromhex(key)),
                CompanyId(company_id),
                Uid(bytes.fromhex(role["company"])),
                company_name,
                role["role"] or "",
                bool(role["is_primary"]),
                date.fromisoformat(role["started_on"]) if role["started_on"] else None,
                date.fromisoformat(role["ended_on"]) if role["ended_on"] else None,
            )
        )
    return tuple(found)
