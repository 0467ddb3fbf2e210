"""Leads, pipelines with their stages, and deals."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, Identified, Recorded, TableKind, declared
from services.store.tables.people import PointColumns


class PipelineTable(Identified, Base):
    """A way from the first talk to the order; the one with the lowest `position` is the default."""

    __tablename__ = "pipeline"
    __table_args__ = (declared(TableKind.FACT, autoincrement=True),)

    name: Mapped[str]
    currency: Mapped[str | None]
    position: Mapped[int]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
    folded_name: Mapped[str]


class StageTable(Identified, Base):
    """A step of a pipeline; `kind` is open, won or lost, `required_fields` a JSON list of names."""

    __tablename__ = "stage"
    __table_args__ = (
        Index("ix_stage_pipeline_id", "pipeline_id", "position"),
        declared(TableKind.FACT, autoincrement=True),
    )

    pipeline_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline.id"))
    name: Mapped[str]
    kind: Mapped[str]
    probability: Mapped[int]
    rotting_days: Mapped[int | None]
    required_fields: Mapped[str | None]
    position: Mapped[int]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
    folded_name: Mapped[str]


class DealTable(Recorded, Base):
    """Something to be sold; `amount` in minor units of `currency`, `probability` in percent."""

    __tablename__ = "deal"
    __table_args__ = (
        Index("ix_deal_stage_id", "stage_id", "expected_close", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_deal_sort_name", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_deal_status", "status", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_deal_pipeline_id", "pipeline_id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_deal_company_id", "company_id"),
        Index("ix_deal_contact_id", "contact_id"),
        Index("ix_deal_external_key", "external_key", sqlite_where=text("external_key IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    title: Mapped[str]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    pipeline_id: Mapped[int | None] = mapped_column(ForeignKey("pipeline.id"))
    stage_id: Mapped[int | None] = mapped_column(ForeignKey("stage.id"))
    stage_entered_at: Mapped[int | None]
    status: Mapped[str]
    probability: Mapped[int | None]
    expected_close: Mapped[str | None]
    won_at: Mapped[int | None]
    lost_at: Mapped[int | None]
    loss_reason: Mapped[str | None]
    competitor: Mapped[str | None]
    next_step: Mapped[str | None]
    next_step_due: Mapped[str | None]
    forecast_category: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sort_name: Mapped[str]


class DealContactTable(Identified, Base):
    """The part a person plays in a deal: champion, decision, user, blocker."""

    __tablename__ = "deal_contact"
    __table_args__ = (
        Index("ix_deal_contact_deal_id", "deal_id"),
        Index("ix_deal_contact_contact_id", "contact_id"),
        declared(TableKind.FACT, autoincrement=True),
    )

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    role: Mapped[str]
    is_primary: Mapped[int]


class DealTagTable(Base):
    """A tag on a deal."""

    __tablename__ = "deal_tag"
    __table_args__ = (
        Index("ix_deal_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class LeadTable(Recorded, Base):
    """Somebody who may become a customer; `source` is where the lead came from, `provenance` who entered it."""

    __tablename__ = "lead"
    __table_args__ = (
        Index("ix_lead_sort_name", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_lead_status", "status", "response_due", sqlite_where=text("deleted_at IS NULL")),
        Index(
            "ix_lead_converted_company_id",
            "converted_company_id",
            sqlite_where=text("converted_company_id IS NOT NULL"),
        ),
        Index("ix_lead_external_key", "external_key", sqlite_where=text("external_key IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    provenance: Mapped[str | None]
    name: Mapped[str | None]
    title: Mapped[str | None]
    company: Mapped[str | None]
    status: Mapped[str]
    score: Mapped[int | None]
    response_due: Mapped[int | None]
    responded_at: Mapped[int | None]
    disqualify_reason: Mapped[str | None]
    converted_at: Mapped[int | None]
    converted_contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    converted_company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    converted_deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    display_name: Mapped[str]
    sort_name: Mapped[str]


class LeadPointTable(PointColumns, Base):
    """One way to reach a lead."""

    __tablename__ = "lead_point"
    __table_args__ = (
        Index("ix_lead_point_lead_id", "lead_id"),
        Index("ix_lead_point_normal", "normal", "kind"),
        declared(TableKind.FACT, autoincrement=True),
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))


class LeadTagTable(Base):
    """A tag on a lead."""

    __tablename__ = "lead_tag"
    __table_args__ = (
        Index("ix_lead_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class StageChangeTable(Base):
    """When a deal came into a stage, and what it was worth then: a projection of the ledger."""

    __tablename__ = "stage_change"
    __table_args__ = (
        Index("ix_stage_change_deal_uid", "deal_uid"),
        declared(TableKind.PROJECTION),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    deal_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    before: Mapped[str | None]
    after: Mapped[str | None]
    changed_at: Mapped[int]
    amount: Mapped[int | None]
    currency: Mapped[str | None]


class DealWorthTable(Base):
    """What a deal is worth as far as the ledger was read: what `stage_change` needs to know beside a change."""

    __tablename__ = "deal_worth"
    __table_args__ = (declared(TableKind.PROJECTION) | {"sqlite_with_rowid": False},)

    deal_uid: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    amount: Mapped[int | None]
    currency: Mapped[str | None]
