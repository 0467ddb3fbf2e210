"""The widgets of the assistant: the head with its steps, the step in front, and the foot."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from services.importing.applying import Verdict
from ui.operations.calendar_imports import events_and_tasks
from ui.operations.wording import things
from ui.pages.import_assistant.calendar_step import CalendarStep
from ui.pages.import_assistant.drop_area import dropped_file
from ui.pages.import_assistant.dry_run import CheckState
from ui.pages.import_assistant.file_step import FileStep
from ui.pages.import_assistant.foot import Foot
from ui.pages.import_assistant.import_run import RunState
from ui.pages.import_assistant.kinds import entity_words
from ui.pages.import_assistant.map_step import MapStep
from ui.pages.import_assistant.result_step import ResultStep
from ui.pages.import_assistant.turns import NEXT_TURN_MS, Turns
from ui.pages.import_assistant.view_model import ImportViewModel, Step
from ui.pages.record.moments import Moments
from ui.widgets.button import Button, ButtonKind
from ui.widgets.label import Label
from ui.widgets.step_indicator import StepIndicator
from ui.widgets.surface import Surface

CALENDAR_STEP: Final = len(Step)
"""Where in the stack the second step of calendars is."""
BUILT_AFTER_MS: Final = 60
"""The first step is laid out and painted before the others are built."""


class AssistantView(Surface):
    """Takes files that are dropped anywhere on it.

    Only the first step is there at once; the others are built while the user looks for a file.
    """

    #: Leave the assistant.
    close_requested = Signal()
    #: Show what was imported.
    show_requested = Signal()
    #: Show a file in its folder: its path.
    reveal_requested = Signal(object)

    def __init__(self, view_model: ImportViewModel, now: Moments) -> None:
        super().__init__("surface")
        self._view_model = view_model
        self._title = Label(role="title")
        self.steps = StepIndicator([self.tr("File"), self.tr("Map and check"), self.tr("Import")])
        self.close_button = Button(self.tr("Close"), kind=ButtonKind.QUIET, icon="close")
        self.file = FileStep(view_model, now)
        self.map = MapStep(view_model)
        self.result = ResultStep(view_model)
        self.calendar = CalendarStep(view_model, now)
        self.foot = Foot()
        self._stack = QStackedWidget()
        for step in (self.file, self.map, self.result, self.calendar):
            self._stack.addWidget(step)
        self._turns = Turns(self)
        self._turns.add((*self.map.building(), *self.result.building(), *self.calendar.building()))
        self._assemble()
        self._connect()
        self.setAcceptDrops(True)
        self._show_step()

    @property
    def is_built(self) -> bool:
        """Whether every step is there."""
        return self._turns.is_done

    def build_rest(self) -> None:
        """Build the steps that are not there yet, in turns, once the first one was painted."""
        self._turns.begin(BUILT_AFTER_MS)

    def choose_file(self) -> None:
        """Ask for a file, unless an import is under way."""
        if not self._view_model.run.is_under_way:
            self.file.open_dialog()

    def focus_step(self) -> None:
        """Put the keyboard on what the step is about."""
        if self._view_model.step is Step.FILE or not self.is_built:
            self.file.area.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._view_model.step is Step.MAP:
            is_calendar = self._view_model.chosen.calendar is not None
            table = self.calendar.events.table if is_calendar else self.map.columns.table
            table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            button = self.foot.first if not self.foot.first.isHidden() else self.result.progress.cancel
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_view(self) -> None:
        """Ignore what is still to come."""
        if self.is_built:
            self.map.rows.close_card()
            self.map.duplicates.close_card()
            self.calendar.close_step()
        self._turns.stop()

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        head = QWidget()
        head.setFixedHeight(metrics.page_header)
        row = QHBoxLayout(head)
        row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self.steps)
        row.addStretch(1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def _connect(self) -> None:
        view_model = self._view_model
        view_model.step_changed.connect(self._on_step_changed)
        view_model.dry_run.changed.connect(self._show_foot)
        view_model.mapping_changed.connect(self._show_foot)
        view_model.run.changed.connect(self._on_run_changed)
        self.close_button.clicked.connect(self.close_requested)
        self.file.file_chosen.connect(view_model.choose_file)
        self.result.reveal_requested.connect(self.reveal_requested)
        self._turns.finished.connect(self._on_step_changed)
        self.foot.first.clicked.connect(self._on_first_pressed)
        self.foot.second.clicked.connect(self._on_second_pressed)

    def _on_step_changed(self) -> None:
        before = self._stack.currentIndex()
        self._show_step()
        if before != self._stack.currentIndex() and self._view_model.is_in_front:
            self.focus_step()

    def _on_run_changed(self) -> None:
        if self.is_built:
            self.result.show_state()
        self._show_step()
        run = self._view_model.run
        if self._view_model.is_in_front and not run.is_under_way and not self._has_keyboard():
            self.focus_step()

    def _has_keyboard(self) -> bool:
        """Whether something can use the keys; Cancel had the keyboard, or Undo, and may be there no more."""
        focused = self.window().focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return focused is not None
        takes_keys = focused.focusPolicy() is not Qt.FocusPolicy.NoFocus
        return takes_keys and focused.isVisible() and focused.isEnabled()

    def _show_step(self) -> None:
        view_model = self._view_model
        done = view_model.step is Step.IMPORT and view_model.run.state is RunState.DONE
        self._title.setText(entity_words(view_model.entity).title)
        self.steps.set_current(len(Step) if done else int(view_model.step))
        if self.is_built:
            is_calendar = view_model.step is Step.MAP and view_model.chosen.calendar is not None
            self._stack.setCurrentIndex(CALENDAR_STEP if is_calendar else int(view_model.step))
            self.file.show_state()
        elif view_model.step is not Step.FILE:
            self._turns.begin(NEXT_TURN_MS)
        self._show_foot()

    def _show_foot(self) -> None:
        view_model = self._view_model
        one_step = self.tr("The whole import is one step. Undo it today, or months later, without losing later edits.")
        if view_model.step is Step.FILE:
            stays = self.tr("The file stays on this computer. You see what would happen before anything is written.")
            self.foot.show_step("privacy", stays, second="", first="")
            return
        if view_model.step is Step.MAP:
            self.foot.show_step("undo", one_step, second=self.tr("Back"), first=self._import_text())
            self.foot.first.setEnabled(view_model.can_import)
            self.foot.first.setToolTip(self._why_not())
            return
        self.foot.first.setEnabled(True)
        self.foot.first.setToolTip("")
        if view_model.run.state is RunState.DONE:
            show = entity_words(view_model.entity).show
            self.foot.show_step("undo", one_step, second=self.tr("Import another file"), first=show)
        elif view_model.run.state is RunState.FAILED:
            self.foot.show_step("undo", one_step, second=self.tr("Choose another file"), first=self.tr("Check again"))
        else:
            self.foot.show_step("undo", one_step, second="", first="")

    def _import_text(self) -> str:
        view_model = self._view_model
        words = entity_words(view_model.entity)
        if not view_model.written:
            return words.title
        told, tasks = things(view_model.entity, view_model.written), view_model.chosen.tasks
        if tasks:
            told = events_and_tasks(view_model.written - tasks, tasks)
        return self.tr("Import {things}").format(things=told)

    def _why_not(self) -> str:
        dry_run = self._view_model.dry_run
        if self._view_model.can_import:
            return f"{self._import_text()}\t{self.tr('Ctrl Return')}"
        if dry_run.state is CheckState.READY and dry_run.outcome is not None:
            same = dry_run.outcome.count(Verdict.UNCHANGED)
            return self.tr("Everything in the file is here already") if same else self.tr("No row can be imported")
        return self.tr("The dry run comes first")

    def _on_first_pressed(self) -> None:
        view_model = self._view_model
        if view_model.step is Step.MAP:
            view_model.import_now()
        elif view_model.run.state is RunState.FAILED:
            view_model.try_again()
        elif view_model.run.state is RunState.DONE:
            self.show_requested.emit()

    def _on_second_pressed(self) -> None:
        self._view_model.start_over()

    def _take_drop(self, path: Path) -> None:
        self._view_model.choose_file(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            if self._view_model.run.is_under_way:
                self._view_model.run.cancel()
            else:
                self.close_requested.emit()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event.mimeData()) is not None and not self._view_model.run.is_under_way:
            self.file.area.set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.file.area.set_over(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.file.area.set_over(False)
        path = dropped_file(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self._take_drop(path)
