"""Finds a record by its uid or by any unambiguous prefix of it."""

from __future__ import annotations

from sqlalchemy import Connection

from services.errors import NotFound
from services.store.aggregates import AggregateSpec


def resolve(connection: Connection, spec: AggregateSpec, text: str, *, trash: bool = True) -> int:
    """The local id of the record that `text` names. Raises NotFound for none, or for several."""
    digits = text.strip().lower().replace("-", "")
    if not digits or len(digits) > 32 or any(digit not in "0123456789abcdef" for digit in digits):
        raise NotFound(f"“{text}” is no uid", "A uid is 32 hexadecimal digits, or an unambiguous beginning of them.")
    low = bytes.fromhex(digits.ljust(32, "0"))
    high = bytes.fromhex(digits.ljust(32, "f"))
    living = "" if trash else "AND deleted_at IS NULL"
    sql = f'SELECT id FROM "{spec.table}" WHERE uid BETWEEN ? AND ? {living} LIMIT 2'
    found = connection.exec_driver_sql(sql, (low, high)).fetchall()
    if not found:
        raise NotFound(f"There is no {spec.entity} {text}", "Check the uid; lists and searches print it.")
    if len(found) > 1:
        raise NotFound(f"More than one {spec.entity} begins with {text}", "Give more digits of the uid.")
    return int(found[0][0])
