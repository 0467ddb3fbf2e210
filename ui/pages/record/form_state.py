"""What stands in the editor, as plain values; what became different is what is saved. Pure: knows no widget."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from services.records.drafts import PointKind
from services.records.fields import CUSTOM_PREFIX
from services.records.people import RecordCard
from ui.operations.records import AddressText, TypedRecord
from ui.pages.record.moments import Moments

POINT_FIELDS: Final[Mapping[PointKind, str]] = {
    PointKind.EMAIL: "email",
    PointKind.PHONE: "phone",
    PointKind.URL: "website",
    PointKind.SOCIAL: "social",
}


@dataclass(frozen=True, slots=True)
class PointText:
    """One contact point as it is typed."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class FormState:
    """Texts by field (custom fields as `custom.NAME`), contact points by kind, addresses and tags, in order."""

    texts: Mapping[str, str] = field(default_factory=dict)
    points: Mapping[PointKind, tuple[PointText, ...]] = field(default_factory=dict)
    addresses: tuple[AddressText, ...] = ()
    tags: tuple[str, ...] = ()


def state_of(card: RecordCard, moments: Moments) -> FormState:
    """A record as the editor shows it."""
    points: dict[PointKind, tuple[PointText, ...]] = {}
    for kind in POINT_FIELDS:
        mine = [point for point in card.points if point.kind is kind]
        if mine:
            points[kind] = tuple(PointText(point.raw, point.label) for point in mine)
    addresses = tuple(
        AddressText(point.raw, point.postal_code, point.city, point.region, point.country, point.label)
        for point in card.points
        if point.kind is PointKind.ADDRESS
    )
    texts = {name: moments.typed(value) for name, value in card.fields.items() if value is not None}
    texts |= {CUSTOM_PREFIX + name: moments.typed(value) for name, value in card.custom.items() if value is not None}
    texts["owner"] = card.owner
    return FormState(texts, points, addresses, card.tags)


def typed_changes(before: FormState, after: FormState) -> TypedRecord:
    """What has to be said so that a record that looks like `before` looks like `after`."""
    pairs = [(name, text) for name, text in after.texts.items() if text != before.texts.get(name, "")]
    exactly: set[str] = set()
    for kind, name in POINT_FIELDS.items():
        old, new = before.points.get(kind, ()), after.points.get(kind, ())
        if old != new:
            pairs += [(f"{name}:{point.label}" if point.label else name, point.text) for point in new]
            if _takes_away(old, new):
                exactly.add(name)
    addresses: tuple[AddressText, ...] = ()
    if before.addresses != after.addresses:
        addresses = after.addresses
        if any(address not in after.addresses for address in before.addresses):
            exactly.add("address")
    tags = after.tags if before.tags != after.tags else None
    return TypedRecord(tuple(pairs), addresses, tags, frozenset(exactly))


def _takes_away(old: tuple[PointText, ...], new: tuple[PointText, ...]) -> bool:
    """Whether a point goes that the first of the new ones does not simply replace."""
    kept = {point.text for point in new}
    gone = [point for point in old if point.text not in kept]
    if not gone:
        return False
    replaced = gone == [old[0]] and bool(new) and new[0].text not in {point.text for point in old}
    return not replaced
