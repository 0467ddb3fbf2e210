"""Which column of a file goes where: proposed from names and values, changed by options, saved."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as MappingType
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from services.errors import InvalidValue
from services.importing.content import custom_kind, fits, target_by_content
from services.importing.headers import LABELLED, Target, extra_targets, targets_of
from services.importing.reasons import reason_for
from services.importing.shapes import ColumnShape, Correction, FileShape
from services.records.fields import CUSTOM_KINDS, CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind
from services.values.coercion import Reading
from services.values.dates import DateOrder
from services.values.labels import canonical_label
from services.values.text import fold

IGNORE: Final = "ignore"
VERSION: Final = 1
_BY_VENDOR: Final = 0.99
_BY_NAME: Final = 0.95
_BY_CONTENT: Final = 0.7
_AS_CUSTOM: Final = 0.5
_PROVEN: Final = 0.95
_CUSTOM_NAME: Final = re.compile(r"\w[\w-]*")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where one column goes and how it is read.

    `target` is a contract field, one of `headers.extra_targets`, `custom.NAME` (then with `custom_kind`) or
    "" for a column left out. `label`, or the text in `label_column`, labels a point. `split` is the separator
    of tags or a NameOrder for full names, `unit` that of a duration. `date_order` and `decimal_mark` are set
    where the column is known to differ from the file. `reason` says in words how it is read.
    """

    column: str
    target: str = ""
    custom_kind: FieldKind | None = None
    label: str = ""
    label_column: str = ""
    split: str = ""
    unit: str = ""
    date_order: DateOrder | None = None
    decimal_mark: str = ""
    confidence: float = 0.0
    reason: str = ""

    @property
    def is_ignored(self) -> bool:
        """Whether the column is left out."""
        return not self.target

    @property
    def custom_name(self) -> str:
        """The name of the custom field, "" if the target is none."""
        return self.target.removeprefix(CUSTOM_PREFIX) if self.target.startswith(CUSTOM_PREFIX) else ""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Where every column of a file goes; `source` names the program the file comes from, if it is known."""

    entity: EntityKind
    columns: tuple[ColumnMapping, ...]
    source: str = ""

    @property
    def custom_kinds(self) -> dict[str, FieldKind]:
        """The custom fields that rows will have, by name."""
        return {c.custom_name: c.custom_kind or FieldKind.TEXT for c in self.columns if c.custom_name}

    def with_column(self, changed: ColumnMapping) -> Mapping:
        """The same mapping with one column's place taken by `changed`."""
        columns = tuple(changed if c.column == changed.column else c for c in self.columns)
        return replace(self, columns=columns)

    def fits(self, shape: FileShape) -> bool:
        """Whether the file has every column that this mapping takes."""
        names = set(shape.names)
        return all(column.column in names for column in self.columns if not column.is_ignored)

    def adapted(self, shape: FileShape) -> Mapping:
        """This mapping for the columns of a file in their order; columns it does not know are left out."""
        known = {column.column: column for column in self.columns}
        columns = tuple(known.get(name) or ColumnMapping(name, reason="Not imported") for name in shape.names)
        return replace(self, columns=columns)

    def to_json(self) -> str:
        """The mapping as text, to be saved."""
        columns = [{k: v for k, v in asdict(c).items() if v or k == "target"} for c in self.columns]
        document = {"version": VERSION, "entity": self.entity, "source": self.source, "columns": columns}
        return json.dumps(document, ensure_ascii=False)


def mapping_from_json(text: str) -> Mapping:
    """A mapping saved with `to_json`; raises InvalidValue for any other text."""
    try:
        document: Any = json.loads(text)
        columns = tuple(_column_from(item) for item in document["columns"])
        if document["version"] != VERSION:
            raise ValueError(document["version"])
        return Mapping(EntityKind(document["entity"]), columns, str(document["source"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise InvalidValue("This is no saved mapping", "Map the columns anew.", field="mapping") from error


def _column_from(item: dict[str, Any]) -> ColumnMapping:
    kind, order = item.get("custom_kind"), item.get("date_order")
    return ColumnMapping(
        column=str(item["column"]),
        target=str(item["target"]),
        custom_kind=FieldKind(kind) if kind else None,
        label=str(item.get("label", "")),
        label_column=str(item.get("label_column", "")),
        split=str(item.get("split", "")),
        unit=str(item.get("unit", "")),
        date_order=DateOrder(order) if order else None,
        decimal_mark=str(item.get("decimal_mark", "")),
        confidence=float(item.get("confidence", 0.0)),
        reason=str(item.get("reason", "")),
    )


def propose(
    entity: EntityKind,
    shape: FileShape,
    *,
    reading: Reading | None = None,
    custom_kinds: MappingType[str, FieldKind] | None = None,
    make_custom: bool = False,
) -> Mapping:
    """The mapping that names and values of the columns suggest.

    `reading` is how the file's texts will be read (else its own findings over the defaults); `custom_kinds`
    are the custom fields there are; with `make_custom` every other column becomes a new one.
    """
    base = reading or shape.reading(Reading())
    targets, vendor = targets_of(entity, shape.names)
    by_name = _BY_VENDOR if vendor is not None else _BY_NAME
    existing = {fold(name): (name, kind) for name, kind in (custom_kinds or {}).items()}
    columns = []
    for column, target in zip(shape.columns, _settled(entity, targets, shape), strict=True):
        proposed = _known_column(entity, column, target, base, by_name)
        if proposed is None and target is None:
            proposed = _custom_column(column, existing, make_custom=make_custom)
        columns.append(proposed or ColumnMapping(column.name))
    mapping = Mapping(entity, tuple(columns), vendor.name if vendor is not None else "")
    return explained(mapping, shape, base)


def explained(mapping: Mapping, shape: FileShape, reading: Reading) -> Mapping:
    """The same mapping, saying of each column how it is read under this reading."""
    has_country = any(column.target == "country" for column in mapping.columns)
    shapes = {column.name: column for column in shape.columns}
    columns = tuple(
        replace(
            mapped,
            reason=reason_for(
                mapped.target, mapped.custom_kind, shapes[mapped.column], column_reading(mapped, reading), has_country
            ),
        )
        for mapped in mapping.columns
    )
    return replace(mapping, columns=columns)


def retargeted(mapping: Mapping, shape: FileShape, chosen: ColumnMapping, *, reading: Reading) -> Mapping:
    """The mapping with one column sent where a person chose; how its values are read follows from them."""
    column = next(column for column in shape.columns if column.name == chosen.column)
    settled = replace(
        chosen,
        date_order=_own_order(column, reading),
        decimal_mark=_own_mark(column, reading),
        unit=_unit(column),
        confidence=1.0,
    )
    return explained(mapping.with_column(settled), shape, reading)


def as_custom(column: ColumnShape) -> ColumnMapping | None:
    """The column as a new field of the user's own, of the kind of its values; None for one without any."""
    return _custom_column(column, {}, make_custom=True)


def read_as_told(mapping: Mapping, correction: Correction) -> Mapping:
    """A mapping of another time, with what a person says now in place of what its columns were known to be."""
    columns = tuple(
        replace(
            column,
            date_order=None if correction.date_order else column.date_order,
            decimal_mark="" if correction.decimal_mark else column.decimal_mark,
        )
        for column in mapping.columns
    )
    return replace(mapping, columns=columns)


def _settled(entity: EntityKind, targets: Sequence[Target | None], shape: FileShape) -> list[Target | None]:
    """Targets of all columns seen together: "Name" beside "Vorname" is the family name."""
    fields = [target.field if target is not None else "" for target in targets]
    if "contact" in FIELDS[entity]:
        return _one_contact(targets, shape)
    whole = "name" if entity is EntityKind.LEAD else "full_name"
    if whole not in fields or ("first_name" in fields) == ("last_name" in fields):
        return list(targets)
    missing = Target("last_name" if "first_name" in fields else "first_name")
    return [missing if field == whole else target for field, target in zip(fields, targets, strict=True)]


def _one_contact(targets: Sequence[Target | None], shape: FileShape) -> list[Target | None]:
    """Of several columns that name the contact of a row the one with an e-mail, else the first."""
    named = [index for index, target in enumerate(targets) if target is not None and target.field == "contact"]
    if len(named) < 2:
        return list(targets)
    by_email = [index for index in named if any("@" in value for value in shape.columns[index].samples)]
    chosen = (by_email or named)[0]
    return [None if index in named and index != chosen else target for index, target in enumerate(targets)]


def _known_column(
    entity: EntityKind, column: ColumnShape, target: Target | None, reading: Reading, confidence: float
) -> ColumnMapping | None:
    """The mapping by name if the values fit it, else by content; None if neither says anything."""
    if target is not None and not target.field:
        return ColumnMapping(column.name, confidence=confidence)
    mapped = _mapped(column, target, reading, confidence) if target is not None else None
    if mapped is not None and target is not None and fits(entity, target, column, column_reading(mapped, reading)):
        return mapped
    seen = target_by_content(entity, column)
    return _mapped(column, seen, reading, _BY_CONTENT) if seen is not None else None


def _mapped(column: ColumnShape, target: Target, reading: Reading, confidence: float) -> ColumnMapping:
    return ColumnMapping(
        column.name,
        target.field,
        label=target.label,
        label_column=target.label_column,
        unit=target.unit,
        date_order=_own_order(column, reading),
        decimal_mark=_own_mark(column, reading),
        confidence=confidence,
    )


def _own_order(column: ColumnShape, reading: Reading) -> DateOrder | None:
    """The column's order of day and month where its values prove another one than the file's."""
    guess = column.date_order
    if guess is None or guess.confidence < _PROVEN or guess.order in (DateOrder.YEAR_FIRST, reading.date_order):
        return None
    return guess.order


def _own_mark(column: ColumnShape, reading: Reading) -> str:
    guess = column.decimal_mark
    proven = guess is not None and guess.confidence >= _PROVEN and guess.mark != reading.decimal_mark
    return guess.mark if guess is not None and proven else ""


def column_reading(mapped: ColumnMapping, reading: Reading) -> Reading:
    """How the texts of one column are read."""
    return replace(
        reading,
        date_order=mapped.date_order or reading.date_order,
        decimal_mark=mapped.decimal_mark or reading.decimal_mark,
    )


def _custom_column(
    column: ColumnShape, existing: dict[str, tuple[str, FieldKind]], *, make_custom: bool
) -> ColumnMapping | None:
    known = existing.get(fold(column.name.removeprefix(CUSTOM_PREFIX)))
    if known is not None:
        return ColumnMapping(column.name, CUSTOM_PREFIX + known[0], known[1], confidence=_BY_NAME)
    name = "_".join(fold(column.name.removeprefix(CUSTOM_PREFIX)).split())
    if not make_custom or not name or not column.samples:
        return None
    return ColumnMapping(column.name, CUSTOM_PREFIX + name, custom_kind(column), confidence=_AS_CUSTOM)


def parse_map_option(text: str) -> ColumnMapping:
    """ "Column=field", "Column=phone:mobile", "Column=custom.name:number" or "Column=ignore" of `--map`."""
    column, sign, target = text.rpartition("=")
    column, target = " ".join(column.split()), target.strip()
    if not sign or not column or not target:
        raise InvalidValue(f"“{text}” is no mapping", "Write it as Column=field.", field="map")
    if target == IGNORE:
        return ColumnMapping(column, confidence=1.0, reason="Not imported")
    field, _, detail = target.partition(":")
    if field.startswith(CUSTOM_PREFIX):
        return _custom_option(column, field, detail)
    if detail and field not in LABELLED:
        raise InvalidValue(f"“{field}” has no labels", "Write Column=field.", field="map")
    return ColumnMapping(column, field, label=canonical_label(detail), confidence=1.0)


def _custom_option(column: str, field: str, kind: str) -> ColumnMapping:
    name = field.removeprefix(CUSTOM_PREFIX)
    if not _CUSTOM_NAME.fullmatch(name):
        hint = "Names of custom fields are letters, digits, - and _."
        raise InvalidValue(f"“{name}” cannot name a custom field", hint, field="map")
    if kind and kind not in CUSTOM_KINDS:
        hint = f"Kinds are {', '.join(CUSTOM_KINDS)}."
        raise InvalidValue(f"“{kind}” is no kind of custom field", hint, field="map")
    return ColumnMapping(column, field, FieldKind(kind) if kind else None, confidence=1.0)


def with_options(
    mapping: Mapping,
    shape: FileShape,
    options: Iterable[str],
    *,
    reading: Reading | None = None,
    custom_kinds: MappingType[str, FieldKind] | None = None,
) -> Mapping:
    """The mapping as `--map` options change it; raises InvalidValue for an unknown column or field."""
    base = reading or shape.reading(Reading())
    chosen = mapping
    for text in options:
        option = parse_map_option(text)
        column = _find_column(shape, option.column)
        option = replace(_checked(option, mapping.entity, column, custom_kinds or {}), column=column.name)
        chosen = retargeted(chosen, shape, option, reading=base)
    return chosen


def _unit(column: ColumnShape) -> str:
    target = targets_of(EntityKind.ACTIVITY, [column.name])[0][0]
    return target.unit if target is not None else ""


def _find_column(shape: FileShape, name: str) -> ColumnShape:
    for column in shape.columns:
        if column.name == name:
            return column
    alike = [column for column in shape.columns if fold(column.name) == fold(name)]
    if len(alike) == 1:
        return alike[0]
    raise InvalidValue(f"The file has no column “{name}”", f"Its columns: {', '.join(shape.names)}.", field="map")


def _checked(
    option: ColumnMapping, entity: EntityKind, column: ColumnShape, custom_kinds: MappingType[str, FieldKind]
) -> ColumnMapping:
    if option.custom_name:
        kind = option.custom_kind or custom_kinds.get(option.custom_name) or custom_kind(column)
        return replace(option, custom_kind=kind)
    extras = extra_targets(entity)
    if option.target and option.target not in FIELDS[entity] and option.target not in extras:
        names = ", ".join([*FIELDS[entity], *sorted(extras), "custom.NAME:KIND", IGNORE])
        raise InvalidValue(f"There is no field “{option.target}”", f"Fields of a {entity}: {names}.", field="map")
    return option
