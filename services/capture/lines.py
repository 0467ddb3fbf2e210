"""A typed line as quick capture reads it: words, figures and signs with their places, and what is taken. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from services.capture.vocabulary import Phrases
from services.values.text import fold

_ATOM: Final = re.compile(r"[0-9]+|(?:[^\W\d_][\u0300-\u036f\u064b-\u065f]*)+|[^\s]")
_ALIKE: Final = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"}
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"))
_LONGEST: Final = 2000
"""Of a text that was pasted, the beginning is read; the rest is subject."""


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cc") and not character.isspace()


@dataclass(frozen=True, slots=True)
class Atom:
    """A run of letters, a run of figures, or one sign; `start` and `end` count in the plain text of the line.

    `glued` atoms follow the one before without a space.
    """

    text: str
    folded: str
    start: int
    end: int
    glued: bool

    @property
    def is_word(self) -> bool:
        """Whether it is made of letters."""
        return self.text[0].isalpha()

    @property
    def is_number(self) -> bool:
        """Whether it is made of figures."""
        return self.text[0] in "0123456789"

    @property
    def is_sign(self) -> bool:
        """Whether it is neither."""
        return not self.is_word and not self.is_number

    @property
    def is_capital(self) -> bool:
        """Whether it begins like a name: with a capital, or in a script that has none."""
        return self.is_word and (self.text[0].isupper() or self.text[0].lower() == self.text[0].upper())


class Line:
    """The plain text of a line: what nobody sees is left out, signs that look alike are one."""

    def __init__(self, line: str) -> None:
        self.line = line
        kept: list[str] = []
        self._places: list[int] = []
        for place, character in enumerate(line[:_LONGEST]):
            if _is_unseen(character):
                continue
            kept.append(" " if character.isspace() else _ALIKE.get(character, character))
            self._places.append(place)
        self.plain = "".join(kept)
        self.atoms = self._read()
        self._at = {atom.start: number for number, atom in enumerate(self.atoms)}
        self._taken = bytearray(len(self.plain))

    def _read(self) -> list[Atom]:
        atoms: list[Atom] = []
        for found in _ATOM.finditer(self.plain):
            text = found.group()
            glued = bool(atoms) and atoms[-1].end == found.start()
            atoms.append(Atom(text, fold(text) or text, found.start(), found.end(), glued))
        return atoms

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the typed line of a stretch of the plain text."""
        return self._places[start], self._places[end - 1] + 1

    def take(self, start: int, end: int) -> None:
        """Keep a stretch from being read again."""
        self._taken[start:end] = b"\x01" * (end - start)

    def is_free(self, start: int, end: int) -> bool:
        """Whether nothing of a stretch was taken."""
        return not any(self._taken[start:end])

    def free(self, number: int) -> bool:
        """Whether there is such an atom and it was not taken."""
        return 0 <= number < len(self.atoms) and not self._taken[self.atoms[number].start]

    def free_atoms(self) -> Iterator[int]:
        """The numbers of the atoms that were not taken, as they stand when each is asked for."""
        return (number for number in range(len(self.atoms)) if self.free(number))

    def number_at(self, start: int) -> int | None:
        """The number of the atom that begins at a place of the plain text."""
        return self._at.get(start)

    def next_number(self, end: int) -> int:
        """The number of the first atom at or after a place of the plain text."""
        return next((number for number, atom in enumerate(self.atoms) if atom.start >= end), len(self.atoms))

    def word(self, number: int) -> str:
        """The folded text of a free atom; "" where there is none."""
        return self.atoms[number].folded if self.free(number) else ""

    def said(self, number: int) -> str:
        """The folded text of any atom, taken or not; "" where there is none."""
        return self.atoms[number].folded if 0 <= number < len(self.atoms) else ""

    def phrase(self, number: int, phrases: Phrases) -> tuple[str, int] | None:
        """The longest phrase that begins at an atom, and the number of the atom after it.

        Hyphens and apostrophes within it are passed over.
        """
        words: list[str] = []
        found: tuple[str, int] | None = None
        place = number
        while self.free(place) and len(words) < phrases.longest:
            atom = self.atoms[place]
            if atom.is_sign:
                if atom.text not in "-'" or not atom.glued or not words:
                    break
                place += 1
                continue
            words.append(atom.folded)
            place += 1
            for said in dict.fromkeys((" ".join(words), without_umlauts(" ".join(words)))):
                if said in phrases:
                    found = said, place
                    break
        return found

    def is_glued_word(self, number: int) -> bool:
        """Whether letters follow the atom before without a space."""
        return self.free(number) and self.atoms[number].glued and self.atoms[number].is_word

    def matched(self, pattern: re.Pattern[str], number: int) -> re.Match[str] | None:
        """What a pattern matches from an atom on, if all of it is free."""
        if not self.free(number):
            return None
        found = pattern.match(self.plain, self.atoms[number].start)
        return found if found is not None and self.is_free(*found.span()) else None


def without_umlauts(words: str) -> str:
    """Words in which ae, oe and ue stand for ä, ö and ü, as folding writes these."""
    if "e" in words:
        for written, plain in _UMLAUTS:
            words = words.replace(written, plain)
    return words


@lru_cache(maxsize=4096)
def name_words(text: str) -> tuple[str, ...]:
    """The words of a name as the words of a line are cut."""
    return tuple(atom.group() for atom in _ATOM.finditer(fold(text)))
