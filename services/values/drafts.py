"""A record from the `F=V` pairs of the command line.

Repeated `email` and `phone` give several points, a repeated `domain` several domains, the first of them primary;
`email:work=...` labels a point; `address`, `city` and `country` of one label are one address; `custom.NAME` is
typed by the workspace.
An empty value stands in `fields` as None, for points and tags too: take what is there away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

from services.errors import InvalidValue
from services.records.drafts import PointDraft, RecordDraft, Value
from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind, FieldSpec, Place
from services.values.coercion import Reading, coerce, is_nothing
from services.values.countries import parse_country
from services.values.lists import MARK, joined_list, split_list
from services.values.numbers import parse_currency, parse_money
from services.values.points import (
    address_point,
    email_points,
    phone_points,
    point_label,
    settled,
    social_point,
    url_point,
)
from services.values.tags import split_tags
from services.values.unreadable import UnreadableValue

_Result = TypeVar("_Result")
_ADDRESS_FIELDS: Final = ("address", "city", "country")
_SINGLE_PARTS: Final = ("company", "contact")
"""Parts of which a field names only the main one: given twice, the last counts."""


@dataclass(slots=True)
class _Gathered:
    """What has been read so far."""

    fields: dict[str, Value] = field(default_factory=dict)
    points: list[PointDraft] = field(default_factory=list)
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    custom: dict[str, Value] = field(default_factory=dict)
    money: dict[str, str] = field(default_factory=dict)


def draft_from_pairs(
    entity: EntityKind,
    pairs: Sequence[tuple[str, str]],
    reading: Reading,
    custom_kinds: Mapping[str, FieldKind],
) -> RecordDraft:
    """The draft that the pairs describe; raises InvalidValue for an unknown field or an unreadable value."""
    gathered = _Gathered()
    region = _region(pairs, reading)
    for name, text in pairs:
        if name.startswith(CUSTOM_PREFIX):
            custom = name.removeprefix(CUSTOM_PREFIX)
            gathered.custom[custom] = coerce(_custom_spec(custom, custom_kinds), text, reading)
        else:
            _read_pair(gathered, entity, name, text, reading=reading, region=region)
    _settle_money(gathered, reading)
    points = [*gathered.points, *_addresses(gathered)]
    return RecordDraft(gathered.fields, settled(points), tuple(dict.fromkeys(gathered.tags)), gathered.custom)


def _region(pairs: Sequence[tuple[str, str]], reading: Reading) -> str:
    """The region in which phones of this record are dialled: its country, if it says one."""
    for name, text in pairs:
        if name.partition(":")[0] == "country" and not is_nothing(text):
            return _country(text)
    return reading.default_region


def _country(text: str) -> str:
    return _named("country", lambda: parse_country(text))


def _custom_spec(name: str, custom_kinds: Mapping[str, FieldKind]) -> FieldSpec:
    kind = custom_kinds.get(name)
    if kind is None:
        known = ", ".join(CUSTOM_PREFIX + known for known in sorted(custom_kinds)) or "none yet"
        raise InvalidValue(f"There is no custom field “{name}”", f"Custom fields: {known}.", field=CUSTOM_PREFIX + name)
    return FieldSpec(CUSTOM_PREFIX + name, kind)


def _read_pair(gathered: _Gathered, entity: EntityKind, name: str, text: str, *, reading: Reading, region: str) -> None:
    spec, label = _spec(entity, name)
    if spec.kind is FieldKind.TAGS:
        tags = split_tags(text)
        gathered.tags.extend(tags)
        if not tags:
            gathered.fields[spec.name] = None
    elif spec.place is Place.POINT:
        _read_point(gathered, spec, label, text, region=region)
    elif spec.kind is FieldKind.MONEY or spec.kind is FieldKind.CURRENCY:
        gathered.money[spec.name] = text
    else:
        value = coerce(spec, text, reading)
        before = gathered.fields.get(spec.name)
        if spec.place is Place.PART and value and before and spec.name not in _SINGLE_PARTS:
            value = joined_list(split_list(f"{before}{MARK}{value}"))
        gathered.fields[spec.name] = value


def _spec(entity: EntityKind, name: str) -> tuple[FieldSpec, str]:
    known = FIELDS.get(entity)
    base, _, label = name.partition(":")
    spec = known.get(base) if known is not None else None
    if spec is None or (label and spec.place is not Place.POINT):
        names = ", ".join([*(known or ()), CUSTOM_PREFIX + "NAME"])
        raise InvalidValue(f"There is no field “{name}”", f"Fields of a {entity}: {names}.", field=name)
    return spec, point_label(label)


def _read_point(gathered: _Gathered, spec: FieldSpec, label: str, text: str, *, region: str) -> None:
    if is_nothing(text):
        gathered.fields[spec.name] = None
    elif spec.name in _ADDRESS_FIELDS:
        gathered.addresses.setdefault(label, {})[spec.name] = text
    else:
        gathered.points += _named(spec.name, lambda: _points(spec, label, text, region))


def _points(spec: FieldSpec, label: str, text: str, region: str) -> list[PointDraft]:
    if spec.kind is FieldKind.EMAIL:
        return email_points(text, label)
    if spec.kind is FieldKind.PHONE:
        return phone_points(text, region, label)
    return [social_point(text, label) if spec.name == "social" else url_point(text, label)]


def _addresses(gathered: _Gathered) -> list[PointDraft]:
    points = []
    for label, parts in gathered.addresses.items():
        country = parts.get("country", "")
        code = _country(country) if country else ""
        point = address_point(street=parts.get("address", ""), city=parts.get("city", ""), country=code, label=label)
        if point is not None:
            points.append(point)
    return points


def _settle_money(gathered: _Gathered, reading: Reading) -> None:
    """Amount and currency together: the currency decides how many minor units a major one has."""
    amount, currency = gathered.money.get("amount"), gathered.money.get("currency")
    chosen = reading.default_currency
    if currency is not None:
        gathered.fields["currency"] = None
        if not is_nothing(currency):
            chosen = _named("currency", lambda: parse_currency(currency, reading.default_currency))
            gathered.fields["currency"] = chosen
    if amount is None:
        return
    if is_nothing(amount):
        gathered.fields["amount"] = None
        return
    money = _named("amount", lambda: parse_money(amount, reading.decimal_mark, chosen))
    if currency is not None and money.currency != chosen:
        raise InvalidValue(f"“{amount}” is not in {chosen}", "Write amount and currency alike.", field="amount")
    gathered.fields["amount"] = money.minor_units
    gathered.fields["currency"] = money.currency or None


def _named(name: str, read: Callable[[], _Result]) -> _Result:
    """What `read` gives; an unreadable value is raised again with the name of its field."""
    try:
        return read()
    except UnreadableValue as unreadable:
        raise unreadable.at(name) from None
