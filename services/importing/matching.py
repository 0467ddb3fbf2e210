"""Decides which record each row of a file stands for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from services.records.drafts import PointKind, RecordDraft, RowDraft
from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.store.catalogue import contact_sort_name
from services.store.connection import Connection
from services.store.names import name_key
from services.store.queries import matching as queries
from services.values.lists import split_list
from services.values.text import fold

NOBODY: int = 0
_ALIKE_BY_NAME: Final = (EntityKind.CONTACT, EntityKind.LEAD, EntityKind.DEAL, EntityKind.TASK)


def default_keys(entity: EntityKind) -> tuple[str, ...]:
    """The keys a row is matched by when none was chosen: the first one that the row has."""
    if entity in (EntityKind.CONTACT, EntityKind.LEAD):
        return ("external_key", "email")
    if entity is EntityKind.COMPANY:
        return ("external_key", "domain", "name")
    return ("external_key",)


def key_value(entity: EntityKind, key: str, draft: RecordDraft) -> str:
    """The value of a key in a row, in the form in which it is compared; empty when the row has none."""
    if key in ("email", "phone"):
        kind = PointKind(key)
        return next((point.normal for point in draft.points if point.kind is kind), "")
    if key.startswith(CUSTOM_PREFIX):
        value: Any = draft.custom.get(key.removeprefix(CUSTOM_PREFIX))
        return "" if value is None else str(value)
    if key in ("name", "title"):
        return _name_of(entity, draft)
    if key == "domain":
        return next(iter(_domains(draft)), "")
    return str(draft.fields.get(key) or "")


def _domains(draft: RecordDraft) -> list[str]:
    return split_list(str(draft.fields.get("domain") or ""))


def _name_of(entity: EntityKind, draft: RecordDraft) -> str:
    if entity is EntityKind.COMPANY:
        return name_key(str(draft.fields.get("name") or ""))
    if entity is EntityKind.LEAD:
        return fold(str(draft.fields.get("name") or draft.fields.get("company") or ""))
    if entity is not EntityKind.CONTACT:
        return fold(str(draft.fields.get("title") or ""))
    names = {name: draft.fields.get(name) for name in ("first_name", "last_name")}
    return contact_sort_name({**names, "points": {}})


class Matcher:
    """Finds the standing record of each row by its key; rows without a key are compared by content."""

    def __init__(self, entity: EntityKind, key: str, custom_uid: str = "") -> None:
        self._entity = entity
        self._keys = (key,) if key else default_keys(entity)
        self._custom_uid = custom_uid
        self._by_custom: dict[str, int] | None = None
        self._seen: Counter[str] = Counter()
        self._other_domains: dict[str, list[str]] = {}

    def renewed(self) -> Matcher:
        """The same keys and counts, knowing nothing yet of the records that stand."""
        fresh = Matcher(self._entity, "", self._custom_uid)
        fresh._keys, fresh._seen = self._keys, self._seen
        fresh._other_domains = self._other_domains
        return fresh

    def tag(self, draft: RecordDraft) -> str:
        """What identifies a row: the name of its key and the value; empty for a row without a key."""
        for key in self._keys:
            value = key_value(self._entity, key, draft)
            if value:
                tag = f"{key}\0{value}"
                if key == "domain":
                    self._note_domains(tag, _domains(draft)[1:])
                return tag
        return ""

    def _note_domains(self, tag: str, others: list[str]) -> None:
        if others:
            self._other_domains[tag] = list(dict.fromkeys([*self._other_domains.get(tag, []), *others]))

    def count(self, rows: Iterable[RowDraft]) -> None:
        """Note which keys occur, so that rows with the same key are treated as one record."""
        for row in rows:
            tag = self.tag(row.draft)
            if tag:
                self._seen[tag] += 1

    def repeated(self, tag: str) -> bool:
        """Whether several rows of the file have this key."""
        return bool(tag) and self._seen[tag] > 1

    def any_repeated(self) -> bool:
        """Whether any key occurs more than once in the file."""
        return any(count > 1 for count in self._seen.values())

    def match(self, connection: Connection, tags: Iterable[str]) -> dict[str, int]:
        """The local id of the standing record for each of these tags that names one."""
        wanted: dict[str, set[str]] = defaultdict(set)
        for tag in tags:
            key, _, value = tag.partition("\0")
            if value:
                wanted[key].add(value)
        found: dict[str, int] = {}
        for key, values in wanted.items():
            for value, local_id in self._ids(connection, key, values).items():
                found[f"{key}\0{value}"] = local_id
        if wanted["domain"]:
            self._match_other_domains(connection, wanted["domain"], found)
        return found

    def _match_other_domains(self, connection: Connection, values: set[str], found: dict[str, int]) -> None:
        """A company whose first domain nobody has is known by the next of its domains that somebody has."""
        missing = [tag for tag in (f"domain\0{value}" for value in sorted(values)) if tag not in found]
        others = {tag: self._other_domains[tag] for tag in missing if tag in self._other_domains}
        if not others:
            return
        known = self._ids(connection, "domain", {domain for domains in others.values() for domain in domains})
        for tag, domains in others.items():
            ids = [known[domain] for domain in domains if domain in known]
            if ids:
                found[tag] = ids[0]

    def _ids(self, connection: Connection, key: str, values: set[str]) -> dict[str, int]:
        if not key.startswith(CUSTOM_PREFIX):
            return queries.ids_by_key(connection, self._entity, key, sorted(values))
        if self._by_custom is None:
            self._by_custom = queries.ids_by_custom(connection, self._entity, self._custom_uid)
        return {value: self._by_custom[value] for value in values if value in self._by_custom}

    def alike(self, connection: Connection, rows: Sequence[RowDraft]) -> dict[int, list[int]]:
        """Records that may say the same as these keyless rows, by the number of the row."""
        if self._entity in _ALIKE_BY_NAME:
            names = {row.number: _name_of(self._entity, row.draft) for row in rows}
            known = queries.ids_named(connection, self._entity, sorted({name for name in names.values() if name}))
            return {number: known.get(name, []) for number, name in names.items()}
        return {}
