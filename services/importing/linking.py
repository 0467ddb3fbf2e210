"""Finds the contact and company that each row of an activity file belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from services.records.drafts import RowDraft, RowReject
from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE, name_key
from services.store.connection import Connection
from services.store.documents import uids_of
from services.store.queries.matching import ids_by_key
from services.values.text import fold

_LINK_KEYS = ("external_key", "email")


class ActivityLinks:
    """Resolves the contact column by a chosen key, or by external key and email; remembers what it found."""

    def __init__(self, key: str = "") -> None:
        self._keys = (key,) if key else _LINK_KEYS
        self._contacts: dict[str, str | None] = {}
        self._companies: dict[str, str | None] = {}

    def resolve(self, connection: Connection, rows: Sequence[RowDraft]) -> Iterator[tuple[RowDraft, RowReject | None]]:
        """Each row with its links as uids, or the reason why it has none."""
        self._learn(connection, EntityKind.CONTACT, rows, self._contacts)
        self._learn(connection, EntityKind.COMPANY, rows, self._companies)
        for row in rows:
            yield self._link(row)

    def _link(self, row: RowDraft) -> tuple[RowDraft, RowReject | None]:
        fields = dict(row.draft.fields)
        for name, known in (("contact", self._contacts), ("company", self._companies)):
            value = str(fields.get(name) or "")
            if not value:
                fields.pop(name, None)
                continue
            uid = known.get(value)
            if uid is None:
                return row, RowReject(row.number, name, value, f"There is no {name} “{value}”")
            fields[name] = uid
        if "contact" not in fields and "company" not in fields:
            return row, RowReject(row.number, "contact", "", "The row names neither a contact nor a company")
        return replace(row, draft=replace(row.draft, fields=fields)), None

    def _learn(
        self,
        connection: Connection,
        entity: EntityKind,
        rows: Sequence[RowDraft],
        known: dict[str, str | None],
    ) -> None:
        values = {str(row.draft.fields.get(entity.value) or "") for row in rows} - known.keys() - {""}
        if not values:
            return
        known.update(dict.fromkeys(values))
        keys = self._keys if entity is EntityKind.CONTACT else ("external_key", "name")
        for key in keys:
            missing = [value for value in values if known[value] is None]
            normal = {value: _normal(entity, key, value) for value in missing}
            found = ids_by_key(connection, entity, key, sorted(set(normal.values())))
            uids = uids_of(connection, CATALOGUE[entity], set(found.values()))
            for value, form in normal.items():
                if form in found:
                    known[value] = uids[found[form]].hex()


def _normal(entity: EntityKind, key: str, value: str) -> str:
    if key == "email":
        return value.strip().lower()
    if key == "name":
        return name_key(value) if entity is EntityKind.COMPANY else fold(value)
    return value
