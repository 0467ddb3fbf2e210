"""Finds the contact, the company and the participants that each row of an activity file names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from services.records.drafts import RowDraft, RowReject, Value
from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE, name_key
from services.store.connection import Connection
from services.store.documents import ids_of, uids_of
from services.store.queries.matching import contacts_called, ids_by_key
from services.values.lists import joined_list, split_list
from services.values.text import fold

_LINK_KEYS = ("external_key", "email")
_UID: Final = re.compile(r"[0-9a-f]{32}")


class ActivityLinks:
    """Resolves who is named by a chosen key, or by external key, email, uid and name; remembers what it found."""

    def __init__(self, key: str = "") -> None:
        self._keys = (key,) if key else _LINK_KEYS
        self._by_any = not key
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
        strangers = self._link_participants(fields)
        if strangers:
            return row, RowReject(row.number, "participants", strangers[0], f"There is no contact “{strangers[0]}”")
        if not fields.keys() & {"contact", "company", "participants"}:
            return row, RowReject(row.number, "contact", "", "The row names neither a contact nor a company")
        return replace(row, draft=replace(row.draft, fields=fields)), None

    def _link_participants(self, fields: dict[str, Value]) -> list[str]:
        """Turn the participants of a row into uids; returns those who are not known."""
        named = split_list(str(fields.pop("participants", None) or ""))
        uids = {value: self._contacts.get(value) for value in named}
        found = [uid for uid in uids.values() if uid is not None]
        if found:
            fields["participants"] = joined_list(found)
        return [value for value, uid in uids.items() if uid is None]

    def _learn(
        self,
        connection: Connection,
        entity: EntityKind,
        rows: Sequence[RowDraft],
        known: dict[str, str | None],
    ) -> None:
        values = {str(row.draft.fields.get(entity.value) or "") for row in rows}
        if entity is EntityKind.CONTACT:
            values.update(name for row in rows for name in split_list(str(row.draft.fields.get("participants") or "")))
        values -= known.keys() | {""}
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
        if self._by_any and entity is EntityKind.CONTACT:
            self._learn_names(connection, [value for value in values if known[value] is None], known)

    @staticmethod
    def _learn_names(connection: Connection, values: Sequence[str], known: dict[str, str | None]) -> None:
        """What is no key may be a uid, or a name that only one contact has: exports tell people by their names."""
        spec = CATALOGUE[EntityKind.CONTACT]
        by_uid = {bytes.fromhex(value): value for value in values if _UID.fullmatch(value)}
        known.update({by_uid[uid]: uid.hex() for uid in ids_of(connection, spec, by_uid)})
        called = contacts_called(connection, [value for value in values if known[value] is None])
        uids = uids_of(connection, spec, called.values())
        known.update({value: uids[local_id].hex() for value, local_id in called.items()})


def _normal(entity: EntityKind, key: str, value: str) -> str:
    if key == "email":
        return value.strip().lower()
    if key == "name":
        return name_key(value) if entity is EntityKind.COMPANY else fold(value)
    return value
