"""Matches whole names in a line against the workspace: deals, companies and people by all of their words. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from services.capture.known import Entry, KnownNames
from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line, name_words, without_umlauts
from services.capture.name_places import NamePlaces, named, without_legal_form
from services.records.capture import PartKind
from services.records.fields import EntityKind
from services.values.text import fold

_MOST_WORDS: Final = 6
_SHORTEST_COMPACT: Final = 3
_INSIDE: Final = frozenset("-'&.+/")


class WholeNameReader:
    """Finds deals, companies of several words and whole names of people; days are read after them."""

    def __init__(self, line: Line, known: KnownNames, places: NamePlaces) -> None:
        self._line = line
        self._known = known
        self._places = places
        self._words: Lexicon = lexicon()

    def read(self) -> None:
        """Find them; their words are taken."""
        grams = list(self._grams())
        texts = {text for _, _, forms in grams for text in forms}
        if not texts:
            return
        deals, companies = _by_words(self._known.deals_titled(texts)), _by_words(self._known.companies_named(texts))
        self._add_beginnings(companies)
        people = _by_words(self._known.people_named({text for text in texts if " " in text or not text.isascii()}))
        by_start: dict[int, list[tuple[int, tuple[str, ...]]]] = {}
        for first, after, forms in grams:
            by_start.setdefault(first, []).append((after, forms))
        for first in sorted(by_start):
            for after, forms in sorted(by_start[first], reverse=True):
                free = self._line.free(first) and self._line.free(after - 1)
                if free and self._take_whole((first, after), forms, (deals, companies, people)):
                    break

    def _add_beginnings(self, companies: dict[str, list[Entry]]) -> None:
        """Companies whose name in the workspace goes on with a legal form that the line leaves out."""
        seen: set[str] = set()
        for number in self._line.free_atoms():
            atom = self._line.atoms[number]
            joined = self._line.said(number + 1) == "&"
            if not atom.is_capital or atom.folded in seen or (atom.folded in self._words.known and not joined):
                continue
            seen.add(atom.folded)
            for one in self._known.companies_beginning(atom.folded):
                short = without_legal_form(one.words)
                if short != one.words:
                    companies.setdefault(" ".join(short), []).append(one)

    def _grams(self) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Runs of up to six free words with the forms under which they may be known."""
        for first in range(len(self._line.atoms)):
            if not self._line.free(first) or self._line.atoms[first].is_sign:
                continue
            words, after = 0, first
            while self._line.free(after) and words < _MOST_WORDS:
                atom = self._line.atoms[after]
                if atom.is_sign and atom.text not in _INSIDE:
                    break
                after += 1
                if atom.is_sign:
                    continue
                words += 1
                text = fold(self._line.plain[self._line.atoms[first].start : atom.end])
                bare = " ".join(word for word in text.split() if word not in ("and", "und"))
                yield first, after, tuple(dict.fromkeys((text, bare, without_umlauts(text), *_parted(text))))

    def _take_whole(
        self, place: tuple[int, int], forms: Sequence[str], tables: tuple[dict[str, list[Entry]], ...]
    ) -> bool:
        first, after = place
        deals, companies, people = ([one for form in forms for one in table.get(_key(form), ())] for table in tables)
        several = len(name_words(forms[0])) > 1
        if deals and several:
            self._places.add(first, after, named(PartKind.DEAL, deals[:1]))
            return True
        formal = self._places.legal_form_after(after)
        if people and several and not (companies and formal > after):
            self._places.add(first, self._places.possessive(after), named(PartKind.PERSON, people))
            return True
        if companies and (several or formal > after) and not self._is_only_words(first, after):
            self._places.add(first, self._places.possessive(formal), named(PartKind.COMPANY, companies))
            return True
        if people and not several and not forms[0].isascii():
            # A name without a space between its parts, as it is written in Chinese and Japanese.
            self._places.add(first, after, named(PartKind.PERSON, people))
            return True
        return False

    def _is_only_words(self, first: int, after: int) -> bool:
        """Whether every word is an everyday one and none is written like a name: "next week"."""
        atoms = self._line.atoms[first:after]
        return not any(atom.is_capital for atom in atoms) and all(
            atom.folded in self._words.known for atom in atoms if atom.is_word
        )


def _parted(text: str) -> list[str]:
    """A name that is written without a space, parted at every place: Chinese and Japanese ones are."""
    if text.isascii() or not _SHORTEST_COMPACT <= len(text) <= _MOST_WORDS or text[0].lower() != text[0].upper():
        return []
    return [f"{text[:place]} {text[place:]}" for place in range(1, len(text))] if " " not in text else []


def _key(text: str) -> str:
    return " ".join(name_words(text))


def _by_words(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """Entries by their name, and by their name without "and" and without a space."""
    table: dict[str, list[Entry]] = {}
    for one in entries:
        keys = {" ".join(one.words), " ".join(word for word in one.words if word not in ("and", "und"))}
        if one.record.entity is EntityKind.CONTACT:
            keys.add(" ".join((*one.words[1:], *one.words[:1])))
            keys.add("".join(one.words))
        for key in keys:
            table.setdefault(key, []).append(one)
    return table
