"""Reads one typed line into parts: signs first, then names, money, days and times, and what it is about. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Final

from services.capture.amounts import CROWN, AmountReader, FoundAmount, crown_of
from services.capture.clock import ClockReader, FoundTime, in_four_figures
from services.capture.day_words import DayReader, FoundDay
from services.capture.days import Seen
from services.capture.deeds import DeedReader, Finding
from services.capture.editing import settled
from services.capture.known import KnownNames
from services.capture.lexicon import lexicon
from services.capture.lines import Line
from services.capture.marks import MarkReader
from services.capture.name_places import NamePlaces
from services.capture.newcomers import NewcomerReader
from services.capture.repeats import FoundRepeat, RepeatReader
from services.capture.single_names import SingleNameReader
from services.capture.vocabulary import Deed
from services.capture.whole_names import WholeNameReader
from services.records.capture import (
    Captured,
    CapturedAmount,
    CapturedTime,
    CaptureKind,
    NamedRecord,
    Part,
    PartKind,
)

_FROM: Final = ("from", "von", "vom")
_TO: Final = ("to", "auf", "bis", "nach", "zum")
_TAKING_PLACE: Final = frozenset({CaptureKind.CALL, CaptureKind.MEETING})


@dataclass(frozen=True, slots=True)
class CaptureContext:
    """Where a line is typed: `now` in the rep's zone, the region that dials, and the currency that is meant."""

    now: datetime
    region: str = "DE"
    currency: str = "EUR"


def read_line(text: str, known: KnownNames, context: CaptureContext) -> Captured:
    """Everything that a line says; nothing in it is ever lost, and no text raises an error."""
    return _Reading(text, known, context).read()


class _Reading:
    """The steps of reading one line: each takes the words it understood, so that later ones leave them alone."""

    def __init__(self, text: str, known: KnownNames, context: CaptureContext) -> None:
        self._line = Line(text)
        self._known = known
        self._context = context
        self._words = lexicon()
        self._parts: list[Part] = []
        self._names = NamePlaces(self._line)

    def read(self) -> Captured:
        """Read the line step by step."""
        marks = MarkReader(self._line, self._context.region)
        self._parts += marks.read()
        self._quoted_people(marks)
        WholeNameReader(self._line, self._known, self._names).read()
        amounts = AmountReader(self._line, self._context.currency)
        found_amounts = amounts.read(minutes=self._mentions(_TAKING_PLACE))
        repeat = RepeatReader(self._line).read()
        days = DayReader(self._line, self._context.now.date()).read()
        times = with_lengths(self._times(days, repeat))
        SingleNameReader(self._line, self._known, self._names).read()
        self._reached_people()
        self._newcomers(marks)
        if not any(one.amount for one in found_amounts):
            found_amounts += filter(None, [amounts.beside_offer()])
        deeds = DeedReader(self._line, has_people=self._has_people())
        finding = deeds.read()
        if not times and finding.kind in _TAKING_PLACE:
            times += filter(None, [in_four_figures(self._line)])
        self._parts += [one.part for one in self._names.found]
        self._add_amount(found_amounts)
        done = self._add_when(_When(days, times, repeat), finding, deeds.clauses)
        return self._finished(finding, done=done)

    def _mentions(self, kinds: frozenset[CaptureKind]) -> bool:
        for number in self._line.free_atoms():
            found = self._line.phrase(number, self._words.deeds)
            deed = self._words.deeds.get(found[0]) if found is not None else None
            if isinstance(deed, Deed) and deed.kind in kinds:
                return True
        return False

    def _span(self, first: int, after: int) -> tuple[int, int]:
        return self._line.span(self._line.atoms[first].start, self._line.atoms[after - 1].end)

    # --- People and money -----------------------------------------------------------------------------------

    def _quoted_people(self, marks: MarkReader) -> None:
        """Names as mail programs write them, of addresses that nobody known has."""
        reached = self._owners([str(part.value) for part in self._parts if part.kind is PartKind.EMAIL])
        for start, end, name in marks.quoted_names:
            if not reached and name:
                self._parts.append(Part(PartKind.NEW_PERSON, name, self._line.span(start, end)))

    def _owners(self, points: Sequence[str]) -> dict[str, NamedRecord]:
        return {point: one.record for point, one in self._known.people_reached(points)} if points else {}

    def _reached_people(self) -> None:
        """A known address or number names its owner, who is not named twice."""
        points = [part for part in self._parts if part.kind in (PartKind.EMAIL, PartKind.PHONE)]
        owners = self._owners([str(part.value) for part in points])
        named = {one.part.value for one in self._names.found}
        for part in points:
            owner = owners.get(str(part.value))
            if owner is not None and owner not in named:
                self._parts[self._parts.index(part)] = Part(PartKind.PERSON, owner, part.span)
                named.add(owner)

    def _newcomers(self, marks: MarkReader) -> None:
        points = any(part.kind in (PartKind.EMAIL, PartKind.PHONE) for part in self._parts)
        people = any(part.kind is PartKind.NEW_PERSON for part in self._parts) or bool(marks.quoted_names)
        found = NewcomerReader(self._line, has_points=points and not people).read()
        self._parts += found

    def _add_amount(self, found: Sequence[FoundAmount]) -> None:
        """The first amount, or the one that another gave way to."""
        amounts = [one for one in found if one.amount is not None]
        chosen = next((one for one in amounts if one.is_new), amounts[0] if amounts else None)
        if chosen is None or chosen.amount is None:
            return
        amount = chosen.amount
        if amount.currency == CROWN:
            amount = CapturedAmount(amount.minor, self._crown())
        self._parts.append(Part(PartKind.AMOUNT, amount, self._line.span(chosen.start, chosen.end)))

    def _has_people(self) -> bool:
        reached = any(part.kind in (PartKind.PERSON, PartKind.NEW_PERSON, PartKind.EMAIL) for part in self._parts)
        return reached or any(one.part.kind is PartKind.PERSON for one in self._names.found)

    def _crown(self) -> str:
        records = [part.value for part in self._parts if isinstance(part.value, NamedRecord)]
        return crown_of((one.country for one in records), (one.currency for one in records))

    # --- When -----------------------------------------------------------------------------------------------

    def _times(self, days: Sequence[FoundDay], repeat: FoundRepeat | None) -> list[FoundTime]:
        places = {place for day in days for place in (day.first, day.after)}
        if repeat is not None:
            places |= {repeat.first, repeat.after}
        said = [self._line.said(number) for number in range(len(self._line.atoms))]
        evening = any(
            self._words.day_parts.get(word) == "evening" or word in self._words.evening_deeds for word in said
        )
        taking_place = self._mentions(_TAKING_PLACE)
        return ClockReader(self._line, frozenset(places), evening=evening, is_meeting=taking_place).read()

    def _add_when(self, when: _When, finding: Finding, clauses: Sequence[int]) -> bool:
        """Add the parts of the day, the time and the rule; answers whether the line says that it happened."""
        today = self._context.now.date()
        wait = next((one for one in when.times if one.waits is not None), None)
        if wait is not None and wait.waits is not None and not finding.done:
            self._add_wait(wait, wait.waits)
            return False
        chosen = _chosen_day(when.days, finding, clauses)
        day = chosen.day(self._seen(chosen, finding, clauses)) if chosen is not None else None
        if finding.done and chosen is not None and day is not None and day > today:
            # What follows from it is another matter.
            chosen, day = None, None
        done = finding.done or (day is not None and day < today)
        if when.repeat is not None and not done:
            self._parts.append(
                Part(PartKind.REPEAT, when.repeat.rule, self._span(when.repeat.first, when.repeat.after))
            )
            day = day or when.repeat.day(Seen(today))
        start = next((one for one in when.times if one.starts is not None), None)
        self._add_day(chosen, day, start, done=done)
        return done

    def _seen(self, chosen: FoundDay, finding: Finding, clauses: Sequence[int]) -> Seen:
        """From where a day is looked at: what a note tells of may be of any day."""
        happened = finding.done and finding.kind is not CaptureKind.NOTE
        past = happened and _is_its_day(chosen, finding, clauses)
        return Seen(self._context.now.date(), past, finding.is_noun)

    def _add_wait(self, wait: FoundTime, waits: timedelta) -> None:
        """Waiting is elapsed time, also when the clocks change meanwhile."""
        zone = self._context.now.tzinfo
        moment = (self._context.now.astimezone(UTC) + waits).astimezone(zone)
        self._parts.append(Part(PartKind.DATE, moment.date()))
        at = CapturedTime(moment.time().replace(second=0, microsecond=0))
        self._parts.append(Part(PartKind.TIME, at, self._span(wait.first, wait.after)))

    def _add_day(self, chosen: FoundDay | None, day: date | None, start: FoundTime | None, *, done: bool) -> None:
        if start is not None and start.starts is not None and not (done and self._is_ahead(day, start.starts)):
            day = day or self._day_of_time(start.starts, done=done)
            self._parts.append(self._time_part(start, start.starts, day))
        if day is not None:
            span = self._span(chosen.first, chosen.after) if chosen is not None else None
            self._parts.append(Part(PartKind.DATE, day, span))

    def _is_ahead(self, day: date | None, starts: time) -> bool:
        """Whether a moment is still to come: what was done was not done then."""
        now = self._context.now
        return (day or now.date()) >= now.date() and starts > now.time()

    def _day_of_time(self, starts: time, *, done: bool) -> date:
        """A time without a day: today if it is still ahead or happened, else tomorrow."""
        now = self._context.now
        return now.date() if done or starts > now.time() else now.date() + timedelta(days=1)

    def _time_part(self, found: FoundTime, starts: time, day: date) -> Part:
        starts = self._existing(day, starts)
        ends = found.ends or self._end_of(starts, found)
        return Part(PartKind.TIME, CapturedTime(starts, ends), self._span(found.first, found.after))

    def _existing(self, day: date, starts: time) -> time:
        """The time itself, an hour later where the clocks skip it."""
        local = datetime.combine(day, starts, self._context.now.tzinfo)
        return local.astimezone(UTC).astimezone(self._context.now.tzinfo).time()

    def _end_of(self, starts: time, found: FoundTime) -> time | None:
        lasts = found.lasts
        if lasts is None:
            return None
        end = datetime.combine(self._context.now.date(), starts) + lasts
        return end.time() if end.date() == self._context.now.date() else None

    # --- What it is about -----------------------------------------------------------------------------------

    def _finished(self, finding: Finding, *, done: bool) -> Captured:
        kind, words = finding.kind, finding.words
        if kind is None:
            kind, done = self._unsaid_kind(finding, done=done)
        if kind is not None:
            self._parts.append(Part(PartKind.KIND, kind, self._span(*words) if words is not None else None))
        return settled(Captured(self._line.line, tuple(self._parts), done=done))

    def _unsaid_kind(self, finding: Finding, *, done: bool) -> tuple[CaptureKind | None, bool]:
        """What a line is about whose words name no kind: a task where something is due, a note of what is so."""
        kinds = {part.kind for part in self._parts}
        ahead = kinds & {PartKind.DATE, PartKind.TIME, PartKind.REPEAT, PartKind.PRIORITY}
        if done:
            return CaptureKind.NOTE, True
        if ahead or finding.is_said:
            return CaptureKind.TASK, False
        words = [atom for number, atom in enumerate(self._line.atoms) if self._line.free(number) and atom.is_word]
        if not words or kinds & {PartKind.NEW_PERSON, PartKind.NEW_COMPANY}:
            return None, False
        first = next((number for number, atom in enumerate(self._line.atoms) if not atom.is_sign), 0)
        if not self._line.free(first):
            return CaptureKind.NOTE, True
        return (None, False) if PartKind.AMOUNT in kinds else (CaptureKind.TASK, False)


@dataclass(frozen=True, slots=True)
class _When:
    """The words of time in a line."""

    days: Sequence[FoundDay]
    times: Sequence[FoundTime]
    repeat: FoundRepeat | None


def _is_its_day(day: FoundDay, finding: Finding, clauses: Sequence[int]) -> bool:
    """Whether a day stands in the clause that says what was done."""
    return clauses[day.first] == finding.clause


def _chosen_day(days: Sequence[FoundDay], finding: Finding, clauses: Sequence[int]) -> FoundDay | None:
    """One line saves one deed first: the day it is moved to, else the one beside its verb."""
    for one, other in pairwise(days):
        if one.lead in _FROM and other.lead in _TO:
            return other
    beside = [day for day in days if _is_its_day(day, finding, clauses)]
    if beside or not days:
        return beside[0] if beside else None
    return days[0] if finding.done else days[-1]


def with_lengths(times: Sequence[FoundTime]) -> list[FoundTime]:
    """The times, the first of which ends after the length that stands beside it."""
    length = next((one.lasts for one in times if one.lasts is not None), None)
    return [replace(one, lasts=length) if one.starts is not None else one for one in times]
