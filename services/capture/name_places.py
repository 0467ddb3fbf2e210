"""Where names may stand in a line, and those that were found: what the readers of names share. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.capture.known import Entry
from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.capture.vocabulary import Deed
from services.records.capture import CaptureKind, Part, PartKind
from services.values.text import listed

MOST_CHOICES: Final = 8
LEGAL_FORMS: Final = listed(
    "gmbh ag kg ug se ohg ltd limited inc llc llp plc corp corporation co bv nv sa sas sarl srl spa ab oy as aps kft "
    "zoo sro gbr kgaa mbh ek pte pty"
)
_CONTACTED: Final = frozenset({CaptureKind.CALL, CaptureKind.EMAIL, CaptureKind.MEETING})
_GERMAN: Final = listed(
    "mit an bei am um und von vom zum zur fur der die das den dem des ein eine nicht noch anrufen schicken treffen "
    "besuchen prufen vorbereiten heute morgen wegen bis uhr hat habe sie wir ich uber"
)


@dataclass(frozen=True, slots=True)
class FoundName:
    """Words of a name: the numbers of the first atom and of the one after the last, and the part they are."""

    first: int
    after: int
    part: Part


class NamePlaces:
    """The names of one line, and where another one is due."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._words: Lexicon = lexicon()
        self.found: list[FoundName] = []
        self.first_word = next((n for n, atom in enumerate(line.atoms) if atom.is_word), 0)
        capitals = [n for n, atom in enumerate(line.atoms) if atom.is_word and atom.text[0].isupper()]
        self.has_capitals = any(n != self.first_word and len(line.atoms[n].text) > 1 for n in capitals)

    def _before(self, number: int) -> int:
        """The number of the word before an atom, signs such as the stroke of "w/" passed over; -1 at the start."""
        place = number - 1
        while place >= 0 and self._line.atoms[place].is_sign and self._line.atoms[place].text in '/&+"(':
            place -= 1
        return place

    def is_led(self, number: int) -> bool:
        """Whether a name is due here: after "with", a verb of contact or a form of address, or beside another name."""
        before = self._before(number)
        said = self._line.said(before)
        if said in self._words.honorifics or said in self._words.name_leads or said in self._words.company_leads:
            return True
        deed = self._words.deeds.get(said)
        if isinstance(deed, Deed) and deed.kind in _CONTACTED:
            return True
        return said == "back" or self._is_beside_name(before, number)

    def _is_beside_name(self, before: int, number: int) -> bool:
        joint = self._line.said(before) in self._words.joints or self._line.said(before) == ","
        place = before - 1 if joint else before
        signs = joint or before != number - 1
        return signs and any(one.after - 1 == place for one in self.found)

    def is_in_article(self, number: int) -> bool:
        return self._line.said(number - 1) in self._words.articles

    def legal_form_after(self, after: int) -> int:
        place = after
        while self._line.free(place) and (
            self._line.said(place) in LEGAL_FORMS or (place > after and self._line.said(place) in ("&", ".", "co"))
        ):
            place += 1
        return place

    def possessive(self, after: int) -> int:
        """The atom after the 's or ' of a name."""
        if self._line.word(after) == "'" and self._line.atoms[after].glued:
            glued = self._line.is_glued_word(after + 1)
            if glued and self._line.word(after + 1) == "s":
                return after + 2
            return after + 1 if not glued else after
        return after

    def add(self, first: int, after: int, part: Part) -> None:
        """Keep a part and take its words."""
        start, end = self._line.atoms[first].start, self._line.atoms[after - 1].end
        self._line.take(start, end)
        placed = Part(part.kind, part.value, self._line.span(start, end), part.is_guess, part.choices)
        self.found.append(FoundName(first, after, placed))


def is_german(line: Line) -> bool:
    """Whether a line is German by its small words: then its nouns are written like names."""
    return any(atom.folded in _GERMAN and not atom.text[0].isupper() for atom in line.atoms if atom.is_word)


def without_legal_form(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a company's name without what it is by law."""
    kept = list(words)
    while len(kept) > 1 and kept[-1] in LEGAL_FORMS and not (kept[-1] == "co" and len(kept) == 2):
        kept.pop()
    return tuple(kept)


def named(kind: PartKind, entries: Sequence[Entry], *, is_guess: bool = False) -> Part:
    """The part of a name: one record, or several to choose from."""
    records = tuple(dict.fromkeys(one.record for one in entries))
    if len(records) == 1:
        return Part(kind, records[0], is_guess=is_guess)
    return Part(kind, None, is_guess=is_guess, choices=records[:MOST_CHOICES])
