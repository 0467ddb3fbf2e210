"""The days of a demo world as its deals, leads and tasks count them: from the last one back and on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from services.clock import to_millis
from services.demo.cast import coming_year

if TYPE_CHECKING:
    from services.demo.world import DemoWorld

_FRIDAY: Final = 4
_ONE_FRIDAY: Final = date(2026, 1, 2).toordinal()
_FORTNIGHT: Final = 14
_PIPELINE_HOUR: Final = time(15, 30)
_DAY_MS: Final = 86_400_000


class SaleDays:
    """Moments in the owner's zone; `first` is the first day of the world."""

    def __init__(self, world: DemoWorld) -> None:
        self._plan = world.plan
        self._start_ms, self._end_ms = world.start_ms, world.end_ms
        self.zone: Final = ZoneInfo(world.plan.time_zone)
        self.first: Final = datetime.fromtimestamp(world.start_ms / 1000, self.zone).date()

    def day(self, days: int) -> date:
        """So many days after the last one."""
        return self._plan.today + timedelta(days=days)

    def moment(self, day: date, at: time) -> int:
        """A moment of the world in ms UTC: never before its beginning, never after its end."""
        return min(max(to_millis(datetime.combine(day, at, self.zone)), self._start_ms), self._end_ms)

    def to_come(self, days: int) -> int:
        """The end of the working day so many days ahead, in ms UTC."""
        return to_millis(datetime.combine(self.day(days), time(17), self.zone))

    def friday(self, number: int) -> int:
        """When a day of the world, counted from its first, is looked back on: on every other Friday."""
        coming = _friday_before(self.first + timedelta(days=number + _FORTNIGHT - 1))
        return self.moment(coming if coming < self._plan.today else _friday_before(self.day(-1)), _PIPELINE_HOUR)

    def friday_before(self, day: date) -> int:
        """When the rep last looked through her pipeline before the end of a day."""
        return self.moment(_friday_before(day), _PIPELINE_HOUR)

    def filled(self, text: str) -> str:
        """A text with the year that people plan for."""
        return text.replace("{year}", str(coming_year(self._plan.today.year, self._plan.today.month)))


def _friday_before(day: date) -> date:
    """The last of every other Friday up to this day."""
    return day - timedelta(days=(day.toordinal() - _ONE_FRIDAY) % _FORTNIGHT)


def work_day(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _FRIDAY))


def midnight(day: date) -> int:
    """How a whole day is kept: as its midnight UTC, in ms."""
    return (day - date(1970, 1, 1)).days * _DAY_MS
