"""The columns of a csv export: contract fields, contact points as numbered label and value, custom fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from babel.numbers import get_currency_precision

from services.exporting.events import EVENT_COLUMNS
from services.exporting.naming import PEOPLE, Names
from services.records.drafts import PointKind
from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind, Place
from services.records.people import CustomField, Point, RecordCard
from services.values.lists import joined_list

_POINT_NAMES: Final = {
    PointKind.EMAIL: "E-mail",
    PointKind.PHONE: "Phone",
    PointKind.URL: "Website",
    PointKind.SOCIAL: "Social",
}
_ADDRESS: Final = (
    ("Label", "label"),
    ("Street", "raw"),
    ("City", "city"),
    ("Region", "region"),
    ("Postal Code", "postal_code"),
    ("Country", "country"),
)


_NO_NAMES: Final[Names] = {}
_FLAGS: Final = (("Verified", "verified"), ("Bounced", "bounced"))


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns a file has: as many points of each kind as the record with the most of them."""

    entity: EntityKind
    fields: tuple[str, ...]
    points: Mapping[PointKind, int]
    flagged: frozenset[PointKind]
    custom: tuple[CustomField, ...]
    headers: tuple[str, ...]


def layout_of(
    entity: EntityKind,
    points: Mapping[PointKind, int],
    custom: Sequence[CustomField],
    flagged: frozenset[PointKind] = frozenset(),
) -> Layout:
    """The columns for records of a kind; points of `flagged` kinds tell whether they were verified and bounced."""
    fields = tuple(name for name, spec in FIELDS[entity].items() if spec.place is not Place.POINT)
    if entity is EntityKind.DEAL:
        fields += (PEOPLE,)
    elif entity is EntityKind.EVENT:
        fields += EVENT_COLUMNS
    headers = list(fields)
    for kind, name in _POINT_NAMES.items():
        for number in range(1, points.get(kind, 0) + 1):
            headers += [f"{name} {number} - Label", f"{name} {number} - Value"]
            headers += [f"{name} {number} - {flag}" for flag, _ in _FLAGS if kind in flagged]
    for number in range(1, points.get(PointKind.ADDRESS, 0) + 1):
        headers += [f"Address {number} - {part}" for part, _ in _ADDRESS]
        headers += [f"Address {number} - {flag}" for flag, _ in _FLAGS if PointKind.ADDRESS in flagged]
    headers += [f"{CUSTOM_PREFIX}{field.name}:{field.kind}" for field in custom]
    return Layout(entity, fields, points, flagged, tuple(custom), tuple(headers))


def row_of(layout: Layout, card: RecordCard, names: Names = _NO_NAMES) -> list[str]:
    """The cells of one record; `names` stand in place of names that others have too."""
    cells = [names.get((card.id, name)) or _cell(layout.entity, name, card) for name in layout.fields]
    for kind in _POINT_NAMES:
        mine = [point for point in card.points if point.kind is kind]
        for index in range(layout.points.get(kind, 0)):
            point = mine[index] if index < len(mine) else None
            cells += ["", ""] if point is None else [point.label, point.raw]
            cells += _flags(layout, kind, point)
    addresses: list[Point | None] = [point for point in card.points if point.kind is PointKind.ADDRESS]
    addresses += [None] * (layout.points.get(PointKind.ADDRESS, 0) - len(addresses))
    for point in addresses:
        cells += ["" if point is None else getattr(point, attribute) for _, attribute in _ADDRESS]
        cells += _flags(layout, PointKind.ADDRESS, point)
    cells += [written(FieldKind(field.kind), card.custom.get(field.name)) for field in layout.custom]
    return cells


def _flags(layout: Layout, kind: PointKind, point: Point | None) -> list[str]:
    """Whether a point was verified and bounced, in words; nothing where it is not known."""
    if kind not in layout.flagged:
        return []
    return ["yes" if point is not None and getattr(point, attribute) else "" for _, attribute in _FLAGS]


def _cell(entity: EntityKind, name: str, card: RecordCard) -> str:
    if name == "tags":
        return ", ".join(f'"{tag}"' if "," in tag else tag for tag in card.tags)
    if name == "owner":
        return card.owner
    if name not in FIELDS[entity]:
        return ""
    if name == "participants":
        return joined_list(person.key for person in card.participants)
    value = card.fields.get(name)
    kind = FIELDS[entity][name].kind
    if kind is FieldKind.MONEY and value is not None:
        return money(value, str(card.fields.get("currency") or "EUR"))
    return written(kind, value)


def money(minor: int, currency: str) -> str:
    """An amount in major units, exact."""
    digits = get_currency_precision(currency)
    return f"{Decimal(minor).scaleb(-digits):.{digits}f}"


def written(kind: FieldKind, value: Any) -> str:
    """A value as text that the import reads back."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if kind is FieldKind.BOOL or isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
