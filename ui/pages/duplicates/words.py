"""How the fields of a merge, their values and what moves are written on screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QDate

from services.records.duplicates import MergeField, MergeReason, WholeAddress
from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind
from ui.pages.record.moments import Moments, country_name, language_name, long_date, number
from ui.pages.record.wording import activity_name, choice, field_name
from ui.theme.user_locale import user_locale

CONSENT: Final = "consent."
_FIRST: Final = ("name", "title", "roles", "domains", "email", "phone", "website", "social", "address", "birthday")
_LAST: Final = ("notes", "tags", "external_key")
_ICONS: Final = {
    "email": "mail",
    "phone": "call",
    "url": "globe",
    "website": "globe",
    "social": "link",
    "address": "location",
    "domains": "globe",
    "birthday": "birthday",
    "owner": "user",
    "relations": "team",
    "parent": "companies",
    "industry": "companies",
    "size": "team",
    "language": "chat",
    "time_zone": "clock",
    "notes": "note",
    "lifecycle": "flag",
    "do_not_contact": "stop",
}
_MOVE_ICONS: Final = {
    "timeline": "history",
    "deals": "deals",
    "tasks": "tasks",
    "events": "calendar",
    "files": "file",
    "leads": "leads",
    "relations": "link",
    "contacts": "contacts",
    "subsidiaries": "companies",
}
_REASONS: Final[dict[MergeReason, Any]] = {
    MergeReason.ONLY: QT_TRANSLATE_NOOP("Duplicates", "Only one says it"),
    MergeReason.BOTH: QT_TRANSLATE_NOOP("Duplicates", "Both fit"),
    MergeReason.HAS_ALL: QT_TRANSLATE_NOOP("Duplicates", "Has all of both"),
    MergeReason.FULLER: QT_TRANSLATE_NOOP("Duplicates", "More complete"),
    MergeReason.WRITTEN: QT_TRANSLATE_NOOP("Duplicates", "Better written"),
    MergeReason.NEWER: QT_TRANSLATE_NOOP("Duplicates", "Newer"),
    MergeReason.STAYS: QT_TRANSLATE_NOOP("Duplicates", "Of the kept one"),
    MergeReason.FURTHER: QT_TRANSLATE_NOOP("Duplicates", "Further along"),
    MergeReason.LEFT: QT_TRANSLATE_NOOP("Duplicates", "Left later"),
    MergeReason.NOT_SINCE: QT_TRANSLATE_NOOP("Duplicates", "Not left since"),
    MergeReason.EARLIER: QT_TRANSLATE_NOOP("Duplicates", "Earlier day"),
    MergeReason.STRICTER: QT_TRANSLATE_NOOP("Duplicates", "The stricter one"),
    MergeReason.WITHDRAWN: QT_TRANSLATE_NOOP("Duplicates", "Withdrawal stands"),
}


def reason_text(reason: MergeReason) -> str:
    """Why a value is suggested, in two or three words; "" where both are equal."""
    return _tr(str(_REASONS[reason])) if reason in _REASONS else ""


def conflicts_text(count: int) -> str:
    """How many values are left behind: `3 values in conflict`."""
    if count == 0:
        return _tr("no value in conflict")
    if count == 1:
        return _tr("1 value in conflict")
    return _tr("{count} values in conflict").format(count=number(count))


def conflict_names(names: Sequence[str]) -> str:
    """The fields of which only one value can stay, in reading order: `Name, title`."""
    shown = [merge_field_name(name) for name in sorted(names, key=_place)]
    return ", ".join([*shown[:1], *(name.casefold() for name in shown[1:])])


def in_reading_order(fields: Sequence[MergeField]) -> list[MergeField]:
    """Who it is and how to reach them first, then what is known, notes and tags at the end."""

    return sorted(fields, key=lambda found: _place(found.name))


def _place(name: str) -> tuple[int, int]:
    if name in _FIRST:
        return 0, _FIRST.index(name)
    return (2, _LAST.index(name)) if name in _LAST else (1, 0)


def merge_field_name(name: str) -> str:
    """What a row of the comparison is called."""
    if name.startswith(CONSENT):
        return _tr("Consent: {channel}").format(channel=activity_name(name.removeprefix(CONSENT)))
    if name.startswith(CUSTOM_PREFIX):
        words = name.removeprefix(CUSTOM_PREFIX).replace("_", " ")
        return words[:1].upper() + words[1:]
    known = {"relations": _tr("Relations"), "domains": _tr("Domains"), "roles": _tr("Company"), "url": _tr("Website")}
    return known.get(name) or field_name(name)


def value_text(entity: EntityKind, name: str, value: Any, moments: Moments) -> str:
    """A value on one line; "" for nothing."""
    if value is None or value in ("", ()):
        return ""
    if isinstance(value, tuple):
        whole = name == "roles" or any(isinstance(part, WholeAddress) for part in value)
        return (" · " if whole else ", ").join(part_text(part) for part in value)
    if name.startswith(CONSENT):
        return choice(str(value))
    if name == "birthday" and isinstance(value, str):
        return _day_of_the_year(value)
    spec = FIELDS[entity].get(name)
    return _one_text(spec.kind if spec is not None else FieldKind.TEXT, value, moments)


def part_text(part: object) -> str:
    """One of several values: an address whole, with its country by name."""
    return part.line(country_name(part.country)) if isinstance(part, WholeAddress) else str(part)


def _day_of_the_year(text: str) -> str:
    """A birthday whose year nobody knows: `9 May`."""
    day = QDate.fromString(text.replace("--", "2000-", 1), "yyyy-MM-dd")
    return user_locale().toString(day, "d MMMM") if day.isValid() else text


def _one_text(kind: FieldKind, value: Any, moments: Moments) -> str:
    if kind is FieldKind.BOOL or isinstance(value, bool):
        return _tr("Yes") if value else _tr("No")
    if isinstance(value, datetime):
        return moments.day(value, weekday=False)
    if isinstance(value, date):
        return long_date(value)
    written = {FieldKind.CHOICE: choice, FieldKind.LANGUAGE: language_name, FieldKind.COUNTRY: country_name}
    if kind in written:
        return written[kind](str(value))
    if isinstance(value, int):
        return number(value)
    return " ".join(str(value).split())


def field_icon(name: str) -> str:
    """The icon before a value of the result."""
    return "privacy" if name.startswith(CONSENT) else _ICONS.get(name, "field")


def move_name(kind: str) -> str:
    """What moves: `Timeline entries`."""
    known = {
        "timeline": _tr("Timeline entries"),
        "deals": _tr("Deals"),
        "tasks": _tr("Tasks"),
        "events": _tr("Events"),
        "files": _tr("Files"),
        "leads": _tr("Leads"),
        "relations": _tr("Relations"),
        "contacts": _tr("Contacts"),
        "subsidiaries": _tr("Subsidiaries"),
    }
    return known.get(kind, kind.replace("_", " ").capitalize())


def move_icon(kind: str) -> str:
    """The icon of what moves."""
    return _MOVE_ICONS.get(kind, "field")


def short_name(name: str, other: str) -> str:
    """The first word of a name, or the whole where both begin with the same word."""
    first = name.split(maxsplit=1)[0] if name.split() else name
    same = other.split()[:1] == [first]
    return name if same else first


def _tr(text: str) -> str:
    return QCoreApplication.translate("Duplicates", text)
