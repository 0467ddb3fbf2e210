"""What a demo world is made from, and the days it covers.

A world depends on the plan alone: the same plan gives the same world on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from services.clock import to_millis
from services.errors import InvalidValue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from services.demo.draws import FloatArray, IntArray

HORIZON_DAYS: Final = 90
"""Length of the periods in which a customer may leave, counted back from the last day."""

DAY_MS: Final = 86_400_000
_LAST_LOCAL_TIME: Final = time(9, 50)
_WEEKEND_WEIGHT: Final = 0.06
_LAST_DAY_WEIGHT: Final = 0.45
_MAX_CONTACTS: Final = 5_000_000
_MAX_MONTHS: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPlan:
    """The choices behind a world; `ends_at` is its last moment, else 09:50 of `today` in `time_zone`."""

    today: date
    contacts: int = 2000
    months: int = 18
    seed: int = 7
    owner_name: str = "Lena Hartmann"
    time_zone: str = "Europe/Berlin"
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        _check_range("contacts", self.contacts, low=1, high=_MAX_CONTACTS)
        _check_range("months", self.months, low=1, high=_MAX_MONTHS)
        _check_range("seed", self.seed, low=0, high=2**63 - 1)
        if not self.owner_name.strip():
            raise InvalidValue("The demo needs an owner", "Give the name of a person.", field="owner_name")
        try:
            zone = ZoneInfo(self.time_zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise InvalidValue(
                f"“{self.time_zone}” is no time zone", "Give a name such as Europe/Berlin.", field="time_zone"
            ) from error
        if self.ends_at is not None and self.ends_at.astimezone(zone).date() != self.today:
            raise InvalidValue(
                "The last moment is not today", "Give a moment of the day the world ends on.", field="ends_at"
            )


def _check_range(field: str, value: int, *, low: int, high: int) -> None:
    if not low <= value <= high:
        raise InvalidValue(
            f"{value:,} is out of range for {field}", f"Give a number from {low:,} to {high:,}.", field=field
        )


class Calendar:
    """The days of a world, numbered from 0 (the first) to `days` - 1 (today)."""

    def __init__(self, plan: DemoPlan) -> None:
        self.first_day: Final = _months_before(plan.today, plan.months)
        self.days: Final = (plan.today - self.first_day).days + 1
        self._midnights = _midnights(ZoneInfo(plan.time_zone), self.first_day, self.days + 1)
        last = plan.ends_at or datetime.combine(plan.today, _LAST_LOCAL_TIME, ZoneInfo(plan.time_zone))
        self.start_ms: Final = int(self._midnights[0])
        self.end_ms: Final = to_millis(last)
        self.time_zone: Final = plan.time_zone
        self.weekday: Final = (np.arange(self.days, dtype=np.int64) + self.first_day.weekday()) % 7
        weight = np.where(self.weekday >= 5, _WEEKEND_WEIGHT, 1.0)
        weight[-1] *= _LAST_DAY_WEIGHT
        self.busy: Final[FloatArray] = np.concatenate([[0.0], np.cumsum(weight)])
        """Work days that have passed before each day; one longer than the days."""

    @property
    def periods(self) -> int:
        """How many whole periods of 90 days the world holds."""
        return self.days // HORIZON_DAYS

    @property
    def cut_off_ms(self) -> int:
        """End of the day 90 days back: what a predictor may know when it is judged on the last period."""
        return int(self._midnights[max(self.days - HORIZON_DAYS, 0)])

    def date_of(self, day: int) -> date:
        """The date of a day; days before the first are negative."""
        return self.first_day + timedelta(days=day)

    def moments(
        self, *, day: IntArray, second: IntArray, zone: IntArray | None = None, zones: Sequence[str] = ()
    ) -> IntArray:
        """Milliseconds UTC of local times: `second` of the day in the owner's zone, or in `zones[zone]`.

        The offset is that of the day's noon, so `second` should lie in the working day.
        """
        if zone is None:
            return self._midnights[day] + second * 1000
        table = np.stack([_midnights(ZoneInfo(name), self.first_day, self.days + 1) for name in zones])
        return table[zone, day] + second * 1000

    def day_of(self, moment_ms: IntArray) -> IntArray:
        """The day, in the owner's zone, in which each moment lies."""
        return np.searchsorted(self._midnights, moment_ms, side="right").astype(np.int64) - 1

    def work_day(self, day: IntArray) -> IntArray:
        """Each day, or the Monday after it where it is a weekend (possibly past the last day)."""
        weekday = (day + self.first_day.weekday()) % 7
        return day + np.where(weekday >= 5, 7 - weekday, 0)


def _months_before(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _midnights(zone: ZoneInfo, first: date, count: int) -> IntArray:
    """Milliseconds UTC of the midnights of `count` days, each with the offset its noon has."""
    noon = datetime.combine(first, time(12))
    offsets = []
    for index in range(count):
        offset = (noon + timedelta(days=index)).replace(tzinfo=zone).utcoffset() or timedelta()
        offsets.append(int(offset.total_seconds()) * 1000)
    start = to_millis(datetime.combine(first, time(0), UTC))
    return start + np.arange(count, dtype=np.int64) * DAY_MS - np.array(offsets, dtype=np.int64)
