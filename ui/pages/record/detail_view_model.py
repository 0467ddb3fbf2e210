"""The state of the detail panel: which record, its values, and the commands on it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from services.records.fields import EntityKind
from services.records.ids import Uid, uid_text
from services.records.people import RecordCard
from ui.operations import activities, contact_parts, history, records, tags
from ui.operations.activities import TypedActivity
from ui.operations.contact_parts import TypedConsent
from ui.operations.records import TypedRecord, service_of
from ui.pages import PageContext
from ui.pages.record.kind import RecordKind
from ui.pages.record.moments import Moments
from ui.tasks import Task

SETTLING_MS: Final = 60
OPENED_AFTER_MS: Final = 900
"""Who only passes a record on the way does not open it: it is not remembered as recent."""

_SAID_OF_A_RECORD: Final = frozenset({EntityKind.COMPANY, EntityKind.CONTACT, EntityKind.TAG, EntityKind.USER})


class DetailViewModel(QObject):
    """One record at a time; answers for a record that was left meanwhile are dropped."""

    #: Another record is to be shown, or none; its values are still to come.
    subject_changed = Signal()
    #: The values of the record are here, or could not be read.
    card_changed = Signal()
    #: What stands on its timeline may be different.
    activities_changed = Signal()

    def __init__(self, kind: RecordKind, context: PageContext, moments: Moments) -> None:
        super().__init__()
        self.kind = kind
        self.context = context
        self.moments = moments
        self.local_id: int | None = None
        self.card: RecordCard | None = None
        self.error: BaseException | None = None
        self._service = service_of(context.workspace, kind.entity)
        self._reading = context.tasks.lane()
        self._reread = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._reread.timeout.connect(self._read)
        self._opened = QTimer(self, singleShot=True, interval=OPENED_AFTER_MS)
        self._opened.timeout.connect(self._remember)
        context.bridge.records_changed.connect(self._on_records_changed)

    def show(self, local_id: int | None) -> None:
        """Show a record, or none."""
        if local_id == self.local_id:
            return
        self.local_id = local_id
        self.card, self.error = None, None
        self.subject_changed.emit()
        self._opened.stop()
        if local_id is None:
            self._reading.forget()
            self.card_changed.emit()
            return
        self._read()
        self._opened.start()

    def read_again(self) -> None:
        """Try again after an error."""
        if self.local_id is not None:
            self._read()

    def add(self, typed: TypedRecord) -> Task[Any]:
        """Make a record of what was typed."""
        return self.context.perform(records.add(self.context.workspace, self.kind.entity, typed))

    def change(self, local_id: int, typed: TypedRecord) -> Task[Any]:
        """Set what was typed on a record."""
        return self.context.perform(records.change(self.context.workspace, self.kind.entity, local_id, typed))

    def change_field(self, field: str, text: str) -> Task[Any]:
        """Set one field of the record on show."""
        assert self.local_id is not None
        return self.change(self.local_id, TypedRecord(((field, text),)))

    def tag(self, name: str, *, on: bool) -> Task[Any]:
        """Put a tag on the record, or take it off."""
        assert self.local_id is not None
        verb = tags.put_on if on else tags.take_off
        return self.context.perform(verb(self.context.workspace, self.kind.entity, [self.local_id], name))

    def set_consent(self, typed: TypedConsent) -> Task[Any]:
        """Say whether the contact on show may be written to on a channel."""
        assert self.local_id is not None
        return self.context.perform(contact_parts.set_consent(self.context.workspace, self.local_id, typed))

    def add_relation(self, other: str, kind: str, note: str) -> Task[Any]:
        """Say what another contact is to the one on show."""
        assert self.local_id is not None
        operation = contact_parts.add_relation(self.context.workspace, self.local_id, other, kind, note=note)
        return self.context.perform(operation)

    def remove_relation(self, relation: Uid) -> Task[Any]:
        """Take a relation of the contact on show away."""
        assert self.local_id is not None
        return self.context.perform(contact_parts.remove_relation(self.context.workspace, self.local_id, relation))

    def log(self, typed: TypedActivity) -> Task[Any]:
        """Put an entry on the timeline of the record."""
        assert self.card is not None
        uid = uid_text(self.card.uid)
        return self.context.perform(activities.log(self.context.workspace, self.kind.entity, uid, typed))

    def delete_activity(self, activity: int) -> Task[Any]:
        """Put an entry of the timeline into the trash."""
        return self.context.perform(activities.delete(self.context.workspace, activity))

    def delete(self) -> Task[Any]:
        """Put the record into the trash."""
        return self.context.perform(records.delete(self.context.workspace, self.kind.entity, self._ids()))

    def restore(self) -> Task[Any]:
        """Take the record out of the trash."""
        return self.context.perform(records.restore(self.context.workspace, self.kind.entity, self._ids()))

    def undo(self, batch: Any) -> Task[Any]:
        """Take one batch of the record's history back."""
        return self.context.perform(history.undo(self.context.workspace, batch))

    def close(self) -> None:
        """Ignore what is still to come."""
        self.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._reading.close()
        self._reread.stop()
        self._opened.stop()

    def _ids(self) -> Sequence[int]:
        assert self.local_id is not None
        return [self.local_id]

    def _read(self) -> None:
        local_id, service = self.local_id, self._service
        if local_id is not None:
            task = self._reading.read(lambda: service.card(local_id))
            task.then(self._on_card_read).otherwise(self._on_card_failed)

    def _on_card_read(self, card: RecordCard) -> None:
        self.card, self.error = card, None
        self.card_changed.emit()

    def _on_card_failed(self, error: BaseException) -> None:
        self.card, self.error = None, error
        self.card_changed.emit()

    def _remember(self) -> None:
        local_id, context = self.local_id, self.context
        if local_id is not None and context.panel.is_open:
            # A note of this device, not worth a message when it fails.
            task = context.tasks.write(lambda: context.workspace.search.remember(self.kind.entity, local_id))
            task.otherwise(lambda _error: None)

    def _on_records_changed(self, entity: EntityKind, ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity is EntityKind.ACTIVITY:
            self.activities_changed.emit()
        mine = entity is self.kind.entity and (ids is None or self.local_id in ids)
        if self.local_id is not None and (mine or entity in _SAID_OF_A_RECORD - {self.kind.entity}):
            self._reread.start()
