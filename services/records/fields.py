"""The catalogue of fields that `add`, `set`, `--map`, `--where`, forms, export and import share.

Names are those of the command line. `personal` decides where the ledger keeps a value, so that erasing a
person leaves everything else verifiable.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class EntityKind(StrEnum):
    """The kinds of record a workspace holds."""

    CONTACT = "contact"
    COMPANY = "company"
    ACTIVITY = "activity"
    USER = "user"
    TAG = "tag"
    CUSTOM_FIELD = "custom_field"
    SETTING = "setting"


class FieldKind(StrEnum):
    """How a value is typed, parsed and shown."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOL = "bool"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    CURRENCY = "currency"
    CHOICE = "choice"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    COUNTRY = "country"
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"
    LINK = "link"
    TAGS = "tags"


class Place(StrEnum):
    """Where a field lives: a column of the record itself, or one of its parts."""

    COLUMN = "column"
    POINT = "point"
    PART = "part"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its contract name, type, whether it is personal, and where it lives."""

    name: str
    kind: FieldKind
    personal: bool = False
    place: Place = Place.COLUMN
    choices: tuple[str, ...] = ()


CONTACT_LIFECYCLES: Final = ("prospect", "customer", "churned")
ACTIVITY_TYPES: Final = (
    "call",
    "meeting",
    "email",
    "sms",
    "message",
    "note",
    "visit",
    "purchase",
    "ticket",
    "task_done",
)
CHANNELS: Final = ("email", "call", "sms", "message", "visit")
DIRECTIONS: Final = ("in", "out")


def _by_name(*specs: FieldSpec) -> MappingProxyType[str, FieldSpec]:
    return MappingProxyType({spec.name: spec for spec in specs})


CONTACT_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("first_name", FieldKind.TEXT, personal=True),
    FieldSpec("last_name", FieldKind.TEXT, personal=True),
    FieldSpec("title", FieldKind.TEXT, personal=True),
    FieldSpec("email", FieldKind.EMAIL, personal=True, place=Place.POINT),
    FieldSpec("phone", FieldKind.PHONE, personal=True, place=Place.POINT),
    FieldSpec("website", FieldKind.URL, personal=True, place=Place.POINT),
    FieldSpec("social", FieldKind.URL, personal=True, place=Place.POINT),
    FieldSpec("address", FieldKind.TEXT, personal=True, place=Place.POINT),
    FieldSpec("city", FieldKind.TEXT, personal=True, place=Place.POINT),
    FieldSpec("country", FieldKind.COUNTRY, personal=True, place=Place.POINT),
    FieldSpec("company", FieldKind.LINK, place=Place.PART),
    FieldSpec("birthday", FieldKind.DATE, personal=True),
    FieldSpec("language", FieldKind.LANGUAGE),
    FieldSpec("time_zone", FieldKind.TIME_ZONE),
    FieldSpec("preferred_channel", FieldKind.CHOICE, choices=CHANNELS),
    FieldSpec("cadence_days", FieldKind.INTEGER),
    FieldSpec("do_not_contact", FieldKind.BOOL),
    FieldSpec("lifecycle", FieldKind.CHOICE, choices=CONTACT_LIFECYCLES),
    FieldSpec("churned_at", FieldKind.MOMENT),
    FieldSpec("churn_reason", FieldKind.TEXT, personal=True),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

COMPANY_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("name", FieldKind.TEXT, personal=True),
    FieldSpec("domain", FieldKind.TEXT, personal=True, place=Place.PART),
    FieldSpec("industry", FieldKind.TEXT),
    FieldSpec("size", FieldKind.INTEGER),
    FieldSpec("phone", FieldKind.PHONE, personal=True, place=Place.POINT),
    FieldSpec("website", FieldKind.URL, personal=True, place=Place.POINT),
    FieldSpec("address", FieldKind.TEXT, personal=True, place=Place.POINT),
    FieldSpec("city", FieldKind.TEXT, personal=True, place=Place.POINT),
    FieldSpec("country", FieldKind.COUNTRY, personal=True, place=Place.POINT),
    FieldSpec("lifecycle", FieldKind.CHOICE, choices=CONTACT_LIFECYCLES),
    FieldSpec("customer_since", FieldKind.DATE),
    FieldSpec("churned_at", FieldKind.MOMENT),
    FieldSpec("churn_reason", FieldKind.TEXT, personal=True),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

ACTIVITY_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("type", FieldKind.CHOICE, choices=ACTIVITY_TYPES),
    FieldSpec("contact", FieldKind.LINK),
    FieldSpec("company", FieldKind.LINK),
    FieldSpec("occurred_at", FieldKind.MOMENT),
    FieldSpec("recorded_at", FieldKind.MOMENT),
    FieldSpec("subject", FieldKind.TEXT, personal=True),
    FieldSpec("body", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("outcome", FieldKind.TEXT),
    FieldSpec("duration_s", FieldKind.INTEGER),
    FieldSpec("amount", FieldKind.MONEY),
    FieldSpec("currency", FieldKind.CURRENCY),
    FieldSpec("direction", FieldKind.CHOICE, choices=DIRECTIONS),
    FieldSpec("location", FieldKind.TEXT, personal=True),
    FieldSpec("participants", FieldKind.LINK, place=Place.PART),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

FIELDS: Final = MappingProxyType(
    {
        EntityKind.CONTACT: CONTACT_FIELDS,
        EntityKind.COMPANY: COMPANY_FIELDS,
        EntityKind.ACTIVITY: ACTIVITY_FIELDS,
    }
)

CUSTOM_PREFIX: Final = "custom."
CUSTOM_KINDS: Final = (FieldKind.NUMBER, FieldKind.TEXT, FieldKind.DATE, FieldKind.BOOL, FieldKind.CHOICE)
