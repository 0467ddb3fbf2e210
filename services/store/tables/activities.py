"""What happened: calls, meetings, mails, notes, visits, purchases."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, Recorded, TableKind, declared


class ActivityTable(Recorded, Base):
    """One entry of a timeline; `amount` in minor units of `currency`."""

    __tablename__ = "activity"
    __table_args__ = (
        Index("ix_activity_contact_id", "contact_id", "occurred_at", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_activity_company_id", "company_id", "occurred_at", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_activity_deal_id", "deal_id", "occurred_at", sqlite_where=text("deal_id IS NOT NULL")),
        Index("ix_activity_lead_id", "lead_id", "occurred_at", sqlite_where=text("lead_id IS NOT NULL")),
        Index("ix_activity_message_id", "message_id", sqlite_where=text("message_id IS NOT NULL")),
        Index("ix_activity_external_key", "external_key", sqlite_where=text("external_key IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    type: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    occurred_at: Mapped[int]
    recorded_at: Mapped[int]
    subject: Mapped[str | None]
    body: Mapped[str | None]
    outcome: Mapped[str | None]
    duration_s: Mapped[int | None]
    amount: Mapped[int | None]
    currency: Mapped[str | None]
    direction: Mapped[str | None]
    location: Mapped[str | None]
    pinned: Mapped[int]
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"))
    message_id: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))


class ActivityContactTable(Base):
    """Somebody who took part in an activity besides the contact it was with."""

    __tablename__ = "activity_contact"
    __table_args__ = (
        Index("ix_activity_contact_contact_id", "contact_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True)


class ActivityTagTable(Base):
    """A tag on an activity."""

    __tablename__ = "activity_tag"
    __table_args__ = (
        Index("ix_activity_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class LifecycleChangeTable(Base):
    """When a contact or company became prospect, customer or churned: a projection of the ledger."""

    __tablename__ = "lifecycle_change"
    __table_args__ = (
        Index("ix_lifecycle_change_entity_uid", "entity_uid"),
        declared(TableKind.PROJECTION),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[str]
    entity_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    before: Mapped[str | None]
    after: Mapped[str | None]
    changed_at: Mapped[int]
