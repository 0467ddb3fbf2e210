"""Finds the contacts, companies, deals and leads that the rows of a file name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from services.importing.headers import COMPANY_KEY, PEOPLE
from services.records.drafts import RowDraft, RowReject, Value
from services.records.fields import LINKED, EntityKind
from services.store.catalogue import CATALOGUE
from services.store.connection import Connection
from services.store.documents import ids_of, uids_of
from services.store.names import name_key
from services.store.queries.matching import contacts_called, ids_by_key, ids_named
from services.values.lists import joined_list, split_list
from services.values.roles import joined_people, split_people
from services.values.text import fold

_KEYS: Final[Mapping[EntityKind, tuple[str, ...]]] = MappingProxyType(
    {
        EntityKind.CONTACT: ("external_key", "email"),
        EntityKind.COMPANY: ("external_key", "name"),
        EntityKind.DEAL: ("external_key",),
        EntityKind.LEAD: ("external_key", "email"),
    }
)
"""The keys that are tried one after the other; then come uids, and names that only one record has."""
_UID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Which fields of a kind of row name records, and which of them a row must name at least one of."""

    fields: tuple[str, ...]
    needed: tuple[str, ...] = ()
    without: str = ""
    """What is said of a row that names none of those needed."""


RULES: Final[Mapping[EntityKind, LinkRules]] = MappingProxyType(
    {
        EntityKind.ACTIVITY: LinkRules(
            ("contact", "company", "deal", "lead"),
            ("contact", "company", "participants", "deal", "lead"),
            "The row names neither a contact nor a company",
        ),
        # The company of a deal is named by its name and made if it is new, as that of a contact.
        EntityKind.DEAL: LinkRules(("contact",)),
        EntityKind.TASK: LinkRules(("contact", "company", "deal", "lead")),
        EntityKind.EVENT: LinkRules(("contact", "company", "deal")),
    }
)
"""The kinds of row that name records which have to be there."""


class RowLinks:
    """Resolves who and what is named, by key, uid or name; remembers what it found.

    `key` is the field by which contacts are known, of activities only; without it all their keys are tried.
    """

    def __init__(self, entity: EntityKind, key: str = "") -> None:
        self._entity = entity
        self._rules = RULES[entity]
        self._company_keys: dict[str, str | None] = {}
        self._contact_key = key
        self._known: dict[EntityKind, dict[str, str | None]] = {
            LINKED[name]: {} for name in ("contact", *self._rules.fields)
        }

    def _learn_company_keys(self, connection: Connection, rows: Sequence[RowDraft]) -> None:
        """Companies of deals by the keys that other programs give them; those by name are made if they are new."""
        keys = {str(row.draft.fields.get(name) or "") for row in rows for name in (COMPANY_KEY, "company")}
        missing = sorted(keys - self._company_keys.keys() - {""})
        self._company_keys.update(dict.fromkeys(missing))
        found = ids_by_key(connection, EntityKind.COMPANY, "external_key", missing)
        uids = uids_of(connection, CATALOGUE[EntityKind.COMPANY], set(found.values()))
        self._company_keys.update({key: uids[local_id].hex() for key, local_id in found.items()})

    def _link_company(self, fields: dict[str, Value]) -> str:
        """Name the company of a deal by its key if that is known; returns a key that nobody has."""
        key = str(fields.pop(COMPANY_KEY, None) or "")
        for text in (key, str(fields.get("company") or "")):
            uid = self._company_keys.get(text)
            if uid is not None:
                fields["company"] = uid
                return ""
        return "" if fields.get("company") else key

    def resolve(self, connection: Connection, rows: Sequence[RowDraft]) -> Iterator[tuple[RowDraft, RowReject | None]]:
        """Each row with its links as uids, or the reason why it has none."""
        for name in self._rules.fields:
            self._learn(connection, LINKED[name], _values(name, rows))
        if self._entity is EntityKind.DEAL:
            self._learn_company_keys(connection, rows)
        for row in rows:
            yield self._link(row)

    def _link(self, row: RowDraft) -> tuple[RowDraft, RowReject | None]:
        fields = dict(row.draft.fields)
        for name in self._rules.fields:
            value = str(fields.get(name) or "")
            if not value:
                fields.pop(name, None)
                continue
            uid = self._known[LINKED[name]].get(value)
            if uid is None:
                return row, RowReject(row.number, name, value, f"There is no {name} “{value}”")
            fields[name] = uid
        unknown = self._link_company(fields)
        if unknown:
            return row, RowReject(row.number, "company", unknown, f"There is no company “{unknown}”")
        strangers = self._link_participants(fields)
        if strangers:
            return row, RowReject(row.number, "participants", strangers[0], f"There is no contact “{strangers[0]}”")
        strangers = self._link_people(fields)
        if strangers:
            return row, RowReject(row.number, PEOPLE, strangers[0], f"There is no contact “{strangers[0]}”")
        if self._rules.needed and not fields.keys() & set(self._rules.needed):
            return row, RowReject(row.number, self._rules.needed[0], "", self._rules.without)
        return replace(row, draft=replace(row.draft, fields=fields)), None

    def _link_participants(self, fields: dict[str, Value]) -> list[str]:
        """Turn the participants of a row into uids; returns those who are not known."""
        named = split_list(str(fields.pop("participants", None) or ""))
        known = self._known[EntityKind.CONTACT]
        uids = {value: known.get(value) for value in named}
        found = [uid for uid in uids.values() if uid is not None]
        if found:
            fields["participants"] = joined_list(found)
        return [value for value, uid in uids.items() if uid is None]

    def _link_people(self, fields: dict[str, Value]) -> list[str]:
        """Turn those who play a part into uids with their parts; returns those who are not known."""
        named = split_people(str(fields.pop(PEOPLE, None) or ""))
        known = self._known[EntityKind.CONTACT]
        found = [(known.get(key), part) for key, part in named]
        if named:
            fields[PEOPLE] = joined_people((uid, part) for uid, part in found if uid is not None)
        return [key for key, _ in named if known.get(key) is None]

    def _learn(self, connection: Connection, entity: EntityKind, named: set[str]) -> None:
        known = self._known[entity]
        values = named - known.keys()
        if not values:
            return
        known.update(dict.fromkeys(values))
        by_one_key = bool(self._contact_key) and entity is EntityKind.CONTACT
        for key in (self._contact_key,) if by_one_key else _KEYS[entity]:
            normal = {value: _normal(key, value) for value in _missing(values, known)}
            found = ids_by_key(connection, entity, key, sorted(set(normal.values())))
            uids = uids_of(connection, CATALOGUE[entity], set(found.values()))
            for value, form in normal.items():
                if form in found:
                    known[value] = uids[found[form]].hex()
        if not by_one_key:
            _learn_uids(connection, entity, _missing(values, known), known)
            _learn_names(connection, entity, _missing(values, known), known)


def _values(name: str, rows: Sequence[RowDraft]) -> set[str]:
    """Everything that a field of these rows names."""
    values = {str(row.draft.fields.get(name) or "") for row in rows}
    if name == "contact":
        values.update(who for row in rows for who in split_list(str(row.draft.fields.get("participants") or "")))
        values.update(who for row in rows for who, _ in split_people(str(row.draft.fields.get(PEOPLE) or "")))
    return values - {""}


def _missing(values: set[str], known: Mapping[str, str | None]) -> list[str]:
    return sorted(value for value in values if known[value] is None)


def _learn_uids(
    connection: Connection, entity: EntityKind, values: Sequence[str], known: dict[str, str | None]
) -> None:
    by_uid = {bytes.fromhex(value): value for value in values if _UID.fullmatch(value)}
    known.update({by_uid[uid]: uid.hex() for uid in ids_of(connection, CATALOGUE[entity], by_uid)})


def _learn_names(
    connection: Connection, entity: EntityKind, values: Sequence[str], known: dict[str, str | None]
) -> None:
    """What is no key may be a name that only one record has: exports tell people and deals by their names."""
    if entity is EntityKind.COMPANY:
        return  # by its name already
    if entity is EntityKind.CONTACT:
        called = contacts_called(connection, values)
    else:
        named = ids_named(connection, entity, sorted({fold(value) for value in values}))
        called = {value: named[fold(value)][0] for value in values if len(named.get(fold(value), ())) == 1}
    uids = uids_of(connection, CATALOGUE[entity], called.values())
    known.update({value: uids[local_id].hex() for value, local_id in called.items()})


def _normal(key: str, value: str) -> str:
    if key == "email":
        return value.strip().lower()
    return name_key(value) if key == "name" else value
