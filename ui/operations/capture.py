"""What a typed line becomes, as one batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from services.records.capture import Captured, CaptureSaved
from ui.operations import Operation

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


def save(workspace: OpenWorkspace, captured: Captured, *, words: str) -> Operation[CaptureSaved]:
    """Save a line; `words` says what it makes ("1 deal and 1 task")."""
    translate = QCoreApplication.translate
    said = translate("CaptureOperations", "{things} added").format(things=words)
    if not words:
        said = translate("CaptureOperations", "Saved")
    return Operation(
        run=lambda: workspace.capture.save(captured),
        say=lambda saved: said if saved.batch else "",
        batch=lambda saved: saved.batch,
    )
