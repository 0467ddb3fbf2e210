"""What the palette offers, as values: groups with entries, and where the typed words occur in a text."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from PySide6.QtCore import QCoreApplication
from rapidfuzz import fuzz

from services.records.fields import EntityKind
from services.records.people import SearchHit
from ui.commands import Command, key_caps
from ui.pages import Target

translate = QCoreApplication.translate

FEWEST_FORGIVEN: Final = 4
NEAR_ENOUGH: Final = 74
"""Of 100, for a command or page that is typed with a slip; below, everything looks like everything."""

PAGES: Final = {
    EntityKind.CONTACT: "contacts",
    EntityKind.COMPANY: "companies",
    EntityKind.LEAD: "leads",
    EntityKind.DEAL: "deals",
    EntityKind.TASK: "tasks",
}
"""Which page shows a kind of record; the other kinds are shown with the record they belong to."""

_WITH_AVATAR: Final = frozenset({EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.LEAD})
_ICONS: Final = {
    EntityKind.ACTIVITY: "activity",
    EntityKind.DEAL: "deals",
    EntityKind.TASK: "task",
    EntityKind.EVENT: "calendar",
    EntityKind.FILE: "file",
}


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
    run: Callable[[], None] | None = field(default=None, compare=False)
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
    return [PaletteGroup(_title(EntityKind(kind)), tuple(entries)) for kind, entries in by_kind.items()]


def page_group(lines: Sequence[Destination], words: tuple[str, ...]) -> PaletteGroup:
    """The pages whose names answer the typed words, all without any."""
    entries = []
    for line in lines:
        title = translate("SearchPalette", "Go to {page}").format(page=line.title)
        entries.append(
            PaletteEntry(title, icon=line.icon, keys=("G", line.letter), target=Target(line.name), words=words)
        )
    return PaletteGroup(translate("SearchPalette", "Go to"), tuple(answering(entries, words)))


def command_group(commands: Sequence[Command], words: tuple[str, ...]) -> PaletteGroup:
    """The commands whose words answer what is typed; none without anything typed, there are too many."""
    entries = [
        PaletteEntry(
            command.text,
            detail=command.place,
            icon=command.icon,
            keys=key_caps(command.keys),
            run=command.run,
            words=words,
        )
        for command in commands
    ]
    return PaletteGroup(translate("SearchPalette", "Commands"), tuple(answering(entries, words) if words else ()))


def answering(entries: Sequence[PaletteEntry], words: tuple[str, ...]) -> list[PaletteEntry]:
    """Those whose title has every word as the beginning of one of its own, else those one slip of the keys away."""
    exact = [entry for entry in entries if len(marked_ranges(entry.title, words)) >= len(words)]
    if exact or sum(map(len, words)) < FEWEST_FORGIVEN:
        return exact
    scored = [(_likeness(entry.title, words), entry) for entry in entries]
    near = [(score, entry) for score, entry in scored if score >= NEAR_ENOUGH]
    return [entry for _score, entry in sorted(near, key=lambda scored: -scored[0])]


def _likeness(title: str, words: tuple[str, ...]) -> float:
    """How much each typed word looks like the beginning of one of the title's, the worst of them, up to 100."""
    named = _folded(title)[0].split()
    typed = [_folded(word)[0] for word in words]
    return min(max(fuzz.ratio(word, name[: len(word)]) for name in named) for word in typed)


def entry_of(hit: SearchHit, words: tuple[str, ...] = ()) -> PaletteEntry:
    """The row of one answer."""
    kind = EntityKind(hit.entity)
    return PaletteEntry(
        title=hit.title,
        detail=hit.snippet,
        tag=_tag(kind),
        icon=_ICONS.get(kind, ""),
        avatar=hit.id if kind in _WITH_AVATAR else None,
        rounded=kind is EntityKind.COMPANY,
        hit=hit,
        words=words,
    )


def _title(kind: EntityKind) -> str:
    return {
        EntityKind.CONTACT: translate("SearchPalette", "Contacts"),
        EntityKind.COMPANY: translate("SearchPalette", "Companies"),
        EntityKind.LEAD: translate("SearchPalette", "Leads"),
        EntityKind.DEAL: translate("SearchPalette", "Deals"),
        EntityKind.TASK: translate("SearchPalette", "Tasks"),
        EntityKind.EVENT: translate("SearchPalette", "Events"),
        EntityKind.FILE: translate("SearchPalette", "Files"),
    }.get(kind, translate("SearchPalette", "Activities"))


def _tag(kind: EntityKind) -> str:
    return {
        EntityKind.CONTACT: translate("SearchPalette", "Contact"),
        EntityKind.COMPANY: translate("SearchPalette", "Company"),
        EntityKind.LEAD: translate("SearchPalette", "Lead"),
        EntityKind.DEAL: translate("SearchPalette", "Deal"),
        EntityKind.TASK: translate("SearchPalette", "Task"),
        EntityKind.EVENT: translate("SearchPalette", "Event"),
        EntityKind.FILE: translate("SearchPalette", "File"),
    }.get(kind, translate("SearchPalette", "Activity"))


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
