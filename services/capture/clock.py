"""Reads times of the day, ranges, lengths and waiting times: "at 10", "halb vier", "3 to 4pm", "in 2 hours". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Final

from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line

_CLOCK: Final = re.compile(
    r"(?P<hour>[0-9]{1,2})(?:(?P<sign>[:.h])(?P<minute>[0-9]{2}))?(?![0-9])"
    r"(?P<half>\s?(?P<letter>[ap])\.?m\b\.?)?(?P<oclock>\s?Uhr\b(?:\s(?P<after>[0-9]{2})(?![0-9.:]))?)?",
    re.IGNORECASE,
)
_FIGURES: Final = re.compile(r"(?P<hour>[0-2][0-9])(?P<minute>[0-5][05])(?![0-9.,:/%€$£-])")
_LENGTH: Final = re.compile(
    r"(?P<count>[0-9]{1,3}(?:[.,][0-9])?)\s?(?P<unit>hours?|hrs?|h|minutes?|minuten|mins?|m|std|stunden?)\b",
    re.IGNORECASE,
)
_MINUTES_OF_DAY: Final = 24 * 60
_AFTERNOON: Final = range(1, 7)
_EVENING: Final = range(1, 12)
_NOON: Final = 12
_HALF: Final = 30
_WORKING: Final = range(6, 19)
"""Hours that four figures without a sign may mean."""
_TO: Final = ("-", "to", "bis", "until", "till")
_WAITS: Final = {
    "half an hour": 30,
    "an hour and a half": 90,
    "one and a half hours": 90,
    "anderthalb stunden": 90,
    "eineinhalb stunden": 90,
    "einer halben stunde": 30,
    "einer viertelstunde": 15,
    "einer dreiviertelstunde": 45,
    "an hour": 60,
    "einer stunde": 60,
    "a quarter of an hour": 15,
}


@dataclass(frozen=True, slots=True)
class FoundTime:
    """Words of a time: the numbers of the first atom and of the one after the last.

    `starts` is None for a length or a waiting time: `lasts` or `waits` says how long.
    """

    first: int
    after: int
    starts: time | None = None
    ends: time | None = None
    lasts: timedelta | None = None
    waits: timedelta | None = None


@dataclass(frozen=True, slots=True)
class _Hour:
    """A time as it is written: whether a sign or word says that it is one, and which half of the day."""

    minutes: int
    after: int
    is_sure: bool = False
    half: str = ""
    is_exact: bool = False

    def on_day(self, *, evening: bool) -> int:
        """Minutes from midnight: 1 to 6 is the afternoon, in the evening also what is later."""
        hour = self.minutes // 60
        if self.half:
            return (hour % _NOON + (_NOON if self.half == "p" else 0)) * 60 + self.minutes % 60
        if not self.is_exact and hour in (_EVENING if evening else _AFTERNOON):
            return self.minutes + _NOON * 60
        return self.minutes


class ClockReader:
    """Finds times in the free words of a line; `beside_day` holds the atoms right after and before a day."""

    def __init__(self, line: Line, beside_day: frozenset[int], *, evening: bool, is_meeting: bool) -> None:
        self._line = line
        self._beside_day = beside_day
        self._evening = evening
        self._is_meeting = is_meeting
        self._words: Lexicon = lexicon()

    def read(self) -> list[FoundTime]:
        """Every time, length and waiting time in the line, in order; their words are taken."""
        found: list[FoundTime] = []
        number = 0
        while number < len(self._line.atoms):
            one = self._at(number) if self._line.free(number) else None
            if one is None:
                number += 1
                continue
            found.append(one)
            self._line.take(self._line.atoms[one.first].start, self._line.atoms[one.after - 1].end)
            number = one.after
        return found

    def _at(self, number: int) -> FoundTime | None:
        return self._wait(number) or self._length(number) or self._time(number) or self._day_part(number)

    # --- Lengths --------------------------------------------------------------------------------------------

    def _wait(self, number: int) -> FoundTime | None:
        """In 2 hours, in half an hour, in anderthalb Stunden."""
        if self._line.word(number) not in self._words.counted_leads:
            return None
        for said, minutes in _WAITS.items():
            words = said.split()
            if [self._line.word(number + 1 + step) for step in range(len(words))] == words:
                return FoundTime(number, number + 1 + len(words), waits=timedelta(minutes=minutes))
        length = self._lasting(number + 1)
        if length is None:
            count = self._words.numbers.get(self._line.word(number + 1))
            unit = self._words.units.get(self._line.word(number + 2))
            if count is None or unit not in ("hour", "minute"):
                return None
            length = timedelta(**{f"{unit}s": int(count)}), number + 3
        return FoundTime(number, length[1], waits=length[0])

    def _lasting(self, number: int) -> tuple[timedelta, int] | None:
        found = self._line.matched(_LENGTH, number)
        if found is None or self._is_piece(number):
            return None
        if found.group("unit") == "m" and not found.group("count").isdigit():
            return None
        count = float(found.group("count").replace(",", "."))
        unit = "minutes" if found.group("unit").lower().startswith("m") else "hours"
        return timedelta(**{unit: count}), self._line.next_number(found.end())

    def _length(self, number: int) -> FoundTime | None:
        """2h, for 30 min."""
        led = self._line.word(number) in ("for", "fur", "lasting")
        length = self._lasting(number + led)
        return None if length is None else FoundTime(number, length[1], lasts=length[0])

    # --- Times ----------------------------------------------------------------------------------------------

    def _time(self, number: int) -> FoundTime | None:
        """A time, or a range of two."""
        led = self._line.word(number) in self._words.time_leads
        start = self._hour(number + led)
        if start is None:
            return None
        if led and self._line.word(number - 1) in ("from", "von"):
            number -= 1
        after, end = start.after, None
        between = led and self._line.word(number) in ("between", "zwischen")
        if self._line.word(after) in _TO or (between and self._line.word(after) in ("and", "und")):
            end = self._hour(after + 1)
        if end is None:
            if not (start.is_sure or self._is_hour_here(number, start.after, led=led)):
                return None
            return FoundTime(number, after, _as_time(start.on_day(evening=self._evening)))
        return self._range(number, start, end, is_between=between)

    def _range(self, number: int, start: _Hour, end: _Hour, *, is_between: bool) -> FoundTime | None:
        sure = is_between or start.is_sure or end.is_sure or self._is_beside_day(number, end.after)
        if not sure or self._is_counted(end.after):
            return None
        if end.half and not start.half:
            start = _Hour(start.minutes, start.after, half=end.half)
        first, last = start.on_day(evening=self._evening), end.on_day(evening=self._evening)
        if start.half == "p" and first > last:
            first -= _NOON * 60
        if last <= first and last + _NOON * 60 < _MINUTES_OF_DAY:
            last += _NOON * 60
        return FoundTime(number, end.after, _as_time(first), _as_time(last) if last > first else None)

    def _hour(self, number: int) -> _Hour | None:
        return self._spoken(number) or self._written(number)

    def _spoken(self, number: int) -> _Hour | None:
        """Half past 3, halb vier, Viertel nach 4, noon."""
        part = self._line.phrase(number, self._words.day_parts)
        eaten = self._line.word(number - 1) == "zu"
        if part is not None and not eaten and self._words.day_parts.get(part[0]) in ("noon", "midnight"):
            noon = self._words.day_parts.get(part[0]) == "noon"
            return _Hour(_NOON * 60 if noon else 0, part[1], is_sure=True, is_exact=True)
        half = self._line.phrase(number, self._words.half)
        quarter = self._line.phrase(number, self._words.quarters)
        found = half or quarter
        hour = self._plain_hour(found[1]) if found is not None else None
        if found is None or hour is None:
            return None
        if half is not None:
            shift = _HALF if self._words.half.get(half[0]) == "past" else -_HALF
        else:
            shift = int(self._words.quarters.get(found[0]))
        after = hour[1] + (self._line.word(hour[1]) in self._words.oclock)
        # The hour that is named decides the half of the day, not the one that the quarter falls into.
        named = _Hour(hour[0] * 60, after).on_day(evening=self._evening)
        return _Hour((named + shift) % _MINUTES_OF_DAY, after, is_sure=True, is_exact=True)

    def _plain_hour(self, number: int) -> tuple[int, int] | None:
        if not self._line.free(number):
            return None
        atom = self._line.atoms[number]
        value = int(atom.text) if atom.is_number else self._words.numbers.get(atom.folded)
        if value is None or not 1 <= int(value) <= _NOON or self._line.is_glued_word(number + 1):
            return None
        return int(value), number + 1

    def _is_piece(self, number: int) -> bool:
        """Whether a figure is a later piece of something longer: Q2, 1.500, #1, -500."""
        if not self._line.free(number) or not self._line.atoms[number].is_number:
            return True
        return self._line.atoms[number].glued and self._line.atoms[number - 1].text not in ("(", "-", "@", ",")

    def _written(self, number: int) -> _Hour | None:
        if self._is_piece(number):
            return None
        found = self._line.matched(_CLOCK, number)
        if found is None:
            return None
        hour, minute = int(found["hour"]), int(found["minute"] or found["after"] or 0)
        if hour > 24 or minute > 59 or (hour == 24 and minute):
            return None
        after = self._line.next_number(found.end())
        if self._goes_on(found.end(), after) and not (found["half"] or found["oclock"]):
            return None
        if found["half"] and not 1 <= hour <= _NOON:
            return None
        sure = bool(found["half"] or found["oclock"]) or found["sign"] in (":", "h")
        sure = sure or (bool(found["minute"]) and self._may_be_dotted(number, after))
        if self._line.phrase(after, self._words.oclock) is not None:
            after, sure = self._line.phrase(after, self._words.oclock)[1], True  # type: ignore[index]
        exact = len(found["hour"]) > 1 and found["hour"].startswith("0")
        letter = (found["letter"] or "").lower()
        if found["minute"] and not sure:
            return None
        return _Hour((hour % 24) * 60 + minute, after, is_sure=sure, half=letter, is_exact=exact)

    def _goes_on(self, end: int, after: int) -> bool:
        """Whether figures go on into something that is no time: 10%, 10k, 10.5, 10-mal."""
        following = self._line.plain[end : end + 2]
        if following[:1].isalpha() or (following[:1] in "%€$£/'_" and following[:1]):
            return True
        return following[:1] in (".", ",") and following[1:2].isdigit()

    def _may_be_dotted(self, number: int, after: int) -> bool:
        """Whether 12.30 is a time: beside a day, or where something takes place."""
        led = self._line.word(number - 1) in self._words.time_leads
        return led or self._is_meeting or self._is_beside_day(number, after)

    def _is_beside_day(self, number: int, after: int) -> bool:
        return number in self._beside_day or after in self._beside_day

    def _is_hour_here(self, number: int, after: int, *, led: bool) -> bool:
        """Whether a bare figure is an hour: after "at", or right after a day; never where it counts something."""
        if self._is_counted(after):
            return False
        return (led and self._line.word(number) not in ("for", "@")) or number in self._beside_day

    def _is_counted(self, after: int) -> bool:
        said = self._line.said(after)
        if said in self._words.counted_things or said in self._words.units or said in self._words.months:
            return True
        return said in self._words.factors or said in self._words.money_words or said in ("%", "€", "$", "x")

    def _day_part(self, number: int) -> FoundTime | None:
        """Morning, tonight: taken with the day beside it, the hour being free."""
        found = self._line.phrase(number, self._words.day_parts)
        if found is None or not self._is_beside_day(number, found[1]):
            return None
        return FoundTime(number, found[1])


def in_four_figures(line: Line) -> FoundTime | None:
    """1530 at the end of a line about a call or meeting."""
    number = len(line.atoms) - 1
    found = line.matched(_FIGURES, number)
    if found is None or line.atoms[number].glued or int(found["hour"]) not in _WORKING:
        return None
    line.take(*found.span())
    return FoundTime(number, number + 1, time(int(found["hour"]), int(found["minute"])))


def _as_time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
