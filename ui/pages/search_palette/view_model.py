"""Asks the search while the user types, and keeps only the newest answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.records.fields import EntityKind
from services.records.people import SearchHit, SearchOutcome
from ui.commands import Command
from ui.pages import PageContext, Target
from ui.pages.search_palette.items import (
    PAGES,
    Destination,
    PaletteEntry,
    PaletteGroup,
    command_group,
    hit_groups,
    page_group,
    recent_group,
)
from ui.pages.search_palette.subjects import Subject, subject_of

DEBOUNCE_MS: Final = 30
SHOWN_HITS: Final = 12
SHOWN_BESIDE: Final = 6
SHOWN_RECENTS: Final = 6


class PaletteViewModel(QObject):
    """The groups for what is typed; `choose` goes where an entry leads."""

    #: The groups are different: list of PaletteGroup.
    groups_changed = Signal(object)

    def __init__(
        self, context: PageContext, lines: Sequence[Destination], commands: Callable[[], Sequence[Command]]
    ) -> None:
        super().__init__()
        self._context = context
        self._lines = lines
        self._commands = commands
        self._lane = context.tasks.lane()
        self._text = ""
        self.is_answered = True
        """Whether what is shown answers what is typed."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE_MS)
        self._timer.timeout.connect(self._ask)

    def type(self, text: str, *, at_once: bool = False) -> None:
        """Take what is typed now; the search is asked when nothing more is typed for a moment."""
        self._text = text
        self.is_answered = False
        self._lane.forget()
        if at_once:
            self._timer.stop()
            self._ask()
        else:
            self._timer.start()

    def choose(self, entry: PaletteEntry) -> None:
        """Go where an entry leads."""
        if entry.run is not None:
            # Not from within the press that chose it: a command may close what is open.
            QTimer.singleShot(0, self, entry.run)
        elif entry.target is not None:
            self._context.navigate(entry.target)
        elif entry.hit is not None and entry.hit.entity in PAGES:
            self._open(EntityKind(entry.hit.entity), entry.hit.id)
        elif entry.hit is not None:
            find = partial(subject_of, self._context.workspace, entry.hit)
            self._context.tasks.read(find).then(partial(self._open_subject, entry.title))

    def close(self) -> None:
        """Drop what is still to come."""
        self._timer.stop()
        self._lane.forget()

    def _ask(self) -> None:
        text, search = self._text.strip(), self._context.workspace.search
        if not text:
            self._lane.read(lambda: search.recents(limit=SHOWN_RECENTS)).then(self._show_recents)
            return
        words = tuple(text.split())
        answer = self._lane.read(lambda: search.search(text, limit=SHOWN_HITS))
        answer.then(partial(self._show_outcome, words))

    def _show_recents(self, hits: list[SearchHit]) -> None:
        self._tell([recent_group(hits), page_group(self._lines, ())])

    def _show_outcome(self, words: tuple[str, ...], outcome: SearchOutcome) -> None:
        ways = [command_group(self._commands(), words), page_group(self._lines, words)]
        # Where something else answers too, it should be in sight without scrolling.
        shown = SHOWN_BESIDE if any(group.entries for group in ways) else SHOWN_HITS
        self._tell([*hit_groups(outcome.hits[:shown], words), *ways])

    def _tell(self, groups: list[PaletteGroup]) -> None:
        self.is_answered = True
        self.groups_changed.emit([group for group in groups if group.entries])

    def _open_subject(self, title: str, subject: Subject | None) -> None:
        if subject is None:
            self._context.toasts.show_error(
                self.tr("“{title}” belongs to no record").format(title=title),
                kept=self.tr("It was left as it is."),
            )
        else:
            self._open(*subject)

    def _open(self, entity: EntityKind, local_id: int) -> None:
        search = self._context.workspace.search
        self._context.tasks.write(lambda: search.remember(entity, local_id))
        self._context.navigate(Target(PAGES[entity], entity, local_id))
