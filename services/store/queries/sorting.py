"""The order of a list: by any field that has one, records without a value last, ties by id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.errors import InvalidValue
from services.filtering.fields import HAVE_POINTS, FilterField, Matching, fields_of, find_field
from services.filtering.unreadable import nearest
from services.records.fields import LINKED, PLURALS, EntityKind
from services.records.people import CustomField
from services.store.queries.sources import LAST, POINT_FLAGS, POINTS, custom_value, folded

_WITHOUT_ORDER: Final = frozenset({"tags", "notes", "body", "address", "participants", *POINT_FLAGS})
_AS_KEPT: Final = frozenset(
    {
        Matching.NUMBER,
        Matching.DURATION,
        Matching.MONEY,
        Matching.DATE,
        Matching.MOMENT,
        Matching.DAY_OR_MOMENT,
        Matching.YES_NO,
        Matching.UID,
        Matching.ID,
        Matching.EMAIL,
        Matching.PHONE,
        Matching.URL,
        Matching.DOMAIN,
    }
)


def order_by(
    entity: EntityKind, field: str, *, descending: bool = False, custom_fields: Sequence[CustomField] = ()
) -> str:
    """What stands after ORDER BY for rows under the alias `t`; raises InvalidValue for a field without one."""
    fields = fields_of(entity, custom_fields)
    found = find_field(field, fields)
    if found is None or found.name in _WITHOUT_ORDER:
        known = [name for name in fields if name not in _WITHOUT_ORDER]
        close = nearest(field, known)
        meant = f"Did you mean “{close}”? " if close else ""
        raise InvalidValue(
            f"A list of {PLURALS[entity]} cannot be sorted by “{field}”",
            f"{meant}It can by {', '.join(known)}.",
            field="sort",
        )
    direction = " DESC" if descending else ""
    if found.name == "id":
        return f"t.id{direction}"
    if _always_filled(entity, found):
        return f"{_expression(entity, found)}{direction}, t.id{direction}"
    # Ties go the same way as the values, so that a page can continue after (value, id).
    return f"{_expression(entity, found)}{direction} NULLS LAST, t.id{direction}"


def _always_filled(entity: EntityKind, field: FilterField) -> bool:
    """Whether NULLS LAST would only keep an index from serving."""
    return field.name in ("name", "created", "uid", "occurred_at", "recorded_at")


def _expression(entity: EntityKind, field: FilterField) -> str:
    if field.custom is not None:
        value = custom_value(field)
        return value if field.matching in _AS_KEPT else f"nullif(fold({value}), '')"
    if field.name == "name":
        return "t.sort_name"
    if field.name == "last":
        return LAST[entity]
    if field.name in ("stage", "pipeline"):
        return f"(SELECT k.position FROM {field.name} k WHERE k.id = t.{field.name}_id)"
    if field.matching in (Matching.PERSON, Matching.COMPANY, Matching.TITLE):
        return _name_of_link(field.name)
    if field.name in POINTS and entity in HAVE_POINTS:
        return _primary_point(entity, field)
    column = "t.created_at" if field.name == "created" else f"t.{field.name}"
    if field.matching is Matching.CHOICE:
        return _rank(column, field.choices)
    return column if field.matching in _AS_KEPT else f"nullif({folded(column)}, '')"


def _name_of_link(name: str) -> str:
    order = "sort_name" if name != "owner" else folded("k.name")
    return f"(SELECT {order} FROM {LINKED[name]} k WHERE k.id = t.{name}_id)"


def _primary_point(entity: EntityKind, field: FilterField) -> str:
    kind, column = POINTS[field.name]
    value = f"p.{column}" if field.matching in _AS_KEPT else folded(f"p.{column}")
    return (
        f"(SELECT nullif({value}, '') FROM {entity}_point p WHERE p.{entity}_id = t.id AND p.kind = '{kind}' "
        "ORDER BY p.is_primary DESC, p.uid LIMIT 1)"
    )


def _rank(column: str, choices: Sequence[str]) -> str:
    """Choices in the order in which they follow each other; they are names of this program, not of users."""
    cases = " ".join(f"WHEN '{choice}' THEN {rank}" for rank, choice in enumerate(choices))
    return f"CASE {column} {cases} END"
