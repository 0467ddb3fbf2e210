"""What makes the page of one kind of record different from another: columns, views, words, tabs and the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from typing import Any

from PySide6.QtWidgets import QWidget

from services.records.drafts import PointKind
from services.records.fields import EntityKind
from services.records.people import RecordCard
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


class Tab(IntEnum):
    """The tabs a detail panel can have; a kind says which it has, in which order."""

    TIMELINE = 0
    FIELDS = 1
    PEOPLE = 2
    DEALS = 3
    TASKS = 4
    HISTORY = 5


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


def person_line(card: RecordCard) -> tuple[str, str]:
    """What stands under the name of a person: the title, and the company as a link."""
    return card.fields.get("title") or "", card.roles[0].company_name if card.roles else ""


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One kind of record with a page of its own.

    `second_line` answers the text under the name in the panel, and what of it leads to the company. `defaults` are
    what a new record starts with, `sample_query` what the tour shows as a filter, `sample_grouping` by what it groups.
    """

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
    tabs: tuple[Tab, ...] = (Tab.TIMELINE, Tab.FIELDS, Tab.PEOPLE, Tab.DEALS, Tab.TASKS, Tab.HISTORY)
    #: Makes the PanelHead of this kind; a head knows its kind, so that its type is not named here.
    make_head: Callable[[RecordKind, QWidget], Any] | None = None
    second_line: Callable[[RecordCard], tuple[str, str]] = person_line
    defaults: Mapping[str, str] = field(default_factory=lambda: {"lifecycle": "prospect"})
    sort: str = "name"
    descending: bool = False
    sample_query: str = "lifecycle:customer owner:me"
    sample_grouping: str = "lifecycle"
