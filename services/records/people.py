"""Contacts, companies and users as they are read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.ids import CompanyId, ContactId, DealId, LeadId, Uid, UserId

if TYPE_CHECKING:
    from services.records.planning import Attendee
    from services.records.sales import DealPerson


class Role(StrEnum):
    """What a user may do in a workspace."""

    OWNER = "owner"
    MEMBER = "member"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True)
class UserRow:
    """A person who works in this workspace."""

    id: UserId
    uid: Uid
    name: str
    email: str
    role: Role
    time_zone: str
    locale: str
    region: str
    work_week: tuple[int, ...]
    territory: str


@dataclass(frozen=True, slots=True)
class TagRow:
    """A tag with the number of living records that carry it."""

    uid: Uid
    name: str
    colour: str
    records: int


@dataclass(frozen=True, slots=True)
class Point:
    """One way to reach somebody."""

    uid: Uid
    kind: PointKind
    label: str
    raw: str
    normal: str
    is_primary: bool
    city: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    verified: bool = False
    bounced: bool = False


@dataclass(frozen=True, slots=True)
class CompanyRole:
    """The role a contact has, or had, at a company."""

    uid: Uid
    company_id: CompanyId
    company_uid: Uid
    company_name: str
    role: str
    is_primary: bool
    started_on: date | None
    ended_on: date | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact as a list shows it."""

    id: ContactId
    uid: Uid
    name: str
    title: str
    company_id: CompanyId | None
    company: str
    email: str
    phone: str
    city: str
    country: str
    lifecycle: str
    owner: str
    last_activity_at: datetime | None
    created_at: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company as a list shows it."""

    id: CompanyId
    uid: Uid
    name: str
    domain: str
    industry: str
    size: int | None
    phone: str
    city: str
    country: str
    lifecycle: str
    owner: str
    contacts: int
    last_activity_at: datetime | None
    created_at: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who took part in an activity besides the contact it was with.

    `key` names the contact in files, for other workspaces too: the external key, else the email, else the uid.
    """

    id: ContactId
    uid: Uid
    name: str
    key: str


RELATION_KINDS: Final = ("reports_to", "assistant", "colleague", "spouse", "family", "friend", "referred_by", "other")
"""What another person can be to a contact; `reports_to` is the boss, `referred_by` whoever made the introduction."""

CONSENT_STATES: Final = ("granted", "withdrawn")
CONSENT_BASES: Final = (
    "consent",
    "contract",
    "legitimate_interest",
    "legal_obligation",
    "public_task",
    "vital_interest",
)
"""The lawful bases of Article 6(1) GDPR."""


@dataclass(frozen=True, slots=True)
class Relation:
    """What another person is to a contact."""

    uid: Uid
    other_id: ContactId
    other_uid: Uid
    other: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Consent:
    """Whether a contact may be written to on a channel, on which ground, since when, and by what it is shown."""

    uid: Uid
    channel: str
    state: str
    basis: str
    decided_at: datetime | None
    proof: str


@dataclass(frozen=True, slots=True)
class LinkedRecord:
    """The record that a field names."""

    field: str
    entity: EntityKind
    id: int
    uid: Uid
    name: str


@dataclass(frozen=True, slots=True)
class RecordCard:
    """One record in full: contract fields by name, and its parts.

    `fields` holds fields with several values as one text, in the form in which it is typed and imported.
    """

    id: int
    uid: Uid
    name: str
    fields: dict[str, Any]
    points: tuple[Point, ...]
    roles: tuple[CompanyRole, ...]
    tags: tuple[str, ...]
    custom: dict[str, Any]
    created_at: datetime
    deleted_at: datetime | None
    owner: str
    domains: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    people: tuple[DealPerson, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    relations: tuple[Relation, ...] = ()
    consents: tuple[Consent, ...] = ()
    links: tuple[LinkedRecord, ...] = ()

    def point(self, kind: PointKind) -> Point | None:
        """The primary point of a kind, else the first."""
        mine = [point for point in self.points if point.kind is kind]
        return next((point for point in mine if point.is_primary), mine[0] if mine else None)


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One entry of a timeline."""

    id: int
    uid: Uid
    type: str
    contact_id: ContactId | None
    contact: str
    company_id: CompanyId | None
    company: str
    occurred_at: datetime
    recorded_at: datetime
    subject: str
    body: str
    outcome: str
    duration_s: int | None
    amount: int | None
    currency: str
    direction: str
    pinned: bool
    location: str = ""
    participants: tuple[Participant, ...] = ()
    deal_id: DealId | None = None
    deal: str = ""
    lead_id: LeadId | None = None
    lead: str = ""


@dataclass(frozen=True, slots=True)
class CustomField:
    """A typed field that the user added."""

    uid: Uid
    entity: str
    name: str
    kind: str
    label: str
    options: tuple[str, ...]
    personal: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """What a command made or changed, and in which batch; `batch` is None when nothing became different."""

    id: int
    uid: Uid
    batch: Uid | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One answer of a search; `rank` counts up from 0, best first."""

    entity: str
    id: int
    uid: Uid
    title: str
    snippet: str
    rank: int


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """The answers to a search, and the wall time from the parsed query to the results in hand."""

    hits: tuple[SearchHit, ...]
    ms: float
