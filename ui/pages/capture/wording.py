"""What a chip of a captured line says, and the icon and colour of its kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from services.records.capture import CapturedAmount, CapturedTime, CaptureKind, NamedRecord, Part, PartKind
from ui.pages.record.money_words import money
from ui.theme.theme import Theme

translate = QCoreApplication.translate

ICONS: Final = {
    PartKind.KIND: "task",
    PartKind.PERSON: "user",
    PartKind.NEW_PERSON: "user-add",
    PartKind.COMPANY: "companies",
    PartKind.NEW_COMPANY: "companies",
    PartKind.DEAL: "deals",
    PartKind.AMOUNT: "deals",
    PartKind.DATE: "calendar",
    PartKind.TIME: "clock",
    PartKind.REPEAT: "refresh",
    PartKind.PRIORITY: "flag",
    PartKind.TAG: "tag",
    PartKind.EMAIL: "mail",
    PartKind.PHONE: "call",
    PartKind.URL: "globe",
}
_DEED_ICONS: Final = {
    CaptureKind.CALL: "call",
    CaptureKind.EMAIL: "mail",
    CaptureKind.MEETING: "meeting",
    CaptureKind.TASK: "task",
    CaptureKind.NOTE: "note",
}
_SERIES: Final = {
    PartKind.DATE: 1,
    PartKind.TIME: 1,
    PartKind.REPEAT: 1,
    PartKind.TAG: 3,
    PartKind.PRIORITY: 2,
}
"""Which series of the charts lends its colour; the others take a colour of their meaning."""


@dataclass(frozen=True, slots=True)
class ChipWords:
    """What a chip says: the kind in small, the value, and perhaps a tag at its end."""

    kind: str
    value: str
    tag: str = ""


def icon_of(part: Part) -> str:
    """The icon of a part."""
    if isinstance(part.value, CaptureKind):
        return _DEED_ICONS[part.value]
    return ICONS[part.kind]


def colour_of(part: Part, theme: Theme) -> str:
    """The colour under the words of a part and of its icon, as `#rrggbb`."""
    if part.kind in _SERIES:
        return theme.palette.chart[_SERIES[part.kind]].name()
    if part.kind is PartKind.KIND:
        return theme.palette.warn_fill.name()
    if part.kind in (PartKind.AMOUNT, PartKind.DEAL):
        return theme.palette.ok_fill.name()
    return theme.palette.accent.name()


def words_of(part: Part, *, done: bool) -> ChipWords:
    """What the chip of a part says."""
    return ChipWords(_kind(part, done=done), _value(part), _tag(part))


def _kind(part: Part, *, done: bool) -> str:
    if part.kind is PartKind.KIND:
        return translate("Capture", "Log") if done else translate("Capture", "To do")
    return {
        PartKind.AMOUNT: translate("Capture", "Deal"),
        PartKind.DEAL: translate("Capture", "Deal"),
        PartKind.DATE: translate("Capture", "On") if done else translate("Capture", "Due"),
        PartKind.TIME: translate("Capture", "At"),
        PartKind.REPEAT: translate("Capture", "Repeats"),
        PartKind.PRIORITY: translate("Capture", "Priority"),
        PartKind.TAG: translate("Capture", "Tag"),
        PartKind.EMAIL: translate("Capture", "Mail"),
        PartKind.PHONE: translate("Capture", "Phone"),
        PartKind.URL: translate("Capture", "Web"),
    }.get(part.kind, "")


def _value(part: Part) -> str:
    value = part.value
    if value is None:
        names = {choice.name for choice in part.choices}
        return names.pop() if len(names) == 1 else translate("Capture", "Which one?")
    if isinstance(value, NamedRecord):
        return value.name
    if isinstance(value, CaptureKind):
        return _deed(value)
    if isinstance(value, CapturedAmount):
        return money(value.minor, value.currency)
    if isinstance(value, CapturedTime):
        ends = f"–{_clock(value.ends.hour, value.ends.minute)}" if value.ends else ""
        return _clock(value.starts.hour, value.starts.minute) + ends
    if isinstance(value, date):
        return QLocale().toString(QDate(value.year, value.month, value.day), "ddd d MMM yyyy")
    return value


def _deed(kind: CaptureKind) -> str:
    return {
        CaptureKind.CALL: translate("Capture", "Call"),
        CaptureKind.EMAIL: translate("Capture", "Mail"),
        CaptureKind.MEETING: translate("Capture", "Meeting"),
        CaptureKind.TASK: translate("Capture", "Task"),
        CaptureKind.NOTE: translate("Capture", "Note"),
    }[kind]


def _clock(hour: int, minute: int) -> str:
    return QLocale().toString(QTime(hour, minute), QLocale.FormatType.ShortFormat)


def _tag(part: Part) -> str:
    if part.kind in (PartKind.NEW_PERSON, PartKind.NEW_COMPANY):
        return translate("Capture", "New")
    if part.value is None:
        return translate("Capture", "{count} of the name").format(count=len(part.choices))
    if part.is_guess:
        return translate("Capture", "Perhaps")
    return translate("Capture", "Known") if part.kind is PartKind.PERSON else ""
