"""Leads, pipelines, deals, tasks, events, files, saved views, and what people are to each other."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

LIVING = sa.text("deleted_at IS NULL")
KEYED = sa.text("external_key IS NOT NULL")


def upgrade() -> None:
    """Bring the tables of the revision before to this one."""
    _add_sales()
    _add_planning()
    _add_keeping()
    _widen()


def _number(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _text(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _blob(name: str, *, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.LargeBinary(length=16), nullable=nullable)


def _link(table: str, column: str, target: str, *, nullable: bool = True) -> tuple[Any, ...]:
    key = sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))
    return (_number(column, nullable=nullable), key)


def _identified(table: str) -> tuple[Any, ...]:
    return (
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        _blob("uid", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.UniqueConstraint("uid", name=op.f(f"uq_{table}_uid")),
    )


def _recorded(table: str) -> tuple[Any, ...]:
    texts = tuple(_text(name) for name in ("external_key", "source", "custom", "notes"))
    return (*_identified(table), *texts, _number("created_at", nullable=False), _number("deleted_at"))


def _add_sales() -> None:
    op.create_table(
        "deal_worth",
        _blob("deal_uid", nullable=False),
        _number("amount"),
        _text("currency"),
        sa.PrimaryKeyConstraint("deal_uid", name=op.f("pk_deal_worth")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pipeline",
        *_identified("pipeline"),
        _text("name", nullable=False),
        _text("currency"),
        _number("position", nullable=False),
        _number("created_at", nullable=False),
        _number("deleted_at"),
        _text("folded_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "stage_change",
        _number("seq", nullable=False),
        _blob("deal_uid", nullable=False),
        _text("before"),
        _text("after"),
        _number("changed_at", nullable=False),
        _number("amount"),
        _text("currency"),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_stage_change")),
    )
    op.create_index("ix_stage_change_deal_uid", "stage_change", ["deal_uid"])
    op.create_table(
        "stage",
        *_identified("stage"),
        *_link("stage", "pipeline_id", "pipeline"),
        _text("name", nullable=False),
        _text("kind", nullable=False),
        _number("probability", nullable=False),
        _number("rotting_days"),
        _text("required_fields"),
        _number("position", nullable=False),
        _number("created_at", nullable=False),
        _number("deleted_at"),
        _text("folded_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_stage_pipeline_id", "stage", ["pipeline_id", "position"])
    op.create_table(
        "deal",
        *_recorded("deal"),
        _text("title", nullable=False),
        _number("amount"),
        _text("currency"),
        *_link("deal", "company_id", "company"),
        *_link("deal", "contact_id", "contact"),
        *_link("deal", "pipeline_id", "pipeline"),
        *_link("deal", "stage_id", "stage"),
        _number("stage_entered_at"),
        _text("status", nullable=False),
        _number("probability"),
        _text("expected_close"),
        _number("won_at"),
        _number("lost_at"),
        _text("loss_reason"),
        _text("competitor"),
        _text("next_step"),
        _text("next_step_due"),
        _text("forecast_category"),
        *_link("deal", "owner_id", "user"),
        _text("sort_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deal_company_id", "deal", ["company_id"])
    op.create_index("ix_deal_contact_id", "deal", ["contact_id"])
    op.create_index("ix_deal_external_key", "deal", ["external_key"], sqlite_where=KEYED)
    op.create_index("ix_deal_pipeline_id", "deal", ["pipeline_id"], sqlite_where=LIVING)
    op.create_index("ix_deal_sort_name", "deal", ["sort_name", "id"], sqlite_where=LIVING)
    op.create_index("ix_deal_stage_id", "deal", ["stage_id", "expected_close"], sqlite_where=LIVING)
    op.create_index("ix_deal_status", "deal", ["status", "sort_name", "id"], sqlite_where=LIVING)
    op.create_table(
        "deal_contact",
        *_identified("deal_contact"),
        *_link("deal_contact", "deal_id", "deal", nullable=False),
        *_link("deal_contact", "contact_id", "contact", nullable=False),
        _text("role", nullable=False),
        _number("is_primary", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deal_contact_contact_id", "deal_contact", ["contact_id"])
    op.create_index("ix_deal_contact_deal_id", "deal_contact", ["deal_id"])
    op.create_table(
        "deal_tag",
        *_link("deal_tag", "deal_id", "deal", nullable=False),
        *_link("deal_tag", "tag_id", "tag", nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "tag_id", name=op.f("pk_deal_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_deal_tag_tag_id", "deal_tag", ["tag_id"])
    op.create_table(
        "lead",
        *_recorded("lead"),
        _text("provenance"),
        _text("name"),
        _text("title"),
        _text("company"),
        _text("status", nullable=False),
        _number("score"),
        _number("response_due"),
        _number("responded_at"),
        _text("disqualify_reason"),
        _number("converted_at"),
        *_link("lead", "converted_contact_id", "contact"),
        *_link("lead", "converted_company_id", "company"),
        *_link("lead", "converted_deal_id", "deal"),
        *_link("lead", "owner_id", "user"),
        _text("display_name", nullable=False),
        _text("sort_name", nullable=False),
        sqlite_autoincrement=True,
    )
    known = sa.text("converted_company_id IS NOT NULL")
    op.create_index("ix_lead_converted_company_id", "lead", ["converted_company_id"], sqlite_where=known)
    op.create_index("ix_lead_external_key", "lead", ["external_key"], sqlite_where=KEYED)
    op.create_index("ix_lead_sort_name", "lead", ["sort_name", "id"], sqlite_where=LIVING)
    op.create_index("ix_lead_status", "lead", ["status", "response_due"], sqlite_where=LIVING)
    op.create_table(
        "lead_point",
        *_identified("lead_point"),
        *_link("lead_point", "lead_id", "lead", nullable=False),
        _text("kind", nullable=False),
        _text("label", nullable=False),
        _text("raw", nullable=False),
        _text("normal", nullable=False),
        _number("is_primary", nullable=False),
        _text("city"),
        _text("region"),
        _text("postal_code"),
        _text("country"),
        _number("verified"),
        _number("bounced"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_lead_point_lead_id", "lead_point", ["lead_id"])
    op.create_index("ix_lead_point_normal", "lead_point", ["normal", "kind"])
    op.create_table(
        "lead_tag",
        *_link("lead_tag", "lead_id", "lead", nullable=False),
        *_link("lead_tag", "tag_id", "tag", nullable=False),
        sa.PrimaryKeyConstraint("lead_id", "tag_id", name=op.f("pk_lead_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_lead_tag_tag_id", "lead_tag", ["tag_id"])


def _add_planning() -> None:
    op.create_table(
        "event",
        *_recorded("event"),
        _text("title", nullable=False),
        _number("starts_at", nullable=False),
        _number("ends_at"),
        _number("all_day", nullable=False),
        _text("time_zone"),
        _text("location"),
        _text("conference_url"),
        _text("status", nullable=False),
        _text("transparency"),
        _text("visibility"),
        _text("recurrence"),
        _text("excluded"),
        _text("added"),
        _text("alarms"),
        _text("calendar_uid"),
        _number("sequence", nullable=False),
        *_link("event", "recurrence_of_id", "event"),
        _number("occurrence_at"),
        *_link("event", "contact_id", "contact"),
        *_link("event", "company_id", "company"),
        *_link("event", "deal_id", "deal"),
        *_link("event", "owner_id", "user"),
        _text("sort_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_calendar_uid", "event", ["calendar_uid"])
    op.create_index("ix_event_company_id", "event", ["company_id"])
    op.create_index("ix_event_contact_id", "event", ["contact_id"])
    op.create_index("ix_event_deal_id", "event", ["deal_id"])
    op.create_index("ix_event_external_key", "event", ["external_key"], sqlite_where=KEYED)
    op.create_index("ix_event_recurrence_of_id", "event", ["recurrence_of_id"])
    op.create_index("ix_event_starts_at", "event", ["starts_at"], sqlite_where=LIVING)
    op.create_table(
        "event_attendee",
        *_identified("event_attendee"),
        *_link("event_attendee", "event_id", "event", nullable=False),
        *_link("event_attendee", "contact_id", "contact"),
        _text("email", nullable=False),
        _text("name"),
        _text("response"),
        _text("role"),
        _number("is_organizer", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_event_attendee_contact_id", "event_attendee", ["contact_id"])
    op.create_index("ix_event_attendee_event_id", "event_attendee", ["event_id"])
    op.create_table(
        "event_tag",
        *_link("event_tag", "event_id", "event", nullable=False),
        *_link("event_tag", "tag_id", "tag", nullable=False),
        sa.PrimaryKeyConstraint("event_id", "tag_id", name=op.f("pk_event_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_event_tag_tag_id", "event_tag", ["tag_id"])
    op.create_table(
        "task",
        *_recorded("task"),
        _text("title", nullable=False),
        _text("status", nullable=False),
        _number("due_at"),
        _number("all_day", nullable=False),
        _number("remind_at"),
        _number("snoozed_until"),
        _text("recurrence"),
        _text("series"),
        _text("priority"),
        _number("done_at"),
        *_link("task", "contact_id", "contact"),
        *_link("task", "company_id", "company"),
        *_link("task", "deal_id", "deal"),
        *_link("task", "lead_id", "lead"),
        *_link("task", "owner_id", "user"),
        _text("sort_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_task_company_id", "task", ["company_id"])
    op.create_index("ix_task_contact_id", "task", ["contact_id"])
    op.create_index("ix_task_deal_id", "task", ["deal_id"])
    op.create_index("ix_task_external_key", "task", ["external_key"], sqlite_where=KEYED)
    op.create_index("ix_task_lead_id", "task", ["lead_id"])
    op.create_index("ix_task_remind_at", "task", ["remind_at"], sqlite_where=sa.text("remind_at IS NOT NULL"))
    op.create_index("ix_task_sort_name", "task", ["sort_name", "id"], sqlite_where=LIVING)
    op.create_index("ix_task_status", "task", ["status", "due_at"], sqlite_where=LIVING)
    op.create_table(
        "task_tag",
        *_link("task_tag", "task_id", "task", nullable=False),
        *_link("task_tag", "tag_id", "tag", nullable=False),
        sa.PrimaryKeyConstraint("task_id", "tag_id", name=op.f("pk_task_tag")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_task_tag_tag_id", "task_tag", ["tag_id"])


def _add_keeping() -> None:
    op.create_table(
        "distinct_pair",
        *_identified("distinct_pair"),
        _text("entity", nullable=False),
        _text("first", nullable=False),
        _text("second", nullable=False),
        _number("created_at", nullable=False),
        _number("deleted_at"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_distinct_pair_first", "distinct_pair", ["first", "second"])
    op.create_table(
        "saved_view",
        *_identified("saved_view"),
        _text("entity", nullable=False),
        _text("name", nullable=False),
        _text("query", nullable=False),
        _text("columns"),
        _text("sort"),
        _number("descending", nullable=False),
        _text("grouping"),
        _number("position", nullable=False),
        *_link("saved_view", "owner_id", "user"),
        _number("created_at", nullable=False),
        _number("deleted_at"),
        _text("folded_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "contact_consent",
        *_identified("contact_consent"),
        *_link("contact_consent", "contact_id", "contact", nullable=False),
        _text("channel", nullable=False),
        _text("state", nullable=False),
        _text("basis"),
        _number("decided_at"),
        _text("proof"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_consent_contact_id", "contact_consent", ["contact_id", "channel"])
    op.create_table(
        "contact_relation",
        *_identified("contact_relation"),
        *_link("contact_relation", "contact_id", "contact", nullable=False),
        *_link("contact_relation", "other_id", "contact", nullable=False),
        _text("kind", nullable=False),
        _text("note"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_contact_relation_contact_id", "contact_relation", ["contact_id"])
    op.create_index("ix_contact_relation_other_id", "contact_relation", ["other_id"])
    op.create_table(
        "file",
        *_recorded("file"),
        _text("name", nullable=False),
        _text("media_type"),
        _number("size", nullable=False),
        _text("digest", nullable=False),
        *_link("file", "contact_id", "contact"),
        *_link("file", "company_id", "company"),
        *_link("file", "deal_id", "deal"),
        *_link("file", "lead_id", "lead"),
        *_link("file", "activity_id", "activity"),
        *_link("file", "owner_id", "user"),
        _text("sort_name", nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_file_activity_id", "file", ["activity_id"])
    op.create_index("ix_file_company_id", "file", ["company_id"])
    op.create_index("ix_file_contact_id", "file", ["contact_id"])
    op.create_index("ix_file_deal_id", "file", ["deal_id"])
    op.create_index("ix_file_digest", "file", ["digest"])
    op.create_index("ix_file_lead_id", "file", ["lead_id"])


def _widen() -> None:
    """New columns of tables that are there; SQLite takes the link of a new column only with the column."""
    for table, column, target in (
        ("activity", "deal_id", "deal"),
        ("activity", "lead_id", "lead"),
        ("company", "merged_into_id", "company"),
        ("contact", "merged_into_id", "contact"),
    ):
        link = f"CONSTRAINT fk_{table}_{column} REFERENCES {target} (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER {link}")
    for table, column in (("company", "parent_id"), ("company", "merged_into_id"), ("contact", "merged_into_id")):
        op.create_index(f"ix_{table}_{column}", table, [column], sqlite_where=sa.text(f"{column} IS NOT NULL"))
    op.add_column("activity", _text("message_id"))
    for column, more in (("deal_id", ["occurred_at"]), ("lead_id", ["occurred_at"]), ("message_id", [])):
        name = f"ix_activity_{column}"
        op.create_index(name, "activity", [column, *more], sqlite_where=sa.text(f"{column} IS NOT NULL"))
