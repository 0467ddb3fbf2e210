"""Typed fields that the user adds to contacts, companies and activities."""

from __future__ import annotations

from services.access import Access, Permission, verb
from services.errors import InvalidValue
from services.records.fields import FIELDS, EntityKind, FieldKind
from services.records.people import CustomField
from services.store.directory import Directory, custom_fields
from services.store.store import Store


class CustomFieldService:
    """Adds and lists custom fields."""

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
