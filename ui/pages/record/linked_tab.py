"""The deals and the open tasks of a record: what stands on them, and a way there."""

from __future__ import annotations

from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedWidget, QVBoxLayout, QWidget

from services.records.fields import EntityKind
from services.records.ids import uid_text
from services.records.people import RecordCard
from services.records.planning import TaskRow
from services.records.sales import DealRow, StageKind
from services.store.queries.listing import ListRequest
from ui.delegates.list_delegate import ListDelegate
from ui.delegates.roles import CellKind, CellRole
from ui.models.columns import Column
from ui.models.lazy_table_model import LazyTableModel
from ui.operations.records import list_service_of
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.due_words import due_text, is_overdue
from ui.pages.record.kind import Tab
from ui.pages.record.list_query import ListSource
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.tokens import Tone
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed, set_focus_shape

SETTLING_MS: Final = 80
LINKED_TABS: Final = {Tab.DEALS: EntityKind.DEAL, Tab.TASKS: EntityKind.TASK}


def request_for(entity: EntityKind, subject: EntityKind, card: RecordCard) -> ListRequest:
    """The deals of a contact or company by their close, or the open tasks of any record by their due day."""
    where = f"{subject}:{uid_text(card.uid)}"
    if entity is EntityKind.TASK:
        return ListRequest(f"{where} status:open", "due_at")
    return ListRequest(where, "expected_close")


def deal_column(moments: Moments) -> Column[DealRow]:
    """One deal as a line: title, stage and close, and what it is worth."""
    tones = {StageKind.WON: Tone.OK, StageKind.LOST: Tone.NEUTRAL}
    return Column(
        "title",
        "",
        CellKind.NAME,
        lambda row: row.title,
        {
            CellRole.ICON: lambda _row: "deals",
            CellRole.SECONDARY: lambda row: ", ".join(filter(None, (row.stage, _close(row, moments)))),
            CellRole.END_TEXT: lambda row: money(row.amount, row.currency),
            CellRole.TAGS: lambda row: [(row.stage, tones[row.kind])] if row.kind in tones else [],
        },
    )


def _close(row: DealRow, moments: Moments) -> str:
    if row.kind is not StageKind.OPEN or row.expected_close is None:
        return ""
    return _tr("closes {day}").format(day=moments.day(row.expected_close, weekday=False))


def task_column(moments: Moments) -> Column[TaskRow]:
    """One task as a line: title, what else it belongs to, and when it is due."""
    return Column(
        "title",
        "",
        CellKind.NAME,
        lambda row: row.title,
        {
            CellRole.ICON: lambda _row: "task",
            CellRole.TONE: lambda row: Tone.BAD if is_overdue(row, moments) else None,
            CellRole.SECONDARY: lambda row: ", ".join(filter(None, (row.deal, row.owner))),
            CellRole.END_TEXT: lambda row: due_text(row, moments),
        },
    )


class LinkedTab(Themed):
    """Read only while it is on show."""

    #: Another record is to be opened: its kind and local id.
    record_wanted = Signal(object, int)

    def __init__(
        self, detail: DetailViewModel, entity: EntityKind, *, edge: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._detail = detail
        self._entity = entity
        self._active = False
        self._subject: int | None = None
        column: Column[Any] = (task_column if entity is EntityKind.TASK else deal_column)(detail.moments)
        self.rows: LazyTableModel[Any] = LazyTableModel([column], detail.context.tasks, self)
        self.list = QListView()
        nothing = _tr("No open task.") if entity is EntityKind.TASK else _tr("No deal yet.")
        self._nothing = Paragraph(nothing, centred=True)
        self._middle = QStackedWidget()
        self._configure(edge)
        detail.context.bridge.records_changed.connect(self._on_records_changed)
        self.rows.ids_replaced.connect(self._show)
        self.list.clicked.connect(self._on_chosen)
        self.list.activated.connect(self._on_chosen)

    def show_card(self, card: RecordCard | None) -> None:
        """Show what belongs to a record."""
        if card is None or not self._active or self._subject == card.id:
            return
        self._subject = card.id
        request = request_for(self._entity, self._detail.kind.entity, card)
        self.rows.show_list(ListSource(list_service_of(self._detail.context.workspace, self._entity), request))

    def set_active(self, active: bool) -> None:
        """Whether this tab is on show."""
        self._active = active
        if active:
            self.show_card(self._detail.card)

    def close_tab(self) -> None:
        """The page is closed."""
        self._detail.context.bridge.records_changed.disconnect(self._on_records_changed)
        self.rows.close()

    def _configure(self, edge: int) -> None:
        view = self.list
        view.setProperty("bare", True)
        view.viewport().setAutoFillBackground(False)
        view.setAccessibleName(_tr("Tasks") if self._entity is EntityKind.TASK else _tr("Deals"))
        view.setModel(self.rows)
        view.setItemDelegate(ListDelegate(view, edge_padding=edge))
        view.setUniformItemSizes(True)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OverlayScroll(view)
        set_focus_shape(view, radius=self.theme.metrics.radius)
        empty = QWidget()
        around = QVBoxLayout(empty)
        around.setContentsMargins(edge, self.theme.metrics.space_32, edge, 0)
        around.addWidget(self._nothing)
        around.addStretch(1)
        self._middle.addWidget(self.list)
        self._middle.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, self.theme.metrics.space_4, 0, 0)
        column.addWidget(self._middle)

    def _show(self, *_: object) -> None:
        self._middle.setCurrentIndex(0 if self.rows.ids else 1)

    def _on_records_changed(self, entity: EntityKind, ids: tuple[int, ...] | None, _origin: str, _batch: int) -> None:
        if entity is self._entity:
            self.rows.invalidate(ids)

    def _on_chosen(self, index: QModelIndex) -> None:
        local_id = self.rows.id_at(index.row())
        if local_id is not None:
            self.record_wanted.emit(self._entity, local_id)


class LinkedCounts(QObject):
    """Counts the deals and open tasks of the record on show, for the numbers beside the tabs."""

    #: The counts of the record on show by tab.
    counted = Signal(object)

    def __init__(self, detail: DetailViewModel) -> None:
        super().__init__(detail)
        self._detail = detail
        self._tabs = [tab for tab in LINKED_TABS if tab in detail.kind.tabs]
        self._lane = detail.context.tasks.lane()
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._on_due)
        detail.context.bridge.records_changed.connect(self._on_records_changed)

    def count(self, card: RecordCard) -> None:
        """Count what belongs to a record."""
        workspace, subject, tabs = self._detail.context.workspace, self._detail.kind.entity, self._tabs
        if not tabs:
            return

        def read() -> dict[Tab, int]:
            return {
                tab: len(list_service_of(workspace, entity).ids(request_for(entity, subject, card)))
                for tab, entity in LINKED_TABS.items()
                if tab in tabs
            }

        self._lane.read(read).then(self.counted.emit)

    def close(self) -> None:
        """Ignore what is still to come."""
        self._detail.context.bridge.records_changed.disconnect(self._on_records_changed)
        self._soon.stop()
        self._lane.close()

    def _on_due(self) -> None:
        if self._detail.card is not None:
            self.count(self._detail.card)

    def _on_records_changed(self, entity: EntityKind, _ids: object, _origin: str, _batch: int) -> None:
        if entity in LINKED_TABS.values() and self._detail.card is not None:
            self._soon.start()


def _tr(text: str) -> str:
    return QCoreApplication.translate("LinkedTab", text)
