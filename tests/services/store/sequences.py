"""Random sequences of changes, carried out on a real file and on the oracle side by side."""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from hypothesis import strategies as st

from services.access import Access
from services.activities import ActivityService
from services.clock import ManualClock, to_millis
from services.companies import CompanyService
from services.contacts import ContactService
from services.deals import DealService
from services.errors import NotFound
from services.events import Event, RecordsChanged
from services.leads import LeadService
from services.record_verbs import RecordVerbs
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin, UndoOutcome
from services.store.aggregates import Document
from services.store.store import Store, Surroundings
from services.store.writing import WriteUnit
from services.tasks import TaskService
from tests.services.store.changes import CHANGES, OWNED, TEXTS, Changes
from tests.services.store.making import WORDS, Action
from tests.services.store.oracle import Batch, Key, Oracle, Record, Step
from tests.services.store.reading import KINDS, facts, read_records
from tests.support.table_dumps import everything
from tests.support.workspaces import CIPHER, DEVICE, NOON, Book, services_of

LEAPS: Final = (
    timedelta(milliseconds=1),
    timedelta(seconds=5),
    timedelta(hours=2),
    timedelta(days=3),
    timedelta(days=400),
    timedelta(seconds=-30),
    timedelta(days=-2),
    timedelta(days=-500),
)
COMMANDS: Final = (
    *("batch", "batch", "bulk", "with_rule", "failing"),
    *("delete", "restore", "undo", "undo", "undo_older", "undo_older", "redo", "redo"),
    *("clock", "clock", "reopen", "act_as", "act_as"),
)


def action_of(seed: int) -> Action:
    """One action out of a number: evenly spread, which values drawn one by one are not."""
    chosen = random.Random(seed)
    return (
        chosen.choice(CHANGES + COMMANDS),
        chosen.randrange(998),
        chosen.randrange(998),
        chosen.randrange(998),
        chosen.choice(WORDS),
    )


SEQUENCES: Final = st.lists(st.integers(0, 1 << 40).map(action_of), min_size=8, max_size=22)
SERVICES: Final[dict[str, Callable[[Store, Access], RecordVerbs]]] = {
    "contact": ContactService,
    "company": CompanyService,
    "activity": ActivityService,
    "deal": DealService,
    "lead": LeadService,
    "task": TaskService,
}


def _set_trashed(document: Document, at: int | None) -> None:
    if (document["deleted_at"] is None) != (at is None):
        document["deleted_at"] = at


class Run:
    """One sequence under way: the store, the oracle, and what both say of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = ManualClock(NOON)
        self.oracle = Oracle()
        self.announced: list[RecordsChanged] = []
        # One source for the whole run: a reopened file must not be given the same uids again.
        self._random = random.Random(7)
        self._changes = Changes(self._random.randbytes)
        self.book = self._open()
        self._learn_template()
        self.actors = [bytes.fromhex(uid) for _, uid in self.oracle.of_kind("user")]
        self.book.store.actor = Uid(self.actors[0])

    def _open(self) -> Book:
        around = Surroundings(device=DEVICE, clock=self.clock, random_bytes=self._random.randbytes)
        book = services_of(Store.open(self.path, CIPHER, around))
        book.store.bus.subscribe(self._on_event)
        return book

    def _learn_template(self) -> None:
        """Start from what the template holds: records that were made and not changed since."""
        with self.book.store.read() as connection:
            records = read_records(connection)
            batches = connection.exec_driver_sql("SELECT id, uid, started_at, actor FROM batch ORDER BY id").fetchall()
            for number, uid, moment, actor in batches:
                sql = "SELECT entity, entity_uid FROM change WHERE batch = ? ORDER BY seq"
                keys = [(row[0], row[1].hex()) for row in connection.exec_driver_sql(sql, (number,))]
                steps = [Step(key, None, records[key]) for key in keys]
                self.oracle.commit(Batch(number - 1, uid, moment, actor, kind="setup", steps=steps))

    def _on_event(self, event: Event) -> None:
        assert isinstance(event, RecordsChanged)
        self.announced.append(event)

    @property
    def actor(self) -> bytes | None:
        """Who is acting."""
        return self.book.store.actor

    @property
    def now(self) -> int:
        """The clock, in ms UTC."""
        return to_millis(self.clock.now())

    def carry_out(self, action: Action) -> None:
        """One action, on both sides."""
        name = action[0]
        if name in CHANGES:
            self._in_a_batch([action])
        else:
            command: Callable[[Action], None] = getattr(self, f"_do_{name}")
            command(action)

    # --- Changes inside a batch -----------------------------------------------------------------------------

    @contextmanager
    def _writing(self, *, origin: str = Origin.USER, parent: Batch | None = None) -> Iterator[tuple[WriteUnit, Batch]]:
        of_batch = {} if parent is None else {"parent": parent.number + 1}
        with self.book.store.write("edit", "test.sequence", origin, **of_batch) as unit:
            batch = Batch(len(self.oracle.batches), b"", self.now, self.actor, origin=origin)
            batch.parent = None if parent is None else parent.number
            yield unit, batch
        if unit.changed:
            assert unit.batch_id == batch.number + 1
            assert unit.batch_uid is not None
            batch.uid = unit.batch_uid
            self.oracle.commit(batch)
            self._check_announced(batch)
        else:
            assert batch.steps == []

    def _check_announced(self, batch: Batch) -> None:
        told = {(str(event.entity), local_id) for event in self.announced for local_id in event.ids or ()}
        assert {event.batch for event in self.announced} == {batch.number + 1}
        changed = set()
        with self.book.store.read() as connection:
            for kind, uid in {step.key for step in batch.steps}:
                sql = f'SELECT id FROM "{kind}" WHERE uid = ?'
                changed.add((kind, connection.exec_driver_sql(sql, (bytes.fromhex(uid),)).scalar_one()))
        assert told == changed
        self.announced.clear()

    def _in_a_batch(self, actions: list[Action]) -> None:
        with self._writing() as (unit, batch):
            for action in actions:
                self._change(unit, batch, action)

    def _change(self, unit: WriteUnit, batch: Batch, action: Action) -> None:
        if action[0] in KINDS:
            self._create(unit, batch, action)
            return
        found = self._changes.edited(self._now_in(batch), action)
        if found is not None:
            self._save(unit, batch, *found)

    def _now_in(self, batch: Batch) -> dict[Key, Record]:
        """The records as they stand inside a batch under way."""
        return self.oracle.records | {step.key: step.after for step in batch.steps}

    def _save(self, unit: WriteUnit, batch: Batch, key: Key, after: Record) -> None:
        before = self._now_in(batch)[key]

        def change(document: dict[str, Any]) -> None:
            assert document == before
            document.clear()
            document.update(copy.deepcopy(after))

        kind = EntityKind(key[0])
        changed = unit.edit(kind, unit.id_of(kind, bytes.fromhex(key[1])), change)
        assert changed == (before != after)
        if changed:
            batch.steps.append(Step(key, copy.deepcopy(before), copy.deepcopy(after)))

    def _create(self, unit: WriteUnit, batch: Batch, action: Action) -> None:
        record = self._changes.made(self._now_in(batch), action, self.now)
        if record is not None:
            _, uid = unit.create(EntityKind(action[0]), copy.deepcopy(record))
            batch.steps.append(Step((action[0], uid.hex()), None, record))

    # --- Commands -------------------------------------------------------------------------------------------

    def _several(self, action: Action) -> list[Action]:
        """A handful of changes out of one action."""
        chosen = random.Random(repr(action))
        actions = (action_of(chosen.getrandbits(40)) for _ in range(100))
        return [found for found in actions if found[0] in CHANGES][: 2 + action[1] % 5]

    def _do_batch(self, action: Action) -> None:
        self._in_a_batch(self._several(action))

    def _do_bulk(self, action: Action) -> None:
        """The same value on every contact, lead or deal, in one batch."""
        _, one, two, three, word = action
        entity = (EntityKind.CONTACT, EntityKind.LEAD, EntityKind.DEAL)[three % 3]
        with self._writing() as (unit, batch):
            keys = self.oracle.of_kind(entity)[: 2 + one % 20]
            name = TEXTS[entity][two % len(TEXTS[entity])]
            ids = {key: unit.id_of(entity, bytes.fromhex(key[1])) for key in keys}
            changed = unit.edit_many(entity, ids.values(), lambda document: document.update({name: word}))
            for key in keys:
                before = self.oracle.records[key]
                if before[name] != word:
                    batch.steps.append(Step(key, copy.deepcopy(before), {**copy.deepcopy(before), name: word}))
            assert changed == len(batch.steps)

    def _do_with_rule(self, action: Action) -> None:
        """A user's batch and a rule's batch that follows from it, mostly on the same record."""
        changes = self._several(action)
        with self._writing() as (unit, batch):
            for change in changes:
                self._change(unit, batch, change)
        if not batch.steps:
            return
        following = [(name, one, two, three, "by a rule") for name, one, two, three, _ in changes]
        with self._writing(origin=Origin.RULE, parent=batch) as (unit, ruled):
            for change in following:
                if change[0] not in ("tag", "setting", "user", "custom_field", "pipeline", "stage"):
                    self._change(unit, ruled, change)

    def _do_failing(self, action: Action) -> None:
        """A block that raises after it has written leaves nothing behind."""
        before = everything(self.book.store)
        raised = False
        try:
            with self.book.store.write("edit", "test.failing") as unit:
                batch = Batch(len(self.oracle.batches), b"", self.now, self.actor)
                for change in self._several(action):
                    self._change(unit, batch, change)
                raise InterruptedError
        except InterruptedError:
            raised = True
        assert raised
        assert everything(self.book.store) == before
        assert self.announced == []

    def _of_records(self, action: Action) -> tuple[str, list[Key]]:
        kind = OWNED[action[2] % len(OWNED)]
        keys = self.oracle.of_kind(kind)
        return kind, keys[action[1] % 3 : action[1] % 3 + 3]

    def _do_delete(self, action: Action) -> None:
        self._trash(action, self.now)

    def _do_restore(self, action: Action) -> None:
        self._trash(action, None)

    def _trash(self, action: Action, at: int | None) -> None:
        kind, keys = self._of_records(action)
        if not keys:
            return
        with self.book.store.read() as connection:
            sql = f'SELECT id FROM "{kind}" WHERE uid = ?'
            ids = [connection.exec_driver_sql(sql, (bytes.fromhex(uid),)).scalar_one() for _, uid in keys]
        name = "restore" if at is None else "delete"
        batch = Batch(len(self.oracle.batches), b"", self.now, self.actor)
        batch.kind = name if len(ids) == 1 else f"bulk_{name}"
        for key in keys:
            before = self.oracle.records[key]
            if (before["deleted_at"] is None) != (at is None):
                batch.steps.append(Step(key, copy.deepcopy(before), {**copy.deepcopy(before), "deleted_at": at}))
        done_in = self._carried_out(kind, ids, at)
        assert (done_in is not None) == bool(batch.steps)
        if done_in is not None:
            batch.uid = done_in
            self.oracle.commit(batch)
        self.announced.clear()

    def _carried_out(self, kind: str, ids: list[int], at: int | None) -> Uid | None:
        """Trash or restore with the service of the kind, which events and files have none of here."""
        if kind in SERVICES:
            service = SERVICES[kind](self.book.store, self.book.access)
            return (service.restore(ids) if at is None else service.delete(ids)).batch
        name = "restore" if at is None else "delete"
        with self.book.store.write(name if len(ids) == 1 else f"bulk_{name}", f"{kind}.{name}") as unit:
            unit.edit_many(EntityKind(kind), ids, lambda document: _set_trashed(document, at))
        return unit.batch_uid if unit.changed else None

    def _do_undo(self, action: Action) -> None:
        targets = self.oracle.to_undo(self.actor)
        assert self.book.history.can_undo() == bool(targets)
        if not targets:
            self._refuses(self.book.history.undo)
            return
        self._reversed(targets, "undo", self.book.history.undo)

    def _do_undo_older(self, action: Action) -> None:
        """Any batch by its name, an undo or one that is undone already included."""
        candidates = self.oracle.batches[-8:] if action[2] % 2 else self.oracle.batches
        chosen = candidates[action[1] % len(candidates)]
        if chosen.kind == "setup":
            return
        self._reversed(self.oracle.targets_of(chosen.number), "undo", lambda: self.book.history.undo(Uid(chosen.uid)))

    def _do_redo(self, action: Action) -> None:
        targets = self.oracle.to_redo(self.actor)
        if not targets:
            self._refuses(self.book.history.redo)
            return
        self._reversed(targets, "redo", self.book.history.redo)

    @staticmethod
    def _refuses(command: Callable[[], UndoOutcome]) -> None:
        refused = False
        try:
            command()
        except NotFound:
            refused = True
        assert refused

    def _reversed(self, targets: list[int], kind: str, command: Callable[[], UndoOutcome]) -> None:
        """Take batches back on both sides, the newest first, each by a batch of its own."""
        left: Counter[tuple[str, str, str]] = Counter()
        first = len(self.oracle.batches)
        for target in targets:
            steps, untouched = self.oracle.take_back(target, self.now)
            number = len(self.oracle.batches)
            batch = Batch(number, b"", self.now, self.actor, "undo", kind, undo_of=target, steps=steps)
            batch.parent = None if number == first else first
            self.oracle.commit(batch)
            left.update(untouched)
        outcome = command()
        assert Counter((str(one.entity), one.uid.hex(), one.field) for one in outcome.left_alone) == left
        assert sorted(outcome.undone) == sorted(self.oracle.batches[target].uid for target in targets)
        with self.book.store.read() as connection:
            rows = connection.exec_driver_sql("SELECT uid FROM batch WHERE id > ? ORDER BY id", (first,)).fetchall()
        assert len(rows) == len(targets)
        for batch, row in zip(self.oracle.batches[first:], rows, strict=True):
            batch.uid = row[0]
        assert outcome.batch == rows[0][0]
        self.announced.clear()
        self.check_records()

    def _do_clock(self, action: Action) -> None:
        self.clock.advance(LEAPS[action[1] % len(LEAPS)])

    def _do_reopen(self, action: Action) -> None:
        actor = self.book.store.actor
        self.book.close()
        self.book = self._open()
        self.book.store.actor = actor

    def _do_act_as(self, action: Action) -> None:
        self.book.store.actor = Uid(self.actors[action[1] % len(self.actors)])

    # --- What must hold -------------------------------------------------------------------------------------

    def check_records(self) -> None:
        """The rows say what the oracle says."""
        with self.book.store.read() as connection:
            assert read_records(connection) == self.oracle.records

    def check_undo_and_redo(self) -> None:
        """Undo, then redo, leaves every fact as it was."""
        if not self.oracle.to_undo(self.actor):
            return
        before = facts(self.book.store)
        self.book.history.undo()
        self.book.history.redo()
        assert facts(self.book.store) == before
