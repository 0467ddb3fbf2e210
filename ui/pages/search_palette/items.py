"""What the palette offers, as values: groups with entries, and where the typed words occur in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QCoreApplication

from services.records.people import SearchHit
from ui.pages import Target

translate = QCoreApplication.translate

PAGES = {"contact": "contacts", "company": "companies"}
"""Which page shows a kind of record; an activity is shown with its contact or company."""


class Destination(Protocol):
    """A page that the palette can go to; a line of the navigation is one."""

    @property
    def name(self) -> str:
        """The page's folder."""
        ...

    @property
    def title(self) -> str:
        """What the page is called."""
        ...

    @property
    def icon(self) -> str:
        """Its icon in the rail."""
        ...

    @property
    def letter(self) -> str:
        """The letter after G."""
        ...


@dataclass(frozen=True, slots=True)
class PaletteEntry:
    """One row: what it is called, what it leads to, and how it is drawn."""

    title: str
    detail: str = ""
    tag: str = ""
    icon: str = ""
    avatar: int | None = None
    rounded: bool = False
    keys: tuple[str, ...] = ()
    target: Target | None = None
    hit: SearchHit | None = None
    words: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class PaletteGroup:
    """Entries under one heading."""

    title: str
    entries: tuple[PaletteEntry, ...]


def recent_group(hits: Sequence[SearchHit]) -> PaletteGroup:
    """What was opened last."""
    return PaletteGroup(translate("SearchPalette", "Recent"), tuple(entry_of(hit) for hit in hits))


def hit_groups(hits: Sequence[SearchHit], words: tuple[str, ...]) -> list[PaletteGroup]:
    """The answers of a search by kind, the kind of the best answer first, order kept inside."""
    by_kind: dict[str, list[PaletteEntry]] = {}
    for hit in hits:
        by_kind.setdefault(hit.entity, []).append(entry_of(hit, words))
    titles = {
        "contact": translate("SearchPalette", "Contacts"),
        "company": translate("SearchPalette", "Companies"),
        "activity": translate("SearchPalette", "Activities"),
    }
    return [PaletteGroup(titles.get(kind, kind.capitalize()), tuple(entries)) for kind, entries in by_kind.items()]


def page_group(lines: Sequence[Destination], words: tuple[str, ...]) -> PaletteGroup:
    """The pages whose names begin with the typed words, all without any."""
    entries = []
    for line in lines:
        title = translate("SearchPalette", "Go to {page}").format(page=line.title)
        if len(marked_ranges(title, words)) >= len(words):
            keys = ("G", line.letter)
            entries.append(PaletteEntry(title, icon=line.icon, keys=keys, target=Target(line.name), words=words))
    return PaletteGroup(translate("SearchPalette", "Go to"), tuple(entries))


def entry_of(hit: SearchHit, words: tuple[str, ...] = ()) -> PaletteEntry:
    """The row of one answer."""
    tags = {
        "contact": translate("SearchPalette", "Contact"),
        "company": translate("SearchPalette", "Company"),
        "activity": translate("SearchPalette", "Activity"),
    }
    is_person = hit.entity in PAGES
    return PaletteEntry(
        title=hit.title,
        detail=hit.snippet,
        tag=tags.get(hit.entity, ""),
        icon="" if is_person else "activity",
        avatar=hit.id if is_person else None,
        rounded=hit.entity == "company",
        hit=hit,
        words=words,
    )


def marked_ranges(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """Start and end of each typed word where it begins a word of the text; case and accents ignored."""
    folded, places = _folded(text)
    found: list[tuple[int, int]] = []
    for word in words:
        wanted = _folded(word)[0]
        start = folded.find(wanted) if wanted else -1
        while start > 0 and folded[start - 1].isalnum():
            start = folded.find(wanted, start + 1)
        if start >= 0:
            found.append((places[start], places[start + len(wanted) - 1] + 1))
    return sorted(set(found))


def _folded(text: str) -> tuple[str, list[int]]:
    """The text without case and accents, and for each of its characters the place it came from."""
    folded, places = [], []
    for place, character in enumerate(text):
        for part in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(part):
                folded.append(part)
                places.append(place)
    return "".join(folded), places
