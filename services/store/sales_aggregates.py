"""The aggregates of selling: pipelines, stages, deals and leads."""

from __future__ import annotations

from typing import Final

from services.records.fields import EntityKind
from services.store.aggregates import COMMON_COLUMNS, AggregateSpec, ColumnSpec, Document, PartSpec, points, tags
from services.store.names import first_point, name_key
from services.values.text import fold


def main_contact(document: Document) -> str | None:
    """The uid of the person a deal is shown with: the primary one, else the oldest."""
    people = sorted(document["contacts"].items(), key=lambda item: (not item[1]["is_primary"], item[0]))
    return people[0][1]["contact"] if people else None


def lead_display_name(document: Document) -> str:
    """A lead's name as it is shown: the person, else the company, else the primary address."""
    return document["name"] or document["company"] or first_point(document)


PIPELINE: Final = AggregateSpec(
    EntityKind.PIPELINE,
    "pipeline",
    tuple(ColumnSpec(name) for name in ("name", "currency", "position", "created_at", "deleted_at")),
    computed={"folded_name": lambda document: name_key(document["name"])},
)

STAGE: Final = AggregateSpec(
    EntityKind.STAGE,
    "stage",
    (
        ColumnSpec("pipeline", link=EntityKind.PIPELINE),
        *(
            ColumnSpec(name)
            for name in (
                "name",
                "kind",
                "probability",
                "rotting_days",
                "required_fields",
                "position",
                "created_at",
                "deleted_at",
            )
        ),
    ),
    computed={"folded_name": lambda document: name_key(document["name"])},
)

DEAL: Final = AggregateSpec(
    EntityKind.DEAL,
    "deal",
    (
        *COMMON_COLUMNS,
        ColumnSpec("title", personal=True),
        ColumnSpec("amount"),
        ColumnSpec("currency"),
        ColumnSpec("company", link=EntityKind.COMPANY),
        ColumnSpec("pipeline", link=EntityKind.PIPELINE),
        ColumnSpec("stage", link=EntityKind.STAGE),
        ColumnSpec("stage_entered_at"),
        ColumnSpec("status"),
        ColumnSpec("probability"),
        ColumnSpec("expected_close"),
        ColumnSpec("won_at"),
        ColumnSpec("lost_at"),
        ColumnSpec("loss_reason"),
        ColumnSpec("competitor"),
        ColumnSpec("next_step", personal=True),
        ColumnSpec("next_step_due"),
        ColumnSpec("forecast_category"),
    ),
    parts=(
        PartSpec(
            "contacts",
            "deal_contact",
            "deal_id",
            (
                ColumnSpec("contact", link=EntityKind.CONTACT),
                ColumnSpec("role"),
                ColumnSpec("is_primary"),
            ),
        ),
        tags("deal"),
    ),
    has_custom=True,
    name_column="title",
    computed={"sort_name": lambda document: fold(document["title"] or "")},
    computed_links={"contact_id": (EntityKind.CONTACT, main_contact)},
)

LEAD: Final = AggregateSpec(
    EntityKind.LEAD,
    "lead",
    (
        *COMMON_COLUMNS,
        ColumnSpec("provenance"),
        ColumnSpec("name", personal=True),
        ColumnSpec("title", personal=True),
        ColumnSpec("company", personal=True),
        ColumnSpec("status"),
        ColumnSpec("score"),
        ColumnSpec("response_due"),
        ColumnSpec("responded_at"),
        ColumnSpec("disqualify_reason", personal=True),
        ColumnSpec("converted_at"),
        ColumnSpec("converted_contact", link=EntityKind.CONTACT),
        ColumnSpec("converted_company", link=EntityKind.COMPANY),
        ColumnSpec("converted_deal", link=EntityKind.DEAL),
    ),
    parts=(points("lead"), tags("lead")),
    has_custom=True,
    name_column="display_name",
    provenance="provenance",
    computed={
        "display_name": lead_display_name,
        "sort_name": lambda document: fold(lead_display_name(document)),
    },
)
