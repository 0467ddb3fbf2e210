"""Saved views: lists that are asked for again, checked when they are saved, counted, shared as files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import orjson

from services.access import Access, Permission, verb
from services.errors import InvalidValue, NotFound
from services.filtering import parse
from services.filtering.fields import fields_of, find_field
from services.records.fields import FIELDS, PLURALS, EntityKind
from services.records.ids import Uid
from services.records.ledger import Origin
from services.records.people import Saved
from services.records.saved_views import Group, GroupedList, SavedView, ViewDraft
from services.saved_view_sharing import from_bytes, to_bytes
from services.saved_view_starters import STARTERS
from services.store.aggregates import Document
from services.store.connection import Connection
from services.store.directory import custom_fields
from services.store.names import name_key
from services.store.queries import grouping as grouped
from services.store.queries import saved_views as queries
from services.store.queries.listing import ListRequest
from services.store.queries.sorting import order_by
from services.store.store import Store
from services.store.writing import WriteUnit

LONGEST_NAME: Final = 120
MOST_COLUMNS: Final = 100


class SavedViewService:
    """Keeps the views of a workspace."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def all(self, entity: EntityKind | None = None) -> list[SavedView]:
        """The views of one kind of record, or of all, in their order."""
        with self._store.read() as connection:
            return queries.saved_views(connection, entity)

    @verb(Permission.EDIT)
    def ensure_starters(self, entity: EntityKind) -> list[SavedView]:
        """The views of a kind of record; the first time some to start with are made. Deleted ones stay deleted."""
        _check_kind(entity)
        with self._store.read() as connection:
            if queries.had_starters(connection, entity):
                return queries.saved_views(connection, entity)
        with self._store.write("create", "saved_view.starters", Origin.RULE) as unit:
            if not queries.had_starters(unit.connection, entity):
                standing = queries.saved_views(unit.connection, entity)
                taken = {name_key(view.name) for view in standing}
                drafts = [draft for draft in STARTERS[entity] if name_key(draft.name) not in taken]
                for position, draft in enumerate(drafts, _next_position(standing)):
                    unit.create(EntityKind.SAVED_VIEW, _document(unit, draft, position))
            return queries.saved_views(unit.connection, entity)

    @verb(Permission.READ)
    def get(self, local_id: int) -> SavedView:
        """A view. Raises NotFound."""
        with self._store.read() as connection:
            return _existing(connection, local_id)

    @verb(Permission.READ)
    def find(self, text: str, entity: EntityKind | None = None) -> SavedView:
        """The view that a name, a uid or an unambiguous beginning of a uid means. Raises NotFound."""
        with self._store.read() as connection:
            views = queries.saved_views(connection, entity)
        wanted = name_key(text)
        named = [view for view in views if name_key(view.name) == wanted]
        found = named or [view for view in views if view.uid.hex().startswith(text.strip().lower()) and text.strip()]
        if len(found) == 1:
            return found[0]
        several = "more than one view" if found else "no view"
        raise NotFound(f"“{text}” names {several}", "Say of which kind of record, or give the uid; a list tells both.")

    @verb(Permission.EDIT)
    def add(self, draft: ViewDraft) -> Saved:
        """Save a view after the others of its kind. Raises InvalidValue, UnreadableQuery among them."""
        with self._store.write("create", "saved_view.add") as unit:
            self._check(unit.connection, draft, None)
            return self._create(unit, draft)

    def _create(self, unit: WriteUnit, draft: ViewDraft) -> Saved:
        standing = queries.saved_views(unit.connection, draft.entity)
        document = _document(unit, draft, _next_position(standing))
        document["owner"] = self._store.actor.hex() if self._store.actor is not None else None
        local_id, uid = unit.create(EntityKind.SAVED_VIEW, document)
        return Saved(local_id, uid, unit.batch_uid)

    @verb(Permission.EDIT)
    def change(self, local_id: int, draft: ViewDraft) -> Saved:
        """Give a view other values; its kind of record stays. Raises InvalidValue and NotFound."""
        with self._store.write("edit", "saved_view.change") as unit:
            standing = _existing(unit.connection, local_id)
            if draft.entity is not standing.entity:
                raise InvalidValue("A view stays with its kind of record", "Save a new one instead.", field="entity")
            self._check(unit.connection, draft, local_id)
            unit.edit(EntityKind.SAVED_VIEW, local_id, lambda document: document.update(_values(draft)))
            return Saved(local_id, standing.uid, unit.batch_uid if unit.changed else None)

    @verb(Permission.EDIT)
    def delete(self, local_id: int) -> Saved:
        """Take a view away; undo brings it back. Raises NotFound."""
        with self._store.write("delete", "saved_view.delete") as unit:
            standing = _existing(unit.connection, local_id)
            now = unit.now_millis
            unit.edit(EntityKind.SAVED_VIEW, local_id, lambda document: document.update(deleted_at=now))
            return Saved(local_id, standing.uid, unit.batch_uid)

    @verb(Permission.EDIT)
    def order(self, entity: EntityKind, uids: Sequence[Uid]) -> list[SavedView]:
        """Put the views of a kind into this order; those left out follow as they stood. Raises NotFound."""
        with self._store.write("edit", "saved_view.order") as unit:
            standing = {view.uid: view for view in queries.saved_views(unit.connection, entity)}
            unknown = [uid for uid in uids if uid not in standing]
            if unknown:
                raise NotFound(f"There is no view {unknown[0].hex()[:12]} of {entity} records", "It may be deleted.")
            ordered = list(dict.fromkeys([*uids, *standing]))
            for position, uid in enumerate(ordered):
                unit.edit(EntityKind.SAVED_VIEW, standing[uid].id, partial(_put, position))
            return queries.saved_views(unit.connection, entity)

    @verb(Permission.READ)
    def count(self, local_id: int) -> int:
        """How many living records a view shows now. Raises NotFound, and InvalidValue for a field that is gone."""
        with self._store.read() as connection:
            return self._count(connection, _existing(connection, local_id))

    @verb(Permission.READ)
    def counts(self, entity: EntityKind) -> dict[int, int | None]:
        """How many records each view of a kind shows, by its id; None for one that can no longer be asked."""
        with self._store.read() as connection:
            views = queries.saved_views(connection, entity)
        found: dict[int, int | None] = {}
        for view in views:
            # A transaction each: none lives longer than one count.
            with self._store.read() as connection:
                try:
                    found[view.id] = self._count(connection, view)
                except InvalidValue:
                    found[view.id] = None
        return found

    def _count(self, connection: Connection, view: SavedView) -> int:
        now, actor = self._store.clock.now(), self._store.actor
        return queries.count(connection, view.entity, view.query, now=now, actor=actor)

    @verb(Permission.READ)
    def groups(self, entity: EntityKind, where: str, by: str) -> list[Group]:
        """How many records of a list share each value of a field, the empty one last. Raises InvalidValue.

        Links are told by uid, times by month in the user's zone; a record with several tags counts under each.
        """
        _check_kind(entity)
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            return grouped.groups(connection, entity, where, by, now=now, actor=actor)

    @verb(Permission.READ)
    def grouped(self, entity: EntityKind, request: ListRequest, by: str) -> GroupedList:
        """The ids of a list by the value of a field that its records share. Raises InvalidValue."""
        _check_kind(entity)
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            return grouped.grouped_list(connection, entity, request, by, now=now, actor=actor)

    @verb(Permission.READ)
    def groupable(self, entity: EntityKind) -> list[str]:
        """The fields by which records of a kind can be grouped."""
        _check_kind(entity)
        with self._store.read() as connection:
            return grouped.groupable(entity, custom_fields(connection, entity))

    @verb(Permission.READ)
    def export_view(self, local_id: int) -> bytes:
        """A view as a file that another workspace can take. Raises NotFound."""
        return to_bytes(self.get(local_id))

    @verb(Permission.EDIT)
    def import_view(self, data: bytes) -> Saved:
        """Save the view of a file, under another name where its own is taken.

        Raises UnreadableViewFile for what is no such file, InvalidValue for fields that are not known here.
        """
        draft = from_bytes(data)
        with self._store.write("create", "saved_view.import") as unit:
            taken = {name_key(view.name) for view in queries.saved_views(unit.connection, draft.entity)}
            draft = _renamed(draft, taken)
            self._check(unit.connection, draft, None)
            return self._create(unit, draft)

    def _check(self, connection: Connection, draft: ViewDraft, own: int | None) -> None:
        _check_kind(draft.entity)
        _check_name(connection, draft, own)
        fields = custom_fields(connection, draft.entity)
        parse(draft.query, draft.entity, fields)
        now, actor = self._store.clock.now(), self._store.actor
        queries.condition(connection, draft.entity, draft.query, now=now, actor=actor, fields=fields)
        if draft.sort:
            order_by(draft.entity, draft.sort, descending=draft.descending, custom_fields=fields)
        if draft.grouping:
            grouped.grouping_field(draft.entity, draft.grouping, fields)
        known = fields_of(draft.entity, fields)
        strange = [name for name in draft.columns if find_field(name, known) is None]
        if strange or len(draft.columns) > MOST_COLUMNS:
            raise InvalidValue(
                f"“{strange[0][:60]}” is no column of {PLURALS[draft.entity]}" if strange else "Too many columns",
                f"Columns are {', '.join(known)}.",
                field="columns",
            )


def _check_kind(entity: EntityKind) -> None:
    if entity not in FIELDS:
        raise InvalidValue(f"There are no lists of {entity} records", f"There are of {', '.join(FIELDS)}.")


def _check_name(connection: Connection, draft: ViewDraft, own: int | None) -> None:
    name = draft.name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise InvalidValue(
            "A view needs a name", f"Give it one of 1 to {LONGEST_NAME} letters, digits and signs.", field="name"
        )
    for view in queries.saved_views(connection, draft.entity):
        if view.id != own and name_key(view.name) == name_key(name):
            raise InvalidValue(
                f"There is a view “{view.name}” already", "Choose another name.", field="name", code="exists"
            )


def _renamed(draft: ViewDraft, taken: set[str]) -> ViewDraft:
    name, number = draft.name.strip(), 2
    found = name
    while name_key(found) in taken:
        ending = f" ({number})"
        found = name[: LONGEST_NAME - len(ending)] + ending
        number += 1
    return ViewDraft(
        draft.entity,
        found,
        draft.query,
        draft.columns,
        draft.sort,
        descending=draft.descending,
        grouping=draft.grouping,
    )


def _put(position: int, document: Document) -> None:
    document["position"] = position


def _existing(connection: Connection, local_id: int) -> SavedView:
    found = queries.saved_view(connection, local_id)
    if found is None:
        raise NotFound("There is no such view", "It may have been deleted; undo brings it back.")
    return found


def _next_position(standing: Sequence[SavedView]) -> int:
    return max((view.position for view in standing), default=-1) + 1


def _values(draft: ViewDraft) -> dict[str, Any]:
    return {
        "name": draft.name.strip(),
        "query": draft.query.strip(),
        "columns": orjson.dumps(list(draft.columns)).decode() if draft.columns else None,
        "sort": draft.sort or None,
        "descending": int(draft.descending),
        "grouping": draft.grouping or None,
    }


def _document(unit: WriteUnit, draft: ViewDraft, position: int) -> Document:
    document = unit.blank(EntityKind.SAVED_VIEW)
    document.update(_values(draft), entity=draft.entity.value, position=position)
    return document
