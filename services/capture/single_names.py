"""Matches single names in a line, and misspelt ones, against the workspace: a company by one word, people by theirs.

Names that are common words as well (Will, May, Next, Target) count where a name would stand, written like one. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from services.capture.known import Entry, KnownNames
from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line, without_umlauts
from services.capture.name_places import FoundName, NamePlaces, is_german, named, without_legal_form
from services.capture.vocabulary import Deed
from services.records.capture import NamedRecord, Part, PartKind
from services.records.fields import EntityKind

_SHORTEST_MISSPELT: Final = 5
_SHORTEST_FAMILY: Final = 2
_MOST_MORE: Final = 3


class SingleNameReader:
    """Finds names of one word after whole names and days were read."""

    def __init__(self, line: Line, known: KnownNames, places: NamePlaces) -> None:
        self._line = line
        self._known = known
        self._places = places
        self._words: Lexicon = lexicon()

    def read(self) -> None:
        """Find companies by one word, people by one of their names, then misspelt names; their words are taken."""
        for number in self._line.free_atoms():
            self._company(number)
        for number in self._line.free_atoms():
            self._person(number)
        for number in self._line.free_atoms():
            self._misspelt(number)
        self._settle()

    def _is_in_compound(self, number: int) -> bool:
        """Whether a word is a later part of one with a hyphen, as Luc in Jean-Luc."""
        return self._line.atoms[number].glued and self._line.word(number - 1) == "-" and self._line.free(number - 2)

    def _may_be_name(self, number: int) -> bool:
        atom = self._line.atoms[number]
        if (atom.text.isascii() and len(atom.text) == 1) or self._is_in_compound(number):
            return False
        if not atom.is_word or (atom.glued and self._line.said(number - 1) in ("#", "@", "_", "/")):
            return False
        if not atom.is_capital:
            due = self._places.is_led(number) and not self._places.is_in_article(number)
            return due and not self._places.has_capitals
        return True

    def _company(self, number: int) -> None:
        atom = self._line.atoms[number]
        if not (atom.is_word or self._line.is_glued_word(number + 1)) or not self._may_be_name(number):
            return
        ordinary = atom.folded in self._words.known
        at_start = number == self._places.first_word and not self._is_subject(number + 1)
        if ordinary and (not atom.is_capital or at_start):
            return
        whole: list[Entry] = []
        begun: list[Entry] = []
        for one in self._known.companies_beginning(atom.folded):
            short = without_legal_form(one.words)
            (whole if short == (atom.folded,) else begun).append(one)
        if not whole and not ordinary and len(begun) == 1 and self._may_be_begun(number, begun[0]):
            whole = begun
        if whole:
            after = self._places.legal_form_after(number + 1)
            self._places.add(number, self._places.possessive(after), named(PartKind.COMPANY, whole))

    def _may_be_begun(self, number: int, company: Entry) -> bool:
        """Whether the first word of a company's name stands for it, and not for a person or another company."""
        if self._goes_on_as_name(number + 1) and not is_german(self._line):
            return False
        word, before = self._line.atoms[number].folded, self._line.said(number - 1)
        people = self._known.people_with([word])
        if before in self._words.honorifics or any(word in one.words[: max(one.given, 1)] for one in people):
            return False
        if number and self._is_like_first_name(number - 1) and not self._line.atoms[number].glued:
            # "Anna Almeda" is Anna of Almeda where she works there; "Tom Becker" is somebody else.
            return bool(self._known.people_with([before], company=company.record.id))
        return not people or before in self._words.company_leads

    def _is_like_first_name(self, number: int) -> bool:
        atom = self._line.atoms[number]
        return atom.is_word and atom.text[0].isupper() and atom.folded not in self._words.known

    def _is_subject(self, number: int) -> bool:
        """Whether what follows says something of the word before: a verb, a colon, a day."""
        said = self._line.said(number)
        deed = self._words.deeds.get(said)
        past = isinstance(deed, Deed) and deed.done
        return past or said in self._words.said or said in (":", ",", "'", "") or not self._line.free(number)

    def _person(self, number: int) -> None:
        if not self._may_be_name(number) or (self._places.is_in_article(number) and self._is_at_place(number)):
            return
        titled = self._titles_before(number)
        if not titled < number and self._is_verb(number):
            return
        for word in self._spellings(self._line.atoms[number].folded):
            entries = list(self._known.people_with([word])) + self._at_companies(word)
            run = self._longest_run(number, word, entries)
            if run is not None and self._accept(number, titled, run):
                return

    def _is_at_place(self, number: int) -> bool:
        """Whether an article stands before a name that is a noun as well ("am Dom", "the Bill")."""
        return self._line.said(number - 1) not in ("der", "die")

    def _spellings(self, word: str) -> list[str]:
        """A word, and as it may be meant: ue for ü, the s of a German genitive."""
        forms = [word, without_umlauts(word)]
        if len(word) > _SHORTEST_MISSPELT and word.endswith("s"):
            forms.append(word[:-1])
        return list(dict.fromkeys(forms))

    def _at_companies(self, word: str) -> list[Entry]:
        """Those of a name at the companies of the line, of whom there may be more than are looked at."""
        companies = [one.part.value for one in self._places.found if one.part.kind is PartKind.COMPANY]
        return [
            found
            for company in companies
            if isinstance(company, NamedRecord)
            for found in self._known.people_with([word], company=company.id)
        ]

    def _longest_run(
        self, number: int, word: str, entries: Sequence[Entry]
    ) -> tuple[int, bool, list[Entry], str] | None:
        """The atom after the longest run of words of a name, whether they are of the first name, and whose."""
        best: tuple[int, bool, list[Entry], str] | None = None
        for one in dict.fromkeys(entries):
            for start in (place for place, known in enumerate(one.words) if known == word):
                after, steps = number + 1, 1
                while start + steps < len(one.words):
                    place = after + (self._line.word(after) in ("-", "'") and self._line.atoms[after].glued)
                    if self._line.word(place) != one.words[start + steps]:
                        break
                    after, steps = place + 1, steps + 1
                given = start < max(one.given, 1) and (one.given > 0 or start == 0)
                if best is None or (after, given) > (best[0], best[1]):
                    best = after, given, [one], word
                elif (after, given) == (best[0], best[1]):
                    best[2].append(one)
        return best

    def _titles_before(self, number: int) -> int:
        """The number of the first form of address before a name, or its own."""
        place = number
        while True:
            step = 2 if self._line.word(place - 1) == "." else 1
            if self._line.word(place - step) not in self._words.honorifics:
                return place
            place -= step

    def _accept(self, number: int, titled: int, run: tuple[int, bool, list[Entry], str]) -> bool:
        after, given, entries, word = run
        addressed = titled < number
        ordinary = self._line.atoms[number].folded in self._words.known
        if addressed:
            family = [one for one in entries if word in one.words[one.given :]]
            entries = family or entries
        elif not given and (ordinary or not self._may_be_family(number) or self._goes_on_as_name(after)):
            return False
        if self._line.word(after) == "-" and self._line.atoms[after].glued and self._line.is_glued_word(after + 1):
            return False
        if given and after == number + 1 and not addressed and self._goes_on_as_name(after):
            return self._with_other_family(number, after, entries)
        self._places.add(titled, self._places.possessive(after), named(PartKind.PERSON, entries))
        return True

    def _may_be_family(self, number: int) -> bool:
        """Whether a last name may stand alone here: where a name is due, or as the first word."""
        return self._places.is_led(number) or number == self._places.first_word

    def _is_verb(self, number: int) -> bool:
        """Whether a word that is a name too begins the line as a verb: "Grant access to Claire"."""
        word = self._line.atoms[number].folded
        if word not in self._words.known:
            return False
        deed = self._words.deeds.get(word)
        if not self._line.atoms[number].is_capital:
            return not self._places.is_led(number)
        if self._line.said(number + 1) in self._words.pronouns:
            return True
        if number != self._places.first_word or self._is_subject(number + 1):
            return False
        if not isinstance(deed, Deed) or deed.wraps or not self._line.free(number + 1):
            return False
        return any(self._line.said(number + step) in ("to", "for", "as") for step in (2, 3, 4))

    def _goes_on_as_name(self, after: int) -> bool:
        """Whether an unknown word that is written like a last name follows a first name."""
        if not self._line.free(after):
            return False
        atom = self._line.atoms[after]
        plain = atom.is_capital and not atom.glued and atom.text[0].isupper() and len(atom.text) >= _SHORTEST_FAMILY
        return plain and atom.folded not in self._words.known and not atom.text.isupper()

    def _with_other_family(self, number: int, after: int, entries: Sequence[Entry]) -> bool:
        """A known first name with another last name: one that is misspelt, or somebody new."""
        first, written = self._line.atoms[number].folded, self._line.atoms[after].folded
        likely = self._with_misspelt_family(first, written)
        if likely:
            self._places.add(number, self._places.possessive(after + 1), named(PartKind.PERSON, likely, is_guess=True))
        elif is_german(self._line) and not self._is_family_name(written):
            # Nouns are written like names: "Bill Vertrag schicken".
            self._places.add(number, after, named(PartKind.PERSON, entries))
        else:
            last = after
            while self._goes_on_as_name(last + 1) and last - number < _MOST_MORE and not is_german(self._line):
                last += 1
            name = self._line.plain[self._line.atoms[number].start : self._line.atoms[last].end]
            self._places.add(number, last + 1, Part(PartKind.NEW_PERSON, name))
        return True

    def _with_misspelt_family(self, first: str, written: str) -> list[Entry]:
        """Those of a first name whose whole last name is one typo away from what is written."""
        if len(written) < _SHORTEST_MISSPELT:
            return []
        near = sorted(self._known.alike(written))
        return [one for word in near for one in self._known.people_with([first, word]) if one.words == (first, word)]

    def _is_family_name(self, word: str) -> bool:
        """Whether somebody known has this last name."""
        return any(word in one.words[one.given :] for one in self._known.people_with([word]))

    def _misspelt(self, number: int) -> None:
        """A name that is one typo away from a known one, where a name is due."""
        atom = self._line.atoms[number]
        if len(atom.text) < _SHORTEST_MISSPELT or atom.folded in self._words.known or not self._may_be_name(number):
            return
        if not (self._places.is_led(number) or number == self._places.first_word):
            return
        near = [word for word in self._known.alike(atom.folded) if abs(len(word) - len(atom.folded)) <= 1]
        if self._misspelt_company(number, near):
            return
        people = [one for word in near for one in self._known.people_with([word])]
        if people and self._places.is_led(number) and not self._goes_on_as_name(number + 1):
            self._places.add(number, self._places.possessive(number + 1), named(PartKind.PERSON, people, is_guess=True))

    def _misspelt_company(self, number: int, near: Sequence[str]) -> bool:
        for word in near:
            for one in self._known.companies_beginning(word):
                rest = without_legal_form(one.words)[1:]
                if [self._line.word(number + 1 + step) for step in range(len(rest))] == list(rest):
                    self._places.add(number, number + 1 + len(rest), named(PartKind.COMPANY, [one], is_guess=True))
                    return True
        return False

    # --- Who of several -------------------------------------------------------------------------------------

    def _settle(self) -> None:
        """The companies of the line decide between people of one name."""
        companies = {
            one.part.value.id if one.part.value.entity is EntityKind.COMPANY else one.part.value.company_id
            for one in self._places.found
            if one.part.kind in (PartKind.COMPANY, PartKind.DEAL) and isinstance(one.part.value, NamedRecord)
        }
        self._places.found = [self._decided(one, companies) for one in self._places.found]

    def _decided(self, one: FoundName, companies: set[int | None]) -> FoundName:
        fitting = [choice for choice in one.part.choices if choice.company_id in companies]
        if one.part.kind is not PartKind.PERSON or len(fitting) != 1:
            return one
        part = Part(PartKind.PERSON, fitting[0], one.part.span, one.part.is_guess)
        return FoundName(one.first, one.after, part)
