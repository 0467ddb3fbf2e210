"""Describes each aggregate: its table, its columns, its set-valued parts, and what of them is personal.

An aggregate's *document* is a plain dict: a value per column, a dict of elements per part (keyed by the
element's uid in hexadecimal, or by the linked record's uid), and `custom` (keyed by the field's uid).
Links to other records are uids in hexadecimal. Documents are what the ledger compares and replays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from services.records.fields import EntityKind

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One value of a document; a `link` is kept as the local id of another record in `column`."""

    name: str
    personal: bool = False
    link: EntityKind | None = None
    stored_as: str = ""

    @property
    def column(self) -> str:
        """The name of the table's column."""
        return self.stored_as or (f"{self.name}_id" if self.link else self.name)


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A set of elements that belong to the record; without `key_link` an element has a uid of its own."""

    name: str
    table: str
    owner_column: str
    columns: tuple[ColumnSpec, ...] = ()
    key_link: EntityKind | None = None

    @property
    def key_column(self) -> str:
        """The column that holds the linked record's id, for parts that are nothing but links."""
        return f"{self.key_link}_id" if self.key_link else "uid"


Computed = Callable[[Document], Any]


@dataclass(frozen=True, slots=True)
class AggregateSpec:
    """One kind of record as the ledger sees it."""

    entity: EntityKind
    table: str
    columns: tuple[ColumnSpec, ...]
    parts: tuple[PartSpec, ...] = ()
    has_custom: bool = False
    name_column: str = "name"
    """The column that names a record of this kind where it is linked to."""
    provenance: str = "source"
    """The column that says how the record came in: by hand, or by which import or sync."""
    computed: Mapping[str, Computed] = field(default_factory=dict)
    computed_links: Mapping[str, tuple[EntityKind, Computed]] = field(default_factory=dict)

    def blank(self) -> Document:
        """A document without any value."""
        document: Document = {column.name: None for column in self.columns}
        for part in self.parts:
            document[part.name] = {}
        if self.has_custom:
            document["custom"] = {}
        return document

    def column_named(self, name: str) -> ColumnSpec | None:
        """The column of that name, if there is one."""
        return next((column for column in self.columns if column.name == name), None)

    def part_named(self, name: str) -> PartSpec | None:
        """The part of that name, if there is one."""
        return next((part for part in self.parts if part.name == name), None)


COMMON_COLUMNS: Final = (
    ColumnSpec("external_key"),
    ColumnSpec("source"),
    ColumnSpec("created_at"),
    ColumnSpec("deleted_at"),
    ColumnSpec("owner", link=EntityKind.USER),
    ColumnSpec("notes", personal=True),
)

POINT_COLUMNS: Final = (
    ColumnSpec("kind"),
    ColumnSpec("label"),
    ColumnSpec("raw", personal=True),
    ColumnSpec("normal", personal=True),
    ColumnSpec("is_primary"),
    ColumnSpec("city", personal=True),
    ColumnSpec("region", personal=True),
    ColumnSpec("postal_code", personal=True),
    ColumnSpec("country", personal=True),
    ColumnSpec("verified"),
    ColumnSpec("bounced"),
)


def points(entity: str) -> PartSpec:
    """The contact points of a kind of record."""
    return PartSpec("points", f"{entity}_point", f"{entity}_id", POINT_COLUMNS)


def tags(entity: str) -> PartSpec:
    """The tags of a kind of record."""
    return PartSpec("tags", f"{entity}_tag", f"{entity}_id", key_link=EntityKind.TAG)
