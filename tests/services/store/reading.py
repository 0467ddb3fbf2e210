"""Reads the records of a workspace with SQL of its own, in the form in which the oracle keeps them."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Connection

from services.store.store import Store
from services.store.tables import Base, TableKind
from tests.services.store.oracle import Key, Record
from tests.support.table_dumps import tables_of

COMPUTED: Final[dict[str, frozenset[str]]] = {
    "company": frozenset({"sort_name", "domain"}),
    "contact": frozenset({"display_name", "sort_name", "company_id"}),
    "tag": frozenset({"folded_name"}),
    "pipeline": frozenset({"folded_name"}),
    "stage": frozenset({"folded_name"}),
    "deal": frozenset({"sort_name", "contact_id"}),
    "lead": frozenset({"display_name", "sort_name"}),
    "task": frozenset({"sort_name"}),
    "event": frozenset({"sort_name"}),
    "file": frozenset({"sort_name"}),
    "saved_view": frozenset({"folded_name"}),
}
KINDS: Final = (
    *("user", "tag", "custom_field", "setting", "company", "contact", "pipeline", "stage", "deal", "lead"),
    *("activity", "task", "event", "file", "saved_view", "distinct_pair"),
)
TAGGED: Final = ("company", "contact", "deal", "lead", "activity", "task", "event")
"""The kinds that have tags and the user's own fields."""
ELEMENTS: Final[dict[str, dict[str, str]]] = {
    "contact": {
        "points": "contact_point",
        "roles": "contact_company",
        "relations": "contact_relation",
        "consents": "contact_consent",
    },
    "company": {"points": "company_point", "domains": "company_domain"},
    "lead": {"points": "lead_point"},
    "deal": {"contacts": "deal_contact"},
    "event": {"attendees": "event_attendee"},
}
"""The parts whose elements have a uid of their own, and the tables that they are in."""
LINKED_ONLY: Final[dict[str, dict[str, tuple[str, str]]]] = {kind: {"tags": (f"{kind}_tag", "tag")} for kind in TAGGED}
LINKED_ONLY["activity"]["participants"] = ("activity_contact", "contact")
"""The parts that are nothing but links: their table, and what they lead to."""


def _columns(table: str, owner: str = "") -> tuple[tuple[str, ...], dict[str, str]]:
    """The plain columns of a table of records or elements, and what its links lead to."""
    left_out = {"id", "uid", "custom", owner} | COMPUTED.get(table, frozenset())
    plain, links = [], {}
    for column in Base.metadata.tables[table].columns:
        if column.name in left_out:
            continue
        if column.foreign_keys:
            links[column.name.removesuffix("_id")] = next(iter(column.foreign_keys)).column.table.name
        else:
            plain.append(column.name)
    return tuple(plain), links


VALUES: Final = {kind: _columns(kind)[0] for kind in KINDS}
LINKS: Final = {kind: _columns(kind)[1] for kind in KINDS}


def blank(kind: str) -> Record:
    """A record of a kind without any value."""
    record: Record = dict.fromkeys((*VALUES[kind], *LINKS[kind]))
    for part in (*ELEMENTS.get(kind, ()), *LINKED_ONLY.get(kind, ())):
        record[part] = {}
    if kind in TAGGED:
        record["custom"] = {}
    return record


def read_records(connection: Connection) -> dict[Key, Record]:
    """Every record of every kind, in the trash or not."""
    uids = {
        kind: {row[0]: row[1].hex() for row in connection.exec_driver_sql(f'SELECT id, uid FROM "{kind}"')}
        for kind in KINDS
    }
    found: dict[Key, Record] = {}
    for kind in KINDS:
        found |= _records(connection, kind, uids)
    return found


def _rows(
    connection: Connection, table: str, first: tuple[str, ...], uids: dict[str, dict[int, str]], owner: str = ""
) -> list[tuple[tuple[Any, ...], Record]]:
    """For every row the columns that are asked for `first`, and the rest as a record."""
    plain, links = _columns(table, owner)
    selected = ", ".join(f'"{name}"' for name in (*first, *plain, *(f"{name}_id" for name in links)))
    found = []
    for row in connection.exec_driver_sql(f'SELECT {selected} FROM "{table}" ORDER BY id'):
        values = tuple(row)[len(first) :]
        record: Record = dict(zip(plain, values, strict=False))
        for (name, kind), linked in zip(links.items(), values[len(plain) :], strict=True):
            record[name] = None if linked is None else uids[kind][linked]
        found.append((tuple(row)[: len(first)], record))
    return found


def _records(connection: Connection, kind: str, uids: dict[str, dict[int, str]]) -> dict[Key, Record]:
    records: dict[int, Record] = {}
    own = ("id", "custom") if kind in TAGGED else ("id",)
    for (local_id, *custom), values in _rows(connection, kind, own, uids):
        records[local_id] = blank(kind) | values
        if custom:
            records[local_id]["custom"] = json.loads(custom[0]) if custom[0] else {}
    for part, table in ELEMENTS.get(kind, {}).items():
        for (owner, uid), element in _rows(connection, table, (f"{kind}_id", "uid"), uids, f"{kind}_id"):
            records[owner][part][uid.hex()] = element
    for part, (table, linked) in LINKED_ONLY.get(kind, {}).items():
        for owner, other in connection.exec_driver_sql(f"SELECT {kind}_id, {linked}_id FROM {table}"):
            records[owner][part][uids[linked][other]] = {}
    return {(kind, uids[kind][local_id]): record for local_id, record in records.items()}


_WITHOUT_IDS: Final = frozenset(table for parts in ELEMENTS.values() for table in parts.values())


def facts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """What people and providers said; of elements the uid is what lasts, the id is given out anew."""
    found = {}
    with store.read() as connection:
        for table in tables_of(TableKind.FACT):
            names = [column.name for column in Base.metadata.tables[table].columns]
            kept = ", ".join(f'"{name}"' for name in names if name != "id" or table not in _WITHOUT_IDS)
            rows = connection.exec_driver_sql(f'SELECT {kept} FROM "{table}"').fetchall()
            found[table] = sorted((tuple(row) for row in rows), key=repr)
    return found
