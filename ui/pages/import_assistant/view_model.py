"""The way through the three steps of the assistant: its state, and every command of the user."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import IntEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.importing.applying import OnMatch
from services.importing.decisions import Choice, LikelyRow
from services.importing.mapping import ColumnMapping
from services.importing.shapes import AS_FOUND, Correction
from services.records.fields import EntityKind
from ui.operations import imports
from ui.pages import PageContext
from ui.pages.import_assistant.chosen import Chosen
from ui.pages.import_assistant.dry_run import CheckState, DryRun
from ui.pages.import_assistant.import_run import ImportRun, RunState
from ui.pages.import_assistant.kinds import KINDS
from ui.pages.import_assistant.looking import Looked, Question, look_at
from ui.pages.import_assistant.pace import Progress
from ui.pages.import_assistant.trouble import Trouble, trouble_of
from ui.pages.import_assistant.verdicts import most_telling
from ui.pages.import_assistant.wording import nothing_in, written

if TYPE_CHECKING:
    from services.importing.previewing import RowPreview

LARGE: Final = 200_000
"""Rows from which on an import in parts is offered: one step holds up everybody else for too long."""

_CHANGES_SETTLE_MS: Final = 500
_CONCERNED: Final = frozenset({*KINDS, EntityKind.CUSTOM_FIELD})


class Step(IntEnum):
    """The three steps of the assistant."""

    FILE = 0
    MAP = 1
    IMPORT = 2


class ImportViewModel(QObject):
    """State and commands of the assistant; reading and writing happen in `dry_run` and `run`."""

    #: Another step is in front, its end was reached, or other records are imported.
    step_changed = Signal()
    #: The file, what is wrong with it, or whether it is being looked at.
    file_changed = Signal()
    #: Where columns go, how they are read, or the options.
    mapping_changed = Signal()
    #: The row that is shown as it will look.
    preview_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self.dry_run = DryRun(context)
        self.run = ImportRun(context)
        self._looking = context.tasks.lane()
        self._previewing = context.tasks.lane()
        self._changes_settled = QTimer(self, singleShot=True, interval=_CHANGES_SETTLE_MS)
        self._changes_settled.timeout.connect(self._on_changes_settled)
        self._entity = EntityKind.CONTACT
        self._is_told = False
        self._step = Step.FILE
        self.chosen = Chosen()
        self.trouble: Trouble | None = None
        self.is_looking = False
        self.shown_row = 0
        self.preview: RowPreview | None = None
        self.is_in_front = False
        self.dry_run.changed.connect(self._on_dry_run_changed)
        self.run.changed.connect(self._on_run_changed)
        self.run.cancelled.connect(self._on_import_cancelled)
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def entity(self) -> EntityKind:
        """What is imported."""
        return self._entity

    @property
    def step(self) -> Step:
        """The step in front."""
        return self._step

    @property
    def rows(self) -> int:
        """The rows or events of the file, as exactly as they are known."""
        if self.chosen.calendar is not None:
            return self.chosen.calendar.rows
        outcome = self.dry_run.outcome
        if self.dry_run.state is CheckState.READY and outcome is not None:
            return outcome.rows
        return self.chosen.inspection.shape.rows if self.chosen.inspection is not None else 0

    @property
    def is_large(self) -> bool:
        """Whether importing the file in one step would hold up others."""
        return self.rows > LARGE

    @property
    def written(self) -> int:
        """The rows that importing would leave something of; 0 until that is known. All that a calendar gives."""
        if self.chosen.calendar is not None:
            return len(self.chosen.calendar.contents.events) + self.chosen.tasks
        outcome = self.dry_run.outcome
        return written(outcome) if outcome is not None and self.dry_run.state is CheckState.READY else 0

    @property
    def can_import(self) -> bool:
        """Whether the dry run is done and found something to write."""
        is_known = self.chosen.calendar is not None or self.dry_run.plan is not None
        return self._step is Step.MAP and is_known and self.written > 0 and not self.is_looking

    def set_entity(self, entity: EntityKind) -> None:
        """Import other records; what was chosen for the ones before is forgotten."""
        if entity is self._entity or self.run.is_under_way:
            return
        self._entity, self._is_told = entity, False
        self._restart()

    def tell_entity(self, entity: EntityKind) -> None:
        """The user says what the file holds; one that was looked at already is looked at anew."""
        if self.run.is_under_way:
            return
        if self._step is Step.FILE:
            self.set_entity(entity)
            self._is_told = True
        elif self._step is Step.MAP and entity is not self._entity:
            self._look(self.chosen.correction, self.chosen.take_as_other_kind, entity=entity)

    def choose_file(self, path: Path) -> None:
        """Look at a file, and go on to its mapping."""
        if self.run.is_under_way:
            return
        self._restart()
        self.chosen.path = path
        self._look(AS_FOUND, self.chosen.take)

    def correct(self, **changes: Any) -> None:
        """Read the file another way, by the names of `Correction`."""
        self._look(replace(self.chosen.correction, **changes), self.chosen.take_keeping_mapping)

    def use_remembered(self, remembered: bool) -> None:
        """Map the columns as last time, or as their names and values suggest."""
        self._look(self.chosen.correction, self.chosen.take, remembered=remembered)

    def send(self, column: ColumnMapping) -> None:
        """Send one column where the user chose."""
        self.chosen.send(column)
        self._check_anew()

    def keep_left_out(self) -> None:
        """Make every column that goes nowhere a field of the user's own."""
        self.chosen.keep_left_out()
        self._check_anew()

    def set_key(self, key: str) -> None:
        """Recognise records by another field."""
        self._revise(key=key)

    def set_on_match(self, on_match: OnMatch) -> None:
        """Do something else with rows whose record is there."""
        self._revise(on_match=on_match)

    def set_make_stages(self, make_stages: bool) -> None:
        """Make the stages that deals name and nobody has, or reject these deals."""
        self._revise(make_stages=make_stages)

    def decide(self, rows: Sequence[LikelyRow], choice: Choice) -> None:
        """Say what becomes of rows that look like duplicates."""
        self.chosen.decide(rows, choice)
        self._check_again()

    def set_with_tasks(self, with_tasks: bool) -> None:
        """Take the tasks of a calendar with its events, or leave them."""
        self.chosen.with_tasks = with_tasks
        self.mapping_changed.emit()

    def set_in_parts(self, in_parts: bool) -> None:
        """Import a large file as several batches, between which others can write."""
        self.chosen.in_parts = in_parts

    def show_row(self, number: int) -> None:
        """Show how a row will look."""
        if self.rows:
            self.shown_row = max(1, min(number, self.rows))
            self._read_preview()

    def step_row(self, step: int) -> None:
        """Show the row after, or before."""
        self.show_row(self.shown_row + step)

    def start_over(self) -> None:
        """Back to the choice of a file."""
        if not self.run.is_under_way:
            self._restart()

    def import_now(self) -> None:
        """Carry out what the dry run told."""
        if not self.can_import:
            return
        if self.chosen.calendar is not None:
            self._go_to(Step.IMPORT)
            in_front, with_tasks = (lambda: self.is_in_front), self.chosen.with_tasks
            self.run.start_calendar(self.chosen.calendar, with_tasks=with_tasks, is_told=in_front)
            return
        plan = self.dry_run.hand_over()
        if plan is not None:
            self._previewing.forget()
            self._go_to(Step.IMPORT)
            in_parts = self.chosen.in_parts and self.is_large
            self.run.start(plan, in_parts=in_parts, is_told=lambda: self.is_in_front)

    def pose(self, state: RunState, *, progress: Progress | None = None, error: BaseException | None = None) -> None:
        """Show the last step as if an import were in this state, without one; for pictures."""
        self._go_to(Step.IMPORT)
        self.run.pose(state, progress=progress, error=error)

    def try_again(self) -> None:
        """After an import that failed: back to the mapping, which is checked anew."""
        self.run.reset()
        self._go_to(Step.MAP)
        self._on_changes_settled()

    def failure(self) -> Trouble:
        """Why the import failed, in words."""
        nothing = self.tr("Something went wrong in the program; nothing was written.")
        return trouble_of(self.run.error, otherwise=Trouble(self.tr("The import failed"), nothing))

    def save_rejects(self, path: Path) -> None:
        """Write the rows that cannot be read to a file; after the import those that could not."""
        if self._step is Step.IMPORT:
            self.run.save_rejects(path)
            return
        plan, outcome = self.dry_run.plan, self.dry_run.outcome
        if plan is not None and outcome is not None:
            self.context.perform(imports.save_rejects(self.context.workspace, plan, outcome.rejects, path))

    def leave(self) -> None:
        """Another page is in front: nothing staged is kept, what was chosen is."""
        self.is_in_front = False
        self._previewing.forget()
        self._changes_settled.stop()
        if self._step is Step.MAP:
            self.dry_run.forget()
        elif self.run.state is RunState.DONE:
            self._restart()

    def come_back(self) -> None:
        """In front, for the first time or again."""
        self.is_in_front = True
        if self._step is Step.MAP and self.dry_run.state is CheckState.NOTHING:
            self._check(at_once=True)
        if self._step is Step.MAP and self.chosen.calendar is not None:
            self._on_changes_settled()

    def close(self) -> None:
        """The workspace is about to be closed."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._changes_settled.stop()
        self._looking.close()
        self._previewing.close()
        self.dry_run.close()
        self.run.close()

    def _restart(self) -> None:
        self._looking.forget()
        self._previewing.forget()
        self.chosen, self.trouble, self.is_looking = Chosen(), None, False
        self.shown_row, self.preview = 0, None
        self.dry_run.forget()
        self.run.reset()
        self._go_to(Step.FILE)
        self.file_changed.emit()

    def _go_to(self, step: Step) -> None:
        self._step = step
        self.step_changed.emit()

    def _look(
        self,
        correction: Correction,
        take: Callable[..., None],
        *,
        remembered: bool = True,
        entity: EntityKind | None = None,
    ) -> None:
        path, workspace = self.chosen.path, self.context.workspace
        if path is None:
            return
        # Once a file was looked at, it holds what it was found to hold.
        is_told = self._is_told or entity is not None or self._step is Step.MAP
        question = Question(path, entity or self._entity, is_told, correction, remembered)
        self.is_looking, self.trouble = True, None
        self.file_changed.emit()
        task = self._looking.read(lambda: look_at(workspace, question))
        task.then(partial(self._on_looked, correction, take)).otherwise(self._on_not_looked)

    def _on_looked(self, correction: Correction, take: Callable[..., None], looked: Looked) -> None:
        self.is_looking = False
        if not looked.rows:
            self._tell_trouble(nothing_in(self.chosen.path, looked))
            return
        take(looked, correction)
        is_other = looked.entity is not self._entity
        self._entity = looked.entity
        if is_other or self._step is not Step.MAP:
            self.shown_row, self.preview = 0, None
            self._go_to(Step.MAP)
        self.file_changed.emit()
        self.mapping_changed.emit()
        self.dry_run.forget() if looked.calendar is not None else self._check(at_once=True)

    def _on_not_looked(self, error: BaseException) -> None:
        self.is_looking = False
        nothing = self.tr("Something went wrong in the program; nothing was changed.")
        unseen = Trouble(self.tr("The file could not be looked at"), nothing)
        self._tell_trouble(trouble_of(error, otherwise=unseen))

    def _tell_trouble(self, trouble: Trouble) -> None:
        """Beside the file that is wrong; one that was mapped already stays as it was read before."""
        if self._step is Step.MAP:
            self.context.toasts.show_error(trouble.title, kept=trouble.text)
        else:
            self.trouble = trouble
        self.file_changed.emit()

    def _check(self, *, at_once: bool = False) -> None:
        if self.chosen.inspection is not None:
            self.dry_run.start(self.chosen.request(self._entity), self.chosen.inspection, at_once=at_once)

    def _check_anew(self) -> None:
        """The mapping is another one: the file is read again."""
        if self.chosen.key not in self.chosen.keys(self._entity):
            self.chosen.key = ""
        self.mapping_changed.emit()
        self._check()

    def _check_again(self) -> None:
        """The options or the records are others: the rows read already will do."""
        self.mapping_changed.emit()
        if self.chosen.inspection is not None:
            self.dry_run.start_again(self.chosen.request(self._entity), self.chosen.inspection)

    def _revise(self, **changes: Any) -> None:
        if self.chosen.revise(**changes):
            self._check_again()

    def _read_preview(self) -> None:
        plan, number, workspace = self.dry_run.plan, self.shown_row, self.context.workspace
        if plan is not None:
            self._previewing.read(lambda: workspace.imports.preview(plan, number)).then(self._on_preview_read)

    def _on_preview_read(self, preview: RowPreview | None) -> None:
        self.preview = preview
        self.preview_changed.emit()

    def _on_dry_run_changed(self) -> None:
        self._previewing.forget()
        if self.dry_run.state is CheckState.READY and self.dry_run.outcome is not None:
            if not 0 < self.shown_row <= self.rows:
                self.shown_row = most_telling(self.dry_run.outcome.numbers)
            self._read_preview()
        self.preview_changed.emit()

    def _on_run_changed(self) -> None:
        if self._step is not Step.IMPORT:
            return
        self.step_changed.emit()
        if self.run.state is RunState.FAILED and not self.is_in_front:
            self.context.toasts.show_error(self.failure().title, kept=self.failure().text)

    def _on_import_cancelled(self) -> None:
        self.context.toasts.show_message(self.tr("Import cancelled. Nothing was written."), icon="close")
        self._go_to(Step.MAP)
        if self.is_in_front:
            self._check(at_once=True)

    def _on_records_changed(self, entity: EntityKind, _ids: Any, _origin: str, _batch: int) -> None:
        is_checked = self.chosen.calendar is not None or self.dry_run.state is not CheckState.NOTHING
        if entity in _CONCERNED and self._step is Step.MAP and is_checked and self.is_in_front:
            self._changes_settled.start()

    def _on_changes_settled(self) -> None:
        if self._step is not Step.MAP:
            return
        if self.chosen.calendar is not None:
            self._look(self.chosen.correction, self.chosen.take)
        else:
            self._check_again()
