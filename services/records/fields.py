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
    PIPELINE = "pipeline"
    STAGE = "stage"
    DEAL = "deal"
    LEAD = "lead"
    TASK = "task"
    EVENT = "event"
    FILE = "file"
    SAVED_VIEW = "saved_view"
    DISTINCT_PAIR = "distinct_pair"
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
    DAY_OR_MOMENT = "day_or_moment"
    RECURRENCE = "recurrence"
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
LEAD_STATUSES: Final = ("new", "working", "nurturing", "qualified", "disqualified", "converted")
FORECAST_CATEGORIES: Final = ("omitted", "pipeline", "best_case", "commit")
TASK_STATUSES: Final = ("open", "done", "cancelled")
PRIORITIES: Final = ("low", "normal", "high", "urgent")
EVENT_STATUSES: Final = ("tentative", "confirmed", "cancelled")


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
    FieldSpec("deal", FieldKind.LINK),
    FieldSpec("lead", FieldKind.LINK),
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

LEAD_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("name", FieldKind.TEXT, personal=True),
    FieldSpec("company", FieldKind.TEXT, personal=True),
    FieldSpec("title", FieldKind.TEXT, personal=True),
    FieldSpec("email", FieldKind.EMAIL, personal=True, place=Place.POINT),
    FieldSpec("phone", FieldKind.PHONE, personal=True, place=Place.POINT),
    FieldSpec("website", FieldKind.URL, personal=True, place=Place.POINT),
    FieldSpec("social", FieldKind.URL, personal=True, place=Place.POINT),
    FieldSpec("address", FieldKind.TEXT, personal=True, place=Place.POINT),
    FieldSpec("city", FieldKind.TEXT, personal=True, place=Place.POINT),
    FieldSpec("country", FieldKind.COUNTRY, personal=True, place=Place.POINT),
    FieldSpec("source", FieldKind.TEXT),
    FieldSpec("status", FieldKind.CHOICE, choices=LEAD_STATUSES),
    FieldSpec("score", FieldKind.INTEGER),
    FieldSpec("response_due", FieldKind.MOMENT),
    FieldSpec("responded_at", FieldKind.MOMENT),
    FieldSpec("disqualify_reason", FieldKind.TEXT, personal=True),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

DEAL_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("title", FieldKind.TEXT, personal=True),
    FieldSpec("amount", FieldKind.MONEY),
    FieldSpec("currency", FieldKind.CURRENCY),
    FieldSpec("company", FieldKind.LINK),
    FieldSpec("contact", FieldKind.LINK, place=Place.PART),
    FieldSpec("pipeline", FieldKind.LINK),
    FieldSpec("stage", FieldKind.LINK),
    FieldSpec("stage_entered_at", FieldKind.MOMENT),
    FieldSpec("probability", FieldKind.INTEGER),
    FieldSpec("expected_close", FieldKind.DATE),
    FieldSpec("next_step", FieldKind.TEXT, personal=True),
    FieldSpec("next_step_due", FieldKind.DATE),
    FieldSpec("forecast_category", FieldKind.CHOICE, choices=FORECAST_CATEGORIES),
    FieldSpec("won_at", FieldKind.MOMENT),
    FieldSpec("lost_at", FieldKind.MOMENT),
    FieldSpec("loss_reason", FieldKind.TEXT),
    FieldSpec("competitor", FieldKind.TEXT),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

TASK_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("title", FieldKind.TEXT, personal=True),
    FieldSpec("due_at", FieldKind.DAY_OR_MOMENT),
    FieldSpec("remind_at", FieldKind.MOMENT),
    FieldSpec("snoozed_until", FieldKind.MOMENT),
    FieldSpec("priority", FieldKind.CHOICE, choices=PRIORITIES),
    FieldSpec("status", FieldKind.CHOICE, choices=TASK_STATUSES),
    FieldSpec("done_at", FieldKind.MOMENT),
    FieldSpec("recurrence", FieldKind.RECURRENCE),
    FieldSpec("contact", FieldKind.LINK),
    FieldSpec("company", FieldKind.LINK),
    FieldSpec("deal", FieldKind.LINK),
    FieldSpec("lead", FieldKind.LINK),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

EVENT_FIELDS: Final = _by_name(
    FieldSpec("external_key", FieldKind.TEXT),
    FieldSpec("title", FieldKind.TEXT, personal=True),
    FieldSpec("starts_at", FieldKind.DAY_OR_MOMENT),
    FieldSpec("ends_at", FieldKind.DAY_OR_MOMENT),
    FieldSpec("time_zone", FieldKind.TIME_ZONE),
    FieldSpec("location", FieldKind.TEXT, personal=True),
    FieldSpec("conference_url", FieldKind.TEXT, personal=True),
    FieldSpec("status", FieldKind.CHOICE, choices=EVENT_STATUSES),
    FieldSpec("recurrence", FieldKind.RECURRENCE),
    FieldSpec("contact", FieldKind.LINK),
    FieldSpec("company", FieldKind.LINK),
    FieldSpec("deal", FieldKind.LINK),
    FieldSpec("owner", FieldKind.LINK),
    FieldSpec("notes", FieldKind.LONG_TEXT, personal=True),
    FieldSpec("tags", FieldKind.TAGS, place=Place.PART),
)

FIELDS: Final = MappingProxyType(
    {
        EntityKind.CONTACT: CONTACT_FIELDS,
        EntityKind.COMPANY: COMPANY_FIELDS,
        EntityKind.LEAD: LEAD_FIELDS,
        EntityKind.DEAL: DEAL_FIELDS,
        EntityKind.ACTIVITY: ACTIVITY_FIELDS,
        EntityKind.TASK: TASK_FIELDS,
        EntityKind.EVENT: EVENT_FIELDS,
    }
)

PLURALS: Final = MappingProxyType(
    {
        EntityKind.CONTACT: "contacts",
        EntityKind.COMPANY: "companies",
        EntityKind.LEAD: "leads",
        EntityKind.DEAL: "deals",
        EntityKind.ACTIVITY: "activities",
        EntityKind.TASK: "tasks",
        EntityKind.EVENT: "events",
    }
)
"""What the command line and files call many records of a kind."""

LINKED: Final = MappingProxyType(
    {
        "owner": EntityKind.USER,
        "contact": EntityKind.CONTACT,
        "company": EntityKind.COMPANY,
        "participants": EntityKind.CONTACT,
        "deal": EntityKind.DEAL,
        "lead": EntityKind.LEAD,
        "pipeline": EntityKind.PIPELINE,
        "stage": EntityKind.STAGE,
    }
)
"""What kind of record a field of kind LINK names."""

CUSTOM_PREFIX: Final = "custom."
CUSTOM_KINDS: Final = (FieldKind.NUMBER, FieldKind.TEXT, FieldKind.DATE, FieldKind.BOOL, FieldKind.CHOICE)
