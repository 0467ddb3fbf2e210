"""What is true about each customer relation but written nowhere: the causes of activity, mood and leaving.

Everything observable is drawn from these; the chance of leaving is a known function of them, so a predictor
can be compared with the best possible one. Deals and tasks are to be drawn from the same latents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.draws import Stream

if TYPE_CHECKING:
    from services.demo.draws import BoolArray, FloatArray, IntArray

SEGMENTS: Final = ("Small business", "Mid-market", "Enterprise", "Public sector")
SEGMENT_WEIGHTS: Final = (0.42, 0.32, 0.16, 0.10)

_PERSISTENCE: Final = 0.85
_COOLING_BEGINS: Final = 0.065
_COOLING_ENDS: Final = 0.2
_PAIN_BEGINS: Final = 0.08
_PAIN_ENDS: Final = 0.32
_CHAMPION_LEAVES: Final = 0.045

_INTERCEPT: Final = -2.92
_SEGMENT_LOGIT: Final = (0.20, 0.0, -0.30, -0.20)
_TOUCH_LOGIT: Final = -0.95
_QUALITY_LOGIT: Final = -0.17
_ENGAGEMENT_LOGIT: Final = -0.43
_COOLING_LOGIT: Final = 0.62
_PAIN_LOGIT: Final = 1.05
_CHAMPION_LOGIT: Final = 0.38
_TENURE_LOGIT: Final = -0.25


@dataclass(frozen=True, slots=True)
class Latents:
    """Latents of n contacts; arrays with two axes have a row per period, row 0 being the newest 90 days.

    `touch` (how often we meet at all) and `quality` (of our service to them) are standard normal and lasting,
    `engagement` is standard normal and drifts; `cooling`, `pain` (many tickets) and `champion_left` (our
    sponsor went in that period) are states.
    """

    segment: IntArray
    touch: FloatArray
    quality: FloatArray
    engagement: FloatArray
    cooling: BoolArray
    pain: BoolArray
    champion_left: BoolArray

    @property
    def periods(self) -> int:
        """Rows of the arrays that change with time."""
        return len(self.cooling)

    def without_champion(self, period: int) -> BoolArray:
        """Whose sponsor went in this period or the one before it."""
        before = min(period + 1, self.periods - 1)
        gone: BoolArray = self.champion_left[period] | self.champion_left[before]
        return gone

    def leaving_logit(self, period: int, *, tenure_years: FloatArray) -> FloatArray:
        """Log-odds of leaving in the 90 days after `period`, for a customer of `tenure_years` by then."""
        logit: FloatArray = (
            _INTERCEPT
            + np.array(_SEGMENT_LOGIT)[self.segment]
            + _TOUCH_LOGIT * self.touch
            + _QUALITY_LOGIT * self.quality
            + _ENGAGEMENT_LOGIT * self.engagement[period]
            + _COOLING_LOGIT * self.cooling[period]
            + _PAIN_LOGIT * self.pain[period]
            + _CHAMPION_LOGIT * self.without_champion(period)
            + _TENURE_LOGIT * np.log1p(np.maximum(tenure_years, 0.0))
        )
        return logit


def draw_latents(seed: int, *, segment: IntArray, periods: int) -> Latents:
    """Draw the latents of as many contacts as there are segments, from the oldest period to the newest."""
    count = len(segment)
    stream = Stream(seed, "latents")
    touch = stream.normal(count)
    quality = stream.normal(count)
    engagement = np.empty((periods, count))
    engagement[-1] = stream.normal(count)
    rest = float(np.sqrt(1.0 - _PERSISTENCE**2))
    for period in range(periods - 2, -1, -1):
        engagement[period] = _PERSISTENCE * engagement[period + 1] + rest * stream.normal(count)
    return Latents(
        segment,
        touch=touch,
        quality=quality,
        engagement=engagement,
        cooling=_spells(Stream(seed, "cooling"), _COOLING_BEGINS, _COOLING_ENDS, shape=engagement.shape),
        pain=_spells(Stream(seed, "pain"), _PAIN_BEGINS, _PAIN_ENDS, shape=engagement.shape),
        champion_left=Stream(seed, "champion").chance(_CHAMPION_LEAVES, engagement.size).reshape(engagement.shape),
    )


def _spells(stream: Stream, begins: float, ends: float, *, shape: tuple[int, ...]) -> BoolArray:
    """A state that begins and ends with fixed chances a period, in balance from the oldest one on."""
    periods, count = shape
    state = np.empty((periods, count), dtype=np.bool_)
    state[-1] = stream.chance(begins / (begins + ends), count)
    for period in range(periods - 2, -1, -1):
        older = state[period + 1]
        state[period] = stream.chance(np.where(older, 1.0 - ends, begins), count)
    return state


def sigmoid(logit: FloatArray) -> FloatArray:
    """Probability of the given log-odds."""
    probability: FloatArray = 1.0 / (1.0 + np.exp(-logit))
    return probability
