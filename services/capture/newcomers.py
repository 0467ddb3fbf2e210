"""Finds the people and companies in a line that the workspace does not know yet. Pure."""

from __future__ import annotations

from typing import Final

from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.capture.name_places import LEGAL_FORMS, is_german
from services.capture.vocabulary import Deed
from services.records.capture import CaptureKind, Part, PartKind
from services.values.text import listed

_SHORTEST: Final = 2
_MOST_WORDS: Final = 4
_PARTICLES: Final = listed("van von der den de del di da la le el al bin ten ter zu")
_CONTACTED: Final = frozenset({CaptureKind.CALL, CaptureKind.EMAIL, CaptureKind.MEETING})


class NewcomerReader:
    """Finds names of two words where a name is due, and names that end in a legal form."""

    def __init__(self, line: Line, *, has_points: bool) -> None:
        self._line = line
        self._has_points = has_points
        self._words: Lexicon = lexicon()

    def read(self) -> list[Part]:
        """The new companies and people; their words are taken."""
        parts = [*self._companies()]
        for number in self._line.free_atoms():
            part = self._person(number)
            if part is not None:
                parts.append(part)
        return parts

    def _part(self, kind: PartKind, first: int, after: int) -> Part:
        start, end = self._line.atoms[first].start, self._line.atoms[after - 1].end
        self._line.take(start, end)
        return Part(kind, self._line.plain[start:end], self._line.span(start, end))

    def _is_name(self, number: int) -> bool:
        if not self._line.free(number):
            return False
        atom = self._line.atoms[number]
        plain = atom.is_capital and atom.folded not in self._words.known and len(atom.text) >= _SHORTEST
        return plain and atom.text[0].isalpha()

    def _companies(self) -> list[Part]:
        """Solarwerk GmbH, Zeppelin Werke GmbH & Co. KG."""
        parts: list[Part] = []
        for number in self._line.free_atoms():
            if self._line.word(number) not in LEGAL_FORMS or not self._line.atoms[number].is_capital:
                continue
            first = number
            while self._is_part_of_company(first - 1) and number - first < _MOST_WORDS:
                first -= 1
            while first < number and self._line.atoms[first].is_sign:
                first += 1
            if first == number or not self._line.atoms[first].is_capital or self._line.word(first) in LEGAL_FORMS:
                continue
            after = number + 1
            while self._line.word(after) in LEGAL_FORMS or (
                self._line.word(after) in ("&", ".", "co") and self._line.word(after + 1) in ("co", "kg", ".")
            ):
                after += 1
            parts.append(self._part(PartKind.NEW_COMPANY, first, after))
        return parts

    def _is_part_of_company(self, number: int) -> bool:
        if not self._line.free(number):
            return False
        atom = self._line.atoms[number]
        if atom.text in ("&", "-") and number > 0:
            return self._line.free(number - 1) and self._line.atoms[number - 1].is_capital
        led = self._words.deeds.get(atom.folded) is not None or atom.folded in self._words.name_leads
        return atom.is_capital and not led

    def _person(self, number: int) -> Part | None:
        if not self._is_name(number) or (number and self._is_name(number - 1) and self._line.atoms[number].glued):
            return None
        after = self._end_of_name(number)
        if after is None or not self._is_due(number, after):
            return None
        return self._part(PartKind.NEW_PERSON, number, after)

    def _end_of_name(self, number: int) -> int | None:
        """The atom after two or more words that are written like a name."""
        place, words = number, 0
        while words < _MOST_WORDS:
            if self._is_name(place):
                # Jean-Luc is one word: somebody new is known by two.
                words += not self._line.atoms[place].glued or place == number
            elif not (self._line.word(place) in _PARTICLES and words):
                joined = self._line.word(place) in ("-", "'") and self._line.atoms[place].glued
                if not (joined and self._line.is_glued_word(place + 1)):
                    break
            place += 1
        return place if words >= _SHORTEST and self._is_name(place - 1) else None

    def _is_due(self, number: int, after: int) -> bool:
        """Whether somebody new is named here and not something else that is written with capitals."""
        first = next(iter(self._line.free_atoms()), number)
        before = number - 1
        while before >= 0 and self._line.said(before) in (":", "."):
            before -= 1
        if self._ends(before, self._words.new_people) or self._ends(before, self._words.greetings):
            return True
        if self._has_points and (number == first or number == 0):
            return True
        said = self._line.said(before)
        deed = self._words.deeds.get(said)
        contacted = isinstance(deed, Deed) and deed.kind in _CONTACTED and not deed.is_noun
        german = is_german(self._line)
        # Whom one visits is a company as often.
        if contacted and not german and not said.startswith("visit"):
            return True
        return said in self._words.honorifics or said in ("mit", "with")

    def _ends(self, number: int, phrases: object) -> bool:
        """Whether one of these phrases ends at an atom."""
        for words in range(1, 5):
            said = " ".join(self._line.said(place) for place in range(number - words + 1, number + 1))
            if said in phrases:  # type: ignore[operator]
                return True
        return False
