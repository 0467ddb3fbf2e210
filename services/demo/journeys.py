"""When each contact became known, became a customer and left: the drawn outcome of the latents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.draws import Stream
from services.demo.latents import sigmoid
from services.demo.plan import HORIZON_DAYS

if TYPE_CHECKING:
    from services.demo.draws import BoolArray, FloatArray, IntArray
    from services.demo.latents import Latents
    from services.demo.plan import Calendar

NEVER: Final = 10**6
"""A day that does not come."""

_KNOWN_BEFORE: Final = 0.7
_MEAN_AGE_DAYS: Final = 800.0
_BUYS: Final = (0.60, 0.70, 0.74, 0.66)
_KNOWN_BY_SIGNING: Final = 0.75
_DAYS_TO_BUY: Final = 25.0


@dataclass(frozen=True, slots=True)
class Risk:
    """Who could leave in a period of 90 days, how likely it was (nan where not at risk), and who did."""

    at_risk: BoolArray
    probability: FloatArray
    left: BoolArray


@dataclass(frozen=True, slots=True)
class Journeys:
    """Days count from the first of the world; before it they are negative, `NEVER` means not at all.

    `last` is the risk in the newest period as it stood at its beginning; `next` is that of the period which
    begins today, whose outcome is in no record.
    """

    known: IntArray
    customer: IntArray
    left: IntArray
    left_ms: IntArray
    last: Risk
    next: Risk

    def active_until(self, days: int) -> IntArray:
        """The first day without activity."""
        return np.minimum(self.left, days)


def draw_journeys(seed: int, *, latents: Latents, calendar: Calendar, cast: int, fresh: BoolArray) -> Journeys:
    """Draw the journeys; the first `cast` contacts are customers who stay, `fresh` ones new and unsold."""
    known, customer = _beginnings(seed, latents=latents, calendar=calendar, cast=cast, fresh=fresh)
    stream = Stream(seed, "leaving")
    count = len(known)
    left = np.full(count, NEVER, dtype=np.int64)
    last = Risk(np.zeros(count, dtype=np.bool_), np.full(count, np.nan), np.zeros(count, dtype=np.bool_))
    may_leave = np.arange(count) >= cast
    for period in range(calendar.periods - 1, -1, -1):
        begins = calendar.days - HORIZON_DAYS * (period + 1)
        candidates = may_leave & (left == NEVER)
        last = _risk(stream, latents, period=period + 1, day=begins, customer=np.where(candidates, customer, NEVER))
        left[last.left] = _leaving_days(stream, begins=begins, count=int(last.left.sum()), calendar=calendar)
    coming = _risk(
        Stream(seed, "future"),
        latents,
        period=0,
        day=calendar.days,
        customer=np.where(left == NEVER, customer, NEVER),
    )
    gone = left < NEVER
    second = 8 * 3600 + Stream(seed, "leaving time").below(9 * 3600, count)
    moments = calendar.moments(day=np.where(gone, left, 0), second=second)
    left_ms = np.where(gone, moments, -1)
    return Journeys(known, customer=customer, left=left, left_ms=left_ms, last=last, next=coming)


def _beginnings(
    seed: int, *, latents: Latents, calendar: Calendar, cast: int, fresh: BoolArray
) -> tuple[IntArray, IntArray]:
    count = len(latents.segment)
    stream = Stream(seed, "beginnings")
    last_start = max(calendar.days - 4, 0)
    before = stream.chance(_KNOWN_BEFORE, count) & ~fresh
    age = stream.exponential(_MEAN_AGE_DAYS, count).astype(np.int64)
    joined = stream.below(last_start + 1, count)
    joined = np.where(fresh, last_start - joined * 2 // 5, joined)
    known = calendar.work_day(np.where(before, -1 - age, joined))
    buys = stream.chance(np.array(_BUYS)[latents.segment], count) & ~fresh
    # Most people are entered when their firm signs; a predictor that does not know when a prospect became a
    # customer would otherwise judge many who could not leave.
    courted = ~stream.chance(_KNOWN_BY_SIGNING, count)
    wait = 7 + stream.exponential(_DAYS_TO_BUY, count).astype(np.int64)
    customer = calendar.work_day(known + np.where(courted, wait, 0))
    customer = np.where(buys & (customer <= last_start), customer, NEVER)
    known[:cast] = -400
    customer[:cast] = np.where(fresh[:cast], NEVER, -320)
    return known, customer


def _risk(stream: Stream, latents: Latents, *, period: int, day: int, customer: IntArray) -> Risk:
    at_risk = customer <= day
    tenure_years = (day - customer) / 365.25
    probability = sigmoid(latents.leaving_logit(period, tenure_years=tenure_years))
    left = stream.chance(probability, len(customer)) & at_risk
    return Risk(at_risk, probability=np.where(at_risk, probability, np.nan), left=left)


def _leaving_days(stream: Stream, *, begins: int, count: int, calendar: Calendar) -> IntArray:
    """Week days inside the period, early enough that the last of them is not today."""
    day = begins + 1 + stream.below(HORIZON_DAYS - 4, count)
    weekday = calendar.weekday[day]
    return day + np.where(weekday == 6, 1, 0) - np.where(weekday == 5, 1, 0)
