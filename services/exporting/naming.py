"""What a file calls the records that its rows link to, so that the import finds the same ones again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import RecordCard
from services.store.catalogue import CATALOGUE
from services.store.connection import Connection
from services.store.queries.cards import read_cards
from services.store.queries.matching import contacts_called, ids_by_key, ids_named
from services.values.roles import joined_people
from services.values.text import fold

LINKS: Final[Mapping[EntityKind, tuple[str, ...]]] = {
    EntityKind.ACTIVITY: ("contact", "deal", "lead"),
    EntityKind.DEAL: ("contact",),
    EntityKind.TASK: ("contact", "deal", "lead"),
    EntityKind.EVENT: ("contact", "deal"),
}
"""The fields that name a record by a name that others may have too; companies of one name are one for the import."""

PEOPLE: Final = "people"
"""The column of those who play a part in a deal, with their parts."""

PERSON_KEY: Final = "people.key"
"""What names a contact in other workspaces too, under the contact's id."""

Names = Mapping[tuple[int, str], str]
"""(local id of a record, field) -> what to write in place of the name."""


def clear_names(connection: Connection, entity: EntityKind, cards: Sequence[RecordCard]) -> dict[tuple[int, str], str]:
    """Keys in place of the names that do not lead back to the record they stand for."""
    found: dict[tuple[int, str], str] = {}
    for field in LINKS.get(entity, ()):
        linked = {card.id: target for card in cards if (target := _target(card, field)) is not None}
        kind = EntityKind(field)
        known = _meant(connection, kind, {str(card.fields.get(field) or "") for card in cards} - {""})
        unclear = {
            card.id: linked[card.id]
            for card in cards
            if card.id in linked and known.get(str(card.fields.get(field) or "")) != linked[card.id]
        }
        keys = _keys(connection, kind, set(unclear.values()))
        found.update({(local_id, field): keys[target] for local_id, target in unclear.items() if target in keys})
    if entity is EntityKind.DEAL:
        people: set[int] = {person.contact_id for card in cards for person in card.people}
        keys = _keys(connection, EntityKind.CONTACT, people)
        found.update({(contact, PERSON_KEY): key for contact, key in keys.items()})
        found.update({(card.id, PEOPLE): _people(card, keys) for card in cards})
    return found


def _people(card: RecordCard, keys: Mapping[int, str]) -> str:
    """Everybody with a part; empty for the main person alone, who has a column already."""
    people = [(keys.get(person.contact_id, person.name), person.role) for person in card.people]
    return joined_people(people) if len(people) > 1 or any(part for _, part in people) else ""


def _target(card: RecordCard, field: str) -> int | None:
    """The local id of what a field links to."""
    if field == "contact" and card.people:
        return card.people[0].contact_id
    return next((link.id for link in card.links if link.field == field), None)


def _meant(connection: Connection, kind: EntityKind, names: Iterable[str]) -> dict[str, int]:
    """The record that the import takes each of these texts for: a key goes before a name."""
    wanted = sorted(names)
    if kind is EntityKind.CONTACT:
        by_name = dict(contacts_called(connection, wanted))
    else:
        named = ids_named(connection, kind, sorted({fold(name) for name in wanted}))
        by_name = {name: named[fold(name)][0] for name in wanted if len(named.get(fold(name), ())) == 1}
    return {**by_name, **ids_by_key(connection, kind, "external_key", wanted)}


def _keys(connection: Connection, kind: EntityKind, ids: set[int]) -> dict[int, str]:
    """External key, else the primary email, else the uid of each record: the first that leads back to it."""
    cards = read_cards(connection, CATALOGUE[kind], sorted(ids))
    by_key = ids_by_key(connection, kind, "external_key", sorted({k for c in cards if (k := _external_key(c))}))
    emails = {card.id: point.normal for card in cards if (point := card.point(PointKind.EMAIL)) is not None}
    by_email = ids_by_key(connection, kind, "email", sorted(set(emails.values()))) if emails else {}
    found = {}
    for card in cards:
        key, email = _external_key(card), emails.get(card.id, "")
        if by_key.get(key) == card.id:
            found[card.id] = key
        elif by_email.get(email) == card.id:
            found[card.id] = email
        else:
            found[card.id] = card.uid.hex()
    return found


def _external_key(card: RecordCard) -> str:
    return str(card.fields.get("external_key") or "")
