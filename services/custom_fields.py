"""Typed fields that the user adds to the records of every kind: add, rename, put in order, delete."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import orjson

from services.access import Access, Permission, verb
from services.errors import InvalidValue, NotFound
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.ids import Uid
from services.records.people import CustomField, Saved
from services.store.aggregates import Document
from services.store.directory import Directory, custom_fields
from services.store.store import Store
from services.store.writing import WriteUnit


class CustomFieldService:
    """Keeps the custom fields of a workspace; the values of a deleted one stay where they are until it comes back."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def all(self, entity: EntityKind | None = None) -> list[CustomField]:
        """The custom fields of one kind of record, or of all."""
        with self._store.read() as connection:
            return custom_fields(connection, entity)

    @verb(Permission.EDIT)
    def add(
        self,
        entity: EntityKind,
        name: str,
        kind: FieldKind,
        *,
        options: tuple[str, ...] = (),
        personal: bool = True,
    ) -> CustomField:
        """Add a field, or return the one of that name and kind. Raises InvalidValue."""
        if entity not in FIELDS:
            raise InvalidValue(f"A {entity} takes no custom fields", f"These do: {', '.join(FIELDS)}.", field="entity")
        with self._store.write("create", "custom_field.add") as unit:
            found = Directory(unit).make_custom_field(entity, name, kind, options, personal=personal)
        if found.kind != kind:
            raise InvalidValue(
                f"There is a custom field “{name}” of kind {found.kind} already",
                "Choose another name.",
                field="name",
            )
        return found

    @verb(Permission.EDIT)
    def change(self, field: Uid, *, label: str | None = None, options: Sequence[str] | None = None) -> Saved:
        """Call a field otherwise, or offer other options; None leaves what is there. Raises InvalidValue, NotFound.

        The name by which queries, files and the command line know it stays.
        """
        said: Document = {}
        if label is not None:
            said["label"] = label.strip() or None
        if options is not None:
            offered = _distinct(options)
            if not offered:
                raise InvalidValue("A choice needs options", "Name at least one.", field="options")
            said["options"] = orjson.dumps(offered).decode()
        with self._store.write("edit", "custom_field.change") as unit:
            local_id = self._living(unit, field)
            kind = unit.load(EntityKind.CUSTOM_FIELD, [local_id])[local_id][1]["kind"]
            if options is not None and kind != FieldKind.CHOICE:
                raise InvalidValue("Only a choice has options", "Rename the field instead.", field="options")
            unit.edit(EntityKind.CUSTOM_FIELD, local_id, lambda document: document.update(said))
        return Saved(local_id, field, unit.batch_uid if unit.changed else None)

    @verb(Permission.EDIT)
    def reorder(self, entity: EntityKind, fields: Sequence[Uid]) -> Saved:
        """Put the fields of a kind of record into this order; those not named come after. Raises NotFound."""
        with self._store.write("edit", "custom_field.order") as unit:
            ids = [self._living(unit, field) for field in fields]
            named = set(fields)
            rest = [field.uid for field in custom_fields(unit.connection, entity) if field.uid not in named]
            ids += [unit.id_of(EntityKind.CUSTOM_FIELD, uid) for uid in rest]
            for position, local_id in enumerate(ids):
                unit.edit(EntityKind.CUSTOM_FIELD, local_id, partial(_place, position))
        first = fields[0] if fields else Uid(bytes(16))
        return Saved(ids[0] if ids else 0, first, unit.batch_uid if unit.changed else None)

    @verb(Permission.EDIT)
    def delete(self, field: Uid) -> Saved:
        """Take a field away; its values stay with their records and are back when this is undone. Raises NotFound."""
        with self._store.write("delete", "custom_field.delete") as unit:
            local_id = self._living(unit, field)
            gone = {"deleted_at": unit.now_millis}
            unit.edit(EntityKind.CUSTOM_FIELD, local_id, lambda document: document.update(gone))
        return Saved(local_id, field, unit.batch_uid)

    @staticmethod
    def _living(unit: WriteUnit, field: Uid) -> int:
        """The local id of a field that is not deleted."""
        local_id = unit.id_of(EntityKind.CUSTOM_FIELD, field)
        if unit.load(EntityKind.CUSTOM_FIELD, [local_id])[local_id][1]["deleted_at"] is not None:
            raise NotFound("There is no such field any more", "It was deleted; undo brings it back.")
        return local_id


def _place(position: int, document: Document) -> None:
    document["position"] = position


def _distinct(options: Sequence[str]) -> list[str]:
    """The options without blanks and repetitions, in their order."""
    return list(dict.fromkeys(option.strip() for option in options if option.strip()))
