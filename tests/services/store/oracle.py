"""A workspace in plain Python: what a sequence of changes must leave behind. It knows nothing of the store.

A record is a dict: a value by name, a dict of elements by part, and `custom` by field. An undo walks a batch
backwards and puts a value back only where the batch's result still stands.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]
Key = tuple[str, str]
"""Kind and uid in hexadecimal."""
ValuePath = tuple[str, ...]

PARTS = ("points", "roles", "domains", "participants", "relations", "consents", "contacts", "attendees", "tags")
SETS = (*PARTS, "custom")
ORDER = (
    *("distinct_pair", "saved_view", "file", "event", "task", "activity", "lead", "deal", "stage", "pipeline"),
    *("contact", "company", "setting", "custom_field", "tag", "user"),
)
CARRIED = {
    "company": {"company", "converted_company"},
    "pipeline": {"pipeline"},
    "stage": {"stage"},
}
"""What is made because another record names it, besides tags, and the values that name it."""
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Step:
    """One change of one record; `before` is None for a new one."""

    key: Key
    before: Record | None
    after: Record


@dataclass(slots=True)
class Batch:
    """One committed batch, by its place in the ledger."""

    number: int
    uid: bytes
    moment: int
    actor: bytes | None
    origin: str = "user"
    kind: str = "edit"
    undo_of: int | None = None
    parent: int | None = None
    steps: list[Step] = field(default_factory=list)


Left = tuple[str, str, str]
"""Kind, uid and path of what an undo did not touch."""


def moves(before: Record, after: Record) -> Iterator[tuple[ValuePath, Any, Any]]:
    """What became different: values by name, elements that came or went, values inside elements."""
    for name in before.keys() | after.keys():
        if name not in SETS:
            if before[name] != after[name]:
                yield (name,), before[name], after[name]
            continue
        for key in before.get(name, {}).keys() | after.get(name, {}).keys():
            old, new = before[name].get(key, ABSENT), after[name].get(key, ABSENT)
            if old == new:
                continue
            if name == "custom" or old is ABSENT or new is ABSENT:
                yield (name, key), old, new
            else:
                for inner in old:
                    if old[inner] != new[inner]:
                        yield (name, key, inner), old[inner], new[inner]


def standing(record: Record, path: ValuePath) -> Any:
    """What stands at a path, or ABSENT."""
    value: Any = record
    for name in path:
        if value is ABSENT or name not in value:
            return ABSENT
        value = value[name]
    return value


def put(record: Record, path: ValuePath, value: Any) -> None:
    """Set what stands at a path; ABSENT takes it away."""
    holder = record
    for name in path[:-1]:
        holder = holder[name]
    if value is ABSENT:
        holder.pop(path[-1], None)
    else:
        holder[path[-1]] = copy.deepcopy(value)


class Oracle:
    """The records as they must stand, and everything that was done to them."""

    def __init__(self) -> None:
        self.records: dict[Key, Record] = {}
        self.batches: list[Batch] = []
        self.snapshots: list[dict[Key, Record]] = []

    def commit(self, batch: Batch) -> None:
        """Take in a batch that the store has committed."""
        for step in batch.steps:
            self.records[step.key] = copy.deepcopy(step.after)
        self.batches.append(batch)
        self.snapshots.append(copy.deepcopy(self.records))

    def of_kind(self, kind: str) -> list[Key]:
        """The records of a kind in the order in which they came."""
        return [key for key in self.records if key[0] == kind]

    def stands(self, number: int) -> bool:
        """Whether a batch is not taken back at present."""
        return not any(batch.undo_of == number and self.stands(batch.number) for batch in self.batches)

    def targets_of(self, number: int) -> list[int]:
        """A batch and those under it that still stand, the newest first."""
        under = [batch.number for batch in self.batches if batch.parent == number and self.stands(batch.number)]
        return [*reversed(under), number]

    def to_undo(self, actor: bytes | None) -> list[int]:
        """What an undo without a name takes back."""
        for batch in reversed(self.batches):
            own = batch.actor == actor and batch.origin != "rule" and batch.kind != "setup"
            if own and batch.undo_of is None and batch.parent is None and self.stands(batch.number):
                return self.targets_of(batch.number)
        return []

    def to_redo(self, actor: bytes | None) -> list[int]:
        """What a redo takes back: the user's last undo, unless something new was done after it."""
        for batch in reversed(self.batches):
            if batch.actor != actor or batch.origin == "rule" or batch.parent is not None:
                continue
            if batch.undo_of is None:
                return []
            if batch.kind == "undo" and self.stands(batch.number):
                return self.targets_of(batch.number)
        return []

    def take_back(self, target: int, now: int) -> tuple[list[Step], list[Left]]:
        """The steps of a batch that undoes `target` now, and what it leaves alone."""
        changed: dict[Key, Record] = {}
        left: list[Left] = []
        # A record before what it links to: companies and tags that others carry by now stay.
        backwards = list(reversed(self.batches[target].steps))
        for step in sorted(backwards, key=lambda step: ORDER.index(step.key[0])):
            if step.before is None and self._is_carried(step.key, changed):
                left.append((*step.key, ""))
                continue
            record = changed.setdefault(step.key, copy.deepcopy(self.records[step.key]))
            if step.before is None:
                if record["deleted_at"] is None:
                    record["deleted_at"] = now
                continue
            for path, before, after in moves(step.before, step.after):
                if standing(record, path) == after:
                    put(record, path, before)
                else:
                    left.append((*step.key, "/".join(path)))
        steps = [
            Step(key, copy.deepcopy(self.records[key]), record)
            for key, record in changed.items()
            if record != self.records[key]
        ]
        return steps, left

    def _is_carried(self, key: Key, changed: dict[Key, Record]) -> bool:
        """Whether a living record carries this tag, company, pipeline or stage."""
        kind, uid = key
        living = [record for record in (self.records | changed).values() if record["deleted_at"] is None]
        if kind == "tag":
            return any(uid in record.get("tags", {}) for record in living)
        named = [record.get(name) for record in living for name in CARRIED.get(kind, ())]
        if kind == "company":
            named += [role["company"] for record in living for role in record.get("roles", {}).values()]
        return uid in named

    def at(self, moment: int) -> dict[Key, Record]:
        """The records as the last batch begun by that moment left them."""
        for batch in reversed(self.batches):
            if batch.moment <= moment:
                return self.snapshots[batch.number]
        return {}

    def lifecycles(self) -> list[tuple[str, str, str | None, str | None]]:
        """Every move of a lifecycle in the order of the ledger."""
        found = []
        for batch in self.batches:
            for step in batch.steps:
                if step.key[0] in ("contact", "company"):
                    before = step.before["lifecycle"] if step.before else None
                    if before != step.after["lifecycle"]:
                        found.append((*step.key, before, step.after["lifecycle"]))
        return found

    def visits(self) -> list[tuple[str, str | None, str | None, int, int | None, str | None]]:
        """Every move of a deal into a stage, when it was, and what the deal was worth then."""
        found = []
        for batch in self.batches:
            for step in batch.steps:
                if step.key[0] == "deal":
                    before = step.before["stage"] if step.before else None
                    if before != step.after["stage"]:
                        worth = step.after["amount"], step.after["currency"]
                        found.append((step.key[1], before, step.after["stage"], batch.moment, *worth))
        return found

    def worths(self) -> dict[str, tuple[int | None, str | None]]:
        """What each deal is worth that was ever worth anything."""
        steps = [step for batch in self.batches for step in batch.steps if step.key[0] == "deal"]
        ever = {step.key for step in steps if (step.after["amount"], step.after["currency"]) != (None, None)}
        return {key[1]: (self.records[key]["amount"], self.records[key]["currency"]) for key in ever}
