"""A workspace for query tests: plain records, written into a real encrypted file by plain SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from services.records.fields import EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField
from services.store import schema
from services.store.engine import Cipher, connect, make_engine
from services.store.queries.functions import register_functions
from services.store.search_index import rebuild
from services.values.text import fold

CIPHER = Cipher(bytes(range(32)), bytes(range(16)))


def uid_of(kind: str, number: int) -> bytes:
    """A uid that tells the kind and number of a record."""
    return kind.encode().ljust(8, b"_")[:8] + number.to_bytes(8, "big")


def own_field(
    entity: EntityKind, name: str, kind: FieldKind, number: int, options: tuple[str, ...] = ()
) -> CustomField:
    """A custom field of the workspace."""
    uid = Uid(uid_of("field", number))
    return CustomField(uid, entity.value, name, kind.value, name.capitalize(), options, personal=False)


SEATS = own_field(EntityKind.CONTACT, "seats", FieldKind.NUMBER, 1)
PLAN = own_field(EntityKind.CONTACT, "Support plan", FieldKind.CHOICE, 2, ("Gold", "Silver"))
RENEWAL = own_field(EntityKind.CONTACT, "renewal", FieldKind.DATE, 3)
VIP = own_field(EntityKind.CONTACT, "vip", FieldKind.BOOL, 4)
REGION = own_field(EntityKind.CONTACT, "région", FieldKind.TEXT, 5)
OWN_FIELDS = (SEATS, PLAN, RENEWAL, VIP, REGION)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who works in the workspace."""

    id: int
    name: str
    email: str

    @property
    def uid(self) -> bytes:
        return uid_of("user", self.id)


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address."""

    line: str
    city: str | None
    country: str | None


@dataclass(slots=True)
class Record:
    """What contacts, companies and activities have in common; links are ids, times ms UTC."""

    id: int
    created_at: int = 0
    deleted_at: int | None = None
    external_key: str | None = None
    source: str | None = None
    notes: str | None = None
    owner: int | None = None
    tags: tuple[str, ...] = ()
    custom: dict[str, Any] = field(default_factory=dict)
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    urls: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()
    socials: tuple[str, ...] = ()
    verified: bool = False
    bounced: bool = False
    lifecycle: str | None = None
    churned_at: int | None = None
    churn_reason: str | None = None


@dataclass(slots=True)
class Person(Record):
    """A contact."""

    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    birthday: str | None = None
    language: str | None = None
    time_zone: str | None = None
    preferred_channel: str | None = None
    cadence_days: int | None = None
    do_not_contact: int | None = None
    company: int | None = None

    @property
    def name(self) -> str:
        named = " ".join(part for part in (self.first_name, self.last_name) if part)
        return named or (self.emails or self.phones or ("",))[0]

    @property
    def sort_name(self) -> str:
        return fold(" ".join(part for part in (self.last_name, self.first_name) if part) or self.name)


@dataclass(slots=True)
class Organisation(Record):
    """A company."""

    name: str = ""
    domains: tuple[str, ...] = ()
    industry: str | None = None
    size: int | None = None
    customer_since: str | None = None

    @property
    def domain(self) -> str | None:
        return next(iter(self.domains), None)

    @property
    def sort_name(self) -> str:
        return fold(self.name) or self.name.casefold()


@dataclass(slots=True)
class Titled(Record):
    """A deal or a lead, as far as activities name them."""

    name: str = ""


@dataclass(slots=True)
class Entry(Record):
    """An activity."""

    type: str = "note"
    contact: int | None = None
    company: int | None = None
    deal: int | None = None
    lead: int | None = None
    occurred_at: int = 0
    recorded_at: int = 0
    subject: str | None = None
    body: str | None = None
    outcome: str | None = None
    duration_s: int | None = None
    amount: int | None = None
    currency: str | None = None
    direction: str | None = None
    location: str | None = None
    participants: tuple[int, ...] = ()


@dataclass(slots=True)
class Book:
    """Everything in the workspace."""

    users: list[User] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    deals: list[Titled] = field(default_factory=list)
    leads: list[Titled] = field(default_factory=list)

    @property
    def tags(self) -> list[str]:
        records: list[Record] = [*self.people, *self.organisations, *self.entries]
        return sorted({tag for record in records for tag in record.tags})

    def records(self, entity: EntityKind) -> Sequence[Record]:
        """The records of one kind."""
        everything: dict[EntityKind, Sequence[Record]] = {
            EntityKind.CONTACT: self.people,
            EntityKind.COMPANY: self.organisations,
            EntityKind.ACTIVITY: self.entries,
        }
        return everything[entity]


def open_engine(path: Path) -> Engine:
    """An engine over the encrypted file at `path`, with the functions that queries need."""

    def connection() -> Any:
        made = connect(path, CIPHER)
        register_functions(made)
        return made

    return make_engine(connection, size=1, begin="BEGIN IMMEDIATE")


def write_book(path: Path, book: Book) -> Engine:
    """Make the encrypted file at `path` and write the book into it."""
    engine = open_engine(path)
    with engine.begin() as connection:
        schema.create_all(connection)
        run = connection.exec_driver_sql
        for table, rows in _rows(book).items():
            if rows:
                columns = list(rows[0])
                marks = ",".join("?" * len(columns))
                sql = f'INSERT INTO "{table}" ({",".join(columns)}) VALUES ({marks})'
                run(sql, [tuple(row.values()) for row in rows])
        rebuild(connection)
    return engine


def _rows(book: Book) -> dict[str, list[dict[str, Any]]]:
    tag_ids = {name: number for number, name in enumerate(book.tags, 1)}
    rows: dict[str, list[dict[str, Any]]] = {
        "user": [
            {"id": u.id, "uid": u.uid, "name": u.name, "email": u.email, "role": "member", "created_at": 0}
            for u in book.users
        ],
        "tag": [
            {
                "id": number,
                "uid": uid_of("tag", number),
                "name": name,
                "created_at": 0,
                "folded_name": fold(name) or name.casefold(),
            }
            for name, number in tag_ids.items()
        ],
        "company": [_organisation(record) for record in book.organisations],
        "contact": [_person(record) for record in book.people],
        "deal": [_deal(record) for record in book.deals],
        "lead": [_lead(record) for record in book.leads],
        "activity": [_entry(record) for record in book.entries],
    }
    for table, records in (
        ("contact", book.people),
        ("company", book.organisations),
        ("activity", book.entries),
    ):
        rows[f"{table}_tag"] = [
            {f"{table}_id": record.id, "tag_id": tag_ids[tag]} for record in records for tag in record.tags
        ]
        if table != "activity":
            rows[f"{table}_point"] = _points(table, records)
    rows["company_domain"] = [
        {
            "uid": uid_of("domain", company.id * 100 + position),
            "company_id": company.id,
            "domain": domain,
            "position": position,
        }
        for company in book.organisations
        for position, domain in enumerate(company.domains)
    ]
    rows["activity_contact"] = [
        {"activity_id": entry.id, "contact_id": contact} for entry in book.entries for contact in entry.participants
    ]
    rows["contact_company"] = [
        {
            "uid": uid_of("role", person.id),
            "contact_id": person.id,
            "company_id": person.company,
            "role": "",
            "is_primary": 1,
        }
        for person in book.people
        if person.company is not None
    ]
    return rows


def _common(record: Record, kind: str) -> dict[str, Any]:
    return {
        "id": record.id,
        "uid": uid_of(kind, record.id),
        "created_at": record.created_at,
        "deleted_at": record.deleted_at,
        "external_key": record.external_key,
        "source": record.source,
        "notes": record.notes,
        "owner_id": record.owner,
        "custom": json.dumps(record.custom) if record.custom else None,
    }


def _person(person: Person) -> dict[str, Any]:
    return {
        **_common(person, "contact"),
        **_named(
            person,
            "first_name last_name title birthday language time_zone preferred_channel cadence_days do_not_contact "
            "lifecycle churned_at churn_reason sort_name",
        ),
        "display_name": person.name,
        "company_id": person.company,
    }


def _organisation(company: Organisation) -> dict[str, Any]:
    return {
        **_common(company, "company"),
        **_named(company, "name domain industry size lifecycle customer_since churned_at churn_reason sort_name"),
    }


def _deal(deal: Titled) -> dict[str, Any]:
    return {**_common(deal, "deal"), "title": deal.name, "status": "open", "sort_name": fold(deal.name)}


def _lead(lead: Titled) -> dict[str, Any]:
    names = {"name": lead.name, "display_name": lead.name, "sort_name": fold(lead.name)}
    return {**_common(lead, "lead"), **names, "status": "new"}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        **_common(entry, "activity"),
        **_named(
            entry, "type occurred_at recorded_at subject body outcome duration_s amount currency direction location"
        ),
        "contact_id": entry.contact,
        "company_id": entry.company,
        "deal_id": entry.deal,
        "lead_id": entry.lead,
        "pinned": 0,
    }


def _named(record: Record, names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names.split()}


def _points(table: str, records: Sequence[Record]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for record in records:
        found: list[tuple[str, str, str, Address | None]] = []
        found += [("email", email, email.lower(), None) for email in record.emails]
        found += [("phone", phone, phone, None) for phone in record.phones]
        found += [("url", url, url, None) for url in record.urls]
        found += [("social", profile, profile, None) for profile in record.socials]
        found += [("address", address.line, _one_line(address), address) for address in record.addresses]
        seen: set[str] = set()
        for number, (kind, raw, normal, address) in enumerate(found, 1):
            rows.append(
                {
                    "uid": uid_of(f"{table}p", len(rows)),
                    f"{table}_id": record.id,
                    "kind": kind,
                    "label": "",
                    "raw": raw,
                    "normal": normal,
                    "is_primary": int(kind not in seen),
                    "city": address.city if address else None,
                    "country": address.country if address else None,
                    # Of the last point, so that it need not be the first or the primary one.
                    "verified": 1 if record.verified and number == len(found) else None,
                    "bounced": 1 if record.bounced and number == len(found) else None,
                }
            )
            seen.add(kind)
    return rows


def _one_line(address: Address) -> str:
    return fold(" ".join(part for part in (address.line, address.city, address.country) if part))
