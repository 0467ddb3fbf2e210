"""Values of records in words: names for links, major units for money, the user's clock for times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, tzinfo
from typing import Any, Final

from babel.numbers import get_currency_precision

from services.clock import from_millis
from services.filtering.fields import label_of
from services.records.fields import FIELDS, EntityKind, FieldKind, FieldSpec
from services.store.aggregates import ColumnSpec
from services.store.queries.explaining import Names

_LONGEST: Final = 120
_MOMENTS: Final = frozenset({"created_at", "deleted_at", "decided_at", "converted_at", "occurrence_at", "started_at"})
_FLAGS: Final = frozenset({"is_primary", "is_organizer", "verified", "bounced", "all_day", "pinned", "descending"})
_PERCENT: Final = frozenset({"probability"})
_CODES: Final = frozenset({"status", "lifecycle", "type", "direction", "priority", "kind", "role", "state", "response"})


@dataclass(frozen=True, slots=True)
class Wording:
    """What values are told with: the names of links, the kinds of custom fields, the zone of the reader."""

    entity: EntityKind
    names: Names
    custom_kinds: Mapping[str, str] = field(default_factory=dict)
    zone: tzinfo = UTC

    def label(self, name: str) -> str:
        """What a field is called in a sentence."""
        return label_of(name.removesuffix("_at").removesuffix("_id") if name != "at" else name).lower()

    def custom_label(self, key: str) -> str:
        """What a custom field is called."""
        return self.names.get((EntityKind.CUSTOM_FIELD, key)) or "a field that is gone"

    def linked(self, entity: EntityKind, uid: str) -> str:
        """What a linked record is called, in quotation marks."""
        name = self.names.get((entity, uid))
        return f"“{name}”" if name else f"a {entity.value} without a name ({uid[:12]})"

    def value(self, column: ColumnSpec, value: Any, currency: str = "") -> str:
        """A value of a column in words."""
        if column.link is not None:
            return self.linked(column.link, value)
        return self.plain(column.name, value, currency)

    def plain(self, name: str, value: Any, currency: str = "") -> str:
        """A value that is no link in words."""
        spec = field_of(self.entity, name)
        kind = spec.kind if spec is not None else None
        if kind is FieldKind.BOOL or name in _FLAGS:
            return "yes" if value else "no"
        if kind is FieldKind.MONEY and isinstance(value, int):
            return money(value, currency)
        if isinstance(value, int) and (kind in (FieldKind.MOMENT, FieldKind.DAY_OR_MOMENT) or name in _MOMENTS):
            return self.moment(value)
        if kind is FieldKind.DATE and isinstance(value, str):
            return day(value)
        if name in _PERCENT:
            return f"{value} %"
        if name in _CODES:
            return str(value).replace("_", " ")
        return quoted(value)

    def custom(self, key: str, value: Any) -> str:
        """A custom value in words."""
        kind = self.custom_kinds.get(key)
        if kind == FieldKind.BOOL:
            return "yes" if value else "no"
        return day(value) if kind == FieldKind.DATE and isinstance(value, str) else quoted(value)

    def moment(self, millis: int) -> str:
        """A moment on the reader's clock."""
        found = from_millis(millis).astimezone(self.zone)
        return f"{found.day} {found:%B %Y, %H:%M}"


def field_of(entity: EntityKind, name: str) -> FieldSpec | None:
    """The field of that name, if records of the kind have one that people fill in."""
    fields = FIELDS.get(entity)
    return fields.get(name) if fields is not None else None


def money(minor: int, currency: str) -> str:
    """An amount in major units."""
    digits = get_currency_precision(currency or "EUR")
    return f"{minor / 10**digits:,.{digits}f} {currency}".strip()


def day(text: str) -> str:
    """A stored day as people write it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return quoted(text)
    return f"{found.day} {found:%B %Y}"


def quoted(value: Any) -> str:
    """A text in quotation marks, cut to what a line holds; a number as it is."""
    if isinstance(value, int | float):
        return f"{value:,}"
    text = " ".join(str(value).split())
    return f"“{text if len(text) <= _LONGEST else text[: _LONGEST - 1] + '…'}”"
