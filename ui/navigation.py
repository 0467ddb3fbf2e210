"""The pages of the window: one line each, in the order of the rail."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from ui.pages import Page, PageContext


class Group(IntEnum):
    """Where in the rail a page stands; HIDDEN has no entry there."""

    RECORDS = 1
    KNOWING = 2
    OUTSIDE = 3
    FOOT = 4
    HIDDEN = 5


@dataclass(frozen=True, slots=True)
class NavigationLine:
    """One page: its folder under `ui/pages`, its title in English, its place, icon and the letter after G."""

    name: str
    source_title: Any
    group: Group
    icon: str
    letter: str

    @property
    def title(self) -> str:
        """The name as the rail and the palette show it."""
        return QCoreApplication.translate("Navigation", self.source_title)


NAVIGATION: Final = (
    NavigationLine("contacts", QT_TRANSLATE_NOOP("Navigation", "Contacts"), Group.RECORDS, "contacts", "C"),
    NavigationLine("companies", QT_TRANSLATE_NOOP("Navigation", "Companies"), Group.RECORDS, "companies", "O"),
    NavigationLine("leads", QT_TRANSLATE_NOOP("Navigation", "Leads"), Group.RECORDS, "leads", "L"),
    NavigationLine("deals", QT_TRANSLATE_NOOP("Navigation", "Deals"), Group.RECORDS, "deals", "D"),
    NavigationLine("tasks", QT_TRANSLATE_NOOP("Navigation", "Tasks"), Group.RECORDS, "tasks", "T"),
    NavigationLine("duplicates", QT_TRANSLATE_NOOP("Navigation", "Duplicates"), Group.RECORDS, "merge", "M"),
    NavigationLine("settings", QT_TRANSLATE_NOOP("Navigation", "Settings"), Group.FOOT, "settings", "S"),
    NavigationLine("import_assistant", QT_TRANSLATE_NOOP("Navigation", "Import"), Group.HIDDEN, "import", "I"),
)


def import_pages() -> None:
    """Import every page, on a thread other than the GUI's: it takes longer than the event loop may be held up."""
    for line in NAVIGATION:
        importlib.import_module(f"ui.pages.{line.name}.page")


def make_page(name: str, context: PageContext) -> Page:
    """Import a page's folder and make the page; the start of the program imports none."""
    page: Page = importlib.import_module(f"ui.pages.{name}.page").make_page(context)
    return page
