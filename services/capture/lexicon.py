"""The words of all languages joined, since reps mix them in one line; made once. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Final

from services.capture.vocabulary import Deed, Phrases, Vocabulary, forms
from services.capture.words_de import GERMAN
from services.capture.words_en import ENGLISH

LANGUAGES: Final = (ENGLISH, GERMAN)


def _joined(table: Callable[[Vocabulary], Mapping[Any, str]]) -> Phrases:
    return Phrases(*(table(language) for language in LANGUAGES))


def _set(words: Callable[[Vocabulary], str]) -> Phrases:
    """Phrases of which only it matters that they are there."""
    return Phrases(*({True: words(language)} for language in LANGUAGES))


class Lexicon:
    """Every table that the readers look words up in."""

    def __init__(self) -> None:
        self.weekdays = _joined(lambda words: dict(enumerate(words.weekdays)))
        self.months = _joined(lambda words: dict(enumerate(words.months, 1)))
        self.near = _joined(lambda words: words.near)
        self.which = _joined(lambda words: words.which)
        self.units = _joined(lambda words: words.units)
        self.numbers = _joined(lambda words: words.numbers)
        self.edges = _joined(lambda words: words.edges)
        self.ends = _joined(lambda words: words.ends)
        self.day_leads = _set(lambda words: words.day_leads)
        self.day_joints = _set(lambda words: words.day_joints)
        self.time_leads = _set(lambda words: words.time_leads)
        self.counted_leads = _set(lambda words: words.counted_leads)
        self.ago = _set(lambda words: words.ago)
        self.ago_first = _set(lambda words: words.ago_first)
        self.no_day = _set(lambda words: words.no_day)
        self.idioms = _joined(lambda words: words.idioms)
        self.positions = _joined(lambda words: words.positions)
        self.numbered_weeks = _set(lambda words: words.numbered_weeks)
        self.weekends = _set(lambda words: words.weekends)
        self.splits = [
            (deed, folded_forms(verb), folded_forms(rest))
            for language in LANGUAGES
            for deed, verb, rest in language.splits
        ]
        self.ordinal_signs = _set(lambda words: words.ordinal_signs)
        self.day_parts = _joined(lambda words: words.day_parts)
        self.oclock = _set(lambda words: words.oclock)
        self.half = _joined(lambda words: words.half)
        self.quarters = _joined(lambda words: words.quarters)
        self.every = _set(lambda words: words.every)
        self.every_other = _set(lambda words: words.every_other)
        self.rules = _joined(lambda words: words.rules)
        self.deeds = _deeds()
        self.compound_ends = _joined(lambda words: words.compound_ends)
        self.went = _set(lambda words: words.went)
        self.praise = _set(lambda words: words.praise)
        self.explicit = _joined(lambda words: words.explicit)
        self.evening_deeds = _set(lambda words: words.evening_deeds)
        self.priorities = _joined(lambda words: words.priorities)
        self.denials = _set(lambda words: words.denials)
        self.factors = _joined(lambda words: words.factors)
        self.money_words = _joined(lambda words: words.money_words)
        self.offers = _set(lambda words: words.offers)
        self.counted_things = _set(lambda words: words.counted_things)
        self.articles = _set(lambda words: words.articles)
        self.pronouns = _set(lambda words: words.pronouns)
        self.name_leads = _set(lambda words: words.name_leads)
        self.company_leads = _set(lambda words: words.company_leads)
        self.joints = _set(lambda words: words.joints)
        self.honorifics = _set(lambda words: words.honorifics)
        self.greetings = _set(lambda words: words.greetings)
        self.new_people = _set(lambda words: words.new_people)
        self.said = _set(lambda words: words.said)
        self.fillers = _set(lambda words: words.fillers)
        self.known = self._every_word()

    def _every_word(self) -> frozenset[str]:
        """Every single word that some table holds: none of them is taken for an unknown name."""
        tables = [table for table in vars(self).values() if isinstance(table, Phrases)]
        return frozenset(word for table in tables for phrase in table.items() for word in phrase.split())


def _deeds() -> Phrases:
    table: dict[Deed, str] = {}
    for language in LANGUAGES:
        for deed, words in language.deeds:
            table[deed] = "|".join(filter(None, (table.get(deed, ""), words)))
    return Phrases(table)


@cache
def lexicon() -> Lexicon:
    """The tables, made when they are first needed."""
    return Lexicon()


def folded_forms(words: str) -> frozenset[str]:
    """The forms of one meaning, to look words up in."""
    return frozenset(forms(words))
