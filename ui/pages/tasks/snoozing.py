"""The moments to which a reminder is put off. Pure, but for the words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from PySide6.QtCore import QCoreApplication

from ui.pages.record.due_words import clock, moment_text
from ui.pages.record.moments import Moments

EVENING = time(18)
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Snooze:
    """One offer: what it is called, the moment in UTC, and that moment in words."""

    text: str
    until: datetime
    said: str


def offers(moments: Moments) -> list[Snooze]:
    """In an hour, this evening while it is still to come, tomorrow morning, next Monday morning."""
    now = moments.now()
    found = [_offer(_tr("In 1 hour"), now + timedelta(hours=1), moments)]
    evening = datetime.combine(now.date(), EVENING, now.tzinfo)
    if evening - now > timedelta(hours=1):
        found.append(_offer(_tr("This evening"), evening, moments))
    tomorrow = datetime.combine(now.date() + timedelta(days=1), MORNING, now.tzinfo)
    found.append(_offer(_tr("Tomorrow, {time}").format(time=clock(tomorrow)), tomorrow, moments))
    monday = now.date() + timedelta(days=7 - now.weekday())
    if monday != tomorrow.date():
        found.append(_offer(_tr("Next Monday"), datetime.combine(monday, MORNING, now.tzinfo), moments))
    return found


def _offer(text: str, local: datetime, moments: Moments) -> Snooze:
    until = local.replace(second=0, microsecond=0).astimezone(UTC)
    return Snooze(text, until, moment_text(until, moments))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Snoozing", text)
