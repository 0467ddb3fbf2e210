"""Joins touches, tickets, milestones, replies and the entries written by hand into one sorted log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.activities import (
    CURRENCIES,
    ActivityColumns,
    amounts,
    direction_of,
    durations,
    moments_of,
    moods_of,
    outcomes,
    recorded,
    warmth_of,
)
from services.demo.channels import KIND_OF, MOODY, OUTCOMES, Channel
from services.demo.draws import Stream
from services.demo.events import (
    NO_PARENT,
    TOPICS,
    draw_milestones,
    draw_older,
    draw_tickets,
    draw_touches,
    join,
    make_entries,
)
from services.demo.replies import draw_answers, draw_replies
from services.demo.texts import LANGUAGES, rank_within

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from services.demo.cast import Cast, PlacedEntry
    from services.demo.contacts import ContactColumns
    from services.demo.draws import BoolArray, IntArray
    from services.demo.events import Entries, Setting
    from services.demo.population import Population
    from services.demo.texts import Templates

_OLDEST_BY_DEFAULT: Final = 10
_ANSWERS: Final = np.array([Channel.EMAIL_ANSWER, Channel.TICKET_ANSWER], dtype=np.int8)
_OPENING_MAILS: Final = np.array([Channel.EMAIL_OUT, Channel.EMAIL_IN], dtype=np.int8)


def make_activities(
    setting: Setting,
    *,
    population: Population,
    zones: tuple[str, ...],
    templates: Templates,
    cast: Cast,
    hand_written: list[PlacedEntry],
) -> ActivityColumns:
    """Draw the whole log and sort it by when it was recorded."""
    contacts = population.contacts
    entries, at = _draw(setting, population=population, zones=zones, cast=cast)
    drawn = len(entries)
    entries = join([entries, _by_hand(hand_written, setting)])
    at = np.concatenate([at, np.array([placed.at_ms for placed in hand_written], dtype=np.int64)])
    warmth = warmth_of(setting, entries, at)
    mood = np.where(_moody(entries.channel), moods_of(warmth), 0).astype(np.int8)
    answers = np.flatnonzero(np.isin(entries.channel, _ANSWERS))
    entries.topic[answers] = mood[entries.parent[answers]] + 1
    template = _templates(entries, at=at, mood=mood, contacts=contacts, templates=templates, cast=setting.cast)
    mood = np.array([text.mood for text in templates.all], dtype=np.int8)[template]
    duration_s = durations(setting, entries.channel)
    amount, currency = amounts(setting, entries, contacts)
    outcome = outcomes(setting, entries)
    for number, placed in enumerate(hand_written):
        row = drawn + number
        if placed.entry.channel == "ticket":
            outcome[row] = OUTCOMES.index(placed.entry.outcome or "Resolved")
        template[row], mood[row] = -1 - number, placed.entry.mood
        duration_s[row] = placed.entry.minutes * 60
        amount[row] = placed.entry.amount
        currency[row] = CURRENCIES.index("EUR") if placed.entry.amount else 0
    columns = ActivityColumns(
        contact=entries.contact,
        channel=entries.channel,
        kind=KIND_OF[entries.channel],
        direction=direction_of(setting, entries.channel),
        occurred_ms=at,
        recorded_ms=recorded(setting, at=at, channel=entries.channel, duration_s=duration_s),
        outcome=outcome,
        duration_s=duration_s,
        amount=amount,
        currency=currency,
        topic=entries.topic,
        parent=entries.parent,
        mood=mood,
        warmth=warmth.astype(np.float32),
        template=template,
        variety=(Stream(setting.seed, "variety").uniform(len(at)) * 2**32).astype(np.uint32),
    )
    return _sorted(columns)


def _draw(setting: Setting, *, population: Population, zones: tuple[str, ...], cast: Cast) -> tuple[Entries, IntArray]:
    counts = np.array([contact.older for contact in cast.contacts], dtype=np.int64)
    oldest = [
        max((entry.days_ago for entry in contact.entries), default=_OLDEST_BY_DEFAULT) for contact in cast.contacts
    ]
    first = join(
        [
            draw_touches(setting),
            draw_tickets(setting),
            draw_milestones(setting),
            draw_older(setting, counts=counts, days_ago=np.array(oldest, dtype=np.int64)),
        ]
    )
    exits = np.flatnonzero(first.channel == Channel.NOTE_EXIT)
    first.topic[exits] = population.reasons[first.contact[exits]]
    at = moments_of(setting, first, population.contacts, zones)
    left_ms = setting.journeys.left_ms[first.contact]
    kept = (left_ms < 0) | (at < left_ms) | (first.channel == Channel.NOTE_EXIT)
    first, at = first.where(kept), at[kept]
    _rotate_topics(first, at)
    answers = [draw_replies(setting, first, at), draw_answers(setting, first, at)]
    for block in answers:
        moments = setting.calendar.moments(day=block.day.astype(np.int64), second=block.second.astype(np.int64))
        at = np.concatenate([at, moments])
    return join([first, *answers]), at


def _by_hand(hand_written: list[PlacedEntry], setting: Setting) -> Entries:
    at = np.array([placed.at_ms for placed in hand_written], dtype=np.int64)
    channels = [Channel[placed.entry.channel.upper()] for placed in hand_written]
    return make_entries(
        contact=np.array([placed.contact for placed in hand_written], dtype=np.int64),
        day=setting.calendar.day_of(at),
        second=np.zeros(len(at), dtype=np.int64),
        channel=np.array(channels, dtype=np.int64),
    )


def _rotate_topics(entries: Entries, at: IntArray) -> None:
    """Let the mails that start a conversation go through all topics, in an order of each contact's own."""
    rows = np.flatnonzero(np.isin(entries.channel, _OPENING_MAILS))
    contact = entries.contact[rows].astype(np.int64)
    rank = rank_within(contact, order_by=at[rows])
    mixed = contact * 40_503 + 17
    step = np.array([1, 3, 5, 7], dtype=np.int64)[mixed // 8 % 4]
    entries.topic[rows] = (mixed + rank * step) % len(TOPICS)


def _moody(channel: NDArray[np.int8]) -> BoolArray:
    return np.isin(channel, np.array(sorted(MOODY), dtype=np.int8))


_CORRESPONDENCE = np.array(
    sorted(
        {
            Channel.EMAIL_OUT,
            Channel.EMAIL_IN,
            Channel.EMAIL_ANSWER,
            Channel.TICKET_ANSWER,
            Channel.EMAIL_LEAVING,
            Channel.SMS_IN,
            Channel.SMS_OUT,
            Channel.MESSAGE_IN,
            Channel.MESSAGE_OUT,
        }
    ),
    dtype=np.int8,
)


def _templates(
    entries: Entries,
    *,
    at: IntArray,
    mood: NDArray[np.int8],
    contacts: ContactColumns,
    templates: Templates,
    cast: int,
) -> NDArray[np.int32]:
    codes = {language: code for code, language in enumerate(LANGUAGES)}
    own = np.array([codes.get(language, 0) for language in contacts.languages], dtype=np.int64)
    # The cast writes as its hand-written entries do.
    own[:cast] = 0
    language = np.where(np.isin(entries.channel, _CORRESPONDENCE), own[entries.contact], 0)
    return templates.choose(
        language=language,
        channel=entries.channel,
        topic=entries.topic,
        mood=mood,
        contact=entries.contact,
        occurred_ms=at,
    )


def _sorted(columns: ActivityColumns) -> ActivityColumns:
    order = np.lexsort((columns.occurred_ms, columns.recorded_ms))
    place = np.empty(len(order), dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    parent = columns.parent[order]
    values = {name: getattr(columns, name)[order] for name in columns.__dataclass_fields__ if name != "parent"}
    return ActivityColumns(**values, parent=np.where(parent == NO_PARENT, NO_PARENT, place[parent]).astype(np.int32))
