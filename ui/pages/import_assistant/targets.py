"""Where a column can go: every field of the record, labelled points, the user's own fields and new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QCoreApplication

from services.importing.headers import CLOSED_AT, COMPANY_KEY, LABELLED, extra_targets
from services.importing.mapping import ColumnMapping, as_custom
from services.importing.shapes import ColumnShape
from services.records.fields import CUSTOM_KINDS, CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind
from services.records.people import CustomField
from services.values.text import fold
from ui.pages.record.wording import field_name, own_field_label, point_label

_PHONE_LABELS: Final = ("mobile", "work", "home", "main", "fax", "other")
_PLACE_LABELS: Final = ("work", "home")
_FIRST: Final = {
    EntityKind.CONTACT: (
        "full_name",
        "first_name",
        "middle_name",
        "last_name",
        "company",
        "title",
        "email",
        "phone",
        "website",
        "social",
        "address",
        "postal_code",
        "city",
        "region",
        "country",
        "formatted_address",
        "notes",
        "tags",
        "lifecycle",
        "birthday",
    ),
    EntityKind.COMPANY: (
        "name",
        "domain",
        "website",
        "phone",
        "industry",
        "size",
        "address",
        "postal_code",
        "city",
        "region",
        "country",
        "formatted_address",
        "notes",
        "tags",
        "lifecycle",
        "customer_since",
    ),
    EntityKind.LEAD: (
        "name",
        "full_name",
        "first_name",
        "middle_name",
        "last_name",
        "company",
        "title",
        "email",
        "phone",
        "website",
        "social",
        "source",
        "status",
        "score",
        "address",
        "postal_code",
        "city",
        "region",
        "country",
        "formatted_address",
        "notes",
        "tags",
    ),
    EntityKind.DEAL: (
        "title",
        "amount",
        "currency",
        "company",
        COMPANY_KEY,
        "contact",
        "pipeline",
        "stage",
        "status",
        "probability",
        "expected_close",
        CLOSED_AT,
    ),
    EntityKind.TASK: ("title", "due_at", "priority", "status", "contact", "company", "deal", "lead"),
    EntityKind.ACTIVITY: (
        "type",
        "occurred_at",
        "subject",
        "body",
        "contact",
        "company",
        "deal",
        "lead",
        "direction",
        "duration_s",
        "outcome",
    ),
}
"""The usual order of the fields; those that are not named follow."""


@dataclass(frozen=True, slots=True)
class TargetOption:
    """One entry of the list: its text, and where a column goes that is sent there."""

    text: str
    template: ColumnMapping

    @property
    def key(self) -> str:
        """What tells the entry from others."""
        return key_of(self.template)

    def for_column(self, column: str) -> ColumnMapping:
        """The mapping of a column of that name."""
        return replace(self.template, column=column)


def key_of(mapped: ColumnMapping) -> str:
    """What tells the place a column goes to from others."""
    if mapped.custom_name:
        return f"{mapped.target}:{mapped.custom_kind or ''}"
    if mapped.label_column:
        return f"{mapped.target}@{mapped.label_column}"
    return f"{mapped.target}:{mapped.label}" if mapped.label else mapped.target


def options_of(entity: EntityKind, own: Sequence[CustomField]) -> list[TargetOption]:
    """What every column of a file is offered: nothing, the fields in their usual order, the user's own."""
    first = _FIRST[entity]
    extra = extra_targets(entity)
    rest = [name for name in (*FIELDS[entity], *sorted(extra)) if name not in first]
    options = [TargetOption(target_text(ColumnMapping("")), ColumnMapping(""))]
    for name in (*first, *rest):
        if name in FIELDS[entity] or name in extra:
            options.extend(_labelled(name))
    for field in own:
        template = ColumnMapping("", CUSTOM_PREFIX + field.name, FieldKind(field.kind))
        options.append(TargetOption(target_text(template, own), template))
    return options


def options_for(
    column: ColumnShape, current: ColumnMapping, common: Sequence[TargetOption], own: Sequence[CustomField]
) -> list[TargetOption]:
    """What one column is offered: what all are, new fields named after it, and where it goes now."""
    new = _new_fields(column, own)
    options = [common[0], *new[:1], *common[1:], *new[1:]]
    if all(option.key != key_of(current) for option in options):
        options.insert(1, TargetOption(target_text(current, own), replace(current, column="")))
    return options


def target_text(mapped: ColumnMapping, own: Iterable[CustomField] = ()) -> str:
    """What the place a column goes to is called: `Work email`, `Revenue, own`, `Not imported`."""
    if mapped.is_ignored:
        return _tr("Not imported")
    if mapped.custom_name:
        return _custom_text(mapped, own)
    name = _field_text(mapped.target)
    if mapped.label_column:
        return _tr("{field}, label in the file").format(field=name)
    if not mapped.label:
        return name
    if mapped.target == "phone" and mapped.label in ("mobile", "fax"):
        return point_label(mapped.label)
    return _tr("{label} {field}").format(label=point_label(mapped.label).capitalize(), field=_lower_first(name))


def kind_text(kind: FieldKind) -> str:
    """What a kind of field of the user's own is called."""
    known = {
        FieldKind.NUMBER: _tr("number"),
        FieldKind.TEXT: _tr("text"),
        FieldKind.DATE: _tr("date"),
        FieldKind.BOOL: _tr("yes or no"),
        FieldKind.CHOICE: _tr("choice"),
    }
    return known.get(kind, kind.value)


def _labelled(name: str) -> Iterator[TargetOption]:
    labels = ("", *_PHONE_LABELS) if name == "phone" else ("", *_PLACE_LABELS) if name in LABELLED else ("",)
    if name in ("website", "social", "region", "formatted_address"):
        labels = ("",)
    for label in labels:
        template = ColumnMapping("", name, label=label)
        yield TargetOption(target_text(template), template)


def _new_fields(column: ColumnShape, own: Sequence[CustomField]) -> list[TargetOption]:
    """New fields named after the column, of the kind of its values first."""
    proposed = as_custom(column)
    if proposed is None or any(fold(field.name) == fold(proposed.custom_name) for field in own):
        return []
    kinds = sorted(CUSTOM_KINDS, key=lambda kind: kind is not proposed.custom_kind)
    options = []
    for kind in kinds:
        template = replace(proposed, column="", custom_kind=kind)
        text = _tr("New field “{name}”: {kind}").format(name=column.name, kind=kind_text(kind))
        options.append(TargetOption(text, template))
    return options


def _custom_text(mapped: ColumnMapping, own: Iterable[CustomField]) -> str:
    known = next((field for field in own if fold(field.name) == fold(mapped.custom_name)), None)
    if known is not None:
        return _tr("{name}, own").format(name=own_field_label(known))
    # It will be named after the column, which reads better than the name made of it.
    return _tr("{name}, new").format(name=mapped.column or mapped.custom_name)


def _field_text(target: str) -> str:
    known = {
        "full_name": _tr("Full name"),
        "middle_name": _tr("Middle name"),
        "address": _tr("Street"),
        "region": _tr("Region"),
        "postal_code": _tr("Postal code"),
        "formatted_address": _tr("Whole address"),
        CLOSED_AT: _tr("Closed, won or lost"),
        COMPANY_KEY: _tr("Key of the company"),
    }
    return known.get(target) or field_name(target)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportTargets", text)
