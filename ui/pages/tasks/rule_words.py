"""What a rule for repeating means in plain words, and the rules that are offered. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate

from ui.pages.record.moments import long_date
from ui.theme.user_locale import user_locale

DAILY: Final = "FREQ=DAILY"
WEEKDAYS: Final = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "COUNT", "UNTIL", "WKST"})


def weekly(day: date) -> str:
    """Every week on the weekday of a day."""
    return f"FREQ=WEEKLY;BYDAY={CODES[day.weekday()]}"


def monthly(day: date) -> str:
    """Every month on the date of a day; where a month has no such date, on its last."""
    return f"FREQ=MONTHLY;BYMONTHDAY={day.day}" if day.day <= 28 else "FREQ=MONTHLY;BYMONTHDAY=-1"


def rule_words(rule: str) -> str:
    """`Every week on Monday and Thursday, 10 times`; a rule that is too intricate as it is written, "" for none."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().removeprefix("RRULE:").split(";") if part)
    if not parts:
        return ""
    often = _often(parts)
    if not often or not _KNOWN.issuperset(parts):
        return rule
    return ", ".join(part for part in (often + _where(parts), _end(parts)) if part)


def _often(parts: dict[str, str]) -> str:
    frequency, step = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    if frequency == "WEEKLY" and step == "1" and parts.get("BYDAY") == "MO,TU,WE,TH,FR":
        return _tr("Every weekday")
    single = {
        "DAILY": _tr("Every day"),
        "WEEKLY": _tr("Every week"),
        "MONTHLY": _tr("Every month"),
        "YEARLY": _tr("Every year"),
    }
    many = {
        "DAILY": _tr("Every {count} days"),
        "WEEKLY": _tr("Every {count} weeks"),
        "MONTHLY": _tr("Every {count} months"),
        "YEARLY": _tr("Every {count} years"),
    }
    if frequency not in single:
        return ""
    return single[frequency] if step == "1" else many[frequency].format(count=step)


def _where(parts: dict[str, str]) -> str:
    days = parts.get("BYDAY", "")
    said = ""
    if days and not (days == "MO,TU,WE,TH,FR" and parts.get("FREQ") == "WEEKLY" and parts.get("INTERVAL", "1") == "1"):
        said = _tr(" on {days}").format(days=_joined([_day(code) for code in days.split(",")]))
    dates = parts.get("BYMONTHDAY", "")
    if dates:
        said += _tr(" on the {days}").format(days=_joined([_date(number) for number in dates.split(",")]))
    months = parts.get("BYMONTH", "")
    if months:
        locale = user_locale()
        names = [locale.standaloneMonthName(int(month)) for month in months.split(",") if month.isdigit()]
        said += _tr(" in {months}").format(months=_joined(names))
    return said


def _day(code: str) -> str:
    """`Monday`; `first Monday` and `last Friday` for a day of the month."""
    place, weekday = code[:-2], code[-2:]
    name = user_locale().standaloneDayName(CODES.index(weekday) + 1) if weekday in CODES else code
    places = {
        "1": _tr("the first {day}"),
        "2": _tr("the second {day}"),
        "3": _tr("the third {day}"),
        "4": _tr("the fourth {day}"),
        "-1": _tr("the last {day}"),
    }
    if not place:
        return name
    return places[place].format(day=name) if place in places else code


def _date(number: str) -> str:
    if number == "-1":
        return _tr("last day")
    return _tr("{number}.").format(number=number)


def _end(parts: dict[str, str]) -> str:
    count = parts.get("COUNT", "")
    if count:
        return _tr("once more") if count == "1" else _tr("{count} times").format(count=count)
    until = parts.get("UNTIL", "")[:8]
    day = QDate.fromString(until, "yyyyMMdd") if until else QDate()
    if not day.isValid():
        return ""
    return _tr("until {day}").format(day=long_date(date(day.year(), day.month(), day.day())))


def _joined(names: list[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def _tr(text: str) -> str:
    return QCoreApplication.translate("RuleWords", text)
