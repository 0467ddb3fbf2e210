"""Saved views, and the groups of a list, as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NewType

from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.sales import Money

SavedViewId = NewType("SavedViewId", int)


@dataclass(frozen=True, slots=True)
class SavedView:
    """A list that is asked for again; empty `columns`, `sort` and `grouping` mean those of the page."""

    id: SavedViewId
    uid: Uid
    entity: EntityKind
    name: str
    query: str
    columns: tuple[str, ...]
    sort: str
    descending: bool
    grouping: str
    position: int
    owner: str


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """What a user says of a view; fields by their contract names, custom ones as custom.NAME."""

    entity: EntityKind
    name: str
    query: str = ""
    columns: tuple[str, ...] = ()
    sort: str = ""
    descending: bool = False
    grouping: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """How many records of a list share a value; `value` is None for those without one, a link's is its uid.

    `sums` are what the deals of a group are worth together, where that was asked for.
    """

    value: Any
    label: str
    count: int
    sums: Money = ()


@dataclass(frozen=True, slots=True)
class GroupedList:
    """The groups of a list in their order, and of each the ids of its records in that of the list."""

    groups: tuple[Group, ...]
    ids: tuple[Sequence[int], ...]
