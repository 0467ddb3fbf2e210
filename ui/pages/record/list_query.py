"""A query as the filter bar shows it, and what may be remembered of it.

Reading a query imports a parser: never on the GUI thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from services.errors import InvalidValue
from services.filtering.describing import ChipText, describe
from services.filtering.fields import FilterField, Matching, fields_of
from services.filtering.parsing import parse
from services.filtering.rendering import render
from services.filtering.tree import (
    EVERYTHING,
    And,
    Comparison,
    Me,
    Not,
    Operator,
    Or,
    Query,
    Words,
    all_of,
    any_of,
)
from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind
from services.records.people import CustomField
from services.store.queries.listing import ListRequest
from ui.models.grouped_ids import GroupedIds, GroupOfIds
from ui.pages.record.group_words import group_label, sums_text

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace
    from ui.operations.records import ListService

_SAYS_NOTHING_PERSONAL: Final = frozenset(
    {
        Matching.CHOICE,
        Matching.NUMBER,
        Matching.DURATION,
        Matching.MONEY,
        Matching.DATE,
        Matching.MOMENT,
        Matching.YES_NO,
    }
)


@dataclass(frozen=True, slots=True)
class ReadQuery:
    """A typed query that could be read: its canonical text, its tree and its chips."""

    text: str
    query: Query
    chips: tuple[ChipText, ...]
    custom_fields: tuple[CustomField, ...] = ()


NO_QUERY: Final = ReadQuery("", EVERYTHING, ())


def read_query(workspace: OpenWorkspace, entity: EntityKind, text: str) -> ReadQuery:
    """Read a typed query. Raises UnreadableQuery. Not on the GUI thread."""
    custom = tuple(workspace.custom_fields.all(entity))
    return shown(parse(text, entity, custom), custom)


def shown(query: Query, custom_fields: Sequence[CustomField]) -> ReadQuery:
    """A query as it is shown."""
    return ReadQuery(render(query), query, describe(query, custom_fields), tuple(custom_fields))


def without(query: Query, part: Query) -> Query:
    """A query without the condition of one of its chips."""
    if query == part:
        return EVERYTHING
    if isinstance(query, And | Or):
        rest = [operand for operand in query.operands if operand is not part]
        joined = any_of if isinstance(query, Or) else all_of
        return joined(*rest) if rest else EVERYTHING
    return query


def is_impersonal(query: Query, entity: EntityKind) -> bool:
    """Whether a query names nobody and nothing that only this workspace knows."""
    if isinstance(query, And | Or):
        return all(is_impersonal(part, entity) for part in query.operands)
    if isinstance(query, Not):
        return is_impersonal(query.operand, entity)
    if isinstance(query, Words):
        return False
    return _is_impersonal_condition(query, entity)


def _is_impersonal_condition(query: Comparison, entity: EntityKind) -> bool:
    if query.field.startswith(CUSTOM_PREFIX):
        return False
    if query.operator in (Operator.EMPTY, Operator.FILLED) or all(isinstance(value, Me) for value in query.values):
        return True
    spec = FIELDS[entity].get(query.field)
    field: FilterField | None = fields_of(entity).get(query.field)
    personal = spec is not None and spec.personal
    return field is not None and not personal and field.matching in _SAYS_NOTHING_PERSONAL


class ListSource:
    """The records of one kind that match a request, as a table model reads them."""

    def __init__(self, service: ListService, request: ListRequest) -> None:
        self._service = service
        self.request = request

    def ids(self) -> Sequence[int]:
        """All ids in order. Raises InvalidValue."""
        return self._service.ids(self.request)

    def rows(self, ids: Sequence[int]) -> Sequence[object]:
        """The rows of these ids."""
        return self._service.rows(ids)


class GroupedSource(ListSource):
    """The same under heads; a list that cannot be grouped any more, its field is gone, comes as it is."""

    def __init__(
        self, service: ListService, request: ListRequest, *, workspace: OpenWorkspace, entity: EntityKind, by: str
    ) -> None:
        super().__init__(service, request)
        self._workspace = workspace
        self._entity = entity
        self._by = by

    def ids(self) -> Sequence[int]:
        try:
            found = self._workspace.views.grouped(self._entity, self.request, self._by)
        except InvalidValue as error:
            if error.field != "grouping":
                raise
            return super().ids()
        return GroupedIds(
            [
                GroupOfIds(group.value, group_label(self._entity, self._by, group), ids, sums_text(group.sums))
                for group, ids in zip(found.groups, found.ids, strict=True)
            ]
        )
