"""What happens between the rep and each contact, drawn day by day from the latents (piecewise Poisson)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from services.demo.channels import Channel
from services.demo.draws import Stream
from services.demo.journeys import NEVER
from services.demo.plan import HORIZON_DAYS

if TYPE_CHECKING:
    from services.demo.draws import BoolArray, FloatArray, IntArray
    from services.demo.journeys import Journeys
    from services.demo.latents import Latents
    from services.demo.plan import Calendar

TOPICS: Final = (
    "pricing",
    "delivery",
    "onboarding",
    "renewal",
    "invoice",
    "meeting",
    "technical",
    "checkin",
)
"""What a mail is about; a reply keeps the topic of what it answers."""

ANSWER_TOPICS: Final = ("after_bad", "after_plain", "after_good")
"""What our answer is about: the mood, -1 to 1, of the mail or ticket it answers."""

NO_PARENT: Final = -1
MORNING_S: Final = 8 * 3600
WORK_DAY_S: Final = 10 * 3600

_CUSTOMER_TOUCHES_A_DAY: Final = 0.0147
_PROSPECT_TOUCHES_A_DAY: Final = 0.0042
_FRESH_FACTOR: Final = 0.5
_SEGMENT_TOUCH: Final = (-0.15, 0.05, 0.30, 0.0)
_TOUCH_SPREAD: Final = 0.95
_ENGAGEMENT_SPREAD: Final = 0.55
_COOLING_FACTOR: Final = 0.42
_CHAMPION_FACTOR: Final = 0.75
_MOST_A_PERIOD: Final = 80.0
_TICKETS_A_DAY: Final = 0.0014
_TICKETS_BY_QUALITY: Final = 0.35
_PAIN_FACTOR: Final = 17.0
_GIVES_NOTICE: Final = 0.5
_REASON_NOTED: Final = 0.85
_LOSS_NOTED: Final = 0.8
_SHORTEST_HISTORY: Final = 20

_TOUCHES: Final = (
    Channel.EMAIL_OUT,
    Channel.EMAIL_IN,
    Channel.CALL,
    Channel.CALL_MISSED,
    Channel.MEETING,
    Channel.SMS_IN,
    Channel.SMS_OUT,
    Channel.MESSAGE_IN,
    Channel.MESSAGE_OUT,
    Channel.NOTE,
    Channel.VISIT,
    Channel.PURCHASE,
)
_CUSTOMER_MIX: Final = (0.27, 0.10, 0.17, 0.06, 0.08, 0.02, 0.02, 0.04, 0.03, 0.07, 0.04, 0.10)
_PROSPECT_MIX: Final = (0.36, 0.06, 0.19, 0.12, 0.06, 0.02, 0.02, 0.02, 0.02, 0.11, 0.02, 0.0)


@dataclass(frozen=True, slots=True)
class Entries:
    """Drawn entries in no order: `second` of `day` is local to the contact where `local`, else to the owner.

    `parent` is the position of the entry that one answers, or -1.
    """

    contact: NDArray[np.int32]
    day: NDArray[np.int32]
    second: NDArray[np.int32]
    channel: NDArray[np.int8]
    topic: NDArray[np.int8]
    local: BoolArray
    parent: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.contact)

    def where(self, keep: BoolArray) -> Entries:
        """Only the entries to keep; none of them may be a parent."""
        return Entries(*(getattr(self, name)[keep] for name in self.__dataclass_fields__))


def make_entries(
    *,
    contact: IntArray,
    day: IntArray,
    second: IntArray,
    channel: IntArray | int,
    topic: IntArray | int = 0,
    local: BoolArray | bool = False,
    parent: IntArray | int = NO_PARENT,
) -> Entries:
    """Entries from columns; a single value stands for all."""
    count = len(contact)
    return Entries(
        contact.astype(np.int32),
        day=day.astype(np.int32),
        second=second.astype(np.int32),
        channel=np.broadcast_to(np.asarray(channel, dtype=np.int8), count),
        topic=np.broadcast_to(np.asarray(topic, dtype=np.int8), count),
        local=np.broadcast_to(np.asarray(local, dtype=np.bool_), count),
        parent=np.broadcast_to(np.asarray(parent, dtype=np.int32), count),
    )


def join(blocks: list[Entries]) -> Entries:
    """One after the other, so that parents in the first block keep their positions."""
    return Entries(
        *(np.concatenate([getattr(block, name) for block in blocks]) for name in Entries.__dataclass_fields__)
    )


@dataclass(frozen=True, slots=True)
class Setting:
    """What all draws of events share; the first `cast` contacts have their entries by hand."""

    seed: int
    calendar: Calendar
    latents: Latents
    journeys: Journeys
    cast: int
    fresh: BoolArray

    def until(self) -> IntArray:
        """First day without activity of each contact."""
        return self.journeys.active_until(self.calendar.days)


def draw_touches(setting: Setting) -> Entries:
    """Calls, mails, meetings, orders...: everything that is no answer, ticket or milestone."""
    blocks = []
    stream = Stream(setting.seed, "touches")
    for period in range((setting.calendar.days - 1) // HORIZON_DAYS, -1, -1):
        rate = _touch_rate(setting, period)
        first = setting.journeys.known + 1
        contact, day = _arrivals(stream, setting, period=period, first=first, rate=rate)
        is_customer = day >= setting.journeys.customer[contact]
        share = stream.uniform(len(contact))
        code = np.where(is_customer, _choose(share, _CUSTOMER_MIX), _choose(share, _PROSPECT_MIX))
        blocks.append(_timed(stream, contact, day, np.array(_TOUCHES, dtype=np.int64)[code]))
    return join(blocks)


def _choose(share: FloatArray, weights: tuple[float, ...]) -> IntArray:
    edges = np.cumsum(np.array(weights))
    chosen: IntArray = np.searchsorted(edges, share * edges[-1], side="right").astype(np.int64)
    return chosen


def _touch_rate(setting: Setting, period: int) -> FloatArray:
    """Touches of a working day in this period, at the rate of a customer or of a prospect."""
    latents, journeys = setting.latents, setting.journeys
    log_rate = (
        np.array(_SEGMENT_TOUCH)[latents.segment]
        + _TOUCH_SPREAD * latents.touch
        + _ENGAGEMENT_SPREAD * latents.engagement[period]
    )
    begins = setting.calendar.days - HORIZON_DAYS * (period + 1)
    sold = journeys.customer < begins + HORIZON_DAYS // 2
    rate = np.where(sold, _CUSTOMER_TOUCHES_A_DAY, _PROSPECT_TOUCHES_A_DAY) * np.exp(log_rate)
    rate = rate * np.where(latents.cooling[period], _COOLING_FACTOR, 1.0)
    rate = rate * np.where(latents.without_champion(period), _CHAMPION_FACTOR, 1.0)
    rate = rate * np.where(setting.fresh, _FRESH_FACTOR, 1.0)
    rate[: setting.cast] = 0.0
    limited: FloatArray = np.minimum(rate * 7 / 5, _MOST_A_PERIOD / HORIZON_DAYS)
    return limited


def _arrivals(
    stream: Stream, setting: Setting, *, period: int, first: IntArray, rate: FloatArray
) -> tuple[IntArray, IntArray]:
    """Contact and day of Poisson arrivals at `rate` a working day, from day `first` on, inside the period."""
    calendar = setting.calendar
    low = max(calendar.days - HORIZON_DAYS * (period + 1), 1)
    high = calendar.days - HORIZON_DAYS * period
    begin = np.clip(first, low, high)
    end = np.clip(setting.until(), begin, high)
    passed = calendar.busy[end] - calendar.busy[begin]
    counts = stream.poisson(rate * passed)
    contact = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    target = calendar.busy[begin][contact] + stream.uniform(len(contact)) * passed[contact]
    day = np.searchsorted(calendar.busy, target, side="right").astype(np.int64) - 1
    return contact, np.clip(day, begin[contact], end[contact] - 1)


def _timed(stream: Stream, contact: IntArray, day: IntArray, channel: IntArray) -> Entries:
    count = len(contact)
    second = MORNING_S + stream.below(WORK_DAY_S, count)
    appointed = (channel == Channel.MEETING) | (channel == Channel.VISIT)
    second = np.where(appointed, second // 900 * 900, second)
    from_contact = (
        (channel == Channel.EMAIL_IN)
        | (channel == Channel.SMS_IN)
        | (channel == Channel.MESSAGE_IN)
        | (channel == Channel.PURCHASE)
        | (channel == Channel.TICKET)
    )
    return make_entries(
        contact=contact,
        day=day,
        second=second,
        channel=channel,
        topic=stream.below(len(TOPICS), count),
        local=from_contact,
    )


def draw_tickets(setting: Setting) -> Entries:
    """Support tickets of customers: rare, but many while there is pain."""
    latents = setting.latents
    blocks = []
    stream = Stream(setting.seed, "tickets")
    first = np.maximum(setting.journeys.known, setting.journeys.customer) + 1
    for period in range((setting.calendar.days - 1) // HORIZON_DAYS, -1, -1):
        rate = _TICKETS_A_DAY * np.exp(-_TICKETS_BY_QUALITY * latents.quality) * 7 / 5
        rate = rate * np.where(latents.pain[period], _PAIN_FACTOR, 1.0)
        rate[: setting.cast] = 0.0
        contact, day = _arrivals(stream, setting, period=period, first=first, rate=rate)
        blocks.append(_timed(stream, contact, day, np.full(len(contact), Channel.TICKET, dtype=np.int64)))
    return join(blocks)


def draw_milestones(setting: Setting) -> Entries:
    """First contact, signing, loss of the sponsor, notice and the reason noted at the end."""
    journeys, days = setting.journeys, setting.calendar.days
    stream = Stream(setting.seed, "milestones")
    by_hand = np.arange(len(journeys.known)) < setting.cast
    until = setting.until()

    def block(rows: BoolArray, day: IntArray, channel: Channel) -> Entries:
        chosen = np.flatnonzero(rows & ~by_hand)
        second = MORNING_S + stream.below(WORK_DAY_S, len(chosen))
        return make_entries(contact=chosen, day=day[chosen], second=second, channel=int(channel))

    count = len(until)
    customer = np.where(journeys.customer < NEVER, journeys.customer, 0)
    notice = np.maximum(journeys.left - 2 - stream.below(24, count), customer + 1)
    period_begins = days - ((days - 1 - np.minimum(journeys.left, days - 1)) // HORIZON_DAYS + 1) * HORIZON_DAYS
    notice = np.maximum(notice, period_begins)
    left = journeys.left < NEVER
    blocks = [
        block((journeys.known >= 0) & (journeys.customer != journeys.known), journeys.known, Channel.NOTE_FIRST),
        block((journeys.customer >= 0) & (journeys.customer < until), customer, Channel.NOTE_WON),
        block(
            left & stream.chance(_GIVES_NOTICE, count) & (notice < journeys.left),
            notice,
            Channel.EMAIL_LEAVING,
        ),
        block(left & stream.chance(_REASON_NOTED, count), journeys.left, Channel.NOTE_EXIT),
    ]
    for period in range((days - 1) // HORIZON_DAYS, -1, -1):
        day = np.maximum(days - 1 - HORIZON_DAYS * period - stream.below(HORIZON_DAYS - 2, count), 1)
        day = np.minimum(setting.calendar.work_day(day), days - 1)
        seen = setting.latents.champion_left[period] & stream.chance(_LOSS_NOTED, count)
        blocks.append(block(seen & (day > journeys.customer) & (day < until), day, Channel.NOTE_CHAMPION))
    return join(blocks)


def draw_older(setting: Setting, *, counts: IntArray, days_ago: IntArray) -> Entries:
    """Earlier entries of the cast: so many each, all before the oldest one written by hand."""
    calendar = setting.calendar
    stream = Stream(setting.seed, "older")
    before = calendar.days - days_ago - 3
    counts = np.where(before >= _SHORTEST_HISTORY, counts, 0)
    contact = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    high = calendar.busy[np.maximum(before, 1)][contact]
    low = calendar.busy[1]
    day = np.searchsorted(calendar.busy, low + stream.uniform(len(contact)) * (high - low), side="right") - 1
    code = _choose(stream.uniform(len(contact)), _CUSTOMER_MIX)
    return _timed(stream, contact, day.astype(np.int64), np.array(_TOUCHES, dtype=np.int64)[code])
