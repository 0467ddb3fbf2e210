"""Parts the records of a list by a value that they share, and counts them."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any, Final

from sqlalchemy import Connection

from services.errors import InvalidValue
from services.filtering.fields import HAVE_POINTS, FilterField, Matching, fields_of, find_field, label_of
from services.filtering.unreadable import nearest
from services.records.fields import LINKED, PLURALS, EntityKind
from services.records.people import CustomField
from services.records.sales import Money
from services.records.saved_views import Group, GroupedList
from services.store.catalogue import CATALOGUE
from services.store.directory import custom_fields
from services.store.queries.listing import ListRequest, list_terms, zone_of
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
_PLAIN_ROW: Final = 2


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
    shared = _shared(connection, entity, grouping_field(entity, by, fields), actor)
    text, bound = condition(connection, entity, where, now=now, actor=actor, fields=fields)
    sql = (
        f'SELECT {shared.expression} AS shared, count(*) FROM "{CATALOGUE[entity].table}" t {shared.join} '
        f"WHERE {text} GROUP BY shared"
    )
    counted: Counter[Any] = Counter()
    for raw, count in connection.exec_driver_sql(sql, bound):
        counted[shared.value(raw)] += count
    return [Group(value, label, counted[key]) for key, value, label in _in_order(connection, shared, counted)]


def grouped_list(
    connection: Connection, entity: EntityKind, request: ListRequest, by: str, *, now: datetime, actor: bytes | None
) -> GroupedList:
    """The ids of a list by group, each in the list's order; one statement, so that counts and rows agree.

    Groups stand as `groups` tells them, the other way round where the list is sorted by them downwards. Those of
    deals tell their sums by currency, that of the most deals first. Raises InvalidValue.
    """
    field = grouping_field(entity, by, custom_fields(connection, entity))
    shared = _shared(connection, entity, field, actor)
    terms = list_terms(connection, entity, request, now=now, actor=actor)
    worth = ", t.amount, t.currency" if entity is EntityKind.DEAL else ""
    sql = (
        f'SELECT t.id, {shared.expression}{worth} FROM "{CATALOGUE[entity].table}" t {shared.join} '
        f"WHERE {terms.condition} ORDER BY {terms.order}"
    )
    raw = connection.connection.driver_connection
    assert raw is not None
    buckets = _buckets(raw.execute(sql, terms.bound), shared)
    downwards = request.descending and find_field(request.sort, {field.name: field}) is not None
    told = _in_order(connection, shared, buckets, downwards=downwards)
    return GroupedList(
        tuple(Group(value, label, len(buckets[key].ids), buckets[key].money) for key, value, label in told),
        tuple(buckets[key].ids for key, _, _ in told),
    )


class _Bucket:
    """The records of one group as they are found."""

    def __init__(self) -> None:
        self.ids = array("q")
        self._deals: Counter[str] = Counter()
        self._total: Counter[str] = Counter()

    def add_worth(self, amount: int | None, currency: str | None) -> None:
        """Take in what a deal is worth; one without an amount counts for nothing."""
        if amount is not None:
            self._deals[currency or ""] += 1
            self._total[currency or ""] += amount

    @property
    def money(self) -> Money:
        """The sums by currency."""
        return tuple((currency, self._total[currency]) for currency, _ in self._deals.most_common())


def _buckets(rows: Iterable[tuple[Any, ...]], shared: _Shared) -> dict[Any, _Bucket]:
    found: dict[Any, _Bucket] = {}
    # Many raw values can mean one (the quarters of an hour of a month): each is looked up once.
    by_raw: dict[Any, _Bucket] = {}
    for row in rows:
        bucket = by_raw.get(row[1])
        if bucket is None:
            bucket = by_raw[row[1]] = found.setdefault(shared.value(row[1]), _Bucket())
        bucket.ids.append(row[0])
        if len(row) > _PLAIN_ROW:
            bucket.add_worth(row[2], row[3])
    return found


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the records of a group have in common: how it is read, what value that means, and who it links to."""

    field: FilterField
    expression: str
    value: Callable[[Any], Any]
    join: str = ""
    linked: str = ""


def _shared(connection: Connection, entity: EntityKind, field: FilterField, actor: bytes | None) -> _Shared:
    if field.matching is Matching.TAG:
        join = f"LEFT JOIN {entity}_tag x ON x.{entity}_id = t.id"
        return _Shared(field, "x.tag_id", _itself, join, linked="tag")
    if field.custom is None and field.matching in _LINKS and field.name in LINKED:
        return _Shared(field, f"t.{field.name}_id", _itself, linked=field.name)
    if field.matching is Matching.DATE:
        value = custom_value(field) if field.custom else f"t.{field.name}"
        return _Shared(field, f"substr({value}, 1, 7)", lambda month: month or None)
    if field.matching in _BY_MONTH:
        # Every zone is whole quarters of an hour from UTC, so that no quarter lies in two months.
        moment = {"created": "t.created_at", "last": LAST.get(entity, "")}.get(field.name, f"t.{field.name}")
        all_day = "coalesce(t.all_day, 0)" if field.matching is Matching.DAY_OR_MOMENT else "0"
        zone = zone_of(connection, actor)
        return _Shared(field, f"({moment} / {_QUARTER_HOUR_MS}) * 2 + {all_day}", lambda raw: _month(raw, zone))
    return _Shared(field, _value(entity, field), lambda value: None if value == "" else value)


def _itself(raw: Any) -> Any:
    return raw


def _in_order(
    connection: Connection, shared: _Shared, found: Collection[Any], *, downwards: bool = False
) -> list[tuple[Any, Any, str]]:
    """Each thing found with its value and its label, in the order of the groups; what is empty comes last."""
    if shared.linked:
        named = [told for told in _links(connection, shared.linked) if told[0] in found]
        if shared.linked == EntityKind.STAGE:
            named = _told_apart(connection, named)
    else:
        named = [(value, value, _label(shared.field, value)) for value in found if value is not None]
        named.sort(key=lambda told: _place(shared.field, told))
    if downwards:
        named.reverse()
    empty = [(None, None, f"No {_empty_name(shared.field).lower()}")] if None in found else []
    return named + empty


def _links(connection: Connection, name: str) -> Iterator[tuple[int, str, str]]:
    """Everything that can be linked to: local id, value and label, in the order in which lists show it."""
    if name == "tag":
        for local_id, label in connection.exec_driver_sql("SELECT id, name FROM tag ORDER BY folded_name, id"):
            yield local_id, label, label
        return
    spec = CATALOGUE[LINKED[name]]
    order = {
        EntityKind.STAGE: "(SELECT p.position FROM pipeline p WHERE p.id = k.pipeline_id), k.position",
        EntityKind.PIPELINE: "k.position",
        EntityKind.USER: "k.name",
    }.get(spec.entity, "k.sort_name")
    sql = f'SELECT k.id, k.uid, k."{spec.name_column}" FROM "{spec.table}" k ORDER BY {order}, k.id'
    for local_id, uid, label in connection.exec_driver_sql(sql):
        yield local_id, uid.hex(), label or ""


def _told_apart(connection: Connection, stages: list[tuple[Any, Any, str]]) -> list[tuple[Any, Any, str]]:
    """Stages that several pipelines call the same are told apart by their pipelines."""
    often = Counter(label for _, _, label in stages)
    sql = "SELECT s.id, p.name FROM stage s JOIN pipeline p ON p.id = s.pipeline_id"
    pipelines = {row[0]: row[1] for row in connection.exec_driver_sql(sql)}
    return [(key, value, f"{label} ({pipelines[key]})" if often[label] > 1 else label) for key, value, label in stages]


def _place(field: FilterField, told: tuple[Any, Any, str]) -> tuple[int, str, str]:
    rank = field.choices.index(told[1]) if told[1] in field.choices else len(field.choices)
    return rank, fold(told[2]), str(told[1])


def _empty_name(field: FilterField) -> str:
    return label_of("tag" if field.matching is Matching.TAG else field.name)


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


def _month(raw: int | None, zone: tzinfo) -> str | None:
    if raw is None:
        return None
    quarter, whole = divmod(raw, 2)
    moment = datetime.fromtimestamp(quarter * _QUARTER_HOUR_MS / 1000, UTC).astimezone(UTC if whole else zone)
    return f"{moment:%Y-%m}"
