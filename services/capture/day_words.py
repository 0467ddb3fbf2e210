"""Reads the words of days in a line: "next Friday", "Ende des Monats", "the 15th", "3/4", "in zwei Wochen". Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.capture import days
from services.capture.days import Day, Which
from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.capture.vocabulary import Phrases

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_DOTTED: Final = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.(?:([0-9]{4}|[0-9]{2})(?![0-9.,:]))?(?![0-9])")
_SLASHED: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})(?:/([0-9]{4}|[0-9]{2}))?(?![0-9/])")
_YEAR: Final = re.compile(r"[0-9]{4}(?![0-9.,:%€$£])")
_MOST_WORDS_OF_LEAD: Final = 2
_MONTHS: Final = 12
_LONGEST_MONTH: Final = 31
_WEEKS: Final = 53
_ROUND_THE_CLOCK: Final = (24, 7)
_SHORT_YEAR: Final = 100
_NO_WEEKDAY_ALONE: Final = 3
"""Forms up to this length are other words too (Mo, so, sun): they need a number or a word of days beside them."""


@dataclass(frozen=True, slots=True)
class FoundDay:
    """Words of a day: the numbers of the first atom and of the one after the last, and what they mean.

    `day` answers None where a day was said not to be, or does not exist. `lead` is the word that introduces it.
    """

    first: int
    after: int
    day: Day
    lead: str = ""


_Read = tuple[Day, int] | None


class DayReader:
    """Finds days in the free words of a line."""

    def __init__(self, line: Line, today: date) -> None:
        self._line = line
        self._today = today
        self._words: Lexicon = lexicon()
        self._rules: tuple[Callable[[int], _Read], ...] = (
            self._none,
            self._idiom,
            self._counted,
            self._ago,
            self._near,
            self._edge,
            self._position,
            self._which,
            self._weekday,
            self._week_number,
            self._in_figures,
            self._day_and_month,
            self._month_and_day,
            self._ordinal,
            self._month,
        )

    def read(self) -> list[FoundDay]:
        """Every day in the line, in order; its words are taken."""
        found: list[FoundDay] = []
        number = 0
        while number < len(self._line.atoms):
            one = self._at(number)
            if one is None:
                number += 1
                continue
            found.append(one)
            self._line.take(self._line.atoms[one.first].start, self._line.atoms[one.after - 1].end)
            number = one.after
        return found

    def _at(self, number: int) -> FoundDay | None:
        if not self._line.free(number) or self._is_addressed(number):
            return None
        for rule in self._rules:
            read = rule(number)
            if read is not None:
                first, lead = self._lead(number)
                return None if self._is_possessive(read[1]) else FoundDay(first, read[1], read[0], lead)
        return None

    def _is_addressed(self, number: int) -> bool:
        """Whether it is the name of somebody: Herrn Sonntag, Ms May."""
        before = number - 2 if self._line.word(number - 1) == "." else number - 1
        return self._line.word(before) in self._words.honorifics and self._line.atoms[number].is_capital

    def _is_possessive(self, after: int) -> bool:
        """Whether a day describes something ("Friday's lunch") instead of saying when."""
        signs = self._line.word(after) == "'" and self._line.atoms[after].glued
        return signs and self._line.is_glued_word(after + 1) and self._line.word(after + 1) == "s"

    def _lead(self, number: int) -> tuple[int, str]:
        """Where the words that introduce a day begin ("by", "bis zum"), and the nearest of them."""
        first, lead = number, ""
        for _ in range(_MOST_WORDS_OF_LEAD):
            word = self._line.word(first - 1)
            if word not in self._words.day_leads and word != "the":
                break
            first, lead = first - 1, lead or word
        return first, lead

    def _value(self, number: int, table: Phrases) -> tuple[object, int] | None:
        found = self._line.phrase(number, table)
        return None if found is None else (table.get(found[0]), found[1])

    def _number(self, number: int) -> tuple[int, int] | None:
        """A number in figures or in words, and the atom after it."""
        if not self._line.free(number):
            return None
        atom = self._line.atoms[number]
        if atom.is_number:
            return (int(atom.text), number + 1) if len(atom.text) <= len("9999") else None
        found = self._line.phrase(number, self._words.numbers)
        return None if found is None else (int(self._words.numbers.get(found[0])), found[1])

    # --- Words ----------------------------------------------------------------------------------------------

    def _none(self, number: int) -> _Read:
        found = self._line.phrase(number, self._words.no_day)
        return None if found is None else (days.fixed(None), found[1])

    def _idiom(self, number: int) -> _Read:
        found = self._line.phrase(number, self._words.idioms)
        return None if found is None else (days.counted("day", int(self._words.idioms.get(found[0]))), found[1])

    def _amount_of_time(self, number: int) -> tuple[str, int, int] | None:
        """Unit, count and the atom after, for units of a day and more."""
        count = self._number(number)
        unit = self._value(count[1], self._words.units) if count is not None else None
        if count is None or unit is None or unit[0] in ("minute", "hour"):
            return None
        return str(unit[0]), count[0], unit[1]

    def _counted(self, number: int) -> _Read:
        lead = self._line.phrase(number, self._words.counted_leads)
        found = self._amount_of_time(lead[1]) if lead is not None else None
        return None if found is None else (days.counted(found[0], found[1]), found[2])

    def _ago(self, number: int) -> _Read:
        if self._line.word(number) in self._words.ago_first:
            found = self._amount_of_time(number + 1)
            return None if found is None else (days.counted(found[0], -found[1]), found[2])
        found = self._amount_of_time(number)
        if found is None or self._line.word(found[2]) not in self._words.ago:
            return None
        return days.counted(found[0], -found[1]), found[2] + 1

    def _near(self, number: int) -> _Read:
        found = self._line.phrase(number, self._words.near)
        return None if found is None else (days.counted("day", int(self._words.near.get(found[0]))), found[1])

    def _edge(self, number: int) -> _Read:
        end = self._value(number, self._words.ends)
        if end is not None:
            return days.unit_day(str(end[0]), Which.THIS, "end"), end[1]
        edge = self._value(number, self._words.edges)
        if edge is None:
            return None
        after = edge[1]
        while self._line.word(after) in self._words.day_joints:
            after += 1
        return self._edge_of(str(edge[0]), after)

    def _edge_of(self, edge: str, number: int) -> _Read:
        quarter = self._quarter(number)
        if quarter is not None:
            return days.quarter_day(quarter[0], edge), quarter[1]
        month = self._value(number, self._words.months)
        if month is not None:
            return days.month_day(int(str(month[0])), edge), month[1]
        which = self._value(number, self._words.which)
        start = which[1] if which is not None else number
        unit = self._value(start, self._words.units)
        if unit is None or unit[0] in ("minute", "hour", "day"):
            return None
        return days.unit_day(str(unit[0]), Which(str(which[0])) if which else Which.THIS, edge), unit[1]

    def _quarter(self, number: int) -> tuple[int, int] | None:
        """Q2, and the atom after it."""
        if self._line.word(number) != "q" or not self._line.free(number + 1):
            return None
        figure = self._line.atoms[number + 1].text
        return (int(figure), number + 2) if figure in ("1", "2", "3", "4") else None

    def _position(self, number: int) -> _Read:
        """The first Monday in April."""
        place = self._value(number, self._words.positions)
        day = self._value(place[1], self._words.weekdays) if place is not None else None
        if place is None or day is None or self._line.word(day[1]) not in ("in", "of", "im"):
            return None
        month = self._value(day[1] + 1, self._words.months)
        if month is None:
            return None
        return days.counted_weekday(int(str(day[0])), int(str(place[0])), int(str(month[0]))), month[1]

    def _which(self, number: int) -> _Read:
        """Next week, next week Thursday, next Friday, this weekend."""
        found = self._value(number, self._words.which)
        if found is None:
            return None
        which, after = Which(str(found[0])), found[1]
        if self._line.word(after) in self._words.weekends:
            return days.weekend(which), after + 1
        day = self._value(after, self._words.weekdays)
        if day is not None:
            return days.weekday(int(str(day[0])), which), day[1]
        unit = self._value(after, self._words.units)
        if unit is None or unit[0] not in ("week", "month", "quarter", "year"):
            return None
        day = self._value(unit[1], self._words.weekdays) if unit[0] == "week" else None
        if day is not None:
            return days.weekday_of_week(int(str(day[0])), which), day[1]
        # "This week" is no day, and "last month" is when something was, not when a line was lived.
        return None if which in (Which.THIS, Which.LAST) else (days.unit_day(str(unit[0]), which), unit[1])

    def _weekday(self, number: int) -> _Read:
        found = self._value(number, self._words.weekdays)
        if found is None:
            return None
        weekday, after = int(str(found[0])), found[1]
        dated = self._dated(after)
        if dated is not None:
            return dated
        if self._is_other_word(number, after):
            return None
        if self._line.word(after) == "week":
            return days.weekday(weekday, Which.WEEK_AFTER), after + 1
        if self._line.said(after) in self._words.weekends:
            return None
        return self._with_its_number(weekday, after) or (days.weekday(weekday), after)

    def _dated(self, after: int) -> _Read:
        """The date that stands behind a weekday: Friday 13 March, Freitag, den 13.3."""
        place = after
        while self._line.word(place) in (",", "den", "the") or (self._line.word(place) == "." and place == after):
            place += 1
        return self._day_and_month(place) or self._month_and_day(place) or self._in_figures(place)

    def _is_other_word(self, number: int, after: int) -> bool:
        """Whether a short form (Mo, so, sat) stands for something else here."""
        atom = self._line.atoms[number]
        if len(atom.text) > _NO_WEEKDAY_ALONE or atom.folded in ("tue", "thu", "fri", "mon") or atom.text.isupper():
            return False
        beside = self._line.free(after) and (self._line.atoms[after].is_number or self._line.word(after) == "um")
        led = self._line.word(number - 1) in self._words.day_leads and len(atom.text) == len("sun")
        led = led or self._line.word(number - 1) in ("am", "bis", "ab")
        return not atom.is_capital or not (beside or led)

    def _with_its_number(self, weekday: int, after: int) -> _Read:
        """Fri 13 is a date where the next such weekday bears that number, Mon 16th by its ordinal."""
        if not self._line.free(after) or not self._line.atoms[after].is_number:
            return None
        figure, place = int(self._line.atoms[after].text), after + 1
        if self._is_ordinal(place):
            return days.day_of_month(figure), place + 1
        upcoming = days.weekday(weekday)(days.Seen(self._today))
        glued = self._line.free(place) and self._line.atoms[place].glued and self._line.atoms[place].text in ":.-"
        if upcoming is None or upcoming.day != figure or glued or self._is_hour(place):
            return None
        return days.fixed(upcoming), place

    def _is_hour(self, after: int) -> bool:
        """Whether a figure before this atom is an hour: 12 Uhr, 3pm, 3 pm."""
        return (
            self._line.is_glued_word(after)
            or self._line.phrase(after, self._words.oclock) is not None
            or self._line.word(after) in ("am", "pm", "a", "p")
        )

    # --- Figures --------------------------------------------------------------------------------------------

    def _week_number(self, number: int) -> _Read:
        if self._line.word(number) not in self._words.numbered_weeks or not self._line.free(number + 1):
            return None
        figure = self._line.atoms[number + 1]
        if not figure.is_number or not 1 <= int(figure.text) <= _WEEKS:
            return None
        return days.iso_week(int(figure.text)), number + 2

    def _in_figures(self, number: int) -> _Read:
        if not self._line.free(number) or self._is_inside_number(number):
            return None
        iso = self._line.matched(_ISO, number)
        if iso is not None:
            year, month, day = map(int, iso.groups())
            return days.fixed(days.dated(year, month, day)), self._line.next_number(iso.end())
        dotted = self._line.matched(_DOTTED, number)
        slashed = None if dotted is not None else self._line.matched(_SLASHED, number)
        found = dotted or slashed
        if found is None or tuple(map(int, found.groups()[:2])) == _ROUND_THE_CLOCK:
            return None
        first, second = int(found.group(1)), int(found.group(2))
        if slashed is not None and second > _MONTHS:
            first, second = second, first
        if not (1 <= first <= _LONGEST_MONTH and 1 <= second <= _MONTHS):
            return None
        return self._of_month(first, second, found.group(3)), self._line.next_number(found.end())

    def _is_inside_number(self, number: int) -> bool:
        """Whether a figure is a later piece of something longer, such as the number of an invoice."""
        atom = self._line.atoms[number]
        return atom.glued and number > 0 and self._line.atoms[number - 1].text not in "(["

    def _of_month(self, day: int, month: int, year: str | None) -> Day:
        if year:
            written = int(year) if int(year) >= _SHORT_YEAR else 2000 + int(year)
            return days.fixed(days.dated(written, month, day))
        return days.day_of_year(month, day)

    def _is_ordinal(self, number: int) -> bool:
        return self._line.is_glued_word(number) and self._line.word(number) in self._words.ordinal_signs

    def _day_number(self, number: int) -> tuple[int, int, bool] | None:
        """A day of the month, the atom after it, and whether it is written as an ordinal."""
        if not self._line.free(number) or not self._line.atoms[number].is_number or self._is_inside_number(number):
            return None
        figure = int(self._line.atoms[number].text)
        if not 1 <= figure <= _LONGEST_MONTH or len(self._line.atoms[number].text) > len("31"):
            return None
        dotted = self._line.word(number + 1) == "." and self._line.atoms[number + 1].glued
        marked = dotted or self._is_ordinal(number + 1)
        return figure, number + 1 + marked, marked

    def _year(self, number: int) -> tuple[str | None, int]:
        """The year that follows a month, and the atom after it."""
        place = number + 1 if self._line.word(number) == "," else number
        found = self._line.matched(_YEAR, place)
        if found is None or not found.group().startswith(("19", "20")):
            return None, number
        return found.group(), place + 1

    def _day_and_month(self, number: int) -> _Read:
        """24 March, 20. März 2026, the 2nd of April."""
        day = self._day_number(number)
        if day is None:
            return None
        place = day[1] + 1 if self._line.word(day[1]) == "of" else day[1]
        month = self._value(place, self._words.months)
        if month is None:
            return None
        year, after = self._year(month[1])
        return self._of_month(day[0], int(str(month[0])), year), after

    def _month_and_day(self, number: int) -> _Read:
        """April 2nd, March 24, 2026."""
        month = self._value(number, self._words.months)
        if month is None:
            return None
        place = month[1] + 1 if self._line.word(month[1]) == "the" else month[1]
        day = self._day_number(place)
        if day is None or (not self._line.atoms[number].is_capital and not day[2]):
            return None
        after = day[1]
        if not day[2] and self._goes_on(after):
            return None
        year, after = self._year(after)
        return self._of_month(day[0], int(str(month[0])), year), after

    def _goes_on(self, number: int) -> bool:
        """Whether a figure belongs to a time or an amount: 10:00, 10am, 30k."""
        if not self._line.free(number):
            return False
        atom = self._line.atoms[number]
        return (atom.glued and atom.text in ":.-%€$£k") or self._line.is_glued_word(number)

    def _ordinal(self, number: int) -> _Read:
        """The 15th, am 15."""
        day = self._day_number(number)
        if day is None or not day[2]:
            return None
        if self._line.word(number + 1) == ".":
            german = self._line.word(number - 1) in ("am", "zum", "bis", "ab", "den")
            following = self._line.free(day[1]) and self._line.atoms[day[1]].is_number
            return (days.day_of_month(day[0]), day[1]) if german and not following else None
        return days.day_of_month(day[0]), day[1]

    def _month(self, number: int) -> _Read:
        """In May, bis Mai: a month alone needs a word before it, and its capital."""
        month = self._value(number, self._words.months)
        if month is None or not self._line.atoms[number].is_capital:
            return None
        if self._line.word(number - 1) not in ("in", "im", "by", "until", "till", "bis", "ab", "seit", "since"):
            return None
        return days.month_day(int(str(month[0])), "start"), month[1]
