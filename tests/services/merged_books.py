"""Random books of contacts and companies that name each other, and what they say whatever their local ids."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from services.open_workspace import OpenWorkspace
from services.records.fields import EntityKind
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.documents import load
from services.store.store import Store
from services.store.writing import WriteUnit

CONTACT, COMPANY = EntityKind.CONTACT, EntityKind.COMPANY
_FIRST: Final = ("Anna", "M.", "Mei-Lin", None, "Jörg", "A.")
_LAST: Final = ("Berg", "Zhou", "Müller", None, "van der Meer")
_CHANNELS: Final = ("email", "call")
_POINTS: Final = {
    "email": ("a@x.example", "b@x.example", "info@x.example", "c@y.example"),
    "phone": ("+4940123", "+491711", "+491722"),
    "address": ("hamburg kanalweg 8", "koln"),
    "url": ("https://x.example",),
}


def documents(store: Store) -> dict[tuple[str, bytes], Document]:
    """Every record by its kind and uid."""
    found: dict[tuple[str, bytes], Document] = {}
    with store.read() as connection:
        for kind, spec in CATALOGUE.items():
            ids = list(connection.exec_driver_sql(f'SELECT id FROM "{spec.table}"').scalars())
            found.update({(kind.value, uid): document for uid, document in load(connection, spec, ids).values()})
    return found


class RandomBook:
    """Fills a workspace: records of every kind that can name a contact or a company do so at random."""

    def __init__(self, book: OpenWorkspace, seed: int, size: int) -> None:
        self._book = book
        self._random = Random(seed)
        self._size = size
        self._uids: dict[EntityKind, list[str]] = {CONTACT: [], COMPANY: []}
        self.ids: dict[EntityKind, list[int]] = {CONTACT: [], COMPANY: []}

    def fill(self) -> None:
        """Make every record, in some batches."""
        with self._book.store.write("edit", "test.fill") as unit:
            tags = [unit.create(EntityKind.TAG, self._blank(unit, EntityKind.TAG, name=n))[1].hex() for n in "xyz"]
            for _ in range(self._size):
                self._add(unit, COMPANY, self._company(unit, tags))
            for _ in range(2 * self._size):
                self._add(unit, CONTACT, self._contact(unit, tags))
        with self._book.store.write("edit", "test.fill") as unit:
            self._relate(unit)
            for _ in range(3 * self._size):
                self._others(unit)

    def _add(self, unit: WriteUnit, kind: EntityKind, document: Document) -> None:
        local_id, uid = unit.create(kind, document)
        self.ids[kind].append(local_id)
        self._uids[kind].append(uid.hex())

    @staticmethod
    def _blank(unit: WriteUnit, kind: EntityKind, **values: Any) -> Document:
        return {**unit.blank(kind), **values}

    def _one(self, kind: EntityKind) -> str | None:
        return self._random.choice([None, *self._uids[kind]])

    def _points(self, unit: WriteUnit, kinds: tuple[str, ...]) -> Document:
        found: Document = {}
        for kind in kinds:
            normals = self._random.sample(_POINTS[kind], self._random.randrange(len(_POINTS[kind])))
            for place, normal in enumerate(normals):
                point = dict.fromkeys(("city", "region", "postal_code", "country", "bounced"))
                verified = self._random.choice((None, 1))
                known = {"kind": kind, "label": "", "raw": normal, "normal": normal, "is_primary": int(place == 0)}
                found[unit.uids.new().hex()] = {**point, **known, "verified": verified}
        return found

    def _tags(self, tags: list[str]) -> Document:
        return {tag: {} for tag in self._random.sample(tags, self._random.randrange(3))}

    def _company(self, unit: WriteUnit, tags: list[str]) -> Document:
        draw = self._random
        domains = draw.sample(("x.example", "y.example", "z.example"), draw.randrange(3))
        return self._blank(
            unit,
            COMPANY,
            name=draw.choice(("Stellhorn", "Stellhorn GmbH", "Almeda", "Vireo Health")),
            industry=draw.choice((None, "Logistics")),
            lifecycle=draw.choice(("prospect", "customer")),
            parent=self._one(COMPANY),
            notes=draw.choice((None, "One", "One and more")),
            points=self._points(unit, ("phone", "url")),
            domains={unit.uids.new().hex(): {"domain": d, "position": n} for n, d in enumerate(domains)},
            tags=self._tags(tags),
        )

    def _contact(self, unit: WriteUnit, tags: list[str]) -> Document:
        draw, new = self._random, unit.uids.new
        companies = draw.sample(self._uids[COMPANY], min(len(self._uids[COMPANY]), draw.randrange(3)))
        roles = {
            new().hex(): {
                "company": company,
                "role": draw.choice(("", "CEO")),
                "is_primary": int(place == 0),
                "started_on": None,
                "ended_on": draw.choice((None, "2020-01-01")),
            }
            for place, company in enumerate(companies)
        }
        consents = {
            new().hex(): {
                "channel": draw.choice(_CHANNELS),
                "state": draw.choice(("granted", "withdrawn")),
                "basis": None,
                "decided_at": draw.choice((None, 1000, 2000)),
                "proof": None,
            }
            for _ in range(draw.randrange(3))
        }
        return self._blank(
            unit,
            CONTACT,
            first_name=draw.choice(_FIRST),
            last_name=draw.choice(_LAST) or "Berg",
            title=draw.choice((None, "CEO", "Plant Manager")),
            birthday=draw.choice((None, "--05-09", "1986-05-09")),
            do_not_contact=draw.choice((None, 0, 1)),
            lifecycle=draw.choice(("prospect", "customer", "churned")),
            notes=draw.choice((None, "One", "Two")),
            points=self._points(unit, ("email", "phone", "address")),
            roles=roles,
            consents=consents,
            tags=self._tags(tags),
        )

    def _relate(self, unit: WriteUnit) -> None:
        for local_id in self.ids[CONTACT]:
            elements = {
                unit.uids.new().hex(): {
                    "other": self._random.choice(self._uids[CONTACT]),
                    "kind": self._random.choice(("colleague", "spouse")),
                    "note": None,
                }
                for _ in range(self._random.randrange(3))
            }
            unit.edit(CONTACT, local_id, lambda document, found=elements: document["relations"].update(found))  # type: ignore[misc]

    def _others(self, unit: WriteUnit) -> None:
        """An activity, a deal, a task, an event, a file and a lead; some of them in the trash."""
        draw, new = self._random, unit.uids.new
        linked = {"contact": self._one(CONTACT), "company": self._one(COMPANY)}
        common = {**linked, "deleted_at": draw.choice((None, None, None, 5))}
        people = draw.sample(self._uids[CONTACT], min(3, len(self._uids[CONTACT])))
        several = {
            EntityKind.ACTIVITY: {
                "type": "call",
                "occurred_at": 1,
                "recorded_at": 1,
                "pinned": 0,
                "participants": {uid: {} for uid in people if uid != linked["contact"]},
            },
            EntityKind.TASK: {"title": "Call", "status": "open", "all_day": 0},
            EntityKind.EVENT: {
                "title": "Fair",
                "starts_at": 1,
                "all_day": 0,
                "status": "confirmed",
                "sequence": 0,
                "attendees": {
                    new().hex(): {
                        "contact": uid,
                        "email": draw.choice(("a@x.example", "b@x.example")),
                        "name": None,
                        "response": None,
                        "role": None,
                        "is_organizer": int(n == 0),
                    }
                    for n, uid in enumerate(people)
                },
            },
            EntityKind.FILE: {"name": "offer.pdf", "size": 1, "digest": "d"},
        }
        for kind, values in several.items():
            unit.create(kind, self._blank(unit, kind, **common, **values))
        self._sales(unit, common, people)

    def _sales(self, unit: WriteUnit, common: dict[str, Any], people: list[str]) -> None:
        parts = {
            unit.uids.new().hex(): {
                "contact": uid,
                "role": self._random.choice(("", "user")),
                "is_primary": int(n == 0),
            }
            for n, uid in enumerate(people)
        }
        trashed, company = common["deleted_at"], common["company"]
        deal = self._blank(unit, EntityKind.DEAL, title="Panels", status="open", company=company, contacts=parts)
        unit.create(EntityKind.DEAL, {**deal, "deleted_at": trashed})
        lead = self._blank(unit, EntityKind.LEAD, name="M. Zhou", status="converted", converted_company=company)
        unit.create(EntityKind.LEAD, {**lead, "converted_contact": self._one(CONTACT)})

    def pairs(self, kind: EntityKind, count: int) -> list[tuple[int, int]]:
        """Pairs of two different records each; some of them share records."""
        return [tuple(self._random.sample(self.ids[kind], 2)) for _ in range(count)]  # type: ignore[misc]
