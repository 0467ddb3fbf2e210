"""When a task is due as people say it: `11:30` today, `Fri` this week, `3 Dec` later. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from services.records.planning import TaskRow
from ui.pages.record.moments import Moments
from ui.theme.user_locale import user_locale

NEAR_DAYS: Final = 6
"""Days from today that a weekday alone names."""


def due_day(task: TaskRow, moments: Moments) -> date | None:
    """The day a task is due, in the zone of the user."""
    if task.due_on is not None:
        return task.due_on
    return moments.local(task.due_at).date() if task.due_at is not None else None


def is_overdue(task: TaskRow, moments: Moments) -> bool:
    """Whether an open task should be done by now."""
    if task.status != "open":
        return False
    if task.due_on is not None:
        return task.due_on < moments.now().date()
    return task.due_at is not None and task.due_at < moments.now()


def due_text(task: TaskRow, moments: Moments) -> str:
    """What stands at the end of a task's row: the time today, else the day, short; "" without a date."""
    day = due_day(task, moments)
    if day is None:
        return ""
    days = (day - moments.now().date()).days
    if days == 0:
        return clock(moments.local(task.due_at)) if task.due_at is not None else _tr("Today")
    said = day_text(day, moments)
    return f"{said}, {clock(moments.local(task.due_at))}" if task.due_at is not None and days > 0 else said


def day_text(day: date, moments: Moments) -> str:
    """`Yesterday`, `Tomorrow`, `Fri` within a week either way, else `3 Dec`."""
    days = (day - moments.now().date()).days
    if days in (-1, 0, 1):
        return (_tr("Yesterday"), _tr("Today"), _tr("Tomorrow"))[days + 1]
    if abs(days) <= NEAR_DAYS:
        return user_locale().toString(QDate(day.year, day.month, day.day), "ddd")
    return moments.day(day, weekday=False)


def moment_text(moment: datetime, moments: Moments) -> str:
    """`Today, 14:30`, `Tomorrow, 09:00`, `Mon 30 Nov, 09:00`."""
    local = moments.local(moment)
    return f"{full_day_text(local.date(), moments)}, {clock(local)}"


def full_day_text(day: date, moments: Moments) -> str:
    """`Today`, `Tomorrow`, else `Mon 30 Nov`."""
    today = moments.now().date()
    if day == today:
        return _tr("Today")
    return _tr("Tomorrow") if day == today + timedelta(days=1) else moments.day(day)


def clock(local: datetime) -> str:
    """A time of day as the user's locale writes it."""
    return user_locale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def _tr(text: str) -> str:
    return QCoreApplication.translate("DueWords", text)
