"""Moments and durations as people read them: relative in lists, exact in tooltips."""

from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from ui.theme import user_locale as locales
from ui.theme.user_locale import user_locale

RELATIVE_UP_TO_DAYS: Final = 30

number: Final = locales.number


class Moments:
    """Says when something was, as seen now and in one time zone (None: the zone of the machine)."""

    def __init__(self, now: Callable[[], datetime], zone: tzinfo | None = None) -> None:
        self._now = now
        self.zone = zone

    def now(self) -> datetime:
        """The present moment in the zone."""
        return self.local(self._now())

    def local(self, moment: datetime) -> datetime:
        """A moment in the zone."""
        return moment.astimezone(self.zone)

    def relative(self, moment: datetime | None) -> str:
        """`Today`, `Yesterday`, `4 days ago`, and the day itself when it was long ago; "" for never."""
        if moment is None:
            return ""
        day, today = self.local(moment).date(), self.now().date()
        days = (today - day).days
        if days == 0:
            return _tr("Today")
        if days == 1:
            return _tr("Yesterday")
        if 1 < days <= RELATIVE_UP_TO_DAYS:
            return _tr("{count} days ago").format(count=days)
        return self.day(moment, weekday=False)

    def day(self, moment: datetime | date | None, *, weekday: bool = True) -> str:
        """`Wed 18 Nov`, with the year when it is another one."""
        if moment is None:
            return ""
        day = self.local(moment).date() if isinstance(moment, datetime) else moment
        form = "d MMM" if day.year == self.now().year else "d MMM yyyy"
        if weekday and day.year == self.now().year:
            form = f"ddd {form}"
        return user_locale().toString(QDate(day.year, day.month, day.day), form)

    def exact(self, moment: datetime | None) -> str:
        """Day and time in full, in the user's format."""
        if moment is None:
            return ""
        local = self.local(moment)
        locale = user_locale()
        day = locale.toString(QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat)
        return f"{day}, {locale.toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)}"

    def typed(self, value: object) -> str:
        """A value of a record as a form shows it and reads it again; a moment by the clock of the zone."""
        return f"{self.local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else as_typed(value)

    def day_and_time(self, moment: datetime) -> str:
        """`Today, 14:05` or `Wed 18 Nov, 14:05`: for lists that are read like a log."""
        local = self.local(moment)
        days = (self.now().date() - local.date()).days
        day = self.relative(moment) if 0 <= days <= 1 else self.day(moment)
        return f"{day}, {user_locale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)}"


def as_typed(value: object) -> str:
    """A value of a record as a form shows it and reads it again."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def long_date(day: date) -> str:
    """A plain date in full: `18 November 1990`."""
    return user_locale().toString(QDate(day.year, day.month, day.day), "d MMMM yyyy")


def duration(seconds: int) -> str:
    """`14 min`, `1 h 30 min`; less than a minute in seconds."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return _tr("{count} s").format(count=seconds)
    hours, rest = divmod(minutes, 60)
    parts = [_tr("{count} h").format(count=hours)] if hours else []
    if rest or not hours:
        parts.append(_tr("{count} min").format(count=rest))
    return " ".join(parts)


def language_name(tag: str) -> str:
    """The name of a language by its tag: `German`; the tag itself where it is not known."""
    locale = QLocale(tag)
    return tag if locale.language() is QLocale.Language.C else QLocale.languageToString(locale.language())


def country_name(code: str) -> str:
    """The name of a country by its ISO code; the code itself where it is not known."""
    territory = QLocale.codeToTerritory(code)
    return code if territory is QLocale.Country.AnyCountry else QLocale.territoryToString(territory)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Moments", text)
