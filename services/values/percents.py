"""Percentages as whole numbers: "15", "15 %", and the 0.15 of programs that count in shares."""

from __future__ import annotations

from services.values.numbers import parse_number
from services.values.text import clean
from services.values.unreadable import UnreadableValue

_WHOLE = 100


def parse_percent(text: str, decimal_mark: str = ".") -> int:
    """A number from 0 to 100; one that is written with decimals and at most 1 is a share. Raises UnreadableValue."""
    bare = clean(text)
    marked = bare.endswith("%")
    number = float(parse_number(bare.rstrip("% "), decimal_mark, "is not a percentage"))
    if not marked and 0 < number <= 1 and any(mark in bare for mark in ".,"):
        number *= _WHOLE
    if not 0 <= number <= _WHOLE:
        raise UnreadableValue(text, "is not a percentage", "Give a number from 0 to 100.")
    return round(number)
