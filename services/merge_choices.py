"""What can be chosen in a merge of two records, field by field, and what comes of the choices. Pure.

What can be kept of both may be kept of both. Of two answers about consent the stricter one wins, whatever is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from services.errors import InvalidValue
from services.records.drafts import PointKind
from services.records.duplicates import Side
from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind
from services.records.people import CustomField
from services.store.aggregates import AggregateSpec, Document
from services.store.documents import copied

NewKey = Callable[[], str]
Choices = Mapping[str, Side]
Written = Mapping[str, int]
"""The batch that changed each path of a record last: the greater, the newer."""

CONSENT: Final = "consent."
_NOT_MERGED: Final = frozenset({"source", "created_at", "deleted_at", "merged_into"})
_TOGETHER: Final = {
    "name": ("first_name", "last_name"),
    "lifecycle": ("lifecycle", "churned_at", "churn_reason"),
}
_STRICT: Final = "do_not_contact"


class How(Enum):
    """How two values of a field become one."""

    ONE = auto()
    TEXT = auto()
    STRICT = auto()
    CONSENT = auto()
    POINTS = auto()
    PART = auto()


@dataclass(frozen=True, slots=True)
class Row:
    """One choice of a merge: its name, the paths of the document that it decides, and how its value is typed."""

    name: str
    how: How
    paths: tuple[str, ...]
    kind: FieldKind | None = None

    @property
    def may_both(self) -> bool:
        """Whether both values can be kept."""
        return self.how in (How.TEXT, How.POINTS, How.PART)

    @property
    def locked(self) -> bool:
        """Whether the rule decides alone."""
        return self.how in (How.STRICT, How.CONSENT)


def rows_of(spec: AggregateSpec, mine: Document, other: Document, custom: Mapping[str, CustomField]) -> list[Row]:
    """The choices of a merge of two records; `custom` holds the custom fields by their uid in hexadecimal."""
    grouped = {path: name for name, paths in _TOGETHER.items() for path in paths if paths[0] in mine}
    rows: dict[str, Row] = {}
    for column in spec.columns:
        name = grouped.get(column.name, column.name)
        if column.name in _NOT_MERGED or name in rows:
            continue
        paths = _TOGETHER[name] if column.name in grouped else (column.name,)
        how = How.STRICT if name == _STRICT else How.TEXT if name == "notes" else How.ONE
        known = FIELDS[spec.entity].get(column.name)
        rows[name] = Row(name, how, paths, known.kind if known is not None else None)
    for part in spec.parts:
        rows.update((row.name, row) for row in _rows_of_part(part.name, mine, other))
    named = {key: custom[key].name if key in custom else key for key in mine["custom"].keys() | other["custom"].keys()}
    for key in sorted(named, key=lambda key: named[key]):
        kind = FieldKind(custom[key].kind) if key in custom else None
        row = Row(f"{CUSTOM_PREFIX}{named[key]}", How.ONE, (f"custom/{key}",), kind)
        rows[row.name] = row
    return list(rows.values())


def _rows_of_part(part: str, mine: Document, other: Document) -> Iterable[Row]:
    if part == "points":
        kinds = {point["kind"] for document in (mine, other) for point in document["points"].values()}
        return [Row(kind.value, How.POINTS, ("points",)) for kind in PointKind if kind.value in kinds]
    if part == "consents":
        return [Row(f"{CONSENT}{name}", How.CONSENT, ("consents",)) for name in _channels(mine, other)]
    return [Row(part, How.PART, (part,))]


def _channels(*documents: Document) -> list[str]:
    return sorted({consent["channel"] for document in documents for consent in document["consents"].values()})


def value_of(row: Row, document: Document) -> Any:
    """What the record says in this row, in a form that can be compared; None or an empty set for nothing."""
    if row.how is How.POINTS:
        return {point["normal"] for point in document["points"].values() if point["kind"] == row.name}
    if row.how is How.CONSENT:
        consent = current_consent(document, row.name.removeprefix(CONSENT))
        return None if consent is None else consent[1]["state"]
    if row.how is How.PART:
        return _contents(row.name, document)
    values = tuple(_at(document, path) for path in row.paths)
    return None if all(value in (None, "") for value in values) else values


def leaves_behind(row: Row, mine: Document, other: Document) -> bool:
    """Whether both records say something of a field, not the same, and only one of the two can be kept."""
    one, two = value_of(row, mine), value_of(row, other)
    return row.how is How.ONE and one is not None and two is not None and one != two


def _at(document: Document, path: str) -> Any:
    name, _, key = path.partition("/")
    return document[name].get(key) if key else document[name]


def _contents(part: str, document: Document) -> set[Any]:
    """The elements of a set by what they say, whatever their keys."""
    if part == "tags":
        return set(document[part])
    named = _SAME_ELEMENT.get(part)
    return {tuple(element[name] for name in named) if named else key for key, element in document[part].items()}


_SAME_ELEMENT: Final = {"roles": ("company", "role"), "relations": ("other", "kind"), "domains": ("domain",)}


def check_choices(rows: Iterable[Row], choices: Choices) -> None:
    """Raise InvalidValue for a choice that cannot be made."""
    known = {row.name: row for row in rows}
    for name, side in choices.items():
        row = known.get(name)
        if row is None:
            raise InvalidValue(f"There is no field “{name}” to choose", f"Fields are: {', '.join(known)}.", field=name)
        if row.locked:
            raise InvalidValue(
                f"“{name}” cannot be chosen", "Of two answers about consent the stricter one wins.", field=name
            )
        if side is Side.BOTH and not row.may_both:
            raise InvalidValue(f"Only one value of “{name}” can be kept", "Choose one of the two.", field=name)


def combined(rows: Iterable[Row], mine: Document, other: Document, sides: Choices, new_key: NewKey) -> Document:
    """The kept record with what the merge takes of the other one."""
    after = copied(mine)
    for row in rows:
        side = sides[row.name]
        if row.how is How.CONSENT:
            _take_consent(after, other, row.name.removeprefix(CONSENT), side, new_key)
        elif row.how is How.POINTS:
            _take_points(after, other, row.name, side, new_key)
        elif row.how is How.PART and side is not Side.KEEP:
            after[row.name] = _taken(row.name, after[row.name], other[row.name], side, new_key)
        elif row.how is How.TEXT and side is Side.BOTH:
            texts = [text.strip() for text in (after[row.name], other[row.name]) if text]
            after[row.name] = "\n\n".join(texts)
        elif side is Side.OTHER:
            _take_values(after, other, row.paths)
    return after


def _take_values(after: Document, other: Document, paths: Iterable[str]) -> None:
    for path in paths:
        name, _, key = path.partition("/")
        if not key:
            after[name] = other[name]
        elif key in other[name]:
            after[name][key] = other[name][key]
        else:
            after[name].pop(key, None)


def _ordered(elements: Document) -> list[tuple[str, Document]]:
    """Elements as they are shown: the primary one first, then the oldest."""
    return sorted(elements.items(), key=lambda item: (not item[1].get("is_primary"), item[0]))


def _take_points(after: Document, other: Document, kind: str, side: Side, new_key: NewKey) -> None:
    """The points of one kind of one record or of both, none twice, one of them primary."""
    points = after["points"]
    mine = {key: point for key, point in points.items() if point["kind"] == kind}
    if side is Side.OTHER:
        wanted = {point["normal"] for point in other["points"].values() if point["kind"] == kind}
        for key in [key for key, point in mine.items() if point["normal"] not in wanted]:
            del points[key], mine[key]
    if side is not Side.KEEP:
        by_normal = {point["normal"]: key for key, point in mine.items()}
        for _, point in _ordered(other["points"]):
            if point["kind"] != kind:
                continue
            known = by_normal.get(point["normal"])
            if known is None:
                by_normal[point["normal"]] = known = new_key()
                points[known] = {**point, "is_primary": 0}
            else:
                points[known] = _filled(points[known], point)
    _settle_primary(points, [key for key, point in points.items() if point["kind"] == kind])


def _filled(element: Document, other: Document) -> Document:
    """An element with what another one of the same says where it says nothing."""
    return {name: other.get(name) if value in (None, "") else value for name, value in element.items()}


def same_points_filled(row: Row, mine: Document, other: Document) -> bool:
    """Whether the other record says more of a point that both have: the city of an address, that a number is right."""
    standing = {point["normal"]: point for point in mine["points"].values() if point["kind"] == row.name}
    return any(
        _filled(standing[point["normal"]], point) != standing[point["normal"]]
        for point in other["points"].values()
        if point["kind"] == row.name and point["normal"] in standing
    )


def _settle_primary(elements: Document, keys: Iterable[str]) -> None:
    """One of these elements is primary: of several the oldest, of none the oldest that is there."""
    ranked = sorted(keys, key=lambda key: (not elements[key]["is_primary"], bool(elements[key].get("ended_on")), key))
    for place, key in enumerate(ranked):
        if bool(elements[key]["is_primary"]) != (place == 0):
            elements[key] = {**elements[key], "is_primary": int(place == 0)}


def _taken(part: str, mine: Document, other: Document, side: Side, new_key: NewKey) -> Document:
    """A set of one record or of both, no element twice."""
    if part == "tags":
        return dict(other) if side is Side.OTHER else {**mine, **other}
    named = _SAME_ELEMENT.get(part, ())

    def said(element: Document) -> tuple[Any, ...]:
        return tuple(element[name] for name in named)

    wanted = {said(element) for element in other.values()}
    kept = {key: element for key, element in mine.items() if side is Side.BOTH or said(element) in wanted}
    known = {said(element) for element in kept.values()}
    for _, element in _ordered(other):
        if said(element) not in known:
            known.add(said(element))
            kept[new_key()] = {**element, "is_primary": 0} if "is_primary" in element else dict(element)
    if part == "domains":
        return _numbered(kept)
    if part == "roles":
        _settle_primary(kept, kept)
    return kept


def _numbered(domains: Document) -> Document:
    """Domains in their order, those that came in last at the end."""
    places = {key: place for place, key in enumerate(domains)}
    return {key: {**element, "position": places[key]} for key, element in domains.items()}


# --- Consent ------------------------------------------------------------------------------------------------


def current_consent(document: Document, channel: str) -> tuple[str, Document] | None:
    """The answer that holds on a channel: the one decided last."""
    answers = [(key, consent) for key, consent in document["consents"].items() if consent["channel"] == channel]
    return max(answers, key=lambda item: (item[1]["decided_at"] or 0, item[0]), default=None)


def _take_consent(after: Document, other: Document, channel: str, side: Side, new_key: NewKey) -> None:
    answer = current_consent(other, channel)
    if side is not Side.OTHER or answer is None:
        return
    standing = current_consent(after, channel)
    # None that was given on the kept record after the one that is taken may hold instead of it.
    for key in [key for key, known in after["consents"].items() if known["channel"] == channel]:
        del after["consents"][key]
    after["consents"][standing[0] if standing else new_key()] = dict(answer[1])


def check_named(entity: EntityKind, document: Document) -> None:
    """Raise InvalidValue for a result that nobody could find again."""
    if entity is EntityKind.COMPANY and not (document["name"] or "").strip():
        raise InvalidValue("A company needs a name", "Take the name of the record that has one.", field="name")
    reached = any(point["kind"] in ("email", "phone") for point in document["points"].values())
    if entity is EntityKind.CONTACT and not (document["first_name"] or document["last_name"] or reached):
        raise InvalidValue(
            "A contact needs a name, an email or a phone", "Take the name of the record that has one.", field="name"
        )
