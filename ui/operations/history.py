"""Undo, redo and checking: what the user does with the history itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from services.records.ids import Uid
from services.records.ledger import LeftAlone, UndoOutcome
from ui.operations import Operation
from ui.operations.wording import name_of_batch

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

translate: Final = QCoreApplication.translate

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Reversal:
    """What an undo or redo says: the sentence, and what it left alone in a second line."""

    sentence: str
    left_alone: str


def undo(
    workspace: OpenWorkspace, batch: Uid | None = None, *, progress: Progress | None = None
) -> Operation[UndoOutcome]:
    """Take back a batch, or the user's last one."""
    return Operation(
        run=lambda: workspace.history.undo(batch, progress=progress),
        say=lambda outcome: undone(outcome).sentence,
        undoable=False,
        icon="undo",
    )


def redo(workspace: OpenWorkspace, *, progress: Progress | None = None) -> Operation[UndoOutcome]:
    """Do again what the last undo took back."""
    return Operation(
        run=lambda: workspace.history.redo(progress=progress),
        say=lambda outcome: redone(outcome).sentence,
        undoable=False,
        icon="redo",
    )


def undone(outcome: UndoOutcome) -> Reversal:
    """What to say after an undo."""
    name = name_of_batch(outcome.label_code, outcome.records)
    return Reversal(translate("History", "Undone: {name}").format(name=name), left_alone(outcome.left_alone))


def redone(outcome: UndoOutcome) -> Reversal:
    """What to say after a redo."""
    name = name_of_batch(outcome.label_code, outcome.records)
    return Reversal(translate("History", "Done again: {name}").format(name=name), left_alone(outcome.left_alone))


def left_alone(values: tuple[LeftAlone, ...]) -> str:
    """How many values an undo did not touch, and why; empty when it took back everything."""
    if not values:
        return ""
    if len(values) > 1:
        return translate("History", "{count} values were changed since and stay as they are.").format(
            count=f"{len(values):,}"
        )
    field = values[0].field
    if not field:
        return translate("History", "One record is no longer there and was left alone.")
    if "." in field:
        return translate("History", "One value was changed since and stays as it is.")
    return translate("History", "{field} was changed since and stays as it is.").format(
        field=field.replace("_", " ").capitalize()
    )
