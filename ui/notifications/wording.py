"""What a notification says of a reminder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from services.records.fields import EntityKind
from services.records.reminders import Reminder
from ui.notifications.notifier import OPEN, Action, Notification

translate = QCoreApplication.translate

SUMMARY_KEY: Final = "reminders"
DONE: Final = "done"
SNOOZE: Final = "snooze"
LATE: Final = timedelta(minutes=2)
NAMED_IN_SUMMARY: Final = 3


def key_of(reminder: Reminder) -> str:
    """The key of a reminder's notification."""
    return f"{reminder.entity}-{reminder.id}"


def notification_of(reminder: Reminder, *, now: datetime, zone: tzinfo, with_names: bool) -> Notification:
    """A notification of one reminder; without names it says only that there is something."""
    actions = [Action(OPEN, translate("Reminders", "Open"))]
    if reminder.entity is EntityKind.TASK:
        actions.append(Action(DONE, translate("Reminders", "Done")))
        actions.append(Action(SNOOZE, translate("Reminders", "In 10 minutes")))
    if not with_names:
        is_task = reminder.entity is EntityKind.TASK
        title = translate("Reminders", "A task") if is_task else translate("Reminders", "A meeting")
        body = ", ".join(filter(None, (_about(reminder, now, zone), _late(reminder, now, zone))))
        return Notification(key_of(reminder), title, body, tuple(actions))
    parts = (reminder.subject, _about(reminder, now, zone), reminder.place, _late(reminder, now, zone))
    return Notification(key_of(reminder), reminder.title, ", ".join(filter(None, parts)), tuple(actions))


def summary_of(reminders: Sequence[Reminder], *, with_names: bool) -> Notification:
    """One notification of many reminders, as after a night or a long sleep."""
    title = translate("Reminders", "{count} reminders came meanwhile").format(count=len(reminders))
    named = [reminder.title for reminder in reminders[:NAMED_IN_SUMMARY]] if with_names else []
    rest = len(reminders) - len(named)
    if named and rest:
        named.append(translate("Reminders", "{count} more").format(count=rest))
    return Notification(SUMMARY_KEY, title, ", ".join(named), (Action(OPEN, translate("Reminders", "Show them")),))


def _about(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    if reminder.about_on is not None:
        return translate("Reminders", "due {day}").format(day=_day(reminder.about_on, now.astimezone(zone).date()))
    if reminder.about_at is None:
        return ""
    moment = _moment(reminder.about_at, now, zone)
    is_task = reminder.entity is EntityKind.TASK
    return (translate("Reminders", "due {at}") if is_task else translate("Reminders", "begins {at}")).format(at=moment)


def _late(reminder: Reminder, now: datetime, zone: tzinfo) -> str:
    if now - reminder.at <= LATE:
        return ""
    return translate("Reminders", "was to be told {at}").format(at=_moment(reminder.at, now, zone))


def _moment(at: datetime, now: datetime, zone: tzinfo) -> str:
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = QLocale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)
    return clock if local.date() == today else f"{_day(local.date(), today)} {clock}"


def _day(day: date, today: date) -> str:
    named = {
        -1: translate("Reminders", "yesterday"),
        0: translate("Reminders", "today"),
        1: translate("Reminders", "tomorrow"),
    }
    return named.get((day - today).days) or QLocale().toString(
        QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat
    )
