"""Finds the records that rows of a file stand for, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from sqlalchemy import Connection

from services.errors import InvalidValue
from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.store.documents import sliced
from services.store.queries.pages import marks
from services.values.text import fold

_BY_COLUMN: Final = {
    (EntityKind.CONTACT, "external_key"): "external_key",
    (EntityKind.CONTACT, "name"): "sort_name",
    (EntityKind.COMPANY, "external_key"): "external_key",
    (EntityKind.COMPANY, "name"): "sort_name",
    (EntityKind.ACTIVITY, "external_key"): "external_key",
    (EntityKind.LEAD, "external_key"): "external_key",
    (EntityKind.LEAD, "name"): "sort_name",
    (EntityKind.DEAL, "external_key"): "external_key",
    (EntityKind.DEAL, "title"): "sort_name",
    (EntityKind.TASK, "external_key"): "external_key",
    (EntityKind.TASK, "title"): "sort_name",
}
_BY_POINT: Final = frozenset(
    {
        (EntityKind.CONTACT, "email"),
        (EntityKind.CONTACT, "phone"),
        (EntityKind.COMPANY, "phone"),
        (EntityKind.LEAD, "email"),
        (EntityKind.LEAD, "phone"),
    }
)

_BY_DOMAIN: Final = (EntityKind.COMPANY, "domain")


def known_keys(entity: EntityKind) -> list[str]:
    """The fields by which records of this kind can be matched."""
    return sorted({name for kind, name in (*_BY_COLUMN, *_BY_POINT, _BY_DOMAIN) if kind is entity})


def check_key(entity: EntityKind, key: str) -> None:
    """Raise InvalidValue for a field that cannot be a key."""
    if key not in known_keys(entity) and not key.startswith(CUSTOM_PREFIX):
        raise InvalidValue(
            f"“{key}” cannot be the key of {entity} rows",
            f"Use one of: {', '.join(known_keys(entity))}, or custom.NAME.",
            field="key",
        )


def ids_by_key(connection: Connection, entity: EntityKind, key: str, values: Iterable[str]) -> dict[str, int]:
    """The oldest living record for each key value that names one; values in normal form."""
    found: dict[str, int] = {}
    for chunk in sliced(values):
        for value, local_id in connection.exec_driver_sql(_statement(entity, key, chunk), tuple(chunk)):
            found.setdefault(value, local_id)
    return found


def _statement(entity: EntityKind, key: str, chunk: list[str]) -> str:
    if (entity, key) in _BY_POINT:
        return (
            f"SELECT p.normal, t.id FROM {entity}_point p JOIN {entity} t ON t.id = p.{entity}_id "
            f"WHERE p.normal IN ({marks(chunk)}) AND p.kind = '{key}' AND t.deleted_at IS NULL ORDER BY t.id"
        )
    if (entity, key) == _BY_DOMAIN:
        return (
            "SELECT d.domain, t.id FROM company_domain d JOIN company t ON t.id = d.company_id "
            f"WHERE d.domain IN ({marks(chunk)}) AND t.deleted_at IS NULL ORDER BY t.id"
        )
    column = _BY_COLUMN[entity, key]
    return (
        f"SELECT t.{column}, t.id FROM {entity} t WHERE t.{column} IN ({marks(chunk)}) "
        "AND t.deleted_at IS NULL ORDER BY t.id"
    )


def ids_by_custom(connection: Connection, entity: EntityKind, field_uid: str) -> dict[str, int]:
    """Every living record by the text of one custom field; the oldest wins."""
    sql = (
        f"SELECT json_extract(t.custom, '$.\"' || ? || '\"'), t.id FROM {entity} t "
        "WHERE t.custom IS NOT NULL AND t.deleted_at IS NULL ORDER BY t.id"
    )
    found: dict[str, int] = {}
    for value, local_id in connection.exec_driver_sql(sql, (field_uid,)):
        if value is not None:
            found.setdefault(str(value), local_id)
    return found


def ids_named(connection: Connection, entity: EntityKind, sort_names: Iterable[str]) -> dict[str, list[int]]:
    """All living records under each folded name, oldest first."""
    found: dict[str, list[int]] = {}
    for chunk in sliced(sort_names):
        sql = (
            f"SELECT sort_name, id FROM {entity} WHERE sort_name IN ({marks(chunk)}) AND deleted_at IS NULL ORDER BY id"
        )
        for name, local_id in connection.exec_driver_sql(sql, tuple(chunk)):
            found.setdefault(name, []).append(local_id)
    return found


def contacts_named(connection: Connection, sort_names: Iterable[str]) -> dict[str, list[int]]:
    """All living contacts under each folded name, oldest first."""
    return ids_named(connection, EntityKind.CONTACT, sort_names)


def contacts_called(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """The living contact of each of these names as lists show it; a name that nobody or several have is left out."""
    wanted = {name: fold(name) for name in names}
    orders = {order for form in wanted.values() for order in rotations(form.split())}
    found: dict[str, list[int]] = {}
    for chunk in sliced(sorted(orders)):
        sql = f"SELECT display_name, id FROM contact WHERE sort_name IN ({marks(chunk)}) AND deleted_at IS NULL"
        for name, local_id in connection.exec_driver_sql(sql, tuple(chunk)):
            found.setdefault(fold(name), []).append(local_id)
    return {name: found[form][0] for name, form in wanted.items() if len(found.get(form, ())) == 1}


def rotations(words: Sequence[str]) -> list[str]:
    """A name from each of its words on: contacts are kept in the order of their last names."""
    return [" ".join((*words[start:], *words[:start])) for start in range(len(words))]


def activities_at(
    connection: Connection, pairs: Iterable[tuple[int, int]], link: str = "contact"
) -> dict[tuple[int, int], list[int]]:
    """All living activities of a contact, or of what else they link to, at a moment: pairs of (id, ms UTC)."""
    found: dict[tuple[int, int], list[int]] = {}
    for chunk in sliced(pairs):
        values = ",".join("(?, ?)" for _ in chunk)
        sql = (
            f"WITH wanted(id, at) AS (VALUES {values}) SELECT t.{link}_id, t.occurred_at, t.id FROM wanted w "
            f"JOIN activity t ON t.{link}_id = w.id AND t.occurred_at = w.at "
            "WHERE t.deleted_at IS NULL ORDER BY t.id"
        )
        bound = tuple(value for pair in chunk for value in pair)
        for linked, at, local_id in connection.exec_driver_sql(sql, bound):
            found.setdefault((linked, at), []).append(local_id)
    return found
