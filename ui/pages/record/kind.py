"""What makes the page of contacts different from that of companies: columns, views, words and the form."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from ui.models.columns import Column
from ui.pages.record.column_layout import ColumnRule
from ui.pages.record.moments import Moments


@dataclass(frozen=True, slots=True)
class BuiltInView:
    """A tab over the list: a query that comes with the program."""

    key: str
    title: str
    where: str = ""
    trash: bool = False


@dataclass(frozen=True, slots=True)
class KindWords:
    """What the page says of its records."""

    title: str
    new: str
    edit: str
    one: str
    empty_title: str
    empty_sentence: str
    no_match: str
    people: str
    no_people: str


class FormPart(StrEnum):
    """The parts of the editor that are no single field."""

    TAGS = "tags"
    ADDRESSES = "addresses"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class FormSection:
    """A heading of the editor with what stands under it, in order.

    An entry is a field of the contract, a kind of contact point (any number of lines), or a part with a control
    of its own. A pair of fields stands side by side.
    """

    title: str
    entries: tuple[str | tuple[str, str] | PointKind | FormPart, ...]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record with a page of its own."""

    entity: EntityKind
    page: str
    rounded: bool
    words: KindWords
    columns: Callable[[Moments], list[Column[Any]]]
    rules: tuple[ColumnRule, ...]
    views: tuple[BuiltInView, ...]
    sections: tuple[FormSection, ...]
    name_fields: tuple[str, ...]
    profile_fields: tuple[str, ...]
    bulk_fields: tuple[str, ...]
