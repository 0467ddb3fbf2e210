"""The activities of the demo world as columns, sorted by when they were recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from services.demo.channels import DIRECTION_OF, KIND_OF, OUTCOMES, Channel
from services.demo.draws import Stream
from services.demo.plan import HORIZON_DAYS

if TYPE_CHECKING:
    from services.demo.contacts import ContactColumns
    from services.demo.draws import BoolArray, FloatArray, IntArray
    from services.demo.events import Entries, Setting

CURRENCIES: Final = (
    "",
    "EUR",
    "GBP",
    "CHF",
    "DKK",
    "SEK",
    "NOK",
    "PLN",
    "CZK",
    "TRY",
    "JPY",
    "CNY",
    "KRW",
    "AED",
    "INR",
    "USD",
    "BRL",
)
_FOR_A_EURO: Final = (0, 1, 0.85, 0.95, 7.5, 11, 11.5, 4.3, 25, 45, 165, 8, 1550, 4.2, 95, 1.1, 6)
_MINOR_UNITS: Final = (0, 100, 100, 100, 100, 100, 100, 100, 100, 100, 1, 100, 1, 100, 100, 100, 100)

_ORDER_MEDIAN: Final = (650.0, 2600.0, 11000.0, 4200.0)
_ORDER_SPREAD: Final = 0.55
_ORDER_COOLING: Final = 0.74
_OFFLINE_CHANCE: Final = 0.09
_LATEST_S: Final = 3 * 3600
_MOOD_BASE: Final = 0.38
_MOOD_BY_QUALITY: Final = 0.40
_MOOD_BY_ENGAGEMENT: Final = 0.30
_MOOD_COOLING: Final = 0.75
_MOOD_PAIN: Final = 0.95
_MOOD_SPREAD: Final = 0.6
_GOOD_FROM: Final = 0.66
_BAD_FROM: Final = -0.5


@dataclass(frozen=True, slots=True)
class ActivityColumns:
    """One entry an activity, in the order of `recorded_ms`; codes are indexes into the named tuples.

    `kind` into `channels.KINDS`, `direction` into `channels.DIRECTIONS`, `outcome` into `channels.OUTCOMES`,
    `currency` into `CURRENCIES`; `amount` is in minor units, both 0 where there is none. `parent` is the row
    an entry answers, -1 where it answers none. `mood` is -1, 0 or 1, the polarity its text is drawn with, and
    `warmth` the latent behind it. `template` is the text (negative: -1 - number of a hand-written one).
    """

    contact: NDArray[np.int32]
    channel: NDArray[np.int8]
    kind: NDArray[np.int8]
    direction: NDArray[np.int8]
    occurred_ms: IntArray
    recorded_ms: IntArray
    outcome: NDArray[np.int8]
    duration_s: NDArray[np.int32]
    amount: IntArray
    currency: NDArray[np.int8]
    topic: NDArray[np.int8]
    parent: NDArray[np.int32]
    mood: NDArray[np.int8]
    warmth: NDArray[np.float32]
    template: NDArray[np.int32]
    variety: NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.contact)


def moments_of(setting: Setting, entries: Entries, contacts: ContactColumns, zones: tuple[str, ...]) -> IntArray:
    """Moments of entries; what would lie after the end of the world is moved into its last hours."""
    calendar = setting.calendar
    day, second = entries.day.astype(np.int64), entries.second.astype(np.int64)
    at = calendar.moments(day=day, second=second)
    local = np.flatnonzero(entries.local)
    zone = contacts.zone_code[entries.contact[local]]
    at[local] = calendar.moments(day=day[local], second=second[local], zone=zone, zones=zones)
    late = np.flatnonzero(at > calendar.end_ms)
    today = calendar.moments(day=np.array([calendar.days - 1]), second=np.array([0]))
    window = min(_LATEST_S * 1000, calendar.end_ms - int(today[0]))
    at[late] = calendar.end_ms - Stream(setting.seed, "last hours").below(max(window, 1), len(late))
    exits = np.flatnonzero(entries.channel == Channel.NOTE_EXIT)
    delay = 300_000 + Stream(setting.seed, "exit notes").below(3 * 3_600_000, len(exits))
    at[exits] = np.minimum(setting.journeys.left_ms[entries.contact[exits]] + delay, calendar.end_ms)
    return at


def warmth_of(setting: Setting, entries: Entries, at: IntArray) -> FloatArray:
    """The feeling behind each entry; texts above and below fixed levels are friendly or angry."""
    latents, contact = setting.latents, entries.contact
    period = (setting.calendar.days - 1 - np.minimum(entries.day, setting.calendar.days - 1)) // HORIZON_DAYS
    warmth: FloatArray = (
        _MOOD_BASE
        + _MOOD_BY_QUALITY * latents.quality[contact]
        + _MOOD_BY_ENGAGEMENT * latents.engagement[period, contact]
        - _MOOD_COOLING * latents.cooling[period, contact]
        - _MOOD_PAIN * latents.pain[period, contact]
        + _MOOD_SPREAD * Stream(setting.seed, "moods").normal(len(at))
    )
    return warmth


def moods_of(warmth: FloatArray) -> IntArray:
    """-1, 0 or 1."""
    return (warmth > _GOOD_FROM).astype(np.int64) - (warmth < _BAD_FROM)


def durations(setting: Setting, channel: NDArray[np.int8]) -> NDArray[np.int32]:
    """Seconds of calls, meetings and visits; 0 for the rest."""
    stream = Stream(setting.seed, "durations")
    seconds = np.zeros(len(channel), dtype=np.int32)
    calls = np.flatnonzero(channel == Channel.CALL)
    seconds[calls] = np.clip(540 * np.exp(0.6 * stream.normal(len(calls))), 130, 3300).astype(np.int32)
    for kind, lengths in ((Channel.MEETING, (30, 45, 60, 60, 90)), (Channel.VISIT, (45, 60, 90, 120, 180))):
        rows = np.flatnonzero(channel == kind)
        seconds[rows] = 60 * np.array(lengths, dtype=np.int32)[stream.below(len(lengths), len(rows))]
    return seconds


def outcomes(setting: Setting, entries: Entries) -> NDArray[np.int8]:
    """What came of calls, meetings, visits, orders and tickets."""
    stream = Stream(setting.seed, "outcomes")
    codes = np.zeros(len(entries), dtype=np.int8)
    for channel, outcome in (
        (Channel.CALL, "Connected"),
        (Channel.CALL_MISSED, "No answer"),
        (Channel.MEETING, "Held"),
        (Channel.VISIT, "Held"),
        (Channel.PURCHASE, "Invoiced"),
    ):
        codes[entries.channel == channel] = OUTCOMES.index(outcome)
    tickets = np.flatnonzero(entries.channel == Channel.TICKET)
    share = stream.uniform(len(tickets)) + 0.10 * setting.latents.quality[entries.contact[tickets]]
    fresh = entries.day[tickets] > setting.calendar.days - 10
    codes[tickets] = np.where(
        (share < 0.08) | (fresh & (share < 0.6)),
        OUTCOMES.index("Open"),
        np.where(share < 0.22, OUTCOMES.index("Reopened"), OUTCOMES.index("Resolved")),
    )
    return codes


def amounts(setting: Setting, entries: Entries, contacts: ContactColumns) -> tuple[IntArray, NDArray[np.int8]]:
    """Value of orders in minor units with its currency; orders shrink while a relation cools."""
    orders = np.flatnonzero(entries.channel == Channel.PURCHASE)
    contact = entries.contact[orders]
    period = (setting.calendar.days - 1 - entries.day[orders]) // HORIZON_DAYS
    spread = _ORDER_SPREAD * Stream(setting.seed, "amounts").normal(len(orders))
    euros = np.array(_ORDER_MEDIAN)[setting.latents.segment[contact]] * np.exp(spread)
    euros = euros * np.where(setting.latents.cooling[period, contact], _ORDER_COOLING, 1.0)
    codes = {name: code for code, name in enumerate(CURRENCIES)}
    own = np.array([codes[name] for name in contacts.currencies], dtype=np.int8)
    currency = np.zeros(len(entries), dtype=np.int8)
    currency[orders] = own[contact]
    major = np.maximum(euros * np.array(_FOR_A_EURO)[own[contact]], 10.0)
    amount = np.zeros(len(entries), dtype=np.int64)
    amount[orders] = (major / 10).astype(np.int64) * 10 * np.array(_MINOR_UNITS)[own[contact]]
    return amount, currency


def recorded(setting: Setting, *, at: IntArray, channel: NDArray[np.int8], duration_s: NDArray[np.int32]) -> IntArray:
    """When each entry reached the file: at once, or hours later where the rep had no network."""
    stream = Stream(setting.seed, "recorded")
    kind = KIND_OF[channel]
    by_hand = np.isin(kind, np.unique(KIND_OF[[Channel.CALL, Channel.MEETING, Channel.NOTE, Channel.VISIT]]))
    offline: BoolArray = by_hand & stream.chance(_OFFLINE_CHANCE, len(at))
    delay = duration_s.astype(np.int64) * 1000 + stream.below(90_000, len(at))
    hours = np.flatnonzero(offline)
    delay[hours] += 3_600_000 + stream.below(20 * 3_600_000, len(hours))
    return np.minimum(at + delay, setting.calendar.end_ms)


def direction_of(setting: Setting, channel: NDArray[np.int8]) -> NDArray[np.int8]:
    """Mostly a property of the channel; a third of the calls come in."""
    direction = DIRECTION_OF[channel]
    calls = np.flatnonzero(channel == Channel.CALL)
    direction[calls] = np.where(Stream(setting.seed, "directions").chance(0.34, len(calls)), 1, 2)
    return direction
