"""Reads the line while it is typed, keeps what was changed by hand, and saves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.capture import editing
from services.records.capture import Captured, CapturePlan, CaptureSaved, NamedRecord, Part, PartKind
from services.records.fields import EntityKind
from ui.operations import capture as operations
from ui.pages import PageContext, Target
from ui.pages.capture.plan_words import made_words
from ui.tasks import Task

DEBOUNCE_MS: Final = 40
PAGES: Final = {
    EntityKind.DEAL: "deals",
    EntityKind.CONTACT: "contacts",
    EntityKind.COMPANY: "companies",
    EntityKind.TASK: "tasks",
}
"""Which page shows what was made, what a rep wants to see first before the rest."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as it is read now, and what saving it would make."""

    captured: Captured
    plan: CapturePlan


class CaptureViewModel(QObject):
    """What is typed, as parts."""

    #: The line is read anew: Shown, or None for an empty line.
    line_read = Signal(object)
    #: It was saved.
    saved = Signal()
    #: It could not be saved: the error.
    refused = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._lane = context.tasks.lane()
        self._line = ""
        self.shown: Shown | None = None
        self._save_when_read: bool | None = None
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._read)

    @property
    def is_read(self) -> bool:
        """Whether what is shown is what is typed."""
        return not self._timer.isActive() and (self.shown is None or self.shown.captured.line == self._line)

    def type(self, line: str) -> None:
        """Take what is typed now."""
        self._line = line
        self._lane.forget()
        if line.strip():
            self._timer.start()
        else:
            self._timer.stop()
            self._show(None)

    def remove(self, part: Part) -> None:
        """Make a part text again."""
        if self.shown is not None:
            self._edit(editing.without(self.shown.captured, part))

    def take(self, part: Part, choice: int) -> None:
        """Take one of the records a name may mean."""
        if self.shown is not None:
            self._edit(editing.taken(self.shown.captured, part, choice))

    def add_to_deal(self, deal: NamedRecord) -> None:
        """Let the amount be that of a deal that is there already."""
        if self.shown is not None:
            self._edit(editing.added(self.shown.captured, Part(PartKind.DEAL, deal)))

    def mark(self, *, done: bool) -> None:
        """Say that it happened, or is to be done."""
        if self.shown is not None:
            self._edit(editing.marked(self.shown.captured, done=done))

    def save(self, *, and_open: bool = False) -> None:
        """Save the line; one that is not read yet is saved as soon as it is."""
        if not self.is_read:
            self._save_when_read = and_open
            return
        self._save_when_read = None
        if self.shown is None or self.shown.plan.problem:
            return
        operation = operations.save(self._context.workspace, self.shown.captured, words=made_words(self.shown.plan))
        task: Task[CaptureSaved] = self._context.perform(operation)
        task.then(partial(self._on_saved, and_open)).otherwise(self.refused.emit)

    def close(self) -> None:
        """Drop what is still to come."""
        self._timer.stop()
        self._lane.forget()
        self._save_when_read = None

    def _read(self) -> None:
        line, capture = self._line, self._context.workspace.capture

        def read() -> Shown:
            captured = capture.read(line)
            return Shown(captured, capture.plan(captured))

        self._lane.read(read).then(self._show)

    def _edit(self, captured: Captured) -> None:
        capture = self._context.workspace.capture
        self._lane.read(lambda: Shown(captured, capture.plan(captured))).then(self._show)

    def _show(self, shown: Shown | None) -> None:
        self.shown = shown
        self.line_read.emit(shown)
        if self._save_when_read is not None and self.is_read:
            self.save(and_open=self._save_when_read)

    def _on_saved(self, and_open: bool, saved: CaptureSaved) -> None:
        self.saved.emit()
        if not and_open:
            return
        for entity, page in PAGES.items():
            made = next((record for record in saved.records if record.entity is entity), None)
            if made is not None:
                self._context.navigate(Target(page, entity, made.id))
                return
