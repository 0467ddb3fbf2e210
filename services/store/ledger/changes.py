"""The form of a ledger row: its encoding, its digest, and the chain over the digests. Pure: does no I/O.

A row's digest is HMAC-SHA256 under the entity's salt over everything the row says; the chain of a batch is
SHA-256 over the previous batch's chain, the batch's own header and the digests of its rows in order.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import orjson

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.store.ledger.diff import Difference, Pairs, merged
from services.store.ledger.upcasting import CURRENT_SCHEMA, lift

GENESIS: Final = bytes(32)
"""The chain before the first batch."""


class Operation(StrEnum):
    """What a change did to its record."""

    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"
    LINK = "link"
    UNLINK = "unlink"


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the ledger, decoded; `personal` is None once the person was erased."""

    seq: int
    batch: int
    hlc: int
    entity: EntityKind
    entity_uid: bytes
    op: Operation
    fields: Pairs
    personal: Pairs | None

    @property
    def pairs(self) -> Pairs:
        """Both halves of the change as one map."""
        return merged(self.fields, self.personal)


def operation_of(difference: Difference) -> Operation:
    """What a change of an existing record did: a trip to the trash, a return from it, or an edit."""
    deleted = difference.fields.get("deleted_at")
    if deleted is None:
        return Operation.UPDATE
    return Operation.DELETE if deleted[1] is not None else Operation.RESTORE


def encode(pairs: Pairs, operation: Operation) -> bytes:
    """JSON of one half of a change; a creation keeps only what came."""
    if operation is Operation.CREATE:
        return orjson.dumps({path: pair[1] for path, pair in pairs.items()})
    return orjson.dumps(pairs)


def decode(data: bytes | str | None, operation: Operation) -> Pairs | None:
    """Read one half of a change back; None where it was erased."""
    if data is None:
        return None
    values: dict[str, Any] = orjson.loads(data)
    if operation is Operation.CREATE:
        return {path: (None, after) for path, after in values.items()}
    return {path: (pair[0], pair[1]) for path, pair in values.items()}


def row_digest(
    salt: bytes,
    entity: str,
    entity_uid: bytes,
    op: str,
    *,
    hlc: int,
    schema: int,
    fields: bytes,
    personal: bytes | None,
) -> bytes:
    """HMAC-SHA256 over the row as it is stored."""
    head = b"%d %d %b %b %d " % (schema, hlc, entity.encode(), op.encode(), len(fields))
    return hmac.digest(salt, head + entity_uid + fields + (personal or b""), "sha256")


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """What is known of a batch when it begins."""

    uid: Uid
    kind: str
    label_code: str
    origin: str
    actor: bytes | None
    device: bytes
    source_digest: bytes | None = None
    undo_of: int | None = None
    parent: int | None = None


def header_digest(header: BatchHeader, started_at: int) -> bytes:
    """SHA-256 of what a batch says of itself; it stands first among the digests that are chained.

    Its counts follow from its rows and are not in it.
    """
    words = (header.kind, header.label_code, header.origin, started_at, header.undo_of or 0, header.parent or 0)
    text = "".join(f"{word}\0" for word in words).encode()
    return hashlib.sha256(
        header.uid + (header.actor or bytes(16)) + header.device + text + (header.source_digest or b"")
    ).digest()


def chained(previous: bytes, digests: Iterable[bytes]) -> bytes:
    """The chain after a batch: SHA-256(previous chain, digests in order)."""
    digest = hashlib.sha256(previous)
    for row in digests:
        digest.update(row)
    return digest.digest()


def read_row(row: tuple[Any, ...]) -> Change:
    """A `change` row (seq, batch, hlc, schema, entity, entity_uid, op, fields, personal), lifted to today's form."""
    seq, batch, hlc, schema, entity, entity_uid, op, fields, personal = row
    operation = Operation(op)
    open_pairs, personal_pairs = decode(fields, operation) or {}, decode(personal, operation)
    if schema != CURRENT_SCHEMA:
        open_pairs, personal_pairs = lift(entity, entity_uid, schema, open_pairs, personal_pairs)
    return Change(seq, batch, hlc, EntityKind(entity), entity_uid, operation, open_pairs, personal_pairs)


CHANGE_COLUMNS: Final = "seq, batch, hlc, schema, entity, entity_uid, op, fields, personal"
