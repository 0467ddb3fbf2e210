"""What changed between two documents, and how to carry a change forward or back. Pure: does no I/O.

A change is a flat map from path to a pair (before, after). Paths are `column`, `custom/<field uid>`,
`part/<element>` for an element that came or went, and `part/<element>/<column>` for a change inside one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from services.records.fields import EntityKind
from services.store.aggregates import AggregateSpec, ColumnSpec, Document, PartSpec
from services.store.catalogue import CATALOGUE

Pair = tuple[Any, Any]
Pairs = dict[str, Pair]

_ABSENT: Pair = (None, None)


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed, kept apart by whether it is personal."""

    fields: Pairs
    personal: Pairs

    def __bool__(self) -> bool:
        return bool(self.fields or self.personal)


def difference(
    spec: AggregateSpec, before: Document, after: Document, *, open_custom: Collection[str] = ()
) -> Difference:
    """Compare two documents; `open_custom` names the custom fields that are not personal."""
    fields: Pairs = {}
    personal: Pairs = {}
    for column in spec.columns:
        old, new = before[column.name], after[column.name]
        if old != new:
            (personal if column.personal else fields)[column.name] = (old, new)
    for part in spec.parts:
        if before[part.name] != after[part.name]:
            _compare_part(part, before[part.name], after[part.name], fields, personal)
    if spec.has_custom and before["custom"] != after["custom"]:
        for key in before["custom"].keys() | after["custom"].keys():
            old, new = before["custom"].get(key), after["custom"].get(key)
            if old != new:
                (fields if key in open_custom else personal)[f"custom/{key}"] = (old, new)
    return Difference(fields, personal)


def _compare_part(part: PartSpec, before: Document, after: Document, fields: Pairs, personal: Pairs) -> None:
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        if old == new:
            continue
        if old is None or new is None:
            _whole_element(part, f"{part.name}/{key}", (old, new), fields, personal)
            continue
        for column in part.columns:
            if old[column.name] != new[column.name]:
                pair = (old[column.name], new[column.name])
                (personal if column.personal else fields)[f"{part.name}/{key}/{column.name}"] = pair


def _whole_element(part: PartSpec, path: str, pair: Pair, fields: Pairs, personal: Pairs) -> None:
    """An element that came or went: its open values always, its personal values where there are any."""
    for target, wanted in ((fields, False), (personal, True)):
        halves = [
            None
            if side is None
            else {c.name: side[c.name] for c in part.columns if c.personal is wanted and side[c.name] is not None}
            for side in pair
        ]
        if not wanted or any(halves):
            target[path] = (halves[0], halves[1])


def creation(spec: AggregateSpec, document: Document, *, open_custom: Collection[str] = ()) -> Difference:
    """The change that makes a record: every value that is not empty."""
    names = _names_of(spec.entity)
    fields: Pairs = {name: (None, document[name]) for name in names.open if document[name] is not None}
    personal: Pairs = {name: (None, document[name]) for name in names.personal if document[name] is not None}
    for part, part_names in zip(spec.parts, names.parts, strict=True):
        for key, element in document[part.name].items():
            path = f"{part.name}/{key}"
            fields[path] = (None, {name: element[name] for name in part_names.open if element[name] is not None})
            hidden = {name: element[name] for name in part_names.personal if element[name] is not None}
            if hidden:
                personal[path] = (None, hidden)
    if spec.has_custom:
        for key, value in document["custom"].items():
            (fields if key in open_custom else personal)[f"custom/{key}"] = (None, value)
    return Difference(fields, personal)


@dataclass(frozen=True, slots=True)
class _Names:
    """Column names by whether they are personal, worked out once a kind of record."""

    open: tuple[str, ...]
    personal: tuple[str, ...]
    parts: tuple[_Names, ...] = ()


def _sorted_out(columns: Iterable[ColumnSpec], parts: tuple[_Names, ...] = ()) -> _Names:
    listed = list(columns)
    return _Names(
        tuple(column.name for column in listed if not column.personal),
        tuple(column.name for column in listed if column.personal),
        parts,
    )


@cache
def _names_of(entity: EntityKind) -> _Names:
    spec = CATALOGUE[entity]
    return _sorted_out(spec.columns, tuple(_sorted_out(part.columns) for part in spec.parts))


def _split(path: str) -> list[str]:
    return path.split("/")


def _element(part: PartSpec, values: Document) -> Document:
    return {column.name: values.get(column.name) for column in part.columns}


def current(spec: AggregateSpec, document: Document, path: str) -> Any:
    """The value that stands at `path` in a document."""
    keys = _split(path)
    value: Any = document.get(keys[0])
    for key in keys[1:]:
        if value is None:
            return None
        value = value.get(key)
    return value


def put(spec: AggregateSpec, document: Document, path: str, value: Any) -> None:
    """Set what stands at `path`; None takes an element or a custom value away."""
    keys = _split(path)
    if len(keys) == 1:
        document[path] = value
        return
    holder = document[keys[0]]
    if len(keys) == 3:
        if keys[1] in holder:
            holder[keys[1]] = {**holder[keys[1]], keys[2]: value}
    elif value is None:
        holder.pop(keys[1], None)
    elif keys[0] == "custom":
        holder[keys[1]] = value
    else:
        part = spec.part_named(keys[0])
        assert part is not None
        holder[keys[1]] = _element(part, value)


def merged(fields: Pairs, personal: Pairs | None) -> Pairs:
    """Both halves of a change as one map; the halves of an element are put together again."""
    if not personal:
        return fields
    result = dict(fields)
    for path, pair in personal.items():
        other = result.get(path)
        if other is None:
            result[path] = pair
        else:
            old, new = (
                None if mine is None and theirs is None else {**(mine or {}), **(theirs or {})}
                for mine, theirs in zip(other, pair, strict=True)
            )
            result[path] = (old, new)
    return result


def _same(spec: AggregateSpec, path: str, standing: Any, recorded: Any) -> bool:
    """Whether what stands equals what was recorded; a recorded element leaves out its empty values."""
    if isinstance(recorded, dict) and isinstance(standing, dict) and "/" in path:
        part = spec.part_named(_split(path)[0])
        return part is not None and standing == _element(part, recorded)
    return bool(standing == recorded)


def _has_lost_its_element(document: Document, path: str) -> bool:
    keys = _split(path)
    return len(keys) == 3 and keys[1] not in document[keys[0]]


def forward(spec: AggregateSpec, document: Document, pairs: Pairs) -> None:
    """Carry a change out on a document, whatever stood there."""
    for path, (_, after) in ordered(pairs):
        put(spec, document, path, after)


def backward(spec: AggregateSpec, document: Document, pairs: Pairs) -> list[str]:
    """Take a change back where its result still stands; return the paths that were changed since."""
    left_alone = []
    for path, (before, after) in ordered(pairs):
        if not _has_lost_its_element(document, path) and _same(spec, path, current(spec, document, path), after):
            put(spec, document, path, before)
        else:
            left_alone.append(path)
    return left_alone


def ordered(pairs: Pairs) -> Iterator[tuple[str, Pair]]:
    """Paths with whole elements before what changed inside them, so that an element exists when it is edited."""
    yield from sorted(pairs.items(), key=lambda item: (item[0].count("/"), item[0]))
