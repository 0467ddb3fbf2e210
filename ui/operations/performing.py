"""Runs operations on the writer thread and ends each in a toast with its way back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from services.records.ids import Uid
from services.records.ledger import UndoOutcome
from ui.operations import Operation
from ui.operations import history as history_operations
from ui.operations.history import Reversal
from ui.tasks import Task, Tasks
from ui.widgets.toast_host import ToastHost

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

Result = TypeVar("Result")


class Performer(QObject):
    """The user's commands on one open workspace; one undo at a time, the keys are deaf meanwhile."""

    def __init__(self, workspace: OpenWorkspace, tasks: Tasks, toasts: ToastHost) -> None:
        super().__init__()
        self._workspace = workspace
        self._tasks = tasks
        self._toasts = toasts
        self._reversing = False

    def __call__(self, operation: Operation[Result]) -> Task[Result]:
        """Run a command; its toast carries Undo when the command can be undone."""
        return self._tasks.write(operation.run).then(partial(self._tell, operation))

    def undo(self, batch: Uid | None = None) -> None:
        """Take back a batch, or what the user did last, and say what."""
        if self._reversing:
            return
        self._reversing = True
        task = self._tasks.write(history_operations.undo(self._workspace, batch).run)
        task.then(self._on_undone).finally_(self._on_reversed)

    def redo(self) -> None:
        """Do again what was undone last, and say what."""
        if self._reversing:
            return
        self._reversing = True
        task = self._tasks.write(history_operations.redo(self._workspace).run)
        task.then(self._on_redone).finally_(self._on_reversed)

    def _tell(self, operation: Operation[Result], result: Result) -> None:
        text = operation.say(result)
        if not text:
            return
        if not operation.undoable:
            self._toasts.show_message(text, icon=operation.icon)
            return
        toast = self._toasts.show_undoable(text, icon=operation.icon)
        toast.action_pressed.connect(partial(self.undo, operation.batch(result)))

    def _on_undone(self, outcome: UndoOutcome) -> None:
        said = history_operations.undone(outcome)
        if said.left_alone:
            self._tell_left_alone(said)
            return
        toast = self._toasts.show_undone(said.sentence)
        toast.action_pressed.connect(self.redo)

    def _on_redone(self, outcome: UndoOutcome) -> None:
        said = history_operations.redone(outcome)
        if said.left_alone:
            self._tell_left_alone(said)
            return
        toast = self._toasts.show_undoable(said.sentence, icon="redo")
        toast.action_pressed.connect(partial(self.undo, None))

    def _tell_left_alone(self, said: Reversal) -> None:
        # A toast with a second line is the one for errors: it stays until read, as this should.
        self._toasts.show_error(said.sentence, kept=said.left_alone)

    def _on_reversed(self) -> None:
        self._reversing = False
