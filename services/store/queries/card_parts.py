"""The people of a deal and of an event, relations and consents, as a card shows them."""

from __future__ import annotations

from services.clock import from_millis
from services.records.ids import ContactId, Uid
from services.records.people import Consent, Relation
from services.records.planning import Attendee
from services.records.sales import DealPerson
from services.store.aggregates import Document

LinkedNames = dict[tuple[str, str], tuple[int, str]]
"""(kind, uid in hexadecimal) of a linked record -> its local id and name."""


def deal_people(document: Document, names: LinkedNames) -> tuple[DealPerson, ...]:
    """Who plays a part in a deal, the main person first."""
    found = []
    ordered = sorted(document["contacts"].items(), key=lambda item: (not item[1]["is_primary"], item[0]))
    for key, person in ordered:
        local_id, name = names["contact", person["contact"]]
        uid = Uid(bytes.fromhex(person["contact"]))
        main = bool(person["is_primary"])
        found.append(DealPerson(Uid(bytes.fromhex(key)), ContactId(local_id), uid, name, person["role"] or "", main))
    return tuple(found)


def attendees(document: Document, names: LinkedNames) -> tuple[Attendee, ...]:
    """Who is invited, the organizer first."""
    found = []
    ordered = sorted(document["attendees"].items(), key=lambda item: (not item[1]["is_organizer"], item[0]))
    for key, person in ordered:
        known = names["contact", person["contact"]] if person["contact"] else None
        found.append(
            Attendee(
                uid=Uid(bytes.fromhex(key)),
                contact_id=ContactId(known[0]) if known else None,
                email=person["email"] or "",
                name=person["name"] or (known[1] if known else ""),
                response=person["response"] or "",
                role=person["role"] or "",
                is_organizer=bool(person["is_organizer"]),
            )
        )
    return tuple(found)


def relations(document: Document, names: LinkedNames) -> tuple[Relation, ...]:
    """What other people are to a contact."""
    found = []
    for key, relation in sorted(document["relations"].items()):
        local_id, name = names["contact", relation["other"]]
        uid = Uid(bytes.fromhex(relation["other"]))
        note = relation["note"] or ""
        found.append(Relation(Uid(bytes.fromhex(key)), ContactId(local_id), uid, name, relation["kind"], note))
    return tuple(found)


def consents(document: Document) -> tuple[Consent, ...]:
    """What a contact consented to, by channel."""
    return tuple(
        Consent(
            uid=Uid(bytes.fromhex(key)),
            channel=consent["channel"],
            state=consent["state"],
            basis=consent["basis"] or "",
            decided_at=from_millis(consent["decided_at"]) if consent["decided_at"] is not None else None,
            proof=consent["proof"] or "",
        )
        for key, consent in sorted(document["consents"].items(), key=lambda item: (item[1]["channel"], item[0]))
    )
