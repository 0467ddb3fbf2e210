"""What a line is about: a call, a mail, a meeting, a task or a note, and whether it happened or is to be done. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.capture.vocabulary import Deed
from services.records.capture import CaptureKind

_SIGNS_OF_CLAUSES: Final = frozenset(",;:.!?|")
_SHORTEST_COMPOUND: Final = 3


@dataclass(frozen=True, slots=True)
class Hit:
    """A word of a deed: the numbers of the first atom and of the one after the last, and its clause."""

    first: int
    after: int
    clause: int
    deed: Deed


@dataclass(frozen=True, slots=True)
class Finding:
    """What the words of a line say: `words` are the atoms that say the kind, None where no word does.

    `is_noun` holds where a noun says it and no verb; `clause` is the part of the line it stands in.
    """

    kind: CaptureKind | None
    done: bool
    words: tuple[int, int] | None = None
    is_noun: bool = False
    clause: int = 0
    is_said: bool = True


class DeedReader:
    """Finds what the free words of a line say was done or is to be done; names and days are taken before."""

    def __init__(self, line: Line, *, has_people: bool) -> None:
        self._line = line
        self._has_people = has_people
        self._words: Lexicon = lexicon()
        self.clauses = self._clauses()

    def _clauses(self) -> list[int]:
        """The clause of each atom: signs end one, inside a name or a number they do not."""
        numbers: list[int] = []
        clause = 0
        for number, atom in enumerate(self._line.atoms):
            numbers.append(clause)
            spaced = number + 1 < len(self._line.atoms) and not self._line.atoms[number + 1].glued
            if atom.text in _SIGNS_OF_CLAUSES and spaced and self._line.free(number):
                clause += 1
        return numbers

    def read(self) -> Finding:
        """What the line says."""
        explicit = self._explicit()
        if explicit is not None and explicit.kind is CaptureKind.NOTE:
            return explicit
        hits = self._hits()
        found = self._of_clauses(hits)
        if explicit is None:
            return found
        if found.kind in (None, CaptureKind.TASK) or explicit.kind is not CaptureKind.TASK:
            return Finding(explicit.kind, found.done and explicit.kind is not CaptureKind.TASK, explicit.words)
        return found

    def _explicit(self) -> Finding | None:
        """Note: ..., Aufgabe: ..., todo ..."""
        first = next(iter(self._line.free_atoms()), None)
        found = self._line.phrase(first, self._words.explicit) if first is not None else None
        if found is None or first is None:
            return None
        kind = CaptureKind(self._words.explicit.get(found[0]))
        colon = self._line.word(found[1]) == ":"
        if not colon and kind is not CaptureKind.TASK and found[0] not in ("note", "notiz", "vermerk"):
            return None
        return Finding(kind, kind is CaptureKind.NOTE, (first, found[1] + colon), clause=self.clauses[first])

    # --- Words of deeds -------------------------------------------------------------------------------------

    def _hits(self) -> list[Hit]:
        hits: list[Hit] = []
        number = 0
        first = next((n for n, atom in enumerate(self._line.atoms) if not atom.is_sign), 0)
        while number < len(self._line.atoms):
            hit = self._hit(number, is_first=number == first) if self._line.free(number) else None
            if hit is not None:
                hits.append(hit)
            number = hit.after if hit is not None else number + 1
        return hits

    def _hit(self, number: int, *, is_first: bool) -> Hit | None:
        split = self._split(number)
        if split is not None:
            return split
        found = self._line.phrase(number, self._words.deeds)
        if found is not None:
            deed = self._words.deeds.get(found[0])
            is_deed = isinstance(deed, Deed) and not (deed.first_only and not (is_first and self._is_verb(found[1])))
            if not is_deed or self._is_described(number) or (deed.is_noun and self._describes(number, found[1])):
                return None
            return Hit(number, found[1], self.clauses[number], deed)
        return self._compound(number)

    def _is_described(self, number: int) -> bool:
        """Whether an article makes a noun of a verb: "before the call", "the mail"."""
        said = self._line.said(number - 1)
        return said in ("the", "my", "our", "their", "his", "her", "your", "'", "s") and number > 0

    def _is_verb(self, after: int) -> bool:
        """Whether a word that is a noun too begins a request: not "quote sent"."""
        following = self._words.deeds.get(self._line.word(after))
        return not (isinstance(following, Deed) and following.done)

    def _describes(self, number: int, after: int) -> bool:
        """Whether a noun is part of what somebody said they want: "wants 3 demo units"."""
        if not self._line.free(after) or not self._line.atoms[after].is_word:
            return False
        clause = range(number)
        said = any(self._line.word(n) in self._words.said and self.clauses[n] == self.clauses[number] for n in clause)
        word = self._line.word(after)
        return said and (word in self._words.counted_things or word not in self._words.known)

    def _split(self, number: int) -> Hit | None:
        """Rufe ... an: a German verb whose first part ends the clause."""
        for deed, verbs, rests in self._words.splits:
            if self._line.word(number) not in verbs:
                continue
            for place in range(number + 1, len(self._line.atoms)):
                ends = place + 1 == len(self._line.atoms) or self._line.atoms[place + 1].is_sign
                if self._line.word(place) in rests and (ends or self._line.word(place) != "an"):
                    return Hit(number, number + 1, self.clauses[number], deed)
        return None

    def _compound(self, number: int) -> Hit | None:
        """Messebesuch, Kundentermin: a German noun that ends like one of a deed."""
        word = self._line.word(number)
        if not self._line.atoms[number].is_capital:
            return None
        for end, kind in self._words.compound_ends.items().items():
            if word.endswith(end) and len(word) >= len(end) + _SHORTEST_COMPOUND:
                return Hit(number, number + 1, self.clauses[number], Deed(CaptureKind(kind), is_noun=True))
        return None

    # --- Clauses --------------------------------------------------------------------------------------------

    def _of_clauses(self, hits: Sequence[Hit]) -> Finding:
        """The first clause that names a kind; a clause that tells of a failure gives way to one with a task."""
        fallback: Finding | None = None
        for clause in sorted({hit.clause for hit in hits}):
            own = [hit for hit in hits if hit.clause == clause]
            found = self._of_clause(own, clause)
            if found.kind is not None:
                return found
            if fallback is None and (found.done or found.is_said):
                fallback = found
        return fallback or Finding(None, done=False, is_said=False)

    def _of_clause(self, hits: Sequence[Hit], clause: int) -> Finding:
        named = [hit for hit in hits if hit.deed.kind is not None]
        happened = any(hit.deed.done for hit in hits) or self._went(clause)
        wrapped = [hit for hit in hits if hit.deed.wraps]
        if not named:
            done = happened and not wrapped
            return Finding(None, done, clause=clause, is_said=bool(hits) and (done or bool(wrapped)))
        chosen = self._chosen(named)
        later = [hit for hit in hits if hit.deed.done and hit.first > chosen.first]
        done = chosen.deed.done
        if not done and chosen.deed.is_noun:
            done = happened or self._is_praised(chosen.first)
        elif not done and not wrapped:
            done = self._went(clause) and not chosen.deed.closes and chosen.deed.kind is not CaptureKind.TASK
            done = done or (bool(later) and self._ends_clause(later[-1]))
        earlier = any(hit.deed.done and hit.first < chosen.first for hit in hits)
        done = done or (earlier and bool(later) and not wrapped)
        kind = CaptureKind.TASK if chosen.deed.to_somebody and not self._has_people else chosen.deed.kind
        is_noun = chosen.deed.is_noun and not any(hit.deed.closes or hit.deed.done for hit in hits)
        return Finding(kind, done, (chosen.first, chosen.after), is_noun, clause)

    def _ends_clause(self, hit: Hit) -> bool:
        """Whether a participle stands last, as in "E-Mail an Björn geschickt"."""
        return not any(
            self._line.free(number) and not self._line.atoms[number].is_sign and self.clauses[number] == hit.clause
            for number in range(hit.after, len(self._line.atoms))
        )

    def _chosen(self, named: Sequence[Hit]) -> Hit:
        """The word that says what is done: the first one, but a German verb at the end outdoes its noun."""
        first = named[0]
        if first.deed.yields and len(named) > 1 and named[1].first <= first.after + 1:
            return named[1]
        closing = next((hit for hit in named if hit.deed.closes), None)
        if closing is None or closing is first or not first.deed.is_noun:
            return first
        # A mail that is sent is a mail; an appointment that is prepared is a task.
        return first if first.deed.kind is CaptureKind.EMAIL else closing

    def _went(self, clause: int) -> bool:
        """Whether the clause tells how it went."""
        places = [number for number in self._line.free_atoms() if self.clauses[number] == clause]
        return any(self._line.phrase(number, self._words.went) is not None for number in places)

    def _is_praised(self, number: int) -> bool:
        """Great meeting: who judges it has had it."""
        return self._line.word(number - 1) in self._words.praise
