"""The kinds of record that files hold: what is said of each, and the formats that hold them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from services.importing.tables import CARDS, JSON, WORKBOOKS
from services.records.fields import EntityKind

KINDS: Final = (
    EntityKind.CONTACT,
    EntityKind.COMPANY,
    EntityKind.LEAD,
    EntityKind.DEAL,
    EntityKind.TASK,
    EntityKind.ACTIVITY,
    EntityKind.EVENT,
)
"""What can be imported, in the order in which it is offered."""

TEXTS: Final = (".csv", ".tsv", ".txt")
CALENDARS: Final = (".ics",)
SUFFIXES: Final = (*TEXTS, *sorted(WORKBOOKS), JSON, *sorted(CARDS), *CALENDARS)
"""The endings of files that can be imported."""
CARD_KINDS: Final = (EntityKind.CONTACT, EntityKind.COMPANY)
"""The kinds of record that cards of an address book stand for."""


@dataclass(frozen=True, slots=True)
class EntityWords:
    """What is said of one kind of record.

    `page` is where the assistant came from and goes back to; `show` is "" where no page lists these records.
    """

    page: str
    title: str
    name: str
    plural: str
    one: str
    show: str
    one_row: str


_WORDS: Final = {
    EntityKind.CONTACT: (
        "contacts",
        QT_TRANSLATE_NOOP("ImportKinds", "Import contacts"),
        QT_TRANSLATE_NOOP("ImportKinds", "Contacts"),
        QT_TRANSLATE_NOOP("ImportKinds", "contacts"),
        QT_TRANSLATE_NOOP("ImportKinds", "contact"),
        QT_TRANSLATE_NOOP("ImportKinds", "Show the contacts"),
        QT_TRANSLATE_NOOP("ImportKinds", "one row for each contact"),
    ),
    EntityKind.COMPANY: (
        "companies",
        QT_TRANSLATE_NOOP("ImportKinds", "Import companies"),
        QT_TRANSLATE_NOOP("ImportKinds", "Companies"),
        QT_TRANSLATE_NOOP("ImportKinds", "companies"),
        QT_TRANSLATE_NOOP("ImportKinds", "company"),
        QT_TRANSLATE_NOOP("ImportKinds", "Show the companies"),
        QT_TRANSLATE_NOOP("ImportKinds", "one row for each company"),
    ),
    EntityKind.LEAD: (
        "leads",
        QT_TRANSLATE_NOOP("ImportKinds", "Import leads"),
        QT_TRANSLATE_NOOP("ImportKinds", "Leads"),
        QT_TRANSLATE_NOOP("ImportKinds", "leads"),
        QT_TRANSLATE_NOOP("ImportKinds", "lead"),
        QT_TRANSLATE_NOOP("ImportKinds", "Show the leads"),
        QT_TRANSLATE_NOOP("ImportKinds", "one row for each lead"),
    ),
    EntityKind.DEAL: (
        "deals",
        QT_TRANSLATE_NOOP("ImportKinds", "Import deals"),
        QT_TRANSLATE_NOOP("ImportKinds", "Deals"),
        QT_TRANSLATE_NOOP("ImportKinds", "deals"),
        QT_TRANSLATE_NOOP("ImportKinds", "deal"),
        QT_TRANSLATE_NOOP("ImportKinds", "Show the deals"),
        QT_TRANSLATE_NOOP("ImportKinds", "one row for each deal"),
    ),
    EntityKind.TASK: (
        "tasks",
        QT_TRANSLATE_NOOP("ImportKinds", "Import tasks"),
        QT_TRANSLATE_NOOP("ImportKinds", "Tasks"),
        QT_TRANSLATE_NOOP("ImportKinds", "tasks"),
        QT_TRANSLATE_NOOP("ImportKinds", "task"),
        QT_TRANSLATE_NOOP("ImportKinds", "Show the tasks"),
        QT_TRANSLATE_NOOP("ImportKinds", "one row for each task"),
    ),
    EntityKind.ACTIVITY: (
        "contacts",
        QT_TRANSLATE_NOOP("ImportKinds", "Import activities"),
        QT_TRANSLATE_NOOP("ImportKinds", "Activities"),
        QT_TRANSLATE_NOOP("ImportKinds", "activities"),
        QT_TRANSLATE_NOOP("ImportKinds", "activity"),
        "",
        QT_TRANSLATE_NOOP("ImportKinds", "one row for each call, meeting or note"),
    ),
    EntityKind.EVENT: (
        "tasks",
        QT_TRANSLATE_NOOP("ImportKinds", "Import events"),
        QT_TRANSLATE_NOOP("ImportKinds", "Events"),
        QT_TRANSLATE_NOOP("ImportKinds", "events"),
        QT_TRANSLATE_NOOP("ImportKinds", "event"),
        "",
        "",
    ),
}


def is_text(path: Path) -> bool:
    """Whether a file is a text table, whose encoding and delimiter can be told; so is one without a known ending."""
    return path.suffix.lower() not in {*WORKBOOKS, JSON, *CARDS, *CALENDARS}


def kinds_of(path: Path) -> tuple[EntityKind, ...]:
    """The kinds of record that a file of this format can hold."""
    suffix = path.suffix.lower()
    if suffix in CALENDARS:
        return (EntityKind.TASK, EntityKind.EVENT)
    return CARD_KINDS if suffix in CARDS else KINDS


def entity_words(entity: EntityKind) -> EntityWords:
    """The words for a kind of record."""
    page, *texts = _WORDS[entity]
    title, name, plural, one, show, one_row = (_tr(str(text)) if text else "" for text in texts)
    return EntityWords(str(page), title, name, plural, one, show, one_row)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ImportKinds", text)
