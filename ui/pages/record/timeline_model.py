"""The timeline of one record as a list model, read in pages of fifty, newest first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal

from services.records.fields import EntityKind
from services.records.people import ActivityRow
from ui.delegates.roles import CellRole
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.moments import Moments, duration
from ui.pages.record.wording import activity_icon, activity_name, outcome_name

Index = QModelIndex | QPersistentModelIndex

PAGE: Final = 50
LENGTH: Final = re.compile(r"\b\d+\s?(?:s|sec|min|h)\b", re.IGNORECASE)
MAIL: Final = ("email", "message", "sms")
CALLS: Final = ("call",)
MEETINGS: Final = ("meeting", "visit")
NOTES: Final = ("note",)
_PARENT: Final = QModelIndex()


class TimelineModel(QAbstractListModel):
    """Follows the record of the detail panel; `filter_types` narrows it."""

    #: The entries are here: how many there are in all.
    entries_read = Signal(int)

    def __init__(self, detail: DetailViewModel) -> None:
        super().__init__(detail)
        self._detail = detail
        self._entries: list[ActivityRow] = []
        self._total = 0
        self._types: tuple[str, ...] = ()
        self._reading = detail.context.tasks.lane()
        self._active = False
        self._is_stale = True
        detail.subject_changed.connect(self._on_subject_changed)
        detail.activities_changed.connect(self._on_activities_changed)

    @property
    def total(self) -> int:
        """How many entries there are, read or not."""
        return self._total

    @property
    def types(self) -> tuple[str, ...]:
        """The kinds of activity shown, empty for all."""
        return self._types

    def set_active(self, active: bool) -> None:
        """Only a timeline that is on show is read."""
        self._active = active
        if active and self._is_stale:
            self._read_first()

    def filter_types(self, types: tuple[str, ...]) -> None:
        """Show only these kinds of activity."""
        if types != self._types:
            self._types = types
            self._read_first()

    def entry(self, row: int) -> ActivityRow | None:
        """The entry in a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def close(self) -> None:
        """Ignore what is still to come."""
        self._reading.close()

    def _on_subject_changed(self) -> None:
        self._reading.forget()
        self._is_stale = True
        if self._entries:
            self.beginResetModel()
            self._entries, self._total = [], 0
            self.endResetModel()
        if self._active:
            self._read_first()

    def _on_activities_changed(self) -> None:
        self._is_stale = True
        if self._active:
            self._read(0, max(PAGE, len(self._entries)))

    def _read_first(self) -> None:
        self._read(0, PAGE)

    def _read(self, skip: int, limit: int) -> None:
        detail, types = self._detail, self._types
        local_id = detail.local_id
        if local_id is None:
            return
        self._is_stale = False
        services = detail.context.workspace.activities
        named = {detail.kind.entity.value: local_id}

        def read() -> tuple[list[ActivityRow], int]:
            return services.timeline(types=types, limit=limit, skip=skip, **named)

        self._reading.read(read).then(lambda answer: self._take(skip, *answer))

    def _take(self, skip: int, entries: list[ActivityRow], total: int) -> None:
        self._total = total
        if skip:
            if skip == len(self._entries):
                self._append(entries)
        elif entries != self._entries:
            self.beginResetModel()
            self._entries = entries
            self.endResetModel()
        self.entries_read.emit(total)

    def _append(self, entries: Sequence[ActivityRow]) -> None:
        if not entries:
            return
        last = len(self._entries) - 1
        self.beginInsertRows(_PARENT, last + 1, last + len(entries))
        self._entries.extend(entries)
        self.endInsertRows()
        # The line goes on below what was the last entry.
        self.dataChanged.emit(self.index(last), self.index(last), [CellRole.IS_LAST])

    def rowCount(self, parent: Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and len(self._entries) < self._total

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._read(len(self._entries), PAGE)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row()) if index.isValid() else None
        if entry is None:
            return None
        moments = self._detail.moments
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry_title(entry)
        if role == CellRole.ICON:
            return activity_icon(entry.type)
        if role == CellRole.BODY:
            return entry_body(entry, self._detail.kind.entity)
        if role == CellRole.END_TEXT:
            return moments.day(entry.occurred_at)
        if role == CellRole.IS_LAST:
            return index.row() == self._total - 1
        return moments.exact(entry.occurred_at) if role == Qt.ItemDataRole.ToolTipRole else None


def entry_title(entry: ActivityRow) -> str:
    """`Call, 14 min`, or the subject where there is one."""
    title = entry.subject or activity_name(entry.type)
    # Some programs write the length into the subject, rounded their own way.
    if entry.duration_s and not LENGTH.search(title):
        title = _tr("{title}, {duration}").format(title=title, duration=duration(entry.duration_s))
    return title


def entry_body(entry: ActivityRow, subject: EntityKind = EntityKind.CONTACT) -> str:
    """What stands under the title: whom and what else it concerned than the `subject`, the outcome and the text."""
    person = entry.contact if subject is not EntityKind.CONTACT else ""
    deal = entry.deal if subject is not EntityKind.DEAL else ""
    lead = entry.lead if subject is not EntityKind.LEAD and not entry.contact else ""
    outcome = outcome_name(entry.outcome) if entry.outcome else ""
    return " · ".join(part for part in (person, deal, lead, outcome, entry.body) if part)


def entry_links(entry: ActivityRow) -> list[tuple[str, EntityKind, int]]:
    """The records an entry belongs to, each with its name."""
    links = (
        (entry.contact, EntityKind.CONTACT, entry.contact_id),
        (entry.company, EntityKind.COMPANY, entry.company_id),
        (entry.deal, EntityKind.DEAL, entry.deal_id),
        (entry.lead, EntityKind.LEAD, entry.lead_id),
    )
    return [(name, entity, local_id) for name, entity, local_id in links if local_id is not None]


def entry_moment(entry: ActivityRow, moments: Moments) -> str:
    """Day and time of an entry in full."""
    return moments.exact(entry.occurred_at)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Timeline", text)
