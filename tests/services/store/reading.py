"""Reads the records of a workspace with SQL of its own, in the form in which the oracle keeps them."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection

from tests.services.store.oracle import Key, Record

_COMMON = ("external_key", "source", "created_at", "deleted_at", "notes")
_POINT = ("kind", "label", "raw", "normal", "is_primary", "city", "region", "postal_code", "country")

VALUES: dict[str, tuple[str, ...]] = {
    "user": (
        *("name", "email", "role", "time_zone", "locale", "region", "work_week", "territory"),
        *("created_at", "deleted_at"),
    ),
    "tag": ("name", "colour", "created_at", "deleted_at"),
    "custom_field": (
        *("entity", "name", "kind", "label", "options", "personal", "position"),
        *("created_at", "deleted_at"),
    ),
    "setting": ("name", "value", "created_at", "deleted_at"),
    "company": (
        *_COMMON,
        *("name", "domain", "industry", "size", "lifecycle", "customer_since", "churned_at", "churn_reason"),
    ),
    "contact": (
        *_COMMON,
        *("first_name", "last_name", "title", "birthday", "language", "time_zone", "lifecycle"),
        *("churned_at", "churn_reason"),
    ),
    "activity": (
        *_COMMON,
        *("type", "occurred_at", "recorded_at", "subject", "body", "outcome", "duration_s", "amount"),
        *("currency", "direction", "pinned"),
    ),
}
LINKS: dict[str, dict[str, str]] = {
    "company": {"parent": "company", "owner": "user"},
    "contact": {"owner": "user"},
    "activity": {"contact": "contact", "company": "company", "owner": "user"},
}
TAGGED = ("company", "contact", "activity")
REACHED = ("company", "contact")


def blank(kind: str) -> Record:
    """A record of a kind without any value."""
    record: Record = dict.fromkeys((*VALUES[kind], *LINKS.get(kind, ())))
    if kind in REACHED:
        record["points"] = {}
    if kind == "contact":
        record["roles"] = {}
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
    links = LINKS.get(kind, {})
    uids = {table: _uids(connection, table) for table in {kind, *links.values(), "tag", "company"}}
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
        selected = ", ".join(_POINT)
        for owner, uid, *rest in connection.exec_driver_sql(f"SELECT {kind}_id, uid, {selected} FROM {kind}_point"):
            records[owner]["points"][uid.hex()] = dict(zip(_POINT, rest, strict=True))
    if kind == "contact":
        names = ("role", "is_primary", "started_on", "ended_on")
        sql = f"SELECT contact_id, uid, company_id, {', '.join(names)} FROM contact_company"
        for owner, uid, company, *rest in connection.exec_driver_sql(sql):
            role = {"company": uids["company"][company], **dict(zip(names, rest, strict=True))}
            records[owner]["roles"][uid.hex()] = role
    if kind in TAGGED:
        for owner, tag in connection.exec_driver_sql(f"SELECT {kind}_id, tag_id FROM {kind}_tag"):
            records[owner]["tags"][uids["tag"][tag]] = {}
    return {(kind, uids[kind][local_id]): record for local_id, record in records.items()}
