"""Answers: how soon somebody writes back follows the same latents as everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from services.demo.channels import Channel
from services.demo.draws import Stream
from services.demo.events import MORNING_S, WORK_DAY_S, make_entries
from services.demo.plan import HORIZON_DAYS

if TYPE_CHECKING:
    from services.demo.draws import BoolArray, FloatArray, IntArray
    from services.demo.events import Entries, Setting

_REPLY_CHANCE: Final = 0.66
_REPLY_CHANCE_COOLING: Final = 0.42
_REPLY_DAYS: Final = 0.55
_REPLY_SPREAD: Final = 0.75
_CHAT_DAYS: Final = 0.02
_COOLING_SLOWER: Final = 1.4
_PAIN_SLOWER: Final = 0.45
_ENGAGEMENT_FASTER: Final = 0.30
_ANSWER_CHANCE: Final = 0.62
_ANSWER_DAYS: Final = 0.45
_QUALITY_FASTER: Final = 0.55
_SHORTEST_DAYS: Final = 0.004
_LONGEST_DAYS: Final = 25.0

_REPLIED_BY: Final = {
    Channel.EMAIL_OUT: Channel.EMAIL_IN,
    Channel.SMS_OUT: Channel.SMS_IN,
    Channel.MESSAGE_OUT: Channel.MESSAGE_IN,
}
_ANSWERED_BY: Final = {Channel.EMAIL_IN: Channel.EMAIL_ANSWER, Channel.TICKET: Channel.TICKET_ANSWER}


def draw_replies(setting: Setting, entries: Entries, at: IntArray) -> Entries:
    """What contacts write back to our mails and messages, sooner the warmer the relation is."""
    stream = Stream(setting.seed, "replies")
    parent = _rows(setting, entries, _REPLIED_BY)
    contact, period = entries.contact[parent], _period(setting, entries, parent)
    cooling = setting.latents.cooling[period, contact]
    chance = np.where(cooling, _REPLY_CHANCE_COOLING, _REPLY_CHANCE)
    kept = stream.chance(chance, len(parent))
    parent, contact, period, cooling = parent[kept], contact[kept], period[kept], cooling[kept]
    is_mail = entries.channel[parent] == Channel.EMAIL_OUT
    log_days = (
        np.log(np.where(is_mail, _REPLY_DAYS, _CHAT_DAYS))
        + _COOLING_SLOWER * cooling
        + _PAIN_SLOWER * setting.latents.pain[period, contact]
        - _ENGAGEMENT_FASTER * setting.latents.engagement[period, contact]
        + _REPLY_SPREAD * stream.normal(len(parent))
    )
    return _answers(setting, entries, at=at, parent=parent, log_days=log_days, channels=_REPLIED_BY)


def draw_answers(setting: Setting, entries: Entries, at: IntArray) -> Entries:
    """What we write back to mails and tickets, sooner the better our service is."""
    stream = Stream(setting.seed, "answers")
    parent = _rows(setting, entries, _ANSWERED_BY)
    parent = parent[stream.chance(_ANSWER_CHANCE, len(parent))]
    log_days = (
        np.log(_ANSWER_DAYS)
        - _QUALITY_FASTER * setting.latents.quality[entries.contact[parent]]
        + _REPLY_SPREAD * stream.normal(len(parent))
    )
    return _answers(setting, entries, at=at, parent=parent, log_days=log_days, channels=_ANSWERED_BY)


def _rows(setting: Setting, entries: Entries, channels: dict[Channel, Channel]) -> IntArray:
    asked = np.isin(entries.channel, np.array(list(channels), dtype=np.int8))
    return np.flatnonzero(asked & (entries.contact >= setting.cast))


def _period(setting: Setting, entries: Entries, rows: IntArray) -> IntArray:
    return (setting.calendar.days - 1 - entries.day[rows].astype(np.int64)) // HORIZON_DAYS


def _answers(
    setting: Setting,
    entries: Entries,
    *,
    at: IntArray,
    parent: IntArray,
    log_days: FloatArray,
    channels: dict[Channel, Channel],
) -> Entries:
    lag = np.clip(np.exp(log_days), _SHORTEST_DAYS, _LONGEST_DAYS)
    day, second = _after(setting, at[parent], lag)
    contact = entries.contact[parent].astype(np.int64)
    inside = day < setting.until()[contact]
    table = np.zeros(len(Channel), dtype=np.int64)
    for asked, answered in channels.items():
        table[asked] = answered
    inside &= _in_time(setting, day, second)
    return make_entries(
        contact=contact[inside],
        day=day[inside],
        second=second[inside],
        channel=table[entries.channel[parent[inside]]],
        topic=entries.topic[parent[inside]].astype(np.int64),
        parent=parent[inside],
    )


def _after(setting: Setting, at: IntArray, work_days: FloatArray) -> tuple[IntArray, IntArray]:
    """Day and second, in the owner's zone, that lie `work_days` of ten hours after a moment."""
    calendar = setting.calendar
    day = calendar.day_of(at)
    second = (at - calendar.moments(day=day, second=np.zeros_like(day))) // 1000
    late = second >= MORNING_S + WORK_DAY_S
    day = calendar.work_day(day + late)
    share = np.where(late, 0.0, np.clip((second - MORNING_S) / WORK_DAY_S, 0.0, 1.0))
    total = share + work_days
    whole = np.floor(total)
    later = calendar.work_day(day + whole.astype(np.int64))
    return later, MORNING_S + ((total - whole) * WORK_DAY_S).astype(np.int64)


def _in_time(setting: Setting, day: IntArray, second: IntArray) -> BoolArray:
    calendar = setting.calendar
    moment = calendar.moments(day=np.minimum(day, calendar.days), second=second)
    in_time: BoolArray = moment <= calendar.end_ms
    return in_time
