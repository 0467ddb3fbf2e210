"""Contacts, companies and the users of a workspace."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, Identified, Recorded, TableKind, declared


class UserTable(Identified, Base):
    """A person who works in this workspace; `role` is owner, member or read_only."""

    __tablename__ = "user"
    __table_args__ = (declared(TableKind.FACT, autoincrement=True),)

    name: Mapped[str]
    email: Mapped[str | None]
    role: Mapped[str]
    time_zone: Mapped[str | None]
    locale: Mapped[str | None]
    region: Mapped[str | None]
    work_week: Mapped[str | None]
    territory: Mapped[str | None]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]


class CompanyTable(Recorded, Base):
    """An organisation; `sort_name` and `domain`, its primary one, are computed when it is written."""

    __tablename__ = "company"
    __table_args__ = (
        Index("ix_company_sort_name", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_company_lifecycle", "lifecycle", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_company_external_key", "external_key"),
        Index("ix_company_parent_id", "parent_id", sqlite_where=text("parent_id IS NOT NULL")),
        Index("ix_company_merged_into_id", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    name: Mapped[str]
    domain: Mapped[str | None]
    industry: Mapped[str | None]
    size: Mapped[int | None]
    lifecycle: Mapped[str | None]
    customer_since: Mapped[str | None]
    churned_at: Mapped[int | None]
    churn_reason: Mapped[str | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    sort_name: Mapped[str]


class ContactTable(Recorded, Base):
    """A person; `display_name`, `sort_name` and `company_id` are computed when it is written."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_sort_name", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_contact_lifecycle", "lifecycle", "sort_name", "id", sqlite_where=text("deleted_at IS NULL")),
        Index("ix_contact_external_key", "external_key"),
        Index("ix_contact_company_id", "company_id"),
        Index("ix_contact_merged_into_id", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
        declared(TableKind.FACT, autoincrement=True),
    )

    first_name: Mapped[str | None]
    last_name: Mapped[str | None]
    title: Mapped[str | None]
    birthday: Mapped[str | None]
    language: Mapped[str | None]
    time_zone: Mapped[str | None]
    preferred_channel: Mapped[str | None]
    cadence_days: Mapped[int | None]
    do_not_contact: Mapped[int | None]
    lifecycle: Mapped[str | None]
    churned_at: Mapped[int | None]
    churn_reason: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id"))
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    display_name: Mapped[str]
    sort_name: Mapped[str]


class CompanyDomainTable(Identified, Base):
    """A domain under which a company writes and is found; the one with the lowest `position` is primary."""

    __tablename__ = "company_domain"
    __table_args__ = (
        Index("ix_company_domain_company_id", "company_id"),
        Index("ix_company_domain_domain", "domain"),
        declared(TableKind.FACT, autoincrement=True),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    domain: Mapped[str]
    position: Mapped[int]


class PointColumns(Identified):
    """Columns of every way to reach somebody."""

    kind: Mapped[str]
    label: Mapped[str]
    raw: Mapped[str]
    normal: Mapped[str]
    is_primary: Mapped[int]
    city: Mapped[str | None]
    region: Mapped[str | None]
    postal_code: Mapped[str | None]
    country: Mapped[str | None]
    verified: Mapped[int | None]
    bounced: Mapped[int | None]


class ContactPointTable(PointColumns, Base):
    """One way to reach a contact."""

    __tablename__ = "contact_point"
    __table_args__ = (
        Index("ix_contact_point_contact_id", "contact_id"),
        Index("ix_contact_point_normal", "normal", "kind"),
        Index("ix_contact_point_verified", "contact_id", sqlite_where=text("verified = 1")),
        Index("ix_contact_point_bounced", "contact_id", sqlite_where=text("bounced = 1")),
        declared(TableKind.FACT, autoincrement=True),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))


class CompanyPointTable(PointColumns, Base):
    """One way to reach a company."""

    __tablename__ = "company_point"
    __table_args__ = (
        Index("ix_company_point_company_id", "company_id"),
        Index("ix_company_point_normal", "normal", "kind"),
        Index("ix_company_point_verified", "company_id", sqlite_where=text("verified = 1")),
        Index("ix_company_point_bounced", "company_id", sqlite_where=text("bounced = 1")),
        declared(TableKind.FACT, autoincrement=True),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))


class ContactCompanyTable(Identified, Base):
    """The role a contact has, or had, at a company."""

    __tablename__ = "contact_company"
    __table_args__ = (
        Index("ix_contact_company_contact_id", "contact_id"),
        Index("ix_contact_company_company_id", "company_id"),
        declared(TableKind.FACT, autoincrement=True),
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"))
    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"))
    role: Mapped[str]
    is_primary: Mapped[int]
    started_on: Mapped[str | None]
    ended_on: Mapped[str | None]


class TagTable(Identified, Base):
    """A word that groups records."""

    __tablename__ = "tag"
    __table_args__ = (
        Index("ix_tag_folded_name", "folded_name"),
        declared(TableKind.FACT, autoincrement=True),
    )

    name: Mapped[str]
    colour: Mapped[str | None]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
    folded_name: Mapped[str]


class ContactTagTable(Base):
    """A tag on a contact."""

    __tablename__ = "contact_tag"
    __table_args__ = (
        Index("ix_contact_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class CompanyTagTable(Base):
    """A tag on a company."""

    __tablename__ = "company_tag"
    __table_args__ = (
        Index("ix_company_tag_tag_id", "tag_id"),
        declared(TableKind.FACT) | {"sqlite_with_rowid": False},
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("company.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id"), primary_key=True)


class CustomFieldTable(Identified, Base):
    """A typed field that the user added to an entity; `options` is the JSON list of a choice."""

    __tablename__ = "custom_field"
    __table_args__ = (declared(TableKind.FACT, autoincrement=True),)

    entity: Mapped[str]
    name: Mapped[str]
    kind: Mapped[str]
    label: Mapped[str | None]
    options: Mapped[str | None]
    personal: Mapped[int]
    position: Mapped[int]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]


class SettingTable(Identified, Base):
    """A setting of the workspace that rules and services read."""

    __tablename__ = "setting"
    __table_args__ = (declared(TableKind.FACT, autoincrement=True),)

    name: Mapped[str] = mapped_column(unique=True)
    value: Mapped[str | None]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
