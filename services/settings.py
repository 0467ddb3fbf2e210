"""Settings of the workspace: facts in the ledger, so that they can be undone and read by rules."""

from __future__ import annotations

from typing import Any

import orjson

from services.access import Access, Permission, verb
from services.errors import InvalidValue
from services.records.fields import EntityKind
from services.store.aggregates import Document
from services.store.queries.settings import setting_id, setting_value, setting_values
from services.store.store import Store


class SettingsService:
    """Reads and changes settings by name; a value is anything JSON can hold."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def get(self, name: str, default: Any = None) -> Any:
        """The value of a setting, or `default`."""
        with self._store.read() as connection:
            value = setting_value(connection, name)
        return default if value is None else orjson.loads(value)

    @verb(Permission.READ)
    def all(self) -> dict[str, Any]:
        """Every setting that has a value."""
        with self._store.read() as connection:
            return {name: orjson.loads(value) for name, value in setting_values(connection).items()}

    @verb(Permission.EDIT)
    def set(self, name: str, value: Any) -> None:
        """Give a setting a value; None takes it away. Raises InvalidValue for what JSON cannot hold."""
        try:
            text = None if value is None else orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        except orjson.JSONEncodeError as error:
            raise InvalidValue(f"{name} cannot be set to this", f"It is no value: {error}.", field=name) from error
        with self._store.write("setting", "setting.set") as unit:
            found = setting_id(unit.connection, name)
            if found is None:
                document = unit.blank(EntityKind.SETTING)
                document.update(name=name, value=text)
                unit.create(EntityKind.SETTING, document)
                return

            def change(standing: Document) -> None:
                standing["value"] = text
                standing["deleted_at"] = None

            unit.edit(EntityKind.SETTING, found, change)
