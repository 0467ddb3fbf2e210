"""What becomes of a record that names another one when that one is merged: it names the one that stays. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from services.records.fields import EntityKind
from services.store.aggregates import AggregateSpec, Document, PartSpec
from services.store.documents import copied
from services.store.queries.merging import MERGED_INTO

Moved = Mapping[str, str]
"""The uid of each record that goes, in hexadecimal, and the uid of the one that stays."""


def redirected(spec: AggregateSpec, uid: str, document: Document, entity: EntityKind, moved: Moved) -> Document:
    """A record that names those that stay where it named others of this kind; nobody is named twice for it."""
    after = copied(document)
    for column in spec.columns:
        if column.link is entity and column.name != MERGED_INTO:
            after[column.name] = moved.get(after[column.name], after[column.name])
    for part in spec.parts:
        if part.key_link is entity:
            after[part.name] = {moved.get(key, key): element for key, element in after[part.name].items()}
        for column in part.columns:
            if column.link is entity:
                _redirect_elements(part, column.name, after, moved)
    settle = _SETTLED.get((spec.entity, entity))
    if settle is not None:
        settle(uid, after, frozenset(moved.values()))
    return after


def _redirect_elements(part: PartSpec, name: str, after: Document, moved: Moved) -> None:
    for key, element in after[part.name].items():
        if element[name] in moved:
            after[part.name][key] = {**element, name: moved[element[name]]}


def _once(elements: Document, staying: frozenset[str], link: str, *others: str) -> None:
    """Of elements that say the same of one who stays, the oldest remains, with what the others say besides."""
    known: dict[tuple[Any, ...], str] = {}
    for key in sorted(elements):
        element = elements[key]
        if element[link] not in staying:
            continue
        said = (element[link], *(str(element[name] or "").casefold() for name in others))
        first = known.setdefault(said, key)
        if first != key:
            elements[first] = _joined(elements[first], elements.pop(key))


def _joined(element: Document, other: Document) -> Document:
    """An element with what another says where it is empty; what is so of one of them is so."""
    return {
        name: max(value, other[name]) if name.startswith("is_") else other[name] if value in (None, "") else value
        for name, value in element.items()
    }


def _activity(_uid: str, after: Document, _staying: frozenset[str]) -> None:
    after["participants"].pop(after["contact"] or "", None)


def _deal(_uid: str, after: Document, staying: frozenset[str]) -> None:
    _once(after["contacts"], staying, "contact")


def _event(_uid: str, after: Document, staying: frozenset[str]) -> None:
    _once(after["attendees"], staying, "contact", "email")


def _relations(uid: str, after: Document, staying: frozenset[str]) -> None:
    after["relations"] = {key: element for key, element in after["relations"].items() if element["other"] != uid}
    _once(after["relations"], staying, "other", "kind")


def _roles(_uid: str, after: Document, staying: frozenset[str]) -> None:
    _once(after["roles"], staying, "company", "role")


def _parent(uid: str, after: Document, _staying: frozenset[str]) -> None:
    if after["parent"] == uid:
        after["parent"] = None


_SETTLED: Final[Mapping[tuple[EntityKind, EntityKind], Callable[[str, Document, frozenset[str]], None]]] = (
    MappingProxyType(
        {
            (EntityKind.ACTIVITY, EntityKind.CONTACT): _activity,
            (EntityKind.DEAL, EntityKind.CONTACT): _deal,
            (EntityKind.EVENT, EntityKind.CONTACT): _event,
            (EntityKind.CONTACT, EntityKind.CONTACT): _relations,
            (EntityKind.CONTACT, EntityKind.COMPANY): _roles,
            (EntityKind.COMPANY, EntityKind.COMPANY): _parent,
        }
    )
)
