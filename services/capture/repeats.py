"""Reads how often something repeats: "every Monday", "alle zwei Wochen", "last Friday of every month". Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.capture import days
from services.capture.days import Day
from services.capture.lexicon import Lexicon, lexicon
from services.capture.lines import Line
from services.capture.vocabulary import Phrases
from services.values.text import listed

_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ADVERBS: Final = listed("daily weekly monthly yearly quarterly annually biweekly fortnightly weekdays")
_UNITS: Final = {"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}
_LONGEST_MONTH: Final = 31


@dataclass(frozen=True, slots=True)
class FoundRepeat:
    """Words of a rule: the atoms they span, the rule as RFC 5545 writes it, and its first day."""

    first: int
    after: int
    rule: str
    day: Day


class RepeatReader:
    """Finds the rule of a line."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._words: Lexicon = lexicon()
        self._rules: tuple[Callable[[int], FoundRepeat | None], ...] = (
            self._position,
            self._other_weekday,
            self._weekday,
            self._counted,
            self._plain,
        )

    def read(self) -> FoundRepeat | None:
        """The first rule; its words are taken."""
        for number in self._line.free_atoms():
            for rule in self._rules:
                found = rule(number)
                if found is not None:
                    self._line.take(self._line.atoms[found.first].start, self._line.atoms[found.after - 1].end)
                    return found
        return None

    def _value(self, number: int, table: Phrases) -> tuple[int, int] | None:
        found = self._line.phrase(number, table)
        return None if found is None else (int(table.get(found[0])), found[1])

    def _position(self, number: int) -> FoundRepeat | None:
        """Last Friday of every month."""
        place = self._value(number, self._words.positions)
        day = self._value(place[1], self._words.weekdays) if place is not None else None
        if place is None or day is None:
            return None
        after = day[1]
        while self._line.word(after) in ("of", "in", "im", "des"):
            after += 1
        if self._line.word(after) not in self._words.every and self._line.word(after) != "each":
            return None
        if self._words.units.get(self._line.word(after + 1)) != "month":
            return None
        rule = f"FREQ=MONTHLY;BYDAY={place[0]}{_DAYS[day[0]]}"
        return FoundRepeat(number, after + 2, rule, days.counted_weekday(day[0], place[0], None))

    def _other_weekday(self, number: int) -> FoundRepeat | None:
        """Every other Tuesday."""
        other = self._line.phrase(number, self._words.every_other)
        day = self._value(other[1], self._words.weekdays) if other is not None else None
        if day is None:
            return None
        return self._weekly(number, day, "FREQ=WEEKLY;INTERVAL=2;BYDAY=")

    def _weekday(self, number: int) -> FoundRepeat | None:
        """Every Monday, and every Monday and Thursday."""
        if self._line.word(number) not in self._words.every:
            return None
        day = self._value(number + 1, self._words.weekdays)
        return None if day is None else self._weekly(number, day, "FREQ=WEEKLY;BYDAY=")

    def _weekly(self, number: int, day: tuple[int, int], rule: str) -> FoundRepeat:
        chosen, after = [day[0]], day[1]
        while self._line.word(after) in (",", "and", "und", "&"):
            more = self._value(after + 1, self._words.weekdays)
            if more is None:
                break
            chosen, after = [*chosen, more[0]], more[1]
        chosen = sorted(set(chosen))
        return FoundRepeat(number, after, rule + ",".join(_DAYS[one] for one in chosen), _first_of(chosen))

    def _counted(self, number: int) -> FoundRepeat | None:
        """Every 3 weeks, alle zwei Wochen."""
        if self._line.word(number) not in self._words.every or not self._line.free(number + 1):
            return None
        atom = self._line.atoms[number + 1]
        count = int(atom.text) if atom.is_number else self._words.numbers.get(atom.folded)
        unit = self._words.units.get(self._line.word(number + 2))
        if count is None or unit not in _UNITS or not 1 <= int(count) <= 99:
            return None
        rule = f"FREQ={_UNITS[unit]}" + ("" if int(count) == 1 else f";INTERVAL={count}")
        on_weekday = self._on_weekday(number, number + 3, rule)
        return on_weekday or FoundRepeat(number, number + 3, rule, days.counted("day", 0))

    def _plain(self, number: int) -> FoundRepeat | None:
        """Every quarter, monthly on the 1st; an adverb that describes a noun is no rule."""
        found = self._line.phrase(number, self._words.rules)
        if found is None or (self._line.word(number) in _ADVERBS and self._describes(found[1])):
            return None
        rule, after = str(self._words.rules.get(found[0])), found[1]
        if rule == "FREQ=MONTHLY":
            lead = after
            while self._line.word(lead) in ("on", "the", "am", "zum"):
                lead += 1
            if lead > after and self._line.free(lead) and self._line.atoms[lead].is_number:
                return self._monthly(number, lead)
        weekly = self._on_weekday(number, after, rule)
        if weekly is not None:
            return weekly
        days_of_week = [_DAYS.index(name) for name in rule.partition("BYDAY=")[2].split(",") if name]
        return FoundRepeat(number, after, rule, _first_of(days_of_week) if days_of_week else days.counted("day", 0))

    def _on_weekday(self, number: int, after: int, rule: str) -> FoundRepeat | None:
        """Every week on Monday, alle zwei Wochen dienstags."""
        if not rule.startswith("FREQ=WEEKLY") or "BYDAY" in rule:
            return None
        day = self._value(after + (self._line.word(after) in ("on", "am")), self._words.weekdays)
        return None if day is None else self._weekly(number, day, f"{rule};BYDAY=")

    def _monthly(self, number: int, place: int) -> FoundRepeat | None:
        figure = int(self._line.atoms[place].text)
        if not 1 <= figure <= _LONGEST_MONTH:
            return None
        marked = self._line.word(place + 1) in self._words.ordinal_signs or self._line.word(place + 1) == "."
        rule = f"FREQ=MONTHLY;BYMONTHDAY={figure}"
        return FoundRepeat(number, place + 1 + marked, rule, days.day_of_month(figure))

    def _describes(self, after: int) -> bool:
        """Whether a noun follows the adverb: "daily report"."""
        return self._line.free(after) and self._line.atoms[after].is_word and self._line.word(after) not in ("on", "at")


def _first_of(weekdays: list[int]) -> Day:
    """The first of these weekdays on or after today."""

    def day(seen: days.Seen) -> date | None:
        found = (days.moved(seen.today, "day", step) for step in range(7))
        return next((one for one in found if one is not None and one.weekday() in weekdays), None)

    return day
