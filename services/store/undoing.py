"""Takes a batch back by walking it backwards; what was changed since is left alone and reported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any, Final

from sqlalchemy import Connection

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.ledger import LeftAlone, Origin
from services.store.aggregates import AggregateSpec
from services.store.catalogue import CATALOGUE
from services.store.documents import copied, ids_of, load, sliced
from services.store.ledger.changes import CHANGE_COLUMNS, Change, Operation, read_row
from services.store.ledger.diff import backward
from services.store.primaries import lost_primaries, settle_primaries
from services.store.rows import Edit
from services.store.writing import WriteUnit

SLICE: Final = 1_000
UNDO: Final = "undo"
REDO: Final = "redo"

SINCE: Final = "changed since"
ERASED: Final = "erased"
GONE: Final = "no longer there"
IN_USE: Final = "in use"

Progress = Callable[[int], None]


def _backwards(connection: Connection, batch: int) -> Iterator[list[Change]]:
    """The changes of a batch from the last to the first, in slices."""
    below: int | None = None
    while True:
        sql = (
            f"SELECT {CHANGE_COLUMNS} FROM change WHERE batch = ? AND (? IS NULL OR seq < ?) ORDER BY seq DESC LIMIT ?"
        )
        rows = connection.exec_driver_sql(sql, (batch, below, below, SLICE)).fetchall()
        if not rows:
            return
        yield [read_row(tuple(row)) for row in rows]
        below = rows[-1][0]


def take_back(unit: WriteUnit, batch: int, progress: Progress | None = None) -> list[LeftAlone]:
    """Undo every change of a batch inside `unit`; returns what was left alone and why.

    An undo that finds nothing to take back is a batch too: else the next one would try the same again.
    """
    unit.begin()
    left: list[LeftAlone] = []
    done = 0
    for changes in _backwards(unit.connection, batch):
        for entity, run in _runs(changes):
            left.extend(_take_back_run(unit, CATALOGUE[entity], run))
        done += len(changes)
        if progress is not None:
            progress(done)
    return left


def _runs(changes: list[Change]) -> Iterator[tuple[EntityKind, list[Change]]]:
    """Changes of one slice by kind, records before what they link to."""
    by_entity: dict[EntityKind, list[Change]] = defaultdict(list)
    for change in changes:
        by_entity[change.entity].append(change)
    for entity in reversed(CATALOGUE):
        if entity in by_entity:
            yield entity, by_entity[entity]


def _take_back_run(unit: WriteUnit, spec: AggregateSpec, changes: list[Change]) -> list[LeftAlone]:
    left: list[LeftAlone] = []
    uids = {change.entity_uid for change in changes}
    ids = ids_of(unit.connection, spec, uids)
    standing = load(unit.connection, spec, ids.values())
    known_from = _known_from(unit.connection, uids)
    made = {change.entity_uid for change in changes if change.op is Operation.CREATE}
    used = _in_use(unit.connection, spec.entity, [ids[uid] for uid in made & ids.keys()])
    edits: dict[bytes, Edit] = {}
    for change in changes:
        local_id = ids.get(change.entity_uid)
        if local_id is None:
            left.append(LeftAlone(spec.entity, Uid(change.entity_uid), "", GONE))
            continue
        if change.op is Operation.CREATE and local_id in used:
            left.append(LeftAlone(spec.entity, Uid(change.entity_uid), "", IN_USE))
            continue
        edit = edits.get(change.entity_uid)
        if edit is None:
            before = standing[local_id][1]
            edit = edits[change.entity_uid] = Edit(change.entity_uid, before, copied(before), local_id)
        erased = change.seq < known_from.get(change.entity_uid, change.seq + 1)
        left.extend(_reverse(unit, spec, edit, change, erased=erased))
    for edit in edits.values():
        # Undone at once a record is as it was, whatever it was; where more was changed since, its parts must still fit.
        if lost_primaries(edit.before or {}, edit.after) and _changed_since(
            unit.connection, edit.uid, changes[0].batch
        ):
            settle_primaries(edit.before or {}, edit.after)
    unit.save(spec.entity, [edit for edit in edits.values() if edit.after != edit.before])
    return left


def _changed_since(connection: Connection, uid: bytes, batch: int) -> bool:
    sql = "SELECT 1 FROM change WHERE entity_uid = ? AND batch > ? LIMIT 1"
    return connection.exec_driver_sql(sql, (uid, batch)).first() is not None


_MADE_ON_THE_WAY: Final = (EntityKind.TAG, EntityKind.COMPANY, EntityKind.PIPELINE, EntityKind.STAGE)
"""The kinds of record that are made because another one names them."""


def _uses_of(entity: EntityKind) -> Iterator[str]:
    """For each way in which a record of another kind can name one of this: the ids that living records name so."""
    for spec in CATALOGUE.values():
        if spec.entity is entity:
            # Of a company and its parent that were made together, both go.
            continue
        for column in spec.columns:
            if column.link is entity:
                name = column.column
                yield f'SELECT t."{name}" FROM "{spec.table}" t WHERE t.deleted_at IS NULL AND t."{name}" IN '
        for part in spec.parts:
            linked = [column.column for column in part.columns if column.link is entity]
            for name in [*linked, *([part.key_column] if part.key_link is entity else [])]:
                yield (
                    f'SELECT x."{name}" FROM "{part.table}" x JOIN "{spec.table}" t ON t.id = x."{part.owner_column}" '
                    f'WHERE t.deleted_at IS NULL AND x."{name}" IN '
                )


_USES: Final = {entity: tuple(_uses_of(entity)) for entity in _MADE_ON_THE_WAY}


def _in_use(connection: Connection, entity: EntityKind, ids: Collection[int]) -> set[int]:
    """Tags, companies and stages that living records carry: made by the batch, but needed by others by now."""
    found: set[int] = set()
    for chunk in sliced(ids):
        for sql in _USES.get(entity, ()):
            rows = connection.exec_driver_sql(f"{sql} ({','.join('?' * len(chunk))})", tuple(chunk))
            found.update(row[0] for row in rows)
    return found


def _known_from(connection: Connection, uids: Iterable[bytes]) -> dict[bytes, int]:
    """The change from which on each entity is not erased; entities that were not changed since are left out."""
    found: dict[bytes, int] = {}
    for chunk in sliced(uids):
        marks = ",".join("?" * len(chunk))
        sql = f"SELECT entity_uid, first_seq FROM entity_salt WHERE entity_uid IN ({marks})"
        found.update({row[0]: row[1] for row in connection.exec_driver_sql(sql, tuple(chunk))})
    return found


def _reverse(unit: WriteUnit, spec: AggregateSpec, edit: Edit, change: Change, *, erased: bool) -> list[LeftAlone]:
    if change.op is Operation.CREATE:
        # A record that was made goes to the trash; its values stay, so that a redo brings it back whole.
        if edit.after["deleted_at"] is None:
            edit.after["deleted_at"] = unit.now_millis
        return []
    pairs = change.pairs
    if erased:
        pairs = {path: pair for path, pair in pairs.items() if not _is_half_gone(spec, path)}
    left = [LeftAlone(spec.entity, Uid(edit.uid), path, SINCE) for path in backward(spec, edit.after, pairs)]
    if erased and (not pairs or len(pairs) < len(change.pairs)):
        left.append(LeftAlone(spec.entity, Uid(edit.uid), "", ERASED))
    return left


def _is_half_gone(spec: AggregateSpec, path: str) -> bool:
    """Whether an erased change tells only half of what stands at this path: of elements with personal values."""
    keys = path.split("/")
    part = spec.part_named(keys[0]) if len(keys) == 2 else None
    return part is not None and any(column.personal for column in part.columns)


def undone_batches(connection: Connection) -> set[int]:
    """The batches that are taken back at present: undone, and the undo not undone in turn."""
    # Sorted here: for ORDER BY, SQLite would read the whole table instead of the index of undos.
    rows = connection.exec_driver_sql("SELECT id, undo_of FROM batch WHERE undo_of IS NOT NULL").fetchall()
    undone: set[int] = set()
    for batch, target in sorted((tuple(row) for row in rows), reverse=True):
        if batch not in undone:
            undone.add(target)
    return undone


def last_to_undo(connection: Connection, actor: bytes | None) -> list[int]:
    """The user's last batch that still stands, with the rule batches it caused; newest first."""
    undone = undone_batches(connection)
    sql = (
        "SELECT id FROM batch WHERE undo_of IS NULL AND origin != ? AND kind != 'setup' "
        "AND actor IS ? AND parent IS NULL ORDER BY id DESC"
    )
    for (batch,) in connection.exec_driver_sql(sql, (Origin.RULE, actor)):
        if batch not in undone:
            return [*reversed(_caused_by(connection, batch, undone)), batch]
    return []


def _caused_by(connection: Connection, batch: int, undone: set[int]) -> list[int]:
    rows = connection.exec_driver_sql("SELECT id FROM batch WHERE parent = ? ORDER BY id", (batch,))
    return [row[0] for row in rows if row[0] not in undone]


def with_children(connection: Connection, batch: int) -> list[int]:
    """A named batch with the batches under it that still stand; newest first."""
    return [*reversed(_caused_by(connection, batch, undone_batches(connection))), batch]


def last_to_redo(connection: Connection, actor: bytes | None) -> list[int]:
    """The user's last undo, unless something new was done after it; with the undos made together with it."""
    own = "actor IS ? AND origin != ? AND parent IS NULL"
    new = f"SELECT id FROM batch WHERE undo_of IS NULL AND {own} ORDER BY id DESC LIMIT 1"
    since = connection.exec_driver_sql(new, (actor, Origin.RULE)).scalar() or 0
    undos = f"SELECT id FROM batch WHERE undo_of IS NOT NULL AND {own} AND kind = ? AND id > ?"
    found = connection.exec_driver_sql(undos, (actor, Origin.RULE, UNDO, since)).scalars().all()
    standing = set(found) - undone_batches(connection)
    return with_children(connection, max(standing)) if standing else []


def changes_who_may_what(connection: Connection, batch: int) -> bool:
    """Whether a batch adds or removes users, or gives one another role."""
    sql = f"SELECT {CHANGE_COLUMNS} FROM change WHERE batch = ? AND entity = ?"
    rows = connection.exec_driver_sql(sql, (batch, EntityKind.USER.value))
    changes = [read_row(tuple(row)) for row in rows]
    return any(change.op is not Operation.UPDATE or "role" in change.fields for change in changes)


def batch_row(connection: Connection, batch: int) -> Any:
    """uid, label_code and kind of a batch."""
    sql = "SELECT uid, label_code, kind FROM batch WHERE id = ?"
    return connection.exec_driver_sql(sql, (batch,)).one()
