"""Writes the ledger rows of one transaction: derives them from edits, digests them, chains the batch."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import Connection

from services.clock import Clock, to_millis
from services.store.aggregates import AggregateSpec
from services.store.documents import sliced
from services.store.ledger.changes import (
    GENESIS,
    BatchHeader,
    Operation,
    chained,
    encode,
    header_digest,
    operation_of,
    row_digest,
)
from services.store.ledger.diff import Difference, creation, difference
from services.store.ledger.hlc import first_stamp
from services.store.ledger.projectors import OpenChange
from services.store.ledger.upcasting import CURRENT_SCHEMA
from services.store.rows import Edit, insert_sql, next_id

SALT_BYTES: Final = 16

_CHANGE_SQL: Final = insert_sql(
    "change",
    ("seq", "batch", "hlc", "schema", "entity", "entity_uid", "op", "fields", "personal", "row_digest"),
)
_SALT_SQL: Final = insert_sql("entity_salt", ("entity_uid", "salt", "first_seq"))
_BATCH_SQL: Final = insert_sql(
    "batch",
    (
        "id",
        "uid",
        "kind",
        "label_code",
        "actor",
        "origin",
        "device",
        "started_at",
        "counts",
        "source_digest",
        "undo_of",
        "parent",
        "chain",
    ),
)


class Journal:
    """The ledger side of one transaction; nothing is written before the first change."""

    def __init__(
        self,
        connection: Connection,
        header: BatchHeader,
        clock: Clock,
        random_bytes: Callable[[int], bytes] = os.urandom,
    ) -> None:
        self._connection = connection
        self._header = header
        self._random_bytes = random_bytes
        self._started_at = to_millis(clock.now())
        self._digests: list[bytes] = []
        self._counts: Counter[str] = Counter()
        self._open_custom: frozenset[str] | None = None
        self.batch_id = 0

    @property
    def begun(self) -> bool:
        """Whether a change has been recorded."""
        return self.batch_id != 0

    def record(self, spec: AggregateSpec, edits: Sequence[Edit]) -> list[OpenChange]:
        """Derive and write the rows of these edits; returns what projectors may see of them."""
        self.begin()
        open_custom = self._open_custom_fields() if spec.has_custom else ()
        derived = [(edit, self._derive(spec, edit, open_custom)) for edit in edits]
        derived = [(edit, found) for edit, found in derived if found or edit.before is None]
        salts, fresh = self._salts(derived)
        rows: list[tuple[Any, ...]] = []
        seen: list[OpenChange] = []
        first_of: dict[bytes, int] = {}
        entity = spec.entity.value
        for edit, found in derived:
            operation = Operation.CREATE if edit.before is None else operation_of(found)
            fields = encode(found.fields, operation)
            personal = encode(found.personal, operation) if found.personal else None
            seq, hlc = self._next_seq, self._next_stamp
            self._next_seq += 1
            self._next_stamp += 1
            digest = row_digest(
                salts[edit.uid],
                entity,
                edit.uid,
                operation,
                hlc=hlc,
                schema=CURRENT_SCHEMA,
                fields=fields,
                personal=personal,
            )
            self._digests.append(digest)
            self._counts[f"{entity}.{operation.value}"] += 1
            rows.append(
                (
                    seq,
                    self.batch_id,
                    hlc,
                    CURRENT_SCHEMA,
                    entity,
                    edit.uid,
                    operation.value,
                    fields,
                    personal,
                    digest,
                )
            )
            seen.append(self._opened(seq, entity, edit.uid, operation, found))
            first_of.setdefault(edit.uid, seq)
        if rows:
            self._connection.exec_driver_sql(_CHANGE_SQL, rows)
        if fresh:
            self._connection.exec_driver_sql(_SALT_SQL, [(uid, salts[uid], first_of[uid]) for uid in fresh])
        return seen

    def _opened(self, seq: int, entity: str, uid: bytes, operation: Operation, found: Difference) -> OpenChange:
        header = self._header
        return OpenChange(
            seq,
            self.batch_id,
            self._started_at,
            entity,
            uid,
            operation.value,
            header.origin,
            header.actor,
            found.fields,
        )

    def close(self) -> None:
        """Seal the batch: its counts, and the chain over all its rows."""
        chain = chained(self._previous_chain, self._digests)
        counts = orjson.dumps(self._counts, option=orjson.OPT_SORT_KEYS).decode()
        sql = "UPDATE batch SET counts = ?, chain = ? WHERE id = ?"
        self._connection.exec_driver_sql(sql, (counts, chain, self.batch_id))

    def begin(self) -> None:
        """Write the batch, if that has not been done: also one in which nothing is going to change."""
        if self.begun:
            return
        run = self._connection.exec_driver_sql
        head = run("SELECT chain FROM batch ORDER BY id DESC LIMIT 1").fetchone()
        last = run("SELECT hlc FROM change ORDER BY seq DESC LIMIT 1").fetchone()
        confirmed = run("SELECT value FROM workspace WHERE name = 'clock_confirmed'").fetchone()
        self._previous_chain = head[0] if head else GENESIS
        self._next_stamp = first_stamp(
            last[0] if last else 0, self._started_at, confirmed_millis=int(confirmed[0]) if confirmed else 0
        )
        self._next_seq = next_id(self._connection, "change")
        self.batch_id = next_id(self._connection, "batch")
        header = self._header
        self._digests.append(header_digest(header, self._started_at))
        run(
            _BATCH_SQL,
            (
                self.batch_id,
                header.uid,
                header.kind,
                header.label_code,
                header.actor,
                header.origin,
                header.device,
                self._started_at,
                "{}",
                header.source_digest,
                header.undo_of,
                header.parent,
                b"",
            ),
        )

    @staticmethod
    def _derive(spec: AggregateSpec, edit: Edit, open_custom: Collection[str]) -> Difference:
        if edit.before is None:
            return creation(spec, edit.after, open_custom=open_custom)
        return difference(spec, edit.before, edit.after, open_custom=open_custom)

    def _open_custom_fields(self) -> frozenset[str]:
        """The custom fields that are not personal, read once a transaction; new ones are personal until it ends."""
        if self._open_custom is None:
            rows = self._connection.exec_driver_sql("SELECT lower(hex(uid)) FROM custom_field WHERE personal = 0")
            self._open_custom = frozenset(row[0] for row in rows)
        return self._open_custom

    def forget_custom_fields(self) -> None:
        """Read the custom fields again: one was added in this transaction."""
        self._open_custom = None

    def _salts(self, derived: Sequence[tuple[Edit, Difference]]) -> tuple[dict[bytes, bytes], list[bytes]]:
        """The salt of each entity, and which of them are new: of new entities, and of those that were erased."""
        salts: dict[bytes, bytes] = {}
        known = [edit.uid for edit, _ in derived if edit.before is not None]
        for chunk in sliced(known):
            marks = ",".join("?" * len(chunk))
            sql = f"SELECT entity_uid, salt FROM entity_salt WHERE entity_uid IN ({marks})"
            salts.update({row[0]: row[1] for row in self._connection.exec_driver_sql(sql, tuple(chunk))})
        fresh = list(dict.fromkeys(edit.uid for edit, _ in derived if edit.uid not in salts))
        noise = self._random_bytes(SALT_BYTES * len(fresh)) if fresh else b""
        for index, uid in enumerate(fresh):
            salts[uid] = noise[index * SALT_BYTES : (index + 1) * SALT_BYTES]
        return salts, fresh
