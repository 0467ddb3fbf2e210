"""Writes a query as a rep would type it; reading that again gives the same query."""

from __future__ import annotations

import re
from datetime import UTC
from functools import singledispatch
from typing import Final

from services.filtering.tree import (
    ORDERING,
    Age,
    Amount,
    And,
    Comparison,
    Days,
    Me,
    Moment,
    Not,
    Operator,
    Or,
    Pattern,
    Period,
    Query,
    Value,
    Words,
)
from services.records.fields import CUSTOM_PREFIX

_BARE_WORD: Final = re.compile(r"[^\s()\"“”„:<>=≤≥≠!,\-][^\s()\"“”„:<>=≤≥≠!,]*")
_BARE_VALUE: Final = re.compile(r"[^\s(),\"“”„<>=≤≥*][^\s(),\"“”„*]*")
_BARE_NAME: Final = re.compile(r"[\w.\-]+")
_OPERATORS: Final = frozenset({"AND", "OR", "NOT"})
_KEYWORDS: Final = frozenset({"none", "any", "me"})
_ESCAPES: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "*": "\\*"})


def render(query: Query) -> str:
    """The typed form of a query, as short as it can be; "" for the one that everything matches."""
    if isinstance(query, Or):
        return " OR ".join(_within(part, (Or,)) for part in query.operands)
    if isinstance(query, And):
        return _conjunction(query)
    if isinstance(query, Not):
        several = (And, Or)
        many_words = isinstance(query.operand, Words) and len(query.operand.words) > 1
        return f"-({render(query.operand)})" if many_words else f"-{_within(query.operand, several)}"
    if isinstance(query, Words):
        return " ".join(_word(word) for word in query.words)
    return _comparison(query)


def _within(query: Query, groups: tuple[type, ...]) -> str:
    return f"({render(query)})" if isinstance(query, groups) else render(query)


def _conjunction(query: And) -> str:
    text = ""
    before: Query | None = None
    for part in query.operands:
        if before is not None:
            text += " AND " if isinstance(before, Words) and isinstance(part, Words) else " "
        text += _within(part, (And, Or))
        before = part
    return text


def _quoted(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _word(word: str) -> str:
    return word if _BARE_WORD.fullmatch(word) and word not in _OPERATORS else _quoted(word)


def _comparison(query: Comparison) -> str:
    name = _name(query.field)
    if query.operator in (Operator.EMPTY, Operator.FILLED):
        return f"{name}:{query.operator}"
    values = [render_value(value) for value in query.values]
    if query.operator is Operator.BETWEEN:
        return f"{name}:{values[0]}..{values[1]}"
    sign = query.operator.value if query.operator in ORDERING else ":"
    return f"{name}{sign}{','.join(values)}"


def _name(name: str) -> str:
    own = name.removeprefix(CUSTOM_PREFIX)
    if own == name or _BARE_NAME.fullmatch(own):
        return name
    inner = own.replace("\\", "\\\\").replace('"', '\\"')
    return f'{CUSTOM_PREFIX}"{inner}"'


@singledispatch
def render_value(value: Value) -> str:
    """The typed form of one value."""
    raise TypeError(f"{type(value).__name__} is no value of a query")


@render_value.register
def _(value: str) -> str:
    bare = _BARE_VALUE.fullmatch(value) and value.lower() not in _KEYWORDS
    return value if bare else _quoted(value)


@render_value.register
def _(value: bool) -> str:
    return "yes" if value else "no"


@render_value.register
def _(value: int) -> str:
    return str(value)


@render_value.register
def _(value: float) -> str:
    return repr(value)


@render_value.register
def _(value: Pattern) -> str:
    whole = "".join(value.parts)
    bare = "*".join(value.parts)
    if (not whole or _BARE_VALUE.fullmatch(whole)) and bare[0] not in "<>=≤≥":
        return bare
    return '"' + "*".join(part.translate(_ESCAPES) for part in value.parts) + '"'


@render_value.register
def _(value: Amount) -> str:
    return f"{value.value:f}{value.currency}"


@render_value.register
def _(value: Days) -> str:
    day = value.first.isoformat()
    if value.is_day:
        return day
    return day[:7] if value.is_month else day[:4]


@render_value.register
def _(value: Moment) -> str:
    zone = "" if value.at.tzinfo is None else "Z"
    at = value.at.astimezone(UTC) if zone else value.at
    return at.replace(tzinfo=None).isoformat(timespec="seconds" if at.second else "minutes") + zone


@render_value.register
def _(value: Age) -> str:
    return f"{value.count}{value.unit}"


@render_value.register
def _(value: Period) -> str:
    return value.value


@render_value.register
def _(value: Me) -> str:
    return "me"
