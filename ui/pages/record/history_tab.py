"""What happened to a record: who changed what and when, each batch with a way back."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import NotFound
from services.records.fields import EntityKind
from services.records.ids import Uid, uid_text
from services.records.ledger import HistoryEntry
from services.records.people import RecordCard
from ui.operations.records import list_service_of
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.history_parts import Names, linked_uids
from ui.pages.record.history_words import HistoryItem, history_items
from ui.pages.record.moments import Moments
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.pages.record.standing_box import StandingBox
from ui.theme.shapes import crisp, panel
from ui.theme.tokens import HAIRLINE, Tone
from ui.widgets.diff_text import DiffText
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.themed import Themed

SHOWN_AT_ONCE: Final = 20
READ: Final = 500
LINES_SHOWN: Final = 6
SETTLING_MS: Final = 80
_NAMED: Final = frozenset({EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.DEAL, EntityKind.LEAD})


class HistoryTab(ScrollArea):
    """Read only while it is on show; the newest twenty first, more on demand."""

    def __init__(self, detail: DetailViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__(margins=False, bounded=False, parent=parent)
        OverlayScroll(self)
        self._detail = detail
        self._reading = detail.context.tasks.lane()
        self._active = False
        self._uid: Uid | None = None
        self._items: list[HistoryItem] = []
        self.entries: list[HistoryEntryRow] = []
        self.standing = StandingBox(detail)
        self._more = LinkButton(self.tr("Show older changes"))
        self._soon = QTimer(self, singleShot=True, interval=SETTLING_MS)
        self._soon.timeout.connect(self._read)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, self.theme.metrics.gap, 0, 0)
        self._column.setSpacing(0)
        self.body.addWidget(self.standing)
        self.body.addLayout(self._column)
        around = QHBoxLayout()
        around.setContentsMargins(self.theme.metrics.space_16, 0, 0, self.theme.metrics.gap)
        around.addWidget(self._more)
        around.addStretch(1)
        self.body.addLayout(around)
        self.body.addStretch(1)
        self._restyle()
        self._more.hide()
        self._more.clicked.connect(self._show_more)
        self.theme.theme_changed.connect(self._restyle)

    @property
    def items(self) -> list[HistoryItem]:
        """What was read, shown or not."""
        return self._items

    def show_card(self, card: RecordCard | None) -> None:
        """The record is another one, or was changed."""
        uid = card.uid if card is not None else None
        if uid != self._uid:
            self._show([])
            self._uid = uid
        if self._active and uid is not None:
            self._soon.start()

    def set_active(self, active: bool) -> None:
        """Whether this tab is on show."""
        self._active = active
        if active:
            self.show_card(self._detail.card)

    def close_tab(self) -> None:
        """The page is closed."""
        self._reading.close()
        self.standing.close_box()
        self._soon.stop()

    def _restyle(self) -> None:
        self.body.setSpacing(0)

    def _read(self) -> None:
        uid, detail = self._uid, self._detail
        if uid is None:
            return
        workspace, kind, moments = detail.context.workspace, detail.kind.entity, detail.moments

        def read() -> list[HistoryItem]:
            entries = workspace.history.of_record(uid, limit=READ)
            names = _Naming(detail, kind).names(entries)
            return history_items(entries, names, moments)

        self._reading.read(read).then(self._show)

    def _show(self, items: list[HistoryItem]) -> None:
        if items and items == self._items:
            return
        self._items = items
        self.standing.show_changes(self._uid, [item.at for item in items])
        for entry in self.entries:
            self._column.removeWidget(entry)
            entry.hide()
            entry.deleteLater()
        self.entries = []
        self._show_more()

    def _show_more(self) -> None:
        start = len(self.entries)
        for item in self._items[start : start + SHOWN_AT_ONCE]:
            entry = HistoryEntryRow(item, self._detail.moments, is_last=item is self._items[-1])
            entry.undo_wanted.connect(self._detail.undo)
            self._column.addWidget(entry)
            self.entries.append(entry)
        self._more.setVisible(len(self.entries) < len(self._items))


class _Naming:
    """Finds the names behind the uids of changes; runs on a reader thread."""

    def __init__(self, detail: DetailViewModel, kind: EntityKind) -> None:
        self._workspace = detail.context.workspace
        self._kind = kind

    def names(self, entries: list[HistoryEntry]) -> Names:
        """Names of everything that these entries mention."""
        workspace = self._workspace
        known = {uid_text(user.uid): user.name for user in workspace.users.all()}
        known |= {uid_text(tag.uid): tag.name for tag in workspace.tags.all()}
        for pipeline in workspace.pipelines.all():
            known[uid_text(pipeline.uid)] = pipeline.name
            known |= {uid_text(stage.uid): stage.name for stage in pipeline.stages}
        for uid, entity in linked_uids(entries).items():
            if uid not in known and entity in _NAMED:
                known[uid] = self._name(entity, uid)
        custom = {uid_text(field.uid): field for field in workspace.custom_fields.all(self._kind)}
        return Names(known, custom)

    def _name(self, entity: EntityKind, uid: str) -> str:
        service = list_service_of(self._workspace, entity)
        try:
            return service.card(service.resolve(uid)).name
        except NotFound:
            return ""


class HistoryEntryRow(Themed):
    """Icon in a circle on a line, what happened, who and when, the values, and `Undo this`."""

    #: Take this batch back.
    undo_wanted = Signal(object)

    def __init__(self, item: HistoryItem, moments: Moments, *, is_last: bool) -> None:
        super().__init__()
        self.item = item
        self._is_last = is_last
        self.undo = LinkButton(self.tr("Undo this"), role="caption-medium")
        self.undo.setAccessibleDescription(item.title)
        self.undo.setVisible(item.can_undo)
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(item.batch))
        said = self.tr("{who}, {when}").format(who=item.who, when=moments.day_and_time(item.at))
        caption = ElidedLabel(said, role="caption", colour="text_3")
        caption.setToolTip(moments.exact(item.at))
        self.setAccessibleName(f"{item.title}. {said}")
        head = QHBoxLayout()
        head.setSpacing(self.theme.metrics.row_gap)
        head.addWidget(ElidedLabel(item.title, role="body-medium"), 1)
        head.addWidget(self.undo)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(caption)
        for line in item.lines[:LINES_SHOWN]:
            self._column.addWidget(_line_widget(line.what, line.before, line.after, alone=len(item.lines) == 1))
        hidden = len(item.lines) - LINES_SHOWN
        if hidden > 0:
            rest = ", ".join(line.what for line in item.lines[LINES_SHOWN:])
            self._column.addWidget(Paragraph(self.tr("and {fields}").format(fields=rest), role="caption"))
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        left = metrics.space_20 + metrics.timeline_icon + metrics.group_gap
        self._column.setContentsMargins(left, 0, metrics.space_16, metrics.space_16)
        self._column.setSpacing(metrics.space_2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        side, left = metrics.timeline_icon, metrics.space_20
        painter = QPainter(self)
        with crisp(painter):
            if not self._is_last:
                middle = left + side // 2
                painter.fillRect(middle, side, HAIRLINE, self.height() - side, palette.line)
            circle = self.rect().adjusted(left, 2, 0, 0)
            circle.setWidth(side)
            circle.setHeight(side)
            panel(painter, circle, fill=palette.sunken, border=palette.line, radius=side / 2)
            inset = (side - metrics.icon_xs) // 2
            self.theme.icons.paint(painter, circle.adjusted(inset, inset, -inset, -inset), self.item.icon, "text_2")
        painter.end()


def _line_widget(what: str, before: str, after: str, *, alone: bool) -> QWidget:
    """One value: its name where there are several, then old and new."""
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 2, 0, 2)
    if not alone:
        box.addWidget(Label(what, role="caption", colour="text_2"), 0, Qt.AlignmentFlag.AlignVCenter)
    diff = DiffText(
        before, after or QCoreApplication.translate("HistoryTab", "removed"), tone=Tone.OK if after else Tone.WARN
    )
    box.addWidget(diff, 1)
    return row
