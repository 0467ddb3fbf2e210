"""Pieces of SQL that carry their bound values with them: no value is ever written into a statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Sql:
    """A condition and the values of its placeholders, in order."""

    text: str
    bound: tuple[Any, ...] = ()


_SIDE_BY_SIDE: Final = 16

NEVER: Final = Sql("0")
ALWAYS: Final = Sql("1")


def joined(parts: Sequence[Sql], word: str) -> Sql:
    """Conditions joined by AND or OR, in brackets; a lone one is itself."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) > _SIDE_BY_SIDE:
        # A long chain is a deep tree to SQLite, which takes a thousand levels.
        middle = len(parts) // 2
        return joined([joined(parts[:middle], word), joined(parts[middle:], word)], word)
    text = f" {word} ".join(part.text for part in parts)
    return Sql(f"({text})", tuple(value for part in parts for value in part.bound))


def all_hold(parts: Sequence[Sql]) -> Sql:
    """All of these conditions; true for none."""
    return joined(parts, "AND") if parts else ALWAYS


def one_holds(parts: Sequence[Sql]) -> Sql:
    """At least one of these conditions; false for none."""
    return joined(parts, "OR") if parts else NEVER


def negated(condition: Sql) -> Sql:
    """What does not hold, a missing value included."""
    return Sql(f"({condition.text}) IS NOT TRUE", condition.bound)


def is_in(expression: str, values: Sequence[Any]) -> Sql:
    """Whether an expression is one of these values."""
    if len(values) == 1:
        return Sql(f"{expression} = ?", (values[0],))
    return Sql(f"{expression} IN ({','.join('?' * len(values))})", tuple(values))
