"""The parts of a row: each reads its columns' cells into the row's state, and knows nothing of the others.

A part leaves in `RowState.at` the column it is reading, so that an UnreadableValue is told with its place.
These run once for every row of a file: they test for an empty cell first and call as little as they can.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from services.records.drafts import PointDraft, PointKind, Value
from services.values.booleans import parse_bool
from services.values.coercion import is_nothing
from services.values.countries import parse_country
from services.values.domains import normalise_social, normalise_url
from services.values.emails import normalise_email, split_emails
from services.values.labels import FAX, canonical_label
from services.values.names import NameOrder, split_full_name
from services.values.phones import normalise_phone, split_phones
from services.values.points import address_point
from services.values.tags import split_tags
from services.values.text import clean, clean_lines
from services.values.unreadable import UnreadableValue

Cells = Sequence[str]
Converter = Callable[[str], Value]
_HOLDING_ADDRESSES: Final = 4096


@dataclass(slots=True)
class RowState:
    """What has been read of one row; `region` is where its phones are dialled, `at` the column being read."""

    region: str
    at: int = 0
    fields: dict[str, Value] = field(default_factory=dict)
    points: list[PointDraft] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    custom: dict[str, Value] = field(default_factory=dict)


Part = Callable[[Cells, RowState], None]


@dataclass(frozen=True, slots=True)
class PointColumn:
    """A column of points: where it is, its label, or the column in which the label stands (-1 for none)."""

    index: int
    label: str = ""
    label_index: int = -1

    def label_in(self, cells: Cells) -> str:
        """The label of the point in a row."""
        if self.label_index < 0:
            return self.label
        return canonical_label(cells[self.label_index])


@dataclass(frozen=True, slots=True)
class FieldPart:
    """Fields of the record itself; of several columns for one field the first with a value counts."""

    columns: tuple[tuple[int, str, Converter], ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the fields of one row."""
        fields = row.fields
        for index, name, convert in self.columns:
            text = cells[index]
            if text and name not in fields:
                row.at = index
                value = convert(text)
                if value is not None:
                    fields[name] = value


@dataclass(frozen=True, slots=True)
class CustomPart:
    """Custom fields."""

    columns: tuple[tuple[int, str, Converter], ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the custom fields of one row."""
        for index, name, convert in self.columns:
            text = cells[index]
            if text:
                row.at = index
                value = convert(text)
                if value is not None:
                    row.custom[name] = value


@dataclass(frozen=True, slots=True)
class NamePart:
    """A person's name, in parts or as one text, which counts where the parts are empty."""

    first: tuple[int, ...] = ()
    middle: tuple[int, ...] = ()
    last: tuple[int, ...] = ()
    full: tuple[int, ...] = ()
    order: NameOrder = NameOrder.DETECT

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the name of one row."""
        first, last = first_of(cells, self.first), first_of(cells, self.last)
        if not first and not last:
            full = first_of(cells, self.full)
            if full:
                name = split_full_name(full, self.order)
                first, last = name.first, name.last
        middle = first_of(cells, self.middle)
        if middle:
            first = f"{first} {middle}".strip()
        if first:
            row.fields["first_name"] = first
        if last:
            row.fields["last_name"] = last


def first_of(cells: Cells, indexes: tuple[int, ...]) -> str:
    """The first text that one of these columns has, tidied; "" for none."""
    for index in indexes:
        text = cells[index]
        if text:
            tidy = clean(text)
            if tidy:
                return tidy
    return ""


@dataclass(frozen=True, slots=True)
class EmailPart:
    """E-mail addresses, several in a cell or in several columns; the first of the row is primary."""

    columns: tuple[PointColumn, ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the addresses of one row."""
        seen: list[str] = []
        for column in self.columns:
            text = cells[column.index]
            if not text or is_nothing(text):
                continue
            row.at = column.index
            for raw, normal in _emails(text):
                if normal not in seen:
                    label = column.label_in(cells)
                    row.points.append(PointDraft(PointKind.EMAIL, raw, normal, label, not seen))
                    seen.append(normal)


def _emails(text: str) -> list[tuple[str, str]]:
    try:
        return [(clean(text), normalise_email(text))]
    except UnreadableValue:
        return [(piece, normalise_email(piece)) for piece in split_emails(text)]


@dataclass(frozen=True, slots=True)
class PhonePart:
    """Phone numbers, dialled in the row's region; the first that is no fax is primary."""

    columns: tuple[PointColumn, ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the numbers of one row."""
        found: list[tuple[str, str, str]] = []
        for column in self.columns:
            text = cells[column.index]
            if not text or is_nothing(text):
                continue
            row.at = column.index
            label = column.label_in(cells)
            found += [
                (phone.raw, normalise_phone(phone.raw, row.region), phone.label or label)
                for phone in split_phones(text)
            ]
        if found:
            _add_phones(found, row.points)


def _add_phones(found: list[tuple[str, str, str]], points: list[PointDraft]) -> None:
    if len(found) == 1:
        raw, normal, label = found[0]
        points.append(PointDraft(PointKind.PHONE, raw, normal, label, True))
        return
    primary = next((normal for _, normal, label in found if label != FAX), found[0][1])
    seen: set[str] = set()
    for raw, normal, label in found:
        if normal not in seen:
            seen.add(normal)
            points.append(PointDraft(PointKind.PHONE, raw, normal, label, normal == primary))


@dataclass(frozen=True, slots=True)
class WebPart:
    """Web addresses or social profiles; the first is primary."""

    kind: PointKind
    columns: tuple[PointColumn, ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the addresses of one row."""
        seen: list[str] = []
        for column in self.columns:
            text = cells[column.index]
            if not text or is_nothing(text):
                continue
            row.at = column.index
            for raw in text.split(" ::: "):
                normal = normalise_url(raw) if self.kind is PointKind.URL else normalise_social(raw)
                if normal not in seen:
                    label = column.label_in(cells)
                    row.points.append(PointDraft(self.kind, clean(raw), normal, label, not seen))
                    seen.append(normal)


@dataclass(frozen=True, slots=True)
class AddressColumns:
    """The columns of one postal address, each part possibly in several."""

    place: PointColumn
    street: tuple[int, ...] = ()
    city: tuple[int, ...] = ()
    region: tuple[int, ...] = ()
    postal_code: tuple[int, ...] = ()
    country: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AddressPart:
    """Postal addresses; the first is primary and its country tells where the row's phones are dialled."""

    groups: tuple[AddressColumns, ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the addresses of one row."""
        is_first = True
        for group in self.groups:
            country = self._country(cells, row, group.country)
            street = ", ".join([cells[index] for index in group.street if cells[index].strip()])
            if not street and group.whole:
                street = first_of(cells, group.whole)
            point = _address(
                street,
                first_of(cells, group.city),
                first_of(cells, group.region),
                first_of(cells, group.postal_code),
                country,
                group.place.label_in(cells),
                is_first,
            )
            if point is not None:
                row.points.append(point)
                if is_first and country:
                    row.region = country
                is_first = False

    @staticmethod
    def _country(cells: Cells, row: RowState, indexes: tuple[int, ...]) -> str:
        for index in indexes:
            text = cells[index]
            if text and not is_nothing(text):
                row.at = index
                return parse_country(clean(text))
        return ""


@lru_cache(maxsize=_HOLDING_ADDRESSES)
def _address(
    street: str, city: str, region: str, postal_code: str, country: str, label: str, is_first: bool
) -> PointDraft | None:
    """An address point; without a street it is the same for everybody in a city, so it is remembered."""
    return address_point(
        street=street,
        city=city,
        region=region,
        postal_code=postal_code,
        country=country,
        label=label,
        is_primary=is_first,
    )


@dataclass(frozen=True, slots=True)
class FlagColumns:
    """Where a point stands, and the columns that say of it whether it was verified and bounced (-1 for none)."""

    kind: PointKind
    value: int
    verified: int
    bounced: int


@dataclass(frozen=True, slots=True)
class FlagsPart:
    """What is known of contact points; runs after the parts that read them."""

    groups: tuple[FlagColumns, ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read what one row says of its points."""
        for group in self.groups:
            verified = self._flag(cells, row, group.verified)
            bounced = self._flag(cells, row, group.bounced)
            if verified is None and bounced is None:
                continue
            meant = _SAME_POINT[group.kind](cells[group.value], row.region)
            row.points[:] = [
                replace(point, verified=verified, bounced=bounced)
                if point.kind is group.kind and meant(point)
                else point
                for point in row.points
            ]

    @staticmethod
    def _flag(cells: Cells, row: RowState, index: int) -> bool | None:
        if index < 0 or is_nothing(cells[index]):
            return None
        row.at = index
        return parse_bool(cells[index])


def _one_of(normals: Iterable[str]) -> Callable[[PointDraft], bool]:
    known = frozenset(normals)
    return lambda point: point.normal in known


_SAME_POINT: Final[dict[PointKind, Callable[[str, str], Callable[[PointDraft], bool]]]] = {
    PointKind.EMAIL: lambda text, _: _one_of(normal for _, normal in _emails(text)),
    PointKind.PHONE: lambda text, region: _one_of(normalise_phone(phone.raw, region) for phone in split_phones(text)),
    PointKind.URL: lambda text, _: _one_of(normalise_url(raw) for raw in text.split(" ::: ")),
    PointKind.SOCIAL: lambda text, _: _one_of(normalise_social(raw) for raw in text.split(" ::: ")),
    PointKind.ADDRESS: lambda text, _: lambda point: point.raw == clean_lines(text),
}
"""Whether a point came from a cell with this text."""


@dataclass(frozen=True, slots=True)
class TagsPart:
    """Tags, from one or several columns."""

    columns: tuple[tuple[int, str], ...]

    def __call__(self, cells: Cells, row: RowState) -> None:
        """Read the tags of one row."""
        for index, separator in self.columns:
            text = cells[index]
            if text:
                tags = _tags(text, separator)
                row.tags = tags if not row.tags else tuple(dict.fromkeys(row.tags + tags))


_tags = lru_cache(maxsize=2048)(split_tags)
