"""What merging many pairs would do, before it is done: who stays, who goes, how much is left behind."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout

from services.records.duplicates import MergePlan
from ui.pages.duplicates.bulk_view_model import BulkMerge
from ui.pages.duplicates.pair_delegate import PlanDelegate, plan_columns
from ui.pages.duplicates.plan_model import PlanModel
from ui.pages.duplicates.view_model import key_of
from ui.pages.duplicates.words import conflicts_text
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.shapes import LEFT, draw_text
from ui.theme.tokens import HAIRLINE
from ui.theme.user_locale import number
from ui.widgets.banner import Banner, BannerKind
from ui.widgets.button import Button, ButtonKind
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.surface import Surface
from ui.widgets.themed import Themed, set_focus_shape

FOOT: Final = 56
HEAD: Final = 36


class PlanHead(Themed):
    """The names of the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.theme.palette
        painter = QPainter(self)
        names = (self.tr("Stays"), self.tr("Goes into it"), self.tr("Values in conflict"))
        for column, name in zip(plan_columns(self.theme, self.width()), names, strict=True):
            room = QRect(column.x(), 0, column.width(), self.height())
            font = self.theme.font("caption-medium")
            draw_text(painter, room, name, font=font, colour=palette.text_2, align=LEFT, elide=True)
        painter.fillRect(QRect(0, self.height() - HAIRLINE, self.width(), HAIRLINE), palette.line)
        painter.end()

    def restyle(self) -> None:
        self.setFixedHeight(round(HEAD * self.theme.zoom))


class PlanList(QListView):
    """The merges of a plan."""

    #: The pair the keyboard is on is to be taken out.
    drop_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.drop_wanted.emit()
        else:
            super().keyPressEvent(event)


class BulkPane(Surface):
    """A line for each pair; the space bar takes one out of the selection."""

    #: Back to the list.
    cancelled = Signal()

    def __init__(self, bulk: BulkMerge) -> None:
        super().__init__("surface")
        self._bulk = bulk
        self.trouble = Banner(BannerKind.ATTENTION, "")
        self.trouble.hide()
        self.summary = ElidedLabel(role="body-strong")
        self.rule = ElidedLabel(colour="text_2")
        self.model = PlanModel()
        self.list = PlanList()
        self.merge = Button("", kind=ButtonKind.PRIMARY, icon="merge", key_cap=self.tr("Ctrl Enter"))
        self.cancel = Button(self.tr("Cancel"))
        self.setAccessibleName(self.tr("Pairs to merge"))
        self._assemble()
        self.merge.clicked.connect(bulk.merge)
        self.cancel.clicked.connect(self.cancelled)
        bulk.plan_changed.connect(self._on_plan_changed)
        bulk.refused.connect(self.show_refusal)
        self.list.drop_wanted.connect(self.drop_current)
        self._on_plan_changed()

    def show_refusal(self, title: str, message: str) -> None:
        """Say why nothing was merged."""
        self.trouble.set_banner(BannerKind.ATTENTION, f"{title}.", message)
        self.trouble.show()

    def take_focus(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus()

    def step(self, step: int) -> None:
        """Go to the next merge (1) or the one before (-1)."""
        row = min(max(self.list.currentIndex().row() + step, 0), self.model.rowCount() - 1)
        self.list.setCurrentIndex(self.model.index(row, 0))

    def drop_current(self) -> None:
        """Take the pair that the keyboard is on out of the selection."""
        merge = self.model.merge(self.list.currentIndex().row())
        if merge is not None:
            ids = {int(merge.keep.id), int(merge.other.id)}
            for pair in self._bulk.selected:
                if key_of(pair) == ids:
                    self._bulk.toggle(pair)

    def _on_plan_changed(self) -> None:
        plan, merging = self._bulk.plan, self._bulk.is_merging
        self.merge.setEnabled(plan is not None and not merging)
        self.merge.set_busy(merging)
        if merging or not self._bulk.is_open:
            self.trouble.hide()
        if plan is None:
            return
        row = self.list.currentIndex().row()
        self.model.show_plan(plan)
        self.list.setCurrentIndex(self.model.index(min(max(row, 0), self.model.rowCount() - 1), 0))
        count = len(plan.merges)
        said = self.tr("Merge 1 pair") if count == 1 else self.tr("Merge {count} pairs").format(count=number(count))
        self.merge.set_label(said)
        self.summary.setText(self._summary(plan))

    def _summary(self, plan: MergePlan) -> str:
        gone = len(plan.ends)
        records = (
            self.tr("1 record goes into another")
            if gone == 1
            else self.tr("{gone} records go into {kept} others").format(gone=number(gone), kept=number(plan.remaining))
        )
        return f"{records}, {conflicts_text(plan.conflicts)}"

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlanDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("bare", True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Pairs to merge"))
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        OverlayScroll(self.list)
        set_focus_shape(self.list, radius=0, style="none")
        self.setFocusProxy(self.list)
        self.rule.setText(self.tr("Each field takes the value that is suggested; stricter consent always wins."))
        top = QHBoxLayout()
        top.setSpacing(metrics.group_gap)
        top.addWidget(IconMark("merge", colour="accent_text", size_role="icon_m"))
        top.addWidget(self.summary)
        top.addWidget(self.rule, 1)
        card = Card(flush=True)
        card.body.addWidget(PlanHead())
        card.body.addWidget(self.list, 1)
        inner = QVBoxLayout()
        inner.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, metrics.gap)
        inner.setSpacing(metrics.gap)
        inner.addLayout(top)
        inner.addWidget(self.trouble)
        inner.addWidget(card, 1)
        foot = Surface("raised", lines=Qt.Edge.TopEdge)
        foot.setFixedHeight(round(FOOT * self.theme.zoom))
        row = QHBoxLayout(foot)
        row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        row.setSpacing(metrics.group_gap)
        row.addWidget(IconMark("undo"))
        row.addWidget(
            ElidedLabel(self.tr("One step: a single undo parts them all again, at any time."), colour="text_2"), 1
        )
        row.addWidget(self.cancel)
        row.addWidget(self.merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)
