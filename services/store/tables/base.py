"""The common base of all tables, and the four kinds of which every table is one."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from sqlalchemy import LargeBinary, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class TableKind(StrEnum):
    """What a table holds, and therefore who may change it (see docs/ledger.md)."""

    LEDGER = "ledger"
    FACT = "fact"
    PROJECTION = "projection"
    DERIVED = "derived"
    OPERATIONAL = "operational"


class Base(DeclarativeBase):
    """Declarative base; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def declared(kind: TableKind, *, autoincrement: bool = False) -> dict[str, Any]:
    """Table arguments that state the kind; `autoincrement` keeps a deleted id from being used again."""
    return {"info": {"kind": kind}, "sqlite_autoincrement": autoincrement}


class Identified:
    """Columns of every entity: the local id and the uid that holds everywhere else."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    uid: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)


class Recorded(Identified):
    """Columns of every record that can be owned and put into the trash; times are UTC milliseconds."""

    external_key: Mapped[str | None]
    source: Mapped[str | None]
    created_at: Mapped[int]
    deleted_at: Mapped[int | None]
    custom: Mapped[str | None]
    notes: Mapped[str | None]
