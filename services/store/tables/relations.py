"""How people know each other, what they consented to, which records are not the same, and files that belong to them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, Identified, Recorded, TableKind, declared


class ContactRelationTable(Identified, Base):
    """What another person is to a contact: boss, assistant, spouse, who referred them."""

    __tablename__ = "contact_relation"
    __table_args__ = (
        Index("ix_contact_relation_contact_id", "contact_id"),
        Index("ix_contact_relation_other_id", "other_id"),
        declared(TableKind.FACT, autoincrement=True),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    kind: Mapped[str]
    note: Mapped[str | None]


class ContactConsentTable(Identified, Base):
    """Whether a contact may be written to on a channel, on which ground, since when, and by what it is shown."""

    __tablename__ = "contact_consent"
    __table_args__ = (
        Index("ix_contact_consent_contact_id", "contact_id", "channel"),
        declared(TableKind.FACT, autoincrement=True),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    channel: Mapped[str]
    state: Mapped[str]
    basis: Mapped[str | None]
    decided_at: Mapped[int | None]
    proof: Mapped[str | None]


class DistinctPairTable(Identified, Base):
    """Two records that look alike and are not the same: `first` and `second` are their uids, the smaller first."""

    __tablename__ = "distinct_pair"
    __table_args__ = (
        Index("ix_distinct_pair_first", "first", "second"),
        declared(TableKind.FACT, autoincrement=True),
    )

    entity: Mapped[str]
    first: Mapped[str]
    second: Mapped[str]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]


class FileTable(Recorded, Base):
    """A file that belongs to records; `digest` names its encrypted content beside the workspace."""

    __tablename__ = "file"
    __table_args__ = (
        Index("ix_file_digest", "digest"),
        Index("ix_file_contact_id", "contact_id"),
        Index("ix_file_company_id", "company_id"),
        Index("ix_file_deal_id", "deal_id"),
        Index("ix_file_lead_id", "lead_id"),
        Index("ix_file_activity_id", "activity_id"),
        declared(TableKind.FACT, autoincrement=True),
    )

    name: Mapped[str]
    media_type: Mapped[str | None]
    size: Mapped[int]
    digest: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id"))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sort_name: Mapped[str]


class SavedViewTable(Identified, Base):
    """A list that is asked for again: its query, columns, order and grouping; `columns` is a JSON list."""

    __tablename__ = "saved_view"
    __table_args__ = (declared(TableKind.FACT, autoincrement=True),)

    entity: Mapped[str]
    name: Mapped[str]
    query: Mapped[str]
    columns: Mapped[str | None]
    sort: Mapped[str | None]
    descending: Mapped[int]
    grouping: Mapped[str | None]
    position: Mapped[int]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
    folded_name: Mapped[str]
