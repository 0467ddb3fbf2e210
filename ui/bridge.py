"""Turns the events of the bus into Qt signals on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from services.bus import EventBus
from services.events import Event, RecordsChanged, WorkspaceReplaced


class Bridge(QObject):
    """What changed, for item models and view models; the bus delivers on the GUI thread."""

    #: Records changed: EntityKind, ids as a tuple or None when there were too many, origin, batch.
    records_changed = Signal(object, object, str, int)
    #: Another workspace is open now: its name.
    workspace_replaced = Signal(str)

    def __init__(self, bus: EventBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._end = bus.subscribe(self._on_event)

    def close(self) -> None:
        """Say nothing more."""
        self._end()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, RecordsChanged):
            self.records_changed.emit(event.entity, event.ids, event.origin, event.batch)
        elif isinstance(event, WorkspaceReplaced):
            self.workspace_replaced.emit(event.name)
