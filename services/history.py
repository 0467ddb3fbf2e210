"""What happened to the data and how to take it back: history, undo, redo, verification."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from services.access import Access, Permission, verb
from services.clock import from_millis, to_millis
from services.errors import InvalidValue, NotFound, WorkspaceDamaged
from services.records.fields import EntityKind
from services.records.ids import BatchId, Uid
from services.records.ledger import BatchRow, FieldChange, HistoryEntry, LeftAlone, Origin, UndoOutcome
from services.store import undoing
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.connection import Connection
from services.store.ledger.changes import read_row
from services.store.ledger.replay import as_of, changes_with_batches
from services.store.ledger.verifying import full_problems, quick_problems
from services.store.queries.batches import batch_id, batch_rows, batches_beginning, changes_in, records_named_by
from services.store.queries.users import lacks_an_owner
from services.store.store import Store
from services.store.writing import WriteUnit

Progress = Callable[[int, int], None]


class HistoryService:
    """Reads the ledger, and undoes and redoes batches of it."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.EDIT)
    def undo(self, batch: Uid | None = None, *, progress: Progress | None = None) -> UndoOutcome:
        """Take back a batch, or the user's last one with the rule batches it caused. Raises NotFound."""
        with self._store.read() as connection:
            if batch is None:
                targets = undoing.last_to_undo(connection, self._store.actor)
            else:
                targets = undoing.with_children(connection, _batch_id(connection, batch))
        if not targets:
            raise NotFound("There is nothing to undo", "Everything you did was undone already, or nothing was done.")
        return self._reverse(targets, undoing.UNDO, progress)

    @verb(Permission.EDIT)
    def redo(self, *, progress: Progress | None = None) -> UndoOutcome:
        """Do again what the user's last undo took back. Raises NotFound."""
        with self._store.read() as connection:
            targets = undoing.last_to_redo(connection, self._store.actor)
        if not targets:
            raise NotFound("There is nothing to redo", "Redo is possible right after an undo.")
        return self._reverse(targets, undoing.REDO, progress)

    def _reverse(self, targets: Sequence[int], kind: str, progress: Progress | None) -> UndoOutcome:
        """One batch for each that is taken back, the newest first; the later ones stand under the first."""
        self._check_roles(targets)
        left: list[LeftAlone] = []
        undone: list[Uid] = []
        made: list[Uid] = []
        label, records = "", 0
        parent: int | None = None
        for target in targets:
            with self._store.read() as connection:
                uid, label_of_target, _ = undoing.batch_row(connection, target)
                total = changes_in(connection, target)
                named = records_named_by(connection, target, label_of_target) or total
            told = (lambda done, of=total: progress(done, of)) if progress else None
            with self._store.write(kind, label_of_target, Origin.UNDO, undo_of=target, parent=parent) as unit:
                left.extend(undoing.take_back(unit, target, told))
                _check_owner(unit)
            undone.append(Uid(uid))
            records += named
            # What was asked for: a command is taken back after what followed from it, and done again before it.
            label = label_of_target if kind == undoing.UNDO else label or label_of_target
            assert unit.batch_uid is not None
            made.append(unit.batch_uid)
            parent = parent or unit.batch_id
        return UndoOutcome(made[0], tuple(reversed(undone)), label, records, tuple(left))

    def _check_roles(self, targets: Sequence[int]) -> None:
        """Who may not manage users may not do so by way of an undo either."""
        with self._store.read() as connection:
            if any(undoing.changes_who_may_what(connection, target) for target in targets):
                self._access.require(Permission.MANAGE)

    @verb(Permission.READ)
    def can_undo(self) -> bool:
        """Whether the user has something to undo."""
        with self._store.read() as connection:
            return bool(undoing.last_to_undo(connection, self._store.actor))

    @verb(Permission.READ)
    def batches(self, *, limit: int = 50, before: BatchId | None = None) -> list[BatchRow]:
        """The newest batches first."""
        with self._store.read() as connection:
            return batch_rows(connection, limit=limit, before=before)

    @verb(Permission.READ)
    def find_batch(self, text: str) -> Uid:
        """The batch that a uid, or an unambiguous beginning of one, names. Raises NotFound."""
        digits = text.strip().lower().replace("-", "")
        valid = digits and len(digits) <= 32 and all(digit in "0123456789abcdef" for digit in digits)
        with self._store.read() as connection:
            found = batches_beginning(connection, digits) if valid else []
        if len(found) != 1:
            raise NotFound(f"“{text}” names no batch, or more than one", "`mycrm history` lists the batches.")
        return found[0]

    @verb(Permission.READ)
    def of_record(self, uid: Uid, *, limit: int = 200) -> list[HistoryEntry]:
        """Every change of one record, newest first."""
        with self._store.read() as connection:
            rows = changes_with_batches(connection, uid, limit)
        return [_entry(row) for row in rows]

    @verb(Permission.READ)
    def at(self, entity: EntityKind, uid: Uid, moment: datetime) -> Document | None:
        """The document of a record as it stood at a moment, rebuilt from the ledger; None before it existed."""
        with self._store.read() as connection:
            return as_of(connection, CATALOGUE[entity], uid, to_millis(moment))

    @verb(Permission.READ)
    def verify(self, *, full: bool = False) -> list[str]:
        """What is wrong with the workspace; empty when all is well. `full` replays the whole ledger."""
        problems: list[str] = []
        try:
            with self._store.read() as connection:
                check = full_problems(connection, self._store.projectors) if full else quick_problems(connection)
                problems.extend(check)
        except WorkspaceDamaged as damage:
            # A connection that met a broken page cannot even end its transaction; what it found holds.
            return problems or [f"pages: {damage.title}"]
        return problems


def _check_owner(unit: WriteUnit) -> None:
    if lacks_an_owner(unit.connection):
        raise InvalidValue("A workspace needs an owner", "Make somebody else owner first.", field="role")


def _batch_id(connection: Connection, uid: Uid) -> int:
    found = batch_id(connection, uid)
    if found is None:
        raise NotFound(f"There is no batch {uid.hex()}", "`mycrm history` lists the batches.")
    return found


def _entry(row: Any) -> HistoryEntry:
    change = read_row(tuple(row[:9]))
    fields = tuple(FieldChange(path, before, after) for path, (before, after) in sorted(change.pairs.items()))
    return HistoryEntry(
        seq=change.seq,
        batch=Uid(row[9]),
        label_code=row[10],
        origin=row[11],
        actor_name=row[12],
        changed_at=from_millis(row[13]),
        entity=change.entity,
        uid=Uid(change.entity_uid),
        op=change.op.value,
        fields=fields,
        erased=change.personal is None and not change.fields,
    )
