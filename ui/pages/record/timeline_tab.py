"""The timeline of a record: chips for kinds of entries, the entries, and the line to add one."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from services.records.people import ActivityRow, RecordCard
from ui.delegates.timeline_delegate import TimelineDelegate
from ui.pages.record.composer import Composer, ComposerDraft
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.drafts import Drafts
from ui.pages.record.list_menus import RULE, RowCommand, open_row_menu
from ui.pages.record.moments import number
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.timeline_model import CALLS, MAIL, MEETINGS, NOTES, TimelineModel, entry_moment, entry_title
from ui.pages.record.wording import outcome_name
from ui.widgets.chip import Chip
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed, set_focus_shape

ENTRY_WIDTH: Final = 340


class KindChip(Chip):
    """A chip of which one is always chosen; its colour says which, a tick would only take room."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, choosable=True, parent=parent)

    def _glyph(self) -> str:
        return ""


class TimelineTab(Themed):
    """Reads only while it is on show; half-typed entries stay with their record."""

    def __init__(self, detail: DetailViewModel, *, edge: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = detail
        self._edge = edge
        self.entries = TimelineModel(detail)
        self._drafts: Drafts[ComposerDraft] = Drafts()
        self._shown_id: int | None = None
        self.chips: dict[tuple[str, ...], Chip] = {}
        self._count = Label(role="caption", colour="text_3", tabular=True, parent=self)
        # In the order of Tab: the chips, the entries, the line below them.
        for text, types in self._kinds():
            self.chips[types] = KindChip(text, parent=self)
        self._middle = QStackedWidget(self)
        self.list = QListView(self._middle)
        self.composer = Composer(parent=self)
        self.popover: Popover | None = None
        self._nothing = Paragraph(
            self.tr("Nothing happened yet. Log the first call, or write a note below."), centred=True
        )
        self._assemble()
        self._connect()

    def write(self, kind: str) -> None:
        """Start an entry of a kind."""
        self.composer.write(kind)

    def show_card(self, _card: RecordCard | None) -> None:
        """The entries follow the record of the panel by themselves."""

    def set_active(self, active: bool) -> None:
        """Whether this tab is on show."""
        self.entries.set_active(active)

    def close_tab(self) -> None:
        """The page is closed."""
        self.entries.close()

    def open_entry(self, row: int) -> None:
        """Show an entry in full."""
        entry = self.entries.entry(row)
        if entry is None:
            return
        popover = Popover(self.list)
        popover.set_content(self._in_full(entry))
        self.popover = popover
        rect = self.list.visualRect(self.entries.index(row))
        anchor = QWidget(self.list.viewport())
        anchor.setGeometry(rect)
        popover.closed.connect(anchor.deleteLater)
        popover.open_at(anchor)

    def _kinds(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return (
            (self.tr("All"), ()),
            (self.tr("Mail"), MAIL),
            (self.tr("Calls"), CALLS),
            (self.tr("Meetings"), MEETINGS),
            (self.tr("Notes"), NOTES),
        )

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        head = QHBoxLayout()
        head.setContentsMargins(self._edge, metrics.group_gap, self._edge, metrics.group_gap)
        head.setSpacing(metrics.space_6)
        for types, chip in self.chips.items():
            chip.clicked.connect(partial(self._on_kind_chosen, types))
            head.addWidget(chip)
        head.addStretch(1)
        head.addWidget(self._count)
        self._mark_chip()
        self._configure_list()
        self._middle.addWidget(self.list)
        empty = QWidget(self._middle)
        around = QVBoxLayout(empty)
        around.setContentsMargins(self._edge, metrics.space_32, self._edge, 0)
        around.addWidget(self._nothing)
        around.addStretch(1)
        self._middle.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._middle, 1)
        column.addWidget(self.composer)

    def _fit_count(self) -> None:
        """In a narrow panel the chips have the line to themselves."""
        gap = self.theme.metrics.space_6
        chips = sum(chip.sizeHint().width() + gap for chip in self.chips.values())
        room = self.width() - 2 * self._edge - chips
        self._count.setVisible(self._count.sizeHint().width() <= room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_count()

    def _configure_list(self) -> None:
        view = self.list
        view.setProperty("bare", True)
        view.viewport().setAutoFillBackground(False)
        view.setAccessibleName(self.tr("Timeline"))
        view.setModel(self.entries)
        view.setItemDelegate(TimelineDelegate(view, edge_padding=self._edge))
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        OverlayScroll(view)
        view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        set_focus_shape(view, radius=self.theme.metrics.radius)

    def _connect(self) -> None:
        self.entries.entries_read.connect(self._on_entries_read)
        self.list.activated.connect(self._on_entry_activated)
        self.list.clicked.connect(self._on_entry_activated)
        self.list.customContextMenuRequested.connect(self._on_menu_requested)
        self.composer.submitted.connect(self._on_submitted)
        self.composer.edited.connect(self._keep_draft)
        self._detail.subject_changed.connect(self._on_subject_changed)

    def _mark_chip(self) -> None:
        for types, chip in self.chips.items():
            chip.setChecked(types == self.entries.types)

    def _in_full(self, entry: ActivityRow) -> QWidget:
        content = QWidget()
        content.setFixedWidth(round(ENTRY_WIDTH * self.theme.zoom))
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.space_6)
        title = Paragraph(entry_title(entry), role="lead", colour="text")
        moment = entry_moment(entry, self._detail.moments)
        people = " · ".join(part for part in (entry.contact, entry.company) if part)
        column.addWidget(title)
        column.addWidget(Paragraph(" · ".join(part for part in (moment, people) if part), role="caption"))
        for text in (outcome_name(entry.outcome) if entry.outcome else "", entry.body):
            if text:
                paragraph = Paragraph(text, colour="text")
                paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(paragraph)
        return content

    def _keep_draft(self) -> None:
        draft = self.composer.draft
        self._drafts.keep(self._shown_id, None if draft.is_empty else draft)

    def _on_subject_changed(self) -> None:
        self._shown_id = self._detail.local_id
        self.composer.show_draft(self._drafts.get(self._shown_id))
        self._count.setText("")

    def _on_kind_chosen(self, types: tuple[str, ...]) -> None:
        self.entries.filter_types(types)
        self._mark_chip()

    def _on_entries_read(self, total: int) -> None:
        text = self.tr("1 entry") if total == 1 else self.tr("{count} entries").format(count=number(total))
        self._count.setText(text)
        self._fit_count()
        self._middle.setCurrentIndex(0 if total else 1)

    def _on_entry_activated(self, index: QModelIndex) -> None:
        self.open_entry(index.row())

    def _on_menu_requested(self, place: QPoint) -> None:
        entry = self.entries.entry(self.list.indexAt(place).row())
        if entry is None:
            return
        text = "\n".join(part for part in (entry_title(entry), entry.body) if part)
        commands = (
            RowCommand(self.tr("Copy text"), icon="copy", run=lambda: QGuiApplication.clipboard().setText(text)),
            RULE,
            RowCommand(
                self.tr("Move to Trash"),
                icon="trash",
                destructive=True,
                run=lambda: self._delete(entry.id),
            ),
        )
        open_row_menu(self, commands, self.list.viewport().mapToGlobal(place))

    def _delete(self, activity: int) -> None:
        self._detail.delete_activity(activity)

    def _on_submitted(self, typed: object) -> None:
        subject = self._shown_id

        def added(_saved: object) -> None:
            self._drafts.keep(subject, None)
            if self._shown_id == subject:
                self.composer.clear()

        def refused(error: BaseException) -> None:
            if self._shown_id == subject:
                self.composer.show_error(error)
            else:
                self._detail.context.tasks.failed.emit(error)

        if self._detail.card is not None:
            self._detail.log(typed).then(added).otherwise(refused)  # type: ignore[arg-type]
