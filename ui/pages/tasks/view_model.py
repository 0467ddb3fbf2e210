"""The state of the page of tasks: the due lists, the task in the panel, and the commands on tasks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.records.fields import EntityKind
from services.records.people import RecordCard, Saved
from ui.operations import tasks
from ui.pages import PageContext
from ui.pages.record.moments import Moments
from ui.pages.tasks.agenda import AgendaSource, DueList
from ui.pages.tasks.agenda_model import AgendaModel
from ui.tasks import Task

MINUTE_MS: Final = 60_000
SETTLING_MS: Final = 60
_SAID_OF_A_TASK: Final = frozenset(
    {EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.DEAL, EntityKind.LEAD, EntityKind.USER}
)


class TasksViewModel(QObject):
    """Reads the due lists anew when something changed, and every minute: a task becomes late by itself."""

    #: The due lists are there, or are others now.
    lists_changed = Signal()
    #: The task of the panel was read (RecordCard), or is gone (None).
    card_read = Signal(object)
    #: A minute has passed.
    minute_passed = Signal()

    def __init__(self, context: PageContext, moments: Moments) -> None:
        super().__init__()
        self.context = context
        self.moments = moments
        self.agenda = AgendaModel(moments, context.tasks)
        self.local_id: int | None = None
        self.error: BaseException | None = None
        self._source = AgendaSource(context.workspace)
        self._reading = context.tasks.lane()
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._minute.timeout.connect(self._on_minute_passed)
        self._reread = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._reread.timeout.connect(self._read_card)
        self.agenda.ids_replaced.connect(self._on_ids_replaced)
        self.agenda.list_failed.connect(self._on_list_failed)
        context.bridge.records_changed.connect(self._on_records_changed)

    @property
    def counts(self) -> dict[DueList, int]:
        """How many tasks stand in each list that holds any."""
        return self.agenda.counts

    def set_active(self, active: bool) -> None:
        """Whether the page is in front; a hidden one reads nothing by itself."""
        if not active:
            self._minute.stop()
            return
        self._minute.start()
        self.read_again()

    def read_again(self) -> None:
        """Read the due lists as they stand now."""
        self.agenda.show_list(self._source)

    def show(self, local_id: int | None) -> None:
        """Read a task for the panel."""
        self.local_id = local_id
        if local_id is None:
            self._reading.forget()
        else:
            self._read_card()

    def add(self, pairs: Sequence[tuple[str, str]]) -> Task[Saved]:
        """Add a task."""
        return self.context.perform(tasks.add(self.context.workspace, pairs))

    def change(self, local_id: int, pairs: Sequence[tuple[str, str]]) -> Task[Saved]:
        """Set what was typed on a task."""
        return self.context.perform(tasks.change(self.context.workspace, local_id, pairs))

    def tick(self, local_id: int) -> Task[Any]:
        """Tick a task off, or open a done one again."""
        row = self.agenda.row_at(self.agenda.row_of(local_id))
        if row is not None and row.status == "done":
            return self.context.perform(tasks.reopen(self.context.workspace, [local_id]))
        title = row.title if row is not None else ""
        return self.context.perform(tasks.done(self.context.workspace, [local_id], title=title))

    def reopen(self, local_id: int) -> Task[Any]:
        """Open a done task again."""
        return self.context.perform(tasks.reopen(self.context.workspace, [local_id]))

    def snooze(self, local_id: int, until: datetime, *, said: str) -> Task[Saved]:
        """Be reminded of a task later."""
        return self.context.perform(tasks.snooze(self.context.workspace, local_id, until, said=said))

    def snooze_typed(self, local_id: int, text: str) -> Task[Saved]:
        """Be reminded of a task at a moment that was typed."""
        return self.context.perform(tasks.snooze_typed(self.context.workspace, local_id, text))

    def delete(self, local_id: int) -> Task[Saved]:
        """Put a task into the trash."""
        return self.context.perform(tasks.delete(self.context.workspace, [local_id]))

    def close(self) -> None:
        """Ignore what is still to come."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._minute.stop()
        self._reread.stop()
        self._reading.close()
        self.agenda.close()

    def _read_card(self) -> None:
        local_id, service = self.local_id, self.context.workspace.tasks
        if local_id is not None:
            task = self._reading.read(lambda: service.card(local_id))
            task.then(self._on_card_read).otherwise(lambda _error: self.card_read.emit(None))

    def _on_card_read(self, card: RecordCard) -> None:
        self.card_read.emit(card if card.deleted_at is None else None)

    def _on_ids_replaced(self, _is_other: bool) -> None:
        self.error = None
        self.lists_changed.emit()

    def _on_list_failed(self, error: BaseException) -> None:
        self.error = error
        self.lists_changed.emit()

    def _on_minute_passed(self) -> None:
        self.read_again()
        self.minute_passed.emit()

    def _on_records_changed(self, entity: EntityKind, ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity is EntityKind.TASK:
            self.agenda.invalidate(ids)
            if self.local_id is not None and (ids is None or self.local_id in ids):
                self._reread.start()
        elif entity in _SAID_OF_A_TASK:
            self.agenda.invalidate(None, list_too=False)
