"""What a language gives quick capture to read by: tables of folded words, and how phrases of them are found. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from services.records.capture import CaptureKind

_LONGEST_PHRASE: Final = 5


@dataclass(frozen=True, slots=True)
class Deed:
    """What a word says of what is or was done; `kind` None says only that it happened, or is to do.

    `wraps` words speak of the deed that follows ("remind me to call"); `failed` ones did not come off.
    `closes` words stand at the end of a German clause and outdo the noun before them. `first_only` words are
    verbs at the beginning of a line alone, `yields` ones give way to a deed directly after them, and
    `to_somebody` ones are a task where nobody is named.
    """

    kind: CaptureKind | None
    done: bool = False
    is_noun: bool = False
    wraps: bool = False
    failed: bool = False
    closes: bool = False
    first_only: bool = False
    yields: bool = False
    to_somebody: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """The words of one language, folded; forms of one meaning are parted by "|", those of a phrase by a space.

    Weekdays count from Monday 0, months from 1; `near` are days from today.
    """

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    near: Mapping[int, str]
    which: Mapping[str, str]
    units: Mapping[str, str]
    numbers: Mapping[int, str]
    edges: Mapping[str, str]
    ends: Mapping[str, str]
    day_leads: str
    day_joints: str
    time_leads: str
    counted_leads: str
    ago: str
    ago_first: str
    no_day: str
    idioms: Mapping[int, str]
    positions: Mapping[int, str]
    numbered_weeks: str
    weekends: str
    ordinal_signs: str
    day_parts: Mapping[str, str]
    oclock: str
    half: Mapping[str, str]
    quarters: Mapping[int, str]
    every: str
    every_other: str
    rules: Mapping[str, str]
    deeds: tuple[tuple[Deed, str], ...]
    splits: tuple[tuple[Deed, str, str], ...]
    compound_ends: Mapping[CaptureKind, str]
    went: str
    praise: str
    explicit: Mapping[CaptureKind, str]
    evening_deeds: str
    priorities: Mapping[str, str]
    denials: str
    factors: Mapping[int, str]
    money_words: Mapping[str, str]
    offers: str
    counted_things: str
    articles: str
    pronouns: str
    name_leads: str
    company_leads: str
    joints: str
    honorifics: str
    greetings: str
    new_people: str
    said: str
    fillers: str


def forms(words: str) -> list[str]:
    """The forms of one meaning."""
    return [form.strip() for form in words.split("|") if form.strip()]


class Phrases:
    """Phrases of one to five words and what they mean; where languages clash, the first one holds."""

    def __init__(self, *tables: Mapping[Any, str]) -> None:
        self._values: dict[str, Any] = {}
        for table in tables:
            for value, words in table.items():
                for form in forms(words):
                    self._values.setdefault(form, value)

    @cached_property
    def longest(self) -> int:
        """How many words its longest phrase has."""
        return min(_LONGEST_PHRASE, max((form.count(" ") + 1 for form in self._values), default=0))

    def get(self, phrase: str) -> Any:
        """What a phrase means; None for any other."""
        return self._values.get(phrase)

    def __contains__(self, phrase: str) -> bool:
        return phrase in self._values

    def items(self) -> Mapping[str, Any]:
        """Every phrase with its meaning."""
        return MappingProxyType(self._values)
