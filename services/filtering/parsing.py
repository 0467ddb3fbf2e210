"""Reads what a rep types into a query: `lifecycle:customer owner:me -tag:vip (city:Hamburg OR last>30d)`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from services.filtering.fields import ORDERED, FilterField, Matching, fields_of, find_field, spellings
from services.filtering.reading import read_pattern, read_value
from services.filtering.tree import (
    EVERYTHING,
    ORDERING,
    Age,
    Amount,
    And,
    Comparison,
    Days,
    Moment,
    Not,
    Operator,
    Or,
    Query,
    Value,
    Words,
)
from services.filtering.unreadable import UnreadableQuery, nearest
from services.records.fields import EntityKind
from services.records.people import CustomField
from services.values.text import fold
from services.values.unreadable import UnreadableValue

if TYPE_CHECKING:
    from lark import Token

LONGEST: Final = 4000

_SIGNS: Final = {
    "=": Operator.IS,
    "≤": Operator.AT_MOST,
    "≥": Operator.AT_LEAST,
}
_NEGATED: Final = ("!=", "≠")
_ESCAPED: Final = re.compile(r'\\(["\\*])|(\*)', re.DOTALL)
_LOOKS_LIKE_CONDITION: Final = re.compile(r"\D[^:<>=]*[:<>=]|[:<>=]")
_NAME_ESCAPES: Final = re.compile(r'\\(["\\])|"', re.DOTALL)
_SHOWN_FIELDS: Final = 12


def parse(text: str, entity: EntityKind, custom_fields: Iterable[CustomField] = ()) -> Query:
    """The query that `text` means for this kind of record; of an empty text the one that everything matches.

    Raises UnreadableQuery (an InvalidValue): where, what was not understood, and the nearest known word.
    """
    if len(text) > LONGEST:
        hint = f"Keep it within {LONGEST} characters."
        raise UnreadableQuery("", "The query is too long", hint, position=LONGEST)
    if not text.strip():
        return EVERYTHING
    from services.filtering.grammar import read

    return _Reader(entity, fields_of(entity, custom_fields)).query(read(text))


class _Reader:
    """Turns the tree of the grammar into nodes whose values are those of their fields."""

    def __init__(self, entity: EntityKind, fields: Mapping[str, FilterField]) -> None:
        self._entity = entity
        self._fields = fields

    def query(self, node: Any) -> Query:
        """The query of a node of the tree, or of a lone word."""
        kind = getattr(node, "data", None)
        if kind is None:
            return _searchable(_words(node), node)
        children: list[Any] = node.children
        if kind == "comparison":
            return self._comparison(children)
        if kind == "negated":
            return Not(self.query(children[0]))
        if kind == "any_of":
            return Or(tuple(self.query(child) for child in children))
        return self._all_of(children)

    def _all_of(self, children: Sequence[Any]) -> Query:
        """Words side by side are one condition; AND between them keeps them apart."""
        operands: list[tuple[Query, Any]] = []
        apart = True
        for child in children:
            kind = getattr(child, "type", "")
            if kind == "AND":
                apart = True
                continue
            operand = _words(child) if kind else self.query(child)
            before = operands[-1][0] if operands else None
            if isinstance(operand, Words) and isinstance(before, Words) and not apart:
                operands[-1] = (Words(before.words + operand.words), operands[-1][1])
            else:
                operands.append((operand, child))
            apart = False
        found = [_searchable(operand, child) for operand, child in operands]
        return found[0] if len(found) == 1 else And(tuple(found))

    def _comparison(self, children: Sequence[Any]) -> Query:
        name, sign, *tokens = children
        field = self._field(name)
        bare = str(sign)
        negated = bare in _NEGATED
        if bare[0] == ":" and len(bare) > 1:
            bare = bare[1:]
        operator = Operator.IS if negated else _SIGNS.get(bare) or Operator(bare)
        if operator in ORDERING:
            found = _ordered(field, operator, sign, tokens)
        else:
            parts = _same(field, tokens)
            found = parts[0] if len(parts) == 1 else Or(tuple(parts))
        return Not(found) if negated else found

    def _field(self, token: Token) -> FilterField:
        name = _NAME_ESCAPES.sub(lambda found: found[1] or "", str(token)) if '"' in token else str(token)
        found = find_field(name, self._fields)
        if found is not None:
            return found
        known = spellings(self._fields)
        listed = ", ".join(known[:_SHOWN_FIELDS])
        hint = f"Fields are {listed} and more; put it in quotes to search for it as text."
        predicate = f"is not a field of a {self._entity}"
        raise UnreadableQuery(name, predicate, hint, position=token.start_pos or 0, suggestion=nearest(name, known))


def _words(token: Any) -> Words:
    quoted = token.type == "QUOTED"
    text = token[1:-1] if quoted else str(token)
    if quoted and token[0] == '"':
        text = _ESCAPED.sub(lambda found: found[1] or found[2], text)
    position = token.start_pos or 0
    if not quoted and _LOOKS_LIKE_CONDITION.match(text):
        hint = 'A condition is a field, a sign and a value, as in size>50; put text in quotes, as in "a:b".'
        raise UnreadableQuery(text, "is no condition", hint, position=position)
    parts = text.split()
    if not parts:
        raise UnreadableQuery(token, "is empty", "Write what to search for.", position=position)
    return Words(tuple(parts))


def _searchable(query: Query, token: Any) -> Query:
    """Signs are passed over between words ("Berg & Co"), but cannot be searched for alone."""
    if isinstance(query, Words) and not fold(" ".join(query.words)):
        hint = "Search for words; conditions look like lifecycle:customer."
        position = token.start_pos or 0
        raise UnreadableQuery(" ".join(query.words), "holds no letter or digit", hint, position=position)
    return query


def _is_quoted(token: Token) -> bool:
    return str(token.type) == "QUOTED"


def _pieces(token: str) -> tuple[str, ...]:
    """The text of a value, parted at its stars; in straight quotes a backslash takes a sign literally."""
    if token[:1] not in tuple('"“„'):
        return tuple(token.split("*"))
    if token[0] != '"':
        return tuple(token[1:-1].split("*"))
    pieces = [""]
    end = 0
    inner = token[1:-1]
    for found in _ESCAPED.finditer(inner):
        pieces[-1] += inner[end : found.start()] + (found[1] or "")
        if found[2]:
            pieces.append("")
        end = found.end()
    pieces[-1] += inner[end:]
    return tuple(pieces)


def _value(field: FilterField, token: Token) -> Value:
    pieces = _pieces(token)
    try:
        if len(pieces) > 1:
            return read_pattern(field, pieces)
        return read_value(field, pieces[0], quoted=_is_quoted(token))
    except UnreadableValue as error:
        close = nearest(pieces[0], field.choices) if field.matching is Matching.CHOICE else ""
        position = token.start_pos or 0
        raise UnreadableQuery(
            error.value or str(token), error.predicate, error.hint, position=position, suggestion=close
        ) from error


def _same(field: FilterField, tokens: Sequence[Token]) -> list[Query]:
    """A list of values as conditions of which one must hold; ranges and keywords each stand alone."""
    plain: list[Value] = []
    others: list[Query] = []
    for token in tokens:
        alone = _keyword(field, token) or _range(field, token)
        if alone is not None:
            others.append(alone)
            continue
        value = _value(field, token)
        if isinstance(value, Age):
            hint = f"Write {field.name}<{token} for less, or {field.name}>{token} for more."
            raise UnreadableQuery(token, "is how long ago, not when", hint, position=token.start_pos or 0)
        plain.append(value)
    return ([Comparison(field.name, Operator.IS, tuple(plain))] if plain else []) + others


def _keyword(field: FilterField, token: Token) -> Query | None:
    if _is_quoted(token):
        return None
    word = token.lower()
    if word == "none":
        return Comparison(field.name, Operator.EMPTY)
    return Comparison(field.name, Operator.FILLED) if word == "any" or not word.strip("*") else None


def _range(field: FilterField, token: Token) -> Query | None:
    if _is_quoted(token) or ".." not in token or field.matching not in ORDERED:
        return None
    low, _, high = token.partition("..")
    if not low and not high:
        hint = f"Write its ends, as in {field.name}:10..50."
        raise UnreadableQuery(token, "has neither beginning nor end", hint, position=token.start_pos or 0)
    ends = [_value(field, _part(token, part)) for part in (low, high) if part]
    if len(ends) == 1:
        return Comparison(field.name, Operator.AT_LEAST if low else Operator.AT_MOST, (ends[0],))
    first, last = ends
    if isinstance(first, Amount) and isinstance(last, Amount) and not first.currency:
        first = Amount(first.value, last.currency)  # 10..50EUR
    if isinstance(first, Age) != isinstance(last, Age) or _runs_backwards(first, last):
        hint = f"Write the smaller end first: {high}..{low}."
        raise UnreadableQuery(token, "is no range", hint, position=token.start_pos or 0)
    return Comparison(field.name, Operator.BETWEEN, (first, last))


def _part(token: Token, text: str) -> Token:
    from lark import Token as Piece

    return Piece("VALUE", text, start_pos=(token.start_pos or 0) + token.index(text))


def _runs_backwards(low: Value, high: Value) -> bool:
    if isinstance(low, Days) and isinstance(high, Days):
        return low.first > high.last
    if isinstance(low, Moment) and isinstance(high, Moment) and (low.at.tzinfo is None) == (high.at.tzinfo is None):
        return low.at > high.at
    if isinstance(low, Amount) and isinstance(high, Amount):
        return low.currency != high.currency or low.value > high.value
    return isinstance(low, int | float) and isinstance(high, int | float) and low > high


def _ordered(field: FilterField, operator: Operator, sign: Token, tokens: Sequence[Token]) -> Query:
    position = sign.start_pos or 0
    if field.matching not in ORDERED:
        hint = f"Write {field.name}: and what it is; numbers and dates can be compared with {operator}."
        raise UnreadableQuery(sign, f"does not apply to {field.label}", hint, position=position)
    if len(tokens) > 1:
        hint = "Write a large number without separators, as in 120000."
        raise UnreadableQuery(sign, "takes one value", hint, position=tokens[1].start_pos or 0)
    return Comparison(field.name, operator, (_value(field, tokens[0]),))
