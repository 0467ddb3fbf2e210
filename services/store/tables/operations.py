"""Where the machine stands: who has the file open, jobs under way, what was looked at."""

from __future__ import annotations

from sqlalchemy import Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, TableKind, declared


class WorkspaceTable(Base):
    """Facts about the file itself, one row a name: uid, made_at, demo, schema note."""

    __tablename__ = "workspace"
    __table_args__ = (declared(TableKind.OPERATIONAL) | {"sqlite_with_rowid": False},)

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class OpenedByTable(Base):
    """The processes that have this file open, so that a refusal can name who holds it."""

    __tablename__ = "opened_by"
    __table_args__ = (declared(TableKind.OPERATIONAL, autoincrement=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pid: Mapped[int]
    host: Mapped[str]
    program: Mapped[str]
    opened_at: Mapped[int]


class ImportJobTable(Base):
    """An import in chunks under way: finished or rolled back at the next start."""

    __tablename__ = "import_job"
    __table_args__ = (declared(TableKind.OPERATIONAL, autoincrement=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    parent_batch: Mapped[bytes] = mapped_column(LargeBinary(16))
    staging_path: Mapped[str]
    staging_key: Mapped[bytes]
    request: Mapped[str]
    chunk_rows: Mapped[int]
    next_row: Mapped[int]
    started_at: Mapped[int]


class RecentTable(Base):
    """What was opened or searched for lately on this device."""

    __tablename__ = "recent"
    __table_args__ = (
        Index("ix_recent_used_at", "used_at"),
        declared(TableKind.OPERATIONAL, autoincrement=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]
    used_at: Mapped[int]
