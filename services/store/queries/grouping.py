"""Counts the records of a list by a value that they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from sqlalchemy import Connection

from services.errors import InvalidValue
from services.filtering.fields import HAVE_POINTS, FilterField, Matching, fields_of, find_field, label_of
from services.filtering.unreadable import nearest
from services.records.fields import LINKED, PLURALS, EntityKind
from services.records.people import CustomField
from services.records.saved_views import Group
from services.store.catalogue import CATALOGUE
from services.store.directory import custom_fields
from services.store.queries.listing import zone_of
from services.store.queries.saved_views import condition
from services.store.queries.sources import LAST, POINTS, custom_value
from services.values.countries import country_name
from services.values.text import fold

_LINKS: Final = (Matching.PERSON, Matching.COMPANY, Matching.TITLE, Matching.PIPELINE, Matching.STAGE)
_PLAIN: Final = (Matching.CHOICE, Matching.CODE, Matching.LANGUAGE, Matching.YES_NO, Matching.COUNTRY)
_BY_MONTH: Final = (Matching.MOMENT, Matching.DATE, Matching.DAY_OR_MOMENT)
_WORDS: Final = frozenset(
    {"source", "industry", "city", "outcome", "loss_reason", "competitor", "disqualify_reason", "churn_reason", "title"}
)
"""Texts that many records share."""

_NEVER: Final = frozenset({"participants", "recurrence", "verified", "bounced"})
_QUARTER_HOUR_MS: Final = 900_000


def groupable(entity: EntityKind, fields: Sequence[CustomField] = ()) -> list[str]:
    """The fields by which records of a kind can be grouped."""
    return [name for name, field in fields_of(entity, fields).items() if _can_group(entity, field)]


def grouping_field(entity: EntityKind, by: str, fields: Sequence[CustomField]) -> FilterField:
    """The field that `by` names. Raises InvalidValue for one by which nothing can be grouped."""
    found = find_field(by, fields_of(entity, fields))
    if found is not None and _can_group(entity, found):
        return found
    known = groupable(entity, fields)
    close = nearest(by, known)
    meant = f"Did you mean “{close}”? " if close else ""
    raise InvalidValue(
        f"A list of {PLURALS[entity]} cannot be grouped by “{by}”",
        f"{meant}It can by {', '.join(known)}.",
        field="grouping",
    )


def _can_group(entity: EntityKind, field: FilterField) -> bool:
    if field.name in _NEVER:
        return False
    if field.custom is not None:
        return field.matching in (Matching.CHOICE, Matching.YES_NO, Matching.FOLDED, Matching.DATE)
    if field.name == "title":
        return entity in (EntityKind.CONTACT, EntityKind.LEAD)
    grouped = (*_LINKS, *_PLAIN, *_BY_MONTH, Matching.TAG)
    return field.matching in grouped or field.name in _WORDS


def groups(
    connection: Connection, entity: EntityKind, where: str, by: str, *, now: datetime, actor: bytes | None
) -> list[Group]:
    """How many living records that match have each value, in the order in which lists show it, the empty one last.

    A record with several tags counts under each. Raises InvalidValue.
    """
    fields = custom_fields(connection, entity)
    field = grouping_field(entity, by, fields)
    text, bound = condition(connection, entity, where, now=now, actor=actor, fields=fields)
    if field.matching is Matching.TAG:
        found = _by_tag(connection, entity, text, bound)
    elif field.custom is None and field.matching in _LINKS and field.name in LINKED:
        found = _by_link(connection, entity, field, text, bound)
    elif field.matching in _BY_MONTH:
        found = _by_month(connection, entity, field, text, bound, zone_of(connection, actor))
    else:
        found = _by_value(connection, entity, field, text, bound)
    return [group for group in found if group.value is not None] + [group for group in found if group.value is None]


def _empty(field: str, count: int) -> Group:
    return Group(None, f"No {label_of(field).lower()}", count)


def _by_tag(connection: Connection, entity: EntityKind, text: str, bound: tuple[Any, ...]) -> list[Group]:
    sql = (
        f'SELECT g.name, count(*) FROM "{entity}" t LEFT JOIN {entity}_tag x ON x.{entity}_id = t.id '
        f"LEFT JOIN tag g ON g.id = x.tag_id WHERE {text} GROUP BY g.id ORDER BY g.folded_name"
    )
    rows = connection.exec_driver_sql(sql, bound)
    return [Group(name, name, count) if name else _empty("tag", count) for name, count in rows]


def _by_link(
    connection: Connection, entity: EntityKind, field: FilterField, text: str, bound: tuple[Any, ...]
) -> list[Group]:
    spec = CATALOGUE[LINKED[field.name]]
    order = {
        EntityKind.STAGE: "(SELECT p.position FROM pipeline p WHERE p.id = k.pipeline_id), k.position",
        EntityKind.PIPELINE: "k.position",
        EntityKind.USER: "k.name",
    }.get(spec.entity, "k.sort_name")
    sql = (
        f'SELECT k.uid, k."{spec.name_column}", count(*) FROM "{entity}" t '
        f'LEFT JOIN "{spec.table}" k ON k.id = t.{field.name}_id WHERE {text} GROUP BY k.id ORDER BY {order}, k.id'
    )
    rows = connection.exec_driver_sql(sql, bound)
    return [Group(uid.hex(), name or "", count) if uid else _empty(field.name, count) for uid, name, count in rows]


def _by_value(
    connection: Connection, entity: EntityKind, field: FilterField, text: str, bound: tuple[Any, ...]
) -> list[Group]:
    value = _value(entity, field)
    sql = f'SELECT {value} AS shared, count(*) FROM "{entity}" t WHERE {text} GROUP BY shared'
    counted: Counter[Any] = Counter()
    for shared, count in connection.exec_driver_sql(sql, bound):
        counted[None if shared == "" else shared] += count
    rank = {choice: place for place, choice in enumerate(field.choices)}

    def order(item: tuple[Any, int]) -> tuple[int, str, str]:
        return rank.get(item[0], len(rank)), fold(_label(field, item[0])), str(item[0])

    return [
        _empty(field.name, count) if shared is None else Group(shared, _label(field, shared), count)
        for shared, count in sorted(counted.items(), key=order)
    ]


def _value(entity: EntityKind, field: FilterField) -> str:
    if field.custom is not None:
        return custom_value(field)
    if field.name in POINTS and entity in HAVE_POINTS:
        kind, column = POINTS[field.name]
        return (
            f"(SELECT p.{column} FROM {entity}_point p WHERE p.{entity}_id = t.id AND p.kind = '{kind}' "
            "ORDER BY p.is_primary DESC, p.uid LIMIT 1)"
        )
    return f"t.{field.name}"


def _label(field: FilterField, value: Any) -> str:
    if field.matching is Matching.YES_NO:
        return "Yes" if value else "No"
    if field.matching is Matching.COUNTRY:
        return country_name(str(value)) or str(value)
    if field.matching is Matching.CHOICE and field.custom is None:
        return str(value).replace("_", " ").capitalize()
    return str(value)


def _by_month(
    connection: Connection,
    entity: EntityKind,
    field: FilterField,
    text: str,
    bound: tuple[Any, ...],
    zone: tzinfo,
) -> list[Group]:
    counted: Counter[str | None] = Counter()
    if field.matching is Matching.DATE:
        value = f"substr({custom_value(field) if field.custom else f't.{field.name}'}, 1, 7)"
        for month, count in connection.exec_driver_sql(
            f'SELECT {value} AS month, count(*) FROM "{entity}" t WHERE {text} GROUP BY month', bound
        ):
            counted[month or None] += count
    else:
        # Every zone is whole quarters of an hour from UTC, so that no quarter lies in two months.
        moment = {"created": "t.created_at", "last": LAST.get(entity, "")}.get(field.name, f"t.{field.name}")
        all_day = "t.all_day" if field.matching is Matching.DAY_OR_MOMENT else "0"
        sql = (
            f"SELECT {moment} / {_QUARTER_HOUR_MS} AS quarter, {all_day} AS whole, count(*) "
            f'FROM "{entity}" t WHERE {text} GROUP BY quarter, whole'
        )
        for quarter, whole, count in connection.exec_driver_sql(sql, bound):
            counted[_month(quarter, UTC if whole else zone)] += count
    months = sorted(counted.items(), key=lambda item: item[0] or "")
    return [_empty(field.name, count) if month is None else Group(month, month, count) for month, count in months]


def _month(quarter: int | None, zone: tzinfo) -> str | None:
    if quarter is None:
        return None
    moment = datetime.fromtimestamp(quarter * _QUARTER_HOUR_MS / 1000, UTC).astimezone(zone)
    return f"{moment:%Y-%m}"
