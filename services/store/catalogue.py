"""The aggregates of a workspace: adding a field to a record is adding a line here and a column to its table."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from services.records.fields import EntityKind
from services.store.aggregates import (
    COMMON_COLUMNS,
    AggregateSpec,
    ColumnSpec,
    Document,
    PartSpec,
    points,
    tags,
)
from services.store.keeping_aggregates import DISTINCT_PAIR, FILE, SAVED_VIEW
from services.store.names import first_point, name_key
from services.store.planning_aggregates import EVENT, TASK
from services.store.sales_aggregates import DEAL, LEAD, PIPELINE, STAGE
from services.values.text import fold


def display_name(document: Document) -> str:
    """A contact's name as it is shown: first and last name, else the primary address, else nothing."""
    name = " ".join(part for part in (document["first_name"], document["last_name"]) if part)
    return name or first_point(document)


def contact_sort_name(document: Document) -> str:
    """The folded form by which contacts are ordered: last name first."""
    name = " ".join(part for part in (document["last_name"], document["first_name"]) if part)
    return fold(name or display_name(document))


def main_company(document: Document) -> str | None:
    """The uid of the company a contact is shown under: the primary role, else the oldest one not ended."""
    roles = sorted(document["roles"].items(), key=lambda item: (not item[1]["is_primary"], item[0]))
    current = [role for _, role in roles if role["ended_on"] is None] or [role for _, role in roles]
    return current[0]["company"] if current else None


def domains_of(document: Document) -> list[str]:
    """The domains of a company, the primary one first."""
    elements = sorted(document["domains"].items(), key=lambda item: (item[1]["position"], item[0]))
    return [element["domain"] for _, element in elements]


def main_domain(document: Document) -> str | None:
    """The domain that lists show of a company."""
    return next(iter(domains_of(document)), None)


CONTACT: Final = AggregateSpec(
    EntityKind.CONTACT,
    "contact",
    (
        *COMMON_COLUMNS,
        ColumnSpec("first_name", personal=True),
        ColumnSpec("last_name", personal=True),
        ColumnSpec("title", personal=True),
        ColumnSpec("birthday", personal=True),
        ColumnSpec("language"),
        ColumnSpec("time_zone"),
        ColumnSpec("preferred_channel"),
        ColumnSpec("cadence_days"),
        ColumnSpec("do_not_contact"),
        ColumnSpec("lifecycle"),
        ColumnSpec("churned_at"),
        ColumnSpec("churn_reason", personal=True),
        ColumnSpec("merged_into", link=EntityKind.CONTACT),
    ),
    parts=(
        points("contact"),
        PartSpec(
            "roles",
            "contact_company",
            "contact_id",
            (
                ColumnSpec("company", link=EntityKind.COMPANY),
                ColumnSpec("role", personal=True),
                ColumnSpec("is_primary"),
                ColumnSpec("started_on"),
                ColumnSpec("ended_on"),
            ),
        ),
        PartSpec(
            "relations",
            "contact_relation",
            "contact_id",
            (
                ColumnSpec("other", link=EntityKind.CONTACT),
                ColumnSpec("kind"),
                ColumnSpec("note", personal=True),
            ),
        ),
        PartSpec(
            "consents",
            "contact_consent",
            "contact_id",
            (
                ColumnSpec("channel"),
                ColumnSpec("state"),
                ColumnSpec("basis"),
                ColumnSpec("decided_at"),
                ColumnSpec("proof", personal=True),
            ),
        ),
        tags("contact"),
    ),
    has_custom=True,
    name_column="display_name",
    computed={"display_name": display_name, "sort_name": contact_sort_name},
    computed_links={"company_id": (EntityKind.COMPANY, main_company)},
)

COMPANY: Final = AggregateSpec(
    EntityKind.COMPANY,
    "company",
    (
        *COMMON_COLUMNS,
        ColumnSpec("name", personal=True),
        ColumnSpec("industry"),
        ColumnSpec("size"),
        ColumnSpec("lifecycle"),
        ColumnSpec("customer_since"),
        ColumnSpec("churned_at"),
        ColumnSpec("churn_reason", personal=True),
        ColumnSpec("parent", link=EntityKind.COMPANY),
        ColumnSpec("merged_into", link=EntityKind.COMPANY),
    ),
    parts=(
        points("company"),
        PartSpec(
            "domains",
            "company_domain",
            "company_id",
            (ColumnSpec("domain", personal=True), ColumnSpec("position")),
        ),
        tags("company"),
    ),
    has_custom=True,
    computed={"sort_name": lambda document: name_key(document["name"]), "domain": main_domain},
)

ACTIVITY: Final = AggregateSpec(
    EntityKind.ACTIVITY,
    "activity",
    (
        *COMMON_COLUMNS,
        ColumnSpec("type"),
        ColumnSpec("contact", link=EntityKind.CONTACT),
        ColumnSpec("company", link=EntityKind.COMPANY),
        ColumnSpec("deal", link=EntityKind.DEAL),
        ColumnSpec("lead", link=EntityKind.LEAD),
        ColumnSpec("occurred_at"),
        ColumnSpec("recorded_at"),
        ColumnSpec("subject", personal=True),
        ColumnSpec("body", personal=True),
        ColumnSpec("outcome"),
        ColumnSpec("duration_s"),
        ColumnSpec("amount"),
        ColumnSpec("currency"),
        ColumnSpec("direction"),
        ColumnSpec("location", personal=True),
        ColumnSpec("pinned"),
        ColumnSpec("message_id", personal=True),
    ),
    parts=(
        PartSpec("participants", "activity_contact", "activity_id", key_link=EntityKind.CONTACT),
        tags("activity"),
    ),
    has_custom=True,
    name_column="subject",
)

USER: Final = AggregateSpec(
    EntityKind.USER,
    "user",
    (
        ColumnSpec("name", personal=True),
        ColumnSpec("email", personal=True),
        ColumnSpec("role"),
        ColumnSpec("time_zone"),
        ColumnSpec("locale"),
        ColumnSpec("region"),
        ColumnSpec("work_week"),
        ColumnSpec("territory"),
        ColumnSpec("created_at"),
        ColumnSpec("deleted_at"),
    ),
)

TAG: Final = AggregateSpec(
    EntityKind.TAG,
    "tag",
    (ColumnSpec("name"), ColumnSpec("colour"), ColumnSpec("created_at"), ColumnSpec("deleted_at")),
    computed={"folded_name": lambda document: name_key(document["name"])},
)

CUSTOM_FIELD: Final = AggregateSpec(
    EntityKind.CUSTOM_FIELD,
    "custom_field",
    tuple(
        ColumnSpec(name)
        for name in (
            "entity",
            "name",
            "kind",
            "label",
            "options",
            "personal",
            "position",
            "created_at",
            "deleted_at",
        )
    ),
)

SETTING: Final = AggregateSpec(
    EntityKind.SETTING,
    "setting",
    (ColumnSpec("name"), ColumnSpec("value"), ColumnSpec("created_at"), ColumnSpec("deleted_at")),
)

CATALOGUE: Final = MappingProxyType(
    {
        spec.entity: spec
        for spec in (
            USER,
            TAG,
            CUSTOM_FIELD,
            SETTING,
            COMPANY,
            CONTACT,
            PIPELINE,
            STAGE,
            DEAL,
            LEAD,
            ACTIVITY,
            TASK,
            EVENT,
            FILE,
            SAVED_VIEW,
            DISTINCT_PAIR,
        )
    }
)
"""All aggregates; a record only links to kinds that stand before it, or to its own kind."""
