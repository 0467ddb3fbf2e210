"""One row of a file into a draft: the columns' functions are chosen once, a row only runs them.

An empty cell changes nothing: it gives no value, not an empty one. A row that cannot be read is a RowReject
naming column, value and reason; one that identifies nobody is a RowReject with the reason NO_IDENTITY (of a
company NO_NAME), which importers count as skipped, not as rejected.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from services.importing.headers import CLOSED_AT, COMPANY_KEY, PARTS_OF_ADDRESS, PEOPLE, POINT_FLAGS, STATUS
from services.importing.mapping import ColumnMapping, Mapping, column_reading
from services.importing.parts import (
    AddressColumns,
    AddressPart,
    Converter,
    CustomPart,
    EmailPart,
    FieldPart,
    FlagColumns,
    FlagsPart,
    NamePart,
    Part,
    PhonePart,
    PointColumn,
    RowState,
    TagsPart,
    WebPart,
)
from services.importing.reasons import holds_money
from services.importing.sales_parts import LeadNamePart, MoneyPart
from services.importing.shapes import FileShape
from services.importing.vendors import HUBSPOT
from services.records.drafts import PointKind, RecordDraft, RowDraft, RowReject, Value
from services.records.fields import FIELDS, EntityKind, FieldKind, FieldSpec
from services.records.sales import DEAL_ROLES
from services.values.coercion import Reading, coercer, is_nothing
from services.values.durations import SECOND, parse_duration_s
from services.values.emails import normalise_email
from services.values.formulas import MARK, unmarked
from services.values.names import NameOrder
from services.values.numbers import parse_number
from services.values.roles import joined_people, known_part, split_people
from services.values.text import clean, fold
from services.values.unreadable import UnreadableValue

NO_IDENTITY: Final = "no name and no e-mail"
NO_NAME: Final = "no name"
NO_DATE: Final = "no date"
NO_TITLE: Final = "no title"
NOTHING: Final = "nothing in it"
SKIPPED_REASONS: Final = frozenset([NO_IDENTITY, NO_NAME, NOTHING])
SHOWN_CHARACTERS: Final = 200
_READ_BY_OTHERS: Final = PARTS_OF_ADDRESS | frozenset(
    ["first_name", "last_name", "email", "phone", "website", "social", "tags", "amount", "currency"]
)


class RowNormaliser:
    """Turns rows of one file into drafts; made once for a file, picklable by its arguments."""

    def __init__(self, entity: EntityKind, shape: FileShape, mapping: Mapping, reading: Reading) -> None:
        compiler = _Compiler(entity, shape, mapping, reading)
        self._names = shape.names
        self._region = reading.default_region
        self._parts = compiler.parts()
        self._missing = _MISSING[entity]

    def __call__(self, number: int, cells: Sequence[str]) -> RowDraft | RowReject:
        """The draft of one data row, or the reason why there is none."""
        row = RowState(self._region)
        marked = [index for index, cell in enumerate(cells) if cell[:1] == MARK]
        if marked:
            cells = [unmarked(cell) for cell in cells]
        try:
            for part in self._parts:
                part(cells, row)
        except UnreadableValue as unreadable:
            value = clean(cells[row.at])[:SHOWN_CHARACTERS]
            return RowReject(number, self._names[row.at], value, unreadable.predicate, tuple(cells))
        reason = self._missing(row)
        if reason:
            return RowReject(number, "", "", reason, tuple(cells))
        return RowDraft(number, RecordDraft(row.fields, tuple(row.points), row.tags, row.custom))


def _missing_of_contact(row: RowState) -> str:
    fields = row.fields
    if "first_name" in fields or "last_name" in fields or "company" in fields:
        return ""
    reachable = any(point.kind in (PointKind.EMAIL, PointKind.PHONE) for point in row.points)
    return "" if reachable else NO_IDENTITY


def _missing_of_company(row: RowState) -> str:
    return "" if "name" in row.fields else NO_NAME


def _missing_of_activity(row: RowState) -> str:
    return "" if "occurred_at" in row.fields else NO_DATE


def _missing_of_lead(row: RowState) -> str:
    return "" if "name" in row.fields else _missing_of_contact(row)


def _missing_of_titled(row: RowState) -> str:
    if "title" in row.fields:
        return ""
    return NO_TITLE if row.fields or row.tags or row.custom else NOTHING


_MISSING: Final[dict[EntityKind, Callable[[RowState], str]]] = {
    EntityKind.CONTACT: _missing_of_contact,
    EntityKind.COMPANY: _missing_of_company,
    EntityKind.ACTIVITY: _missing_of_activity,
    EntityKind.LEAD: _missing_of_lead,
    EntityKind.DEAL: _missing_of_titled,
    EntityKind.TASK: _missing_of_titled,
}


class _Compiler:
    """Chooses the parts that read a file's rows from the mapping of its columns."""

    def __init__(self, entity: EntityKind, shape: FileShape, mapping: Mapping, reading: Reading) -> None:
        self._entity = entity
        self._shape = shape
        self._reading = reading
        self._source = mapping.source
        positions = {name: index for index, name in enumerate(shape.names)}
        self._columns = [
            (positions[column.column], column)
            for column in mapping.columns
            if not column.is_ignored and column.column in positions
        ]
        self._positions = positions

    def parts(self) -> tuple[Part, ...]:
        """The parts in the order in which they run: addresses before phones, which they place."""
        found: list[Part | None] = [
            self._name(),
            self._fields(),
            self._address(),
            self._points(EmailPart, "email"),
            self._points(PhonePart, "phone"),
            self._web(PointKind.URL, "website"),
            self._web(PointKind.SOCIAL, "social"),
            self._flags(),
            self._tags(),
            self._money(),
            self._custom(),
        ]
        return tuple(part for part in found if part is not None)

    def _at(self, target: str) -> tuple[int, ...]:
        return tuple(index for index, column in self._columns if column.target == target)

    def _name(self) -> Part | None:
        first, middle, last, full = map(self._at, ("first_name", "middle_name", "last_name", "full_name"))
        if self._entity is EntityKind.LEAD:
            whole = (*self._at("name"), *full)
            return LeadNamePart((first, middle, last), whole) if first or middle or last or whole else None
        if not (first or middle or last or full) or self._entity is not EntityKind.CONTACT:
            return None
        orders = [column.split for _, column in self._columns if column.target == "full_name" and column.split]
        order = NameOrder(orders[0]) if orders and orders[0] in set(NameOrder) else NameOrder.DETECT
        return NamePart(first, middle, last, full, order)

    def _fields(self) -> Part | None:
        columns = []
        for index, column in self._columns:
            spec = FIELDS[self._entity].get(column.target)
            if spec is not None and not self._is_read_elsewhere(column.target):
                columns.append((index, column.target, self._converter(spec, column)))
        if self._entity is EntityKind.DEAL:
            columns += self._closes()
        return FieldPart(tuple(columns)) if columns else None

    def _is_read_elsewhere(self, target: str) -> bool:
        return target in _READ_BY_OTHERS or (target == "name" and self._entity is EntityKind.LEAD)

    def _closes(self) -> list[tuple[int, str, Converter]]:
        """What is told of a deal beside its fields: who plays a part in it, whether it was closed, and when.

        Of days on which it was closed one of its own goes first.
        """
        found: list[tuple[int, str, Converter]] = [(index, STATUS, clean) for index in self._at(STATUS)]
        found += [(index, COMPANY_KEY, _first_company) for index in self._at(COMPANY_KEY)]
        found += [(index, PEOPLE, _people) for index in self._at(PEOPLE)]
        for target in (CLOSED_AT, "expected_close"):
            for index, column in self._columns:
                if column.target == target:
                    spec = FieldSpec(CLOSED_AT, FieldKind.MOMENT)
                    found.append((index, CLOSED_AT, coercer(spec, column_reading(column, self._reading))))
        return found

    def _converter(self, spec: FieldSpec, column: ColumnMapping) -> Converter:
        if spec.name == "duration_s":
            return partial(parse_duration_s, unit=column.unit or SECOND)
        if spec.name == "contact":
            return _contact_key if self._entity is EntityKind.ACTIVITY else _first_contact_key
        if spec.name == "company" and self._source == HUBSPOT.name and self._entity is EntityKind.DEAL:
            return _first_company
        return coercer(spec, column_reading(column, self._reading))

    def _custom(self) -> Part | None:
        columns = tuple(
            (index, column.custom_name, self._custom_converter(index, column))
            for index, column in self._columns
            if column.custom_name
        )
        return CustomPart(columns) if columns else None

    def _custom_converter(self, index: int, column: ColumnMapping) -> Converter:
        reading = column_reading(column, self._reading)
        if column.custom_kind is FieldKind.NUMBER and holds_money(self._shape.columns[index]):
            return partial(_amount, mark=reading.decimal_mark)
        return coercer(FieldSpec(column.target, column.custom_kind or FieldKind.TEXT), reading)

    def _point_columns(self, target: str) -> tuple[PointColumn, ...]:
        return tuple(self._point(index, column) for index, column in self._columns if column.target == target)

    def _point(self, index: int, column: ColumnMapping) -> PointColumn:
        return PointColumn(index, column.label, self._positions.get(column.label_column, -1))

    def _points(self, part: type[EmailPart] | type[PhonePart], target: str) -> Part | None:
        columns = self._point_columns(target)
        return part(columns) if columns else None

    def _web(self, kind: PointKind, target: str) -> Part | None:
        columns = self._point_columns(target)
        return WebPart(kind, columns) if columns else None

    def _address(self) -> Part | None:
        groups: dict[str, list[tuple[int, ColumnMapping]]] = {}
        for index, column in self._columns:
            if column.target in PARTS_OF_ADDRESS and "address" in FIELDS[self._entity]:
                groups.setdefault(column.label_column or column.label, []).append((index, column))
        if not groups:
            return None
        return AddressPart(tuple(self._address_columns(columns) for columns in groups.values()))

    def _address_columns(self, columns: Sequence[tuple[int, ColumnMapping]]) -> AddressColumns:
        def at(target: str) -> tuple[int, ...]:
            return tuple(index for index, column in columns if column.target == target)

        return AddressColumns(
            place=self._point(*columns[0]),
            street=at("address"),
            city=at("city"),
            region=at("region"),
            postal_code=at("postal_code"),
            country=at("country"),
            whole=at("formatted_address"),
        )

    def _flags(self) -> Part | None:
        """Columns of one number belong together: "E-mail 2 - Value" and "E-mail 2 - Bounced"."""
        flags: dict[str, dict[str, int]] = {}
        for index, column in self._columns:
            if column.target in POINT_FLAGS:
                flags.setdefault(_stem(column.column), {})[column.target] = index
        groups = [
            FlagColumns(_KIND_OF_VALUE[column.target], index, mine.get("verified", -1), mine.get("bounced", -1))
            for index, column in self._columns
            if column.target in _KIND_OF_VALUE and (mine := flags.get(_stem(column.column)))
        ]
        return FlagsPart(tuple(groups)) if groups else None

    def _tags(self) -> Part | None:
        columns = tuple((index, column.split) for index, column in self._columns if column.target == "tags")
        return TagsPart(columns) if columns else None

    def _money(self) -> Part | None:
        amounts, currencies = self._at("amount"), self._at("currency")
        if "amount" not in FIELDS[self._entity] or not (amounts or currencies):
            return None
        amount = amounts[0] if amounts else -1
        mark = next((c.decimal_mark for i, c in self._columns if i == amount), "") or self._reading.decimal_mark
        return MoneyPart(amount, currencies[0] if currencies else -1, mark, self._reading.default_currency)


_KIND_OF_VALUE: Final = {
    "email": PointKind.EMAIL,
    "phone": PointKind.PHONE,
    "website": PointKind.URL,
    "social": PointKind.SOCIAL,
    "address": PointKind.ADDRESS,
}


def _stem(name: str) -> str:
    """What the names of the columns of one point begin with; nothing for a column that has no number."""
    return fold(name.rpartition(" - ")[0])


def _amount(text: str, mark: str) -> Value:
    return None if is_nothing(text) else parse_number(text, mark, "is not an amount")


def _first_company(text: str) -> str | None:
    """The first of the companies that a program links a deal to."""
    return clean(text.partition(";")[0]) or None


def _first_contact_key(text: str) -> str | None:
    """What names the main person: of several the first, of "Anna Berg (anna@berg.example)" the address."""
    first = text.partition(";")[0]
    behind = first.rstrip(") ").rpartition("(")[2]
    return _contact_key(behind if "@" in behind else first)


def _people(text: str) -> str | None:
    """Who plays a part in a deal, each named as a contact is, with the part as this program calls it."""
    people = [(_contact_key(key), known_part(part, DEAL_ROLES)) for key, part in split_people(text)]
    return joined_people((key, part) for key, part in people if key) or None


def _contact_key(text: str) -> str | None:
    """What names the contact of a row: its e-mail address in normal form, else the text as it is."""
    if "@" in text:
        try:
            return normalise_email(text)
        except UnreadableValue:
            return clean(text)
    return clean(text) or None
