"""Turns a query into an SQL condition on the rows of one kind of record, under the alias `t`.

Every value is bound, never written into the statement. A missing value makes a condition NULL, which AND and
OR take for false in the end, and which a negation takes for false at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import Any, Final

from services.errors import InvalidValue
from services.filtering.fields import FilterField, Matching, fields_of, find_field
from services.filtering.tree import And, Comparison, Me, Not, Operator, Or, Query, Words
from services.records.fields import EntityKind
from services.records.people import CustomField
from services.store.queries.fragments import ALWAYS, NEVER, Sql, all_hold, is_in, joined, negated, one_holds
from services.store.queries.range_conditions import Today, in_range
from services.store.queries.sources import Source, source_of
from services.store.queries.text_conditions import (
    folded_words,
    holds_words,
    matches_text,
    same_text,
    unfit,
)
from services.store.search_entries import CODES, STRIDE

_NAME_COLUMNS: Final = "name company email"
_BODY_COLUMNS: Final = {"subject": "subject", "body": "body", "notes": "body", "location": "body"}
"""Where the words of a text are in the index of bodies; notes, bodies and places share a column."""
_MOST_VALUES: Final = 30_000  # SQLite binds 32,766


@dataclass(frozen=True, slots=True)
class QueryContext:
    """Who asks, when, and in which zone days are meant; `trash` looks among what was deleted.

    What was deleted is not in the full-text index, so that words are then looked for in the rows.
    """

    now: datetime
    actor: bytes | None = None
    custom_fields: Sequence[CustomField] = ()
    zone: tzinfo = UTC
    trash: bool = False


def compile_query(query: Query, entity: EntityKind, context: QueryContext) -> tuple[str, tuple[Any, ...]]:
    """The condition and the values of its placeholders; deleted records are the caller's to leave out.

    Needs the functions of `register_functions`. Raises InvalidValue for a field or value that does not fit.
    """
    condition = _Compiler(entity, context).condition(query)
    if len(condition.bound) > _MOST_VALUES:
        raise InvalidValue("This asks for too much at once", f"Name {_MOST_VALUES} values at most.", field="where")
    return condition.text, condition.bound


class _Compiler:
    def __init__(self, entity: EntityKind, context: QueryContext) -> None:
        self._entity = entity
        self._context = context
        self._today = Today(context.now, context.zone)

    @cached_property
    def _fields(self) -> dict[str, FilterField]:
        return dict(fields_of(self._entity, self._context.custom_fields))

    def condition(self, query: Query) -> Sql:
        if isinstance(query, And):
            return joined([self.condition(part) for part in query.operands], "AND") if query.operands else ALWAYS
        if isinstance(query, Or):
            return joined([self.condition(part) for part in query.operands], "OR")
        if isinstance(query, Not):
            return negated(self.condition(query.operand))
        if isinstance(query, Words):
            return self._words(query)
        return self._comparison(query)

    def _comparison(self, query: Comparison) -> Sql:
        field = find_field(query.field, self._fields)
        if field is None:
            hint = f"Fields are {', '.join(self._fields)}."
            raise InvalidValue(f"A {self._entity} has no field “{query.field}”", hint, field=query.field)
        source = source_of(self._entity, field)
        if query.operator is Operator.FILLED:
            return Sql(f"({source.filled})")
        if query.operator is Operator.EMPTY:
            return negated(Sql(source.filled))
        inner = self._inner(source, query, field)
        narrowed = self._narrowed(query, field)
        around = Sql(f"{source.before}({inner.text}){source.after}", inner.bound)
        return around if narrowed is None else all_hold([narrowed, around])

    def _inner(self, source: Source, query: Comparison, field: FilterField) -> Sql:
        """The condition on the value itself."""
        if field.matching is Matching.YES_NO:
            return _yes_or_no(source, query, field)
        if field.matching is Matching.DAY_OR_MOMENT:
            moment = replace(field, matching=Matching.MOMENT)
            value = self._today.moment_of(source.value, f"{source.alias}.all_day")
            return in_range(value, query.operator, query.values, moment, self._today)
        if not matches_text(field.matching):
            return in_range(source.value, query.operator, query.values, field, self._today)
        if query.operator is not Operator.IS:
            raise unfit(field, query.operator)
        if field.name != "owner":
            return same_text(source, query.values, field)
        others = [value for value in query.values if not isinstance(value, Me)]
        mine = [self._me()] if len(others) < len(query.values) else []
        return one_holds([*mine, *([same_text(source, others, field)] if others else [])])

    def _me(self) -> Sql:
        if self._context.actor is None:
            raise InvalidValue("Nobody is signed in who “me” could be", "Name the owner instead.", field="owner")
        return Sql("k.uid = ?", (self._context.actor,))

    def _narrowed(self, query: Comparison, field: FilterField) -> Sql | None:
        """What the full-text index knows of long texts; whoever is found is looked at again."""
        table, column = ("search_body", _BODY_COLUMNS.get(field.name))
        if self._entity is not EntityKind.ACTIVITY:
            table, column = ("search_name", "other" if field.name == "notes" else None)
        if column is None or self._context.trash or field.custom is not None:
            return None
        found = []
        for value in query.values:
            words = folded_words(value) if isinstance(value, str) else []
            if not words:
                return None
            found.append("(" + " AND ".join(f'"{word}"' for word in words) + ")")
        return self._in_index(table, f"{column} : ({' OR '.join(found)})")

    def _in_index(self, table: str, expression: str) -> Sql:
        code = CODES[self._entity]
        sql = f"SELECT rowid / {STRIDE} FROM {table} WHERE {table} MATCH ? AND rowid % {STRIDE} = {code}"
        return Sql(f"t.id IN ({sql})", (expression,))

    def _words(self, query: Words) -> Sql:
        words = folded_words(" ".join(query.words))
        if not words:
            return NEVER
        if self._context.trash:
            return all_hold([self._begins_a_word(word) for word in words])
        beginnings = " AND ".join(f'"{word}"*' for word in words)
        if self._entity is EntityKind.ACTIVITY:
            return self._in_index("search_body", beginnings)
        return self._in_index("search_name", f"{{{_NAME_COLUMNS}}} : ({beginnings})")

    def _begins_a_word(self, word: str) -> Sql:
        """What `search_name` and `search_body` would answer, from the rows."""
        places = [Source(expression, f"fold({expression})", "", "") for expression in _SEARCHED[self._entity]]
        return one_holds([holds_words(place, word, beginnings=True) for place in places])


_SEARCHED: Final = {
    EntityKind.CONTACT: (
        "t.display_name",
        "(SELECT c.name FROM company c WHERE c.id = t.company_id)",
        "(SELECT group_concat(p.normal, ' ') FROM contact_point p WHERE p.contact_id = t.id AND p.kind = 'email')",
    ),
    EntityKind.COMPANY: (
        "t.name",
        "(SELECT group_concat(d.domain, ' ') FROM company_domain d WHERE d.company_id = t.id)",
    ),
    EntityKind.ACTIVITY: ("t.subject", "t.body", "t.notes", "t.location"),
    EntityKind.LEAD: (
        "t.display_name",
        "t.company",
        "(SELECT group_concat(p.normal, ' ') FROM lead_point p WHERE p.lead_id = t.id AND p.kind = 'email')",
    ),
    EntityKind.DEAL: ("t.title", "(SELECT c.name FROM company c WHERE c.id = t.company_id)"),
    EntityKind.TASK: ("t.title",),
    EntityKind.EVENT: (
        "t.title",
        "(SELECT group_concat(p.email, ' ') FROM event_attendee p WHERE p.event_id = t.id)",
    ),
}


def _yes_or_no(source: Source, query: Comparison, field: FilterField) -> Sql:
    for value in query.values:
        if not isinstance(value, bool) or query.operator is not Operator.IS:
            raise unfit(field, value)
    return is_in(source.value, [int(value is True) for value in query.values])
