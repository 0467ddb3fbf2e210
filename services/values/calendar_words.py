"""Names of months and weekdays in the languages people's lists are written in, folded, from CLDR."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final, Literal

from babel.dates import get_day_names, get_month_names

from services.values.text import fold

LANGUAGES: Final = ("en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "nb", "cs")
_WIDTHS: Final[tuple[Literal["wide", "abbreviated"], ...]] = ("wide", "abbreviated")
_CONTEXTS: Final[tuple[Literal["format", "stand-alone"], ...]] = ("format", "stand-alone")
# Spellings that CLDR does not list.
_MORE_MONTHS: Final = {"sept": 9, "maerz": 3, "mrz": 3, "janner": 1, "feber": 2}


@cache
def month_numbers() -> dict[str, int]:
    """The number of each month, 1 to 12, by folded name or abbreviation; earlier languages win a clash."""
    numbers: dict[str, int] = {}
    for language in LANGUAGES:
        for width in _WIDTHS:
            for context in _CONTEXTS:
                names = get_month_names(width, context, language)
                _learn(numbers, ((names[number], number) for number in range(1, 13)))
    _learn(numbers, _MORE_MONTHS.items())
    return numbers


def _learn(numbers: dict[str, int], names: Iterable[tuple[str, int]]) -> None:
    for name, number in names:
        word = fold(name)
        if word and not word.isdigit() and " " not in word:
            numbers.setdefault(word, number)


@cache
def weekday_words() -> frozenset[str]:
    """The folded names and abbreviations of the days of the week."""
    return frozenset(
        fold(name)
        for language in LANGUAGES
        for width in _WIDTHS
        for context in _CONTEXTS
        for name in get_day_names(width, context, language).values()
    )
