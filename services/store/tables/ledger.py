"""The append-only ledger: batches of changes, and one salt an entity."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.store.tables.base import Base, TableKind, declared


class BatchTable(Base):
    """One user command, import, sync run or rule."""

    __tablename__ = "batch"
    __table_args__ = (
        Index("ix_batch_undo_of", "undo_of"),
        Index("ix_batch_parent", "parent", sqlite_where=text("parent IS NOT NULL")),
        declared(TableKind.LEDGER, autoincrement=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    kind: Mapped[str]
    label_code: Mapped[str]
    actor: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    origin: Mapped[str]
    device: Mapped[bytes] = mapped_column(LargeBinary(16))
    started_at: Mapped[int]
    counts: Mapped[str]
    source_digest: Mapped[bytes | None]
    undo_of: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    parent: Mapped[int | None] = mapped_column(ForeignKey("batch.id"))
    chain: Mapped[bytes]


class ChangeTable(Base):
    """One change of one aggregate; `personal` is nulled when a person is erased."""

    __tablename__ = "change"
    __table_args__ = (
        Index("ix_change_batch", "batch"),
        Index("ix_change_entity_uid", "entity_uid"),
        declared(TableKind.LEDGER, autoincrement=True),
    )

    seq: Mapped[int] = mapped_column(primary_key=True)
    batch: Mapped[int] = mapped_column(ForeignKey("batch.id"))
    hlc: Mapped[int]
    schema: Mapped[int]
    entity: Mapped[str]
    entity_uid: Mapped[bytes] = mapped_column(LargeBinary(16))
    op: Mapped[str]
    fields: Mapped[bytes]
    personal: Mapped[bytes | None]
    row_digest: Mapped[bytes]


class EntitySaltTable(Base):
    """The secret with which an entity's rows are digested; destroyed when the person is erased.

    It holds from the change `first_seq` on: an erased entity that is changed again gets a new one, and its rows
    from before then stay those of an erased one.
    """

    __tablename__ = "entity_salt"
    __table_args__ = (declared(TableKind.LEDGER) | {"sqlite_with_rowid": False},)

    entity_uid: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    salt: Mapped[bytes]
    first_seq: Mapped[int]
