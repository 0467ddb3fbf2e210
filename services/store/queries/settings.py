"""The settings of a workspace; a value is JSON text."""

from __future__ import annotations

from sqlalchemy import Connection


def setting_value(connection: Connection, name: str) -> str | None:
    """The value of a setting, None where it has none."""
    sql = "SELECT value FROM setting WHERE name = ? AND deleted_at IS NULL"
    value: str | None = connection.exec_driver_sql(sql, (name,)).scalar()
    return value


def setting_values(connection: Connection) -> dict[str, str]:
    """Every setting that has a value."""
    sql = "SELECT name, value FROM setting WHERE deleted_at IS NULL AND value IS NOT NULL ORDER BY name"
    return {row[0]: row[1] for row in connection.exec_driver_sql(sql)}


def setting_id(connection: Connection, name: str) -> int | None:
    """The local id of a setting, one that was taken away included."""
    found: int | None = connection.exec_driver_sql("SELECT id FROM setting WHERE name = ?", (name,)).scalar()
    return found
