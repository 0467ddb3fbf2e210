"""Reads the records of a workspace with SQL of its own, in the form in which the oracle keeps them."""

from __future__ import annotations

import json
from typing import Any, Final

from sqlalchemy import Connection

from services.store.tables import Base
from tests.services.store.oracle import Key, Record

COMPUTED: Final[dict[str, frozenset[str]]] = {
    "company": frozenset({"sort_name", "domain"}),
    "contact": frozenset({"display_name", "sort_name", "company_id"}),
    "tag": frozenset({"folded_name"}),
}
KINDS: Final = ("user", "tag", "custom_field", "setting", "company", "contact", "activity")
TAGGED: Final = ("company", "contact", "activity")
REACHED: Final = ("company", "contact")


def _columns(table: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The plain columns of a table of records, and what its links lead to."""
    left_out = {"id", "uid", "custom", f"{table.removesuffix('_point')}_id"} | COMPUTED.get(table, frozenset())
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
POINT: Final = _columns("contact_point")[0]


def blank(kind: str) -> Record:
    """A record of a kind without any value."""
    record: Record = dict.fromkeys((*VALUES[kind], *LINKS[kind]))
    if kind in REACHED:
        record["points"] = {}
    if kind == "contact":
        record["roles"] = {}
    if kind == "company":
        record["domains"] = {}
    if kind == "activity":
        record["participants"] = {}
    if kind in TAGGED:
        record |= {"tags": {}, "custom": {}}
    return record


def read_records(connection: Connection) -> dict[Key, Record]:
    """Every record of every kind, in the trash or not."""
    found: dict[Key, Record] = {}
    for kind in VALUES:
        found |= _records(connection, kind)
    return found


def _uids(connection: Connection, table: str) -> dict[int, str]:
    return {row[0]: row[1].hex() for row in connection.exec_driver_sql(f'SELECT id, uid FROM "{table}"')}


def _records(connection: Connection, kind: str) -> dict[Key, Record]:
    links = LINKS[kind]
    uids = {table: _uids(connection, table) for table in {kind, *links.values(), "tag", "company", "contact"}}
    columns = [*VALUES[kind], *(f"{name}_id" for name in links), *(["custom"] if kind in TAGGED else [])]
    selected = ", ".join(f'"{column}"' for column in columns)
    records: dict[int, Record] = {}
    for row in connection.exec_driver_sql(f'SELECT id, {selected} FROM "{kind}" ORDER BY id'):
        record = blank(kind)
        values: dict[str, Any] = dict(zip(columns, row[1:], strict=True))
        record.update({name: values[name] for name in VALUES[kind]})
        for name, table in links.items():
            linked = values[f"{name}_id"]
            record[name] = None if linked is None else uids[table][linked]
        if kind in TAGGED:
            record["custom"] = json.loads(values["custom"]) if values["custom"] else {}
        records[row[0]] = record
    if kind in REACHED:
        selected = ", ".join(POINT)
        for owner, uid, *rest in connection.exec_driver_sql(f"SELECT {kind}_id, uid, {selected} FROM {kind}_point"):
            records[owner]["points"][uid.hex()] = dict(zip(POINT, rest, strict=True))
    if kind == "contact":
        names = ("role", "is_primary", "started_on", "ended_on")
        sql = f"SELECT contact_id, uid, company_id, {', '.join(names)} FROM contact_company"
        for owner, uid, company, *rest in connection.exec_driver_sql(sql):
            role = {"company": uids["company"][company], **dict(zip(names, rest, strict=True))}
            records[owner]["roles"][uid.hex()] = role
    if kind == "company":
        for owner, uid, *rest in connection.exec_driver_sql(
            "SELECT company_id, uid, domain, position FROM company_domain"
        ):
            records[owner]["domains"][uid.hex()] = dict(zip(("domain", "position"), rest, strict=True))
    if kind == "activity":
        for owner, contact in connection.exec_driver_sql("SELECT activity_id, contact_id FROM activity_contact"):
            records[owner]["participants"][uids["contact"][contact]] = {}
    if kind in TAGGED:
        for owner, tag in connection.exec_driver_sql(f"SELECT {kind}_id, tag_id FROM {kind}_tag"):
            records[owner]["tags"][uids["tag"][tag]] = {}
    return {(kind, uids[kind][local_id]): record for local_id, record in records.items()}
