"""Merges records that are one: field by field, with everything that hangs on them, in one batch that can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from services.access import Access, Permission, verb
from services.duplicates import COMPARED, compared
from services.errors import InvalidValue, NotFound
from services.merge_choices import (
    Choices,
    How,
    Row,
    check_choices,
    check_named,
    combined,
    leaves_behind,
    rows_of,
    value_of,
)
from services.merge_redirects import redirected
from services.merge_suggestions import suggestion
from services.records.drafts import PointKind
from services.records.duplicates import MergeField, MergePlan, MergePreview, MoveCount, PlannedMerge, Side, WholeAddress
from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField, Point, RecordCard, Saved
from services.store.aggregates import Document
from services.store.catalogue import CATALOGUE
from services.store.connection import Connection
from services.store.directory import custom_fields
from services.store.documents import copied, load, sliced
from services.store.queries.cards import read_card
from services.store.queries.duplicates import sides
from services.store.queries.merging import counts, last_written, naming, stands_above_itself
from services.store.rows import Edit
from services.store.store import Store
from services.store.writing import WriteUnit

Loaded = dict[int, tuple[bytes, Document]]

PLANNED_AT_ONCE: Final = 50
"""Pairs read in one transaction, so that a long plan keeps nobody waiting."""


class MergeService:
    """Shows what a merge of two contacts or companies would do, and carries it out."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def preview(self, entity: EntityKind, keep: int, other: int) -> MergePreview:
        """Both values of every field with the suggested one, and what moves. Raises NotFound and InvalidValue."""
        with self._store.read() as connection:
            documents = load(connection, CATALOGUE[_comparable(entity)], [keep, other])
            _check_pair(entity, documents, keep, other)
            shown = sides(connection, entity, [keep, other])
            verdict = compared(connection, entity, keep, other)
            cards = tuple(read_card(connection, CATALOGUE[entity], local_id) for local_id in (keep, other))
            fields = tuple(_fields(connection, entity, documents[keep], documents[other], cards))
            one, two, both = (counts(connection, entity, ids) for ids in ([keep], [other], [keep, other]))
        moves = tuple(MoveCount(kind, one[kind], two[kind], both[kind]) for kind in both)
        return MergePreview(entity, shown[keep], shown[other], verdict.score, verdict.reason, fields, moves)

    @verb(Permission.READ)
    def plan(self, entity: EntityKind, pairs: Sequence[tuple[int, int]]) -> MergePlan:
        """What `merge_many` would do with pairs of (kept, other), read in slices. Raises NotFound and InvalidValue."""
        _comparable(entity)
        merges: list[PlannedMerge] = []
        for chunk in sliced(pairs, PLANNED_AT_ONCE):
            with self._store.read() as connection:
                merges.extend(_planned(connection, entity, chunk))
        return MergePlan(entity, tuple(merges), len(groups_of(pairs)))

    @verb(Permission.EDIT)
    def merge(self, entity: EntityKind, keep: int, other: int, choices: Choices | None = None) -> Saved:
        """Make two records one: the other goes to the trash, what hung on it hangs on the kept one.

        `choices` names fields of the preview; what it leaves out is as suggested. Raises NotFound and InvalidValue.
        """
        return self._merge(entity, [(keep, other)], choices or {})

    @verb(Permission.EDIT)
    def merge_many(self, entity: EntityKind, pairs: Sequence[tuple[int, int]]) -> Saved:
        """Merge many pairs of (kept, other) as suggested, in one batch; pairs may share records.

        Raises NotFound and InvalidValue; then none is merged.
        """
        if not pairs:
            raise InvalidValue("Nothing is selected", "Choose at least one pair.")
        return self._merge(entity, pairs, {})

    def _merge(self, entity: EntityKind, pairs: Sequence[tuple[int, int]], choices: Choices) -> Saved:
        _comparable(entity)
        label = f"{entity}.merge" if len(pairs) == 1 else f"{entity}.merge_many"
        with self._store.write("merge", label) as unit:
            merger = Merger(unit, entity)
            kept = merger.merge(pairs, choices)
            uid = unit.load(entity, [kept])[kept][0]
        return Saved(kept, Uid(uid), unit.batch_uid)


def _planned(connection: Connection, entity: EntityKind, pairs: Sequence[tuple[int, int]]) -> Iterator[PlannedMerge]:
    ids = sorted({local_id for pair in pairs for local_id in pair})
    documents, shown = load(connection, CATALOGUE[entity], ids), sides(connection, entity, ids)
    custom = _custom_fields(connection, entity)
    for keep, other in pairs:
        _check_pair(entity, documents, keep, other)
        one, two = _apart(documents[keep][1], documents[other][0]), _apart(documents[other][1], documents[keep][0])
        rows = rows_of(CATALOGUE[entity], one, two, custom)
        yield PlannedMerge(shown[keep], shown[other], tuple(row.name for row in rows if leaves_behind(row, one, two)))


def _comparable(entity: EntityKind) -> EntityKind:
    if entity not in COMPARED:
        raise InvalidValue(f"Records of the kind {entity} cannot be merged", "Choose contacts or companies.")
    return entity


def _check_pair(entity: EntityKind, documents: Loaded, keep: int, other: int) -> None:
    if keep == other:
        raise InvalidValue("These are one record", "Choose two different records.")
    for local_id in (keep, other):
        if local_id not in documents:
            raise NotFound(f"There is no such {entity}", "It may have been removed for good.")
        if documents[local_id][1]["deleted_at"] is not None:
            raise InvalidValue(f"A {entity} in the trash cannot be merged", "Restore it first, then try again.")


def _apart(document: Document, other: bytes) -> Document:
    """A record as if it did not stand under the one it is merged with."""
    return {**document, "parent": None} if document.get("parent") == other.hex() else document


def _custom_fields(connection: Connection, entity: EntityKind) -> dict[str, CustomField]:
    return {field.uid.hex(): field for field in custom_fields(connection, entity)}


def _fields(
    connection: Connection,
    entity: EntityKind,
    mine: tuple[bytes, Document],
    other: tuple[bytes, Document],
    cards: tuple[RecordCard, ...],
) -> Iterator[MergeField]:
    one, two = _apart(mine[1], other[0]), _apart(other[1], mine[0])
    written = last_written(connection, mine[0]), last_written(connection, other[0])
    for row in rows_of(CATALOGUE[entity], one, two, _custom_fields(connection, entity)):
        differs = value_of(row, one) != value_of(row, two)
        found = suggestion(row, one, two, written)
        if row.how is How.POINTS:
            values = list(_points(row.name, *cards))
        else:
            values = [_shown(row, card, document) for card, document in zip(cards, (one, two), strict=True)]
        yield MergeField(
            row.name, values[0], values[1], differs, found.side, row.may_both, row.locked, reason=found.reason
        )


def _points(kind: str, mine: RecordCard, other: RecordCard) -> Iterator[tuple[str | WholeAddress, ...]]:
    """How each record can be reached; what both have is told as the one that stays writes it."""
    known: dict[str, str | WholeAddress] = {}
    for card in (mine, other):
        points = [point for point in card.points if point.kind.value == kind]
        yield tuple(known.setdefault(point.normal, _written(point)) for point in points)


def _written(point: Point) -> str | WholeAddress:
    if point.kind is PointKind.ADDRESS:
        return WholeAddress(point.raw, point.postal_code, point.city, point.region, point.country)
    return point.raw


def _shown(row: Row, card: RecordCard, document: Document) -> Any:
    """A value of one record as its card shows it."""
    if row.how is How.CONSENT:
        return value_of(row, document)
    if row.how is How.PART:
        return _shown_part(row.name, card)
    if row.name == "name":
        # Of a contact without a name the card shows an address, which is another row.
        return card.name if value_of(row, document) else None
    if row.name.startswith(CUSTOM_PREFIX):
        return _typed(row.kind, card.custom.get(row.name.removeprefix(CUSTOM_PREFIX)))
    if row.name == "owner":
        return card.owner or None
    link = next((link.name for link in card.links if link.field == row.name), None)
    return link or card.fields.get(row.name, document.get(row.name))


def _typed(kind: FieldKind | None, value: Any) -> Any:
    """A custom value by its kind: its day is kept as text."""
    if kind is not FieldKind.DATE or not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value  # a day without its year


def _shown_part(part: str, card: RecordCard) -> tuple[str, ...]:
    texts: Mapping[str, tuple[str, ...]] = {
        "roles": tuple(", ".join(filter(None, (role.company_name, role.role))) for role in card.roles),
        "relations": tuple(f"{relation.kind}: {relation.other}" for relation in card.relations),
        "domains": card.domains,
        "tags": card.tags,
    }
    return texts[part]


@dataclass(frozen=True, slots=True)
class _Group:
    """One record that stays and those that go into it, in their order."""

    keep: int
    others: tuple[int, ...]


def groups_of(pairs: Sequence[tuple[int, int]]) -> list[_Group]:
    """Pairs that share records as groups: what was kept in one pair and goes in a later one takes its own along."""
    into: dict[int, int] = {}

    def standing(local_id: int) -> int:
        while local_id in into:
            local_id = into[local_id]
        return local_id

    for keep, other in pairs:
        kept, going = standing(keep), standing(other)
        if kept != going:
            into[going] = kept
    gone: dict[int, list[int]] = {}
    for local_id in into:
        gone.setdefault(standing(local_id), []).append(local_id)
    return [_Group(keep, tuple(others)) for keep, others in gone.items()]


class Merger:
    """Merges pairs of one kind inside a transaction."""

    def __init__(self, unit: WriteUnit, entity: EntityKind) -> None:
        self._unit = unit
        self._entity = entity
        self._spec = CATALOGUE[entity]
        self._custom = _custom_fields(unit.connection, entity)

    def merge(self, pairs: Sequence[tuple[int, int]], choices: Choices) -> int:
        """Merge these pairs of (kept, other); returns the record that the first of them went into."""
        documents = self._unit.load(self._entity, {local_id for pair in pairs for local_id in pair})
        for keep, other in pairs:
            _check_pair(self._entity, documents, keep, other)
        groups = groups_of(pairs)
        moved = {
            documents[other][0].hex(): documents[group.keep][0].hex() for group in groups for other in group.others
        }
        edits = [self._kept(group, documents, choices) for group in groups]
        edits += [self._gone(local_id, group.keep, documents) for group in groups for local_id in group.others]
        self._redirect(moved, {edit.id: edit for edit in edits}, {other for group in groups for other in group.others})
        if self._entity is EntityKind.COMPANY:
            self._open_circles([group.keep for group in groups])
        first = pairs[0]
        return next(group.keep for group in groups if {*first} & {group.keep, *group.others})

    def _kept(self, group: _Group, documents: Loaded, choices: Choices) -> Edit:
        """The edit of the record that stays, with what it takes of the others one after another."""
        uid, before = documents[group.keep]
        after = copied(before)
        newest = last_written(self._unit.connection, uid)
        for local_id in group.others:
            other_uid, other = documents[local_id][0], _apart(documents[local_id][1], uid)
            after = _apart(after, other_uid)
            rows = rows_of(self._spec, after, other, self._custom)
            check_choices(rows, choices)
            written = last_written(self._unit.connection, other_uid)
            taken = {row.name: suggestion(row, after, other, (newest, written)).side for row in rows}
            chosen = taken | dict(choices)
            after = combined(rows, after, other, chosen, lambda: self._unit.uids.new().hex())
            for row in rows:
                if chosen[row.name] is not Side.KEEP:
                    newest.update((path, written.get(path, 0)) for path in row.paths)
        check_named(self._entity, after)
        return Edit(uid, before, after, group.keep)

    def _gone(self, local_id: int, keep: int, documents: Loaded) -> Edit:
        uid, before = documents[local_id]
        after = copied(before)
        after.update(deleted_at=self._unit.now_millis, merged_into=documents[keep][0].hex())
        return Edit(uid, before, after, local_id)

    def _redirect(self, moved: Mapping[str, str], edits: dict[int, Edit], gone: set[int]) -> None:
        """Write the records themselves and all that name those that go, each record once."""
        gone_ids = sorted(gone)
        found = naming(self._unit.connection, self._entity, gone_ids)
        for edit in edits.values():
            if edit.id not in gone:
                edit.after = redirected(self._spec, edit.uid.hex(), edit.after, self._entity, moved)
        self._unit.save(self._entity, [edit for edit in edits.values() if edit.after != edit.before])
        for kind, ids in found.items():
            spec = CATALOGUE[kind]
            others = ids if kind is not self._entity else [local_id for local_id in ids if local_id not in edits]
            for chunk in sliced(others):
                changed = []
                for local_id, (uid, before) in self._unit.load(kind, chunk).items():
                    after = redirected(spec, uid.hex(), before, self._entity, moved)
                    if after != before:
                        changed.append(Edit(uid, before, after, local_id))
                self._unit.save(kind, changed)

    def _open_circles(self, kept: Sequence[int]) -> None:
        """A company that came to stand above itself, because one between the two was under the other, stands on top."""
        for local_id in kept:
            if stands_above_itself(self._unit.connection, local_id):
                self._unit.edit(EntityKind.COMPANY, local_id, lambda company: company.update(parent=None))
