"""The functions that read-only SQL may call, and own versions of those that one call could keep busy for hours.

SQLite looks at the clock between its steps, not inside a function: searching one text of megabytes for another
takes hours where both are made for it. Own versions refuse what is longer than anybody's text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

from services.values.text import fold

LONGEST_TEXT: Final = 4 * 1024 * 1024
LONGEST_PATTERN: Final = 1000
_MOST_TRIMMED: Final = 100

_NAMES: Final = """
    abs avg acos asin atan atan2 ceil ceiling char coalesce concat concat_ws cos count cume_dist date datetime
    degrees dense_rank exp first_value floor fold format group_concat hex if ifnull iif instr julianday lag last_value
    lead length like ln log log10 log2 lower ltrim max median min mod nth_value ntile nullif octet_length
    percent_rank pi pow power printf quote radians random rank replace round row_number rtrim sign sin sqrt strftime
    string_agg substr substring sum tan time timediff total trim trunc typeof unicode unixepoch upper
"""
ALLOWED_FUNCTIONS: Final = frozenset(_NAMES.split())
"""Names as SQLite gives them to its authorizer."""


def register_bounded(connection: Any) -> None:
    """Put the own versions in place of SQLite's on one driver connection."""
    functions: tuple[tuple[str, int, Callable[..., Any]], ...] = (
        ("fold", 1, _fold),
        ("instr", 2, _instr),
        ("replace", 3, _replace),
        ("like", 2, _like),
        ("like", 3, _like),
        ("trim", 2, lambda value, signs: _trimmed(value, signs, str.strip)),
        ("ltrim", 2, lambda value, signs: _trimmed(value, signs, str.lstrip)),
        ("rtrim", 2, lambda value, signs: _trimmed(value, signs, str.rstrip)),
    )
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function, deterministic=True)


class TextTooLong(ValueError):
    """A text or pattern longer than these functions take."""


def _text(value: Any, most: int = LONGEST_TEXT) -> str:
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    text = value if isinstance(value, str) else str(value)
    if len(text) > most:
        raise TextTooLong
    return text


def _fold(value: Any) -> str | None:
    return None if value is None else fold(_text(value))


def _instr(haystack: Any, needle: Any) -> int | None:
    if haystack is None or needle is None:
        return None
    return _text(haystack).find(_text(needle)) + 1


def _replace(value: Any, old: Any, new: Any) -> Any:
    if value is None or old is None or new is None:
        return None
    text, gone, come = _text(value), _text(old), _text(new)
    if not gone:
        return text
    if text.count(gone) * len(come) > LONGEST_TEXT:
        raise TextTooLong
    return text.replace(gone, come)


def _trimmed(value: Any, signs: Any, strip: Callable[[str, str], str]) -> str | None:
    if value is None or signs is None:
        return None
    return strip(_text(value), _text(signs, _MOST_TRIMMED))


def _like(pattern: Any, value: Any, escape: Any = "") -> int | None:
    """`value LIKE pattern`: % is any text, _ any sign; the case of ASCII letters does not matter."""
    if pattern is None or value is None or escape is None:
        return None
    pieces = _pieces(_text(pattern, LONGEST_PATTERN), _text(escape, 1))
    return int(_matches(pieces, _text(value)))


@lru_cache(maxsize=64)
def _pieces(pattern: str, escape: str) -> tuple[re.Pattern[str], ...]:
    """What stands between the % of a pattern; each piece matches texts of one length only."""
    pieces = [""]
    taken_literally = False
    for sign in pattern:
        if taken_literally:
            pieces[-1] += re.escape(sign)
            taken_literally = False
        elif escape and sign == escape:
            taken_literally = True
        elif sign == "%":
            pieces.append("")
        else:
            pieces[-1] += "." if sign == "_" else re.escape(sign)
    last = len(pieces) - 1
    return tuple(
        re.compile(piece + (r"\Z" if place == last else ""), re.IGNORECASE | re.ASCII | re.DOTALL)
        for place, piece in enumerate(pieces)
    )


def _matches(pieces: tuple[re.Pattern[str], ...], text: str) -> bool:
    """Each piece at the first place where it fits: whatever follows % has then the most room left."""
    first = pieces[0].match(text)
    if first is None:
        return False
    end = first.end()
    for piece in pieces[1:]:
        found = piece.search(text, end)
        if found is None:
            return False
        end = found.end()
    return True
