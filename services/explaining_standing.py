"""A document of the ledger as a card: values by contract name, links by name. Pure: reads nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any, Final

from babel.numbers import get_currency_precision

from services.clock import from_millis
from services.explaining_values import Wording, field_of
from services.records.fields import CUSTOM_PREFIX, EntityKind, FieldKind
from services.store.aggregates import AggregateSpec, ColumnSpec, Document, PartSpec
from services.store.catalogue import display_name, domains_of, main_company
from services.store.sales_aggregates import lead_display_name, main_contact

_POINT_NAMES: Final = {"email": "email", "phone": "phone", "url": "website", "social": "social", "address": "address"}
_HIDDEN: Final = frozenset({"position", "sequence", "digest", "calendar_uid", "all_day", "deleted_at"})


def name_of(spec: AggregateSpec, document: Document) -> str:
    """What a record was called; nothing for one of whom that was erased."""
    if spec.entity in (EntityKind.CONTACT, EntityKind.LEAD):
        left = {key: point for key, point in document["points"].items() if point["raw"] is not None}
        named = {**document, "points": left}
        return display_name(named) if spec.entity is EntityKind.CONTACT else lead_display_name(named)
    return str(document.get(spec.name_column) or "")


def card_fields(spec: AggregateSpec, document: Document, words: Wording) -> dict[str, Any]:
    """Every value that a record had, as JSON holds it; money in major units."""
    fields = {
        column.name: _value(spec, column, document, words)
        for column in spec.columns
        if document[column.name] is not None and column.name not in _HIDDEN
    }
    for name, uid, kind in (
        ("company", main_company(document) if "roles" in document else None, EntityKind.COMPANY),
        ("contact", main_contact(document) if "contacts" in document else None, EntityKind.CONTACT),
    ):
        if uid is not None:
            fields[name] = _named(words, kind, uid)
    for part in spec.parts:
        _add_part(part, document, words, fields)
    for key, value in sorted(document.get("custom", {}).items()):
        is_flag = words.custom_kinds.get(key) == FieldKind.BOOL
        fields[CUSTOM_PREFIX + words.custom_label(key)] = bool(value) if is_flag else value
    return fields


def _value(spec: AggregateSpec, column: ColumnSpec, document: Document, words: Wording) -> Any:
    value = document[column.name]
    if column.link is not None:
        return _named(words, column.link, value)
    known = field_of(spec.entity, column.name)
    kind = known.kind if known is not None else None
    if kind is FieldKind.BOOL:
        return bool(value)
    if kind is FieldKind.MONEY:
        return value / 10 ** get_currency_precision(document.get("currency") or "EUR")
    if kind is FieldKind.DATE:
        return date.fromisoformat(value)
    if kind is FieldKind.DAY_OR_MOMENT and document.get("all_day"):
        return from_millis(value).date()
    is_moment = kind in (FieldKind.MOMENT, FieldKind.DAY_OR_MOMENT) or column.name.endswith("_at")
    return from_millis(value) if is_moment and isinstance(value, int) else value


def _named(words: Wording, entity: EntityKind, uid: str) -> str:
    return words.names.get((entity, uid)) or uid


def _add_part(part: PartSpec, document: Document, words: Wording, fields: dict[str, Any]) -> None:
    elements = document[part.name]
    if not elements:
        return
    if part.key_link is not None:
        fields[part.name] = sorted((_named(words, part.key_link, key) for key in elements), key=str.casefold)
    elif part.name == "points":
        _add_points(elements, fields)
    elif part.name == "domains":
        fields["domain"] = domains_of(document)
    else:
        fields[part.name] = [_element(part, element, words) for _, element in sorted(elements.items())]


def _add_points(elements: Document, fields: dict[str, Any]) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for _, point in sorted(elements.items(), key=lambda item: (not item[1]["is_primary"], item[0])):
        places = [point[name] for name in ("raw", "postal_code", "city", "region", "country")]
        shown = ", ".join(place for place in places if place)
        found[_POINT_NAMES.get(point["kind"], str(point["kind"]))].append(shown or "(erased)")
    fields.update(found)


def _element(part: PartSpec, element: Document, words: Wording) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for column in part.columns:
        value = element[column.name]
        if value is None:
            continue
        if column.link is not None:
            told[column.name] = _named(words, column.link, value)
        elif column.name.startswith("is_"):
            told[column.name] = bool(value)
        else:
            told[column.name] = from_millis(value) if column.name.endswith("_at") else value
    return told
