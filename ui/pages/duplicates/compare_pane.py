"""A pair to decide about: why it is one, both records side by side, the result, what moves, and Merge."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from services.records.duplicates import Side
from ui.pages.duplicates.comparison import Comparison
from ui.pages.duplicates.decision import equal_fields
from ui.pages.duplicates.moves_card import MovesCard
from ui.pages.duplicates.result_card import ResultCard
from ui.pages.duplicates.view_model import DuplicatesViewModel
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.shapes import crisp, panel
from ui.theme.theme import theme_of
from ui.theme.tokens import Tone
from ui.widgets.banner import Banner, BannerKind
from ui.widgets.button import Button, ButtonKind
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.surface import Surface
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed, set_focus_shape

SIDE_WIDTH: Final = 364
SIDE_WIDTH_NARROW: Final = 300
NARROW: Final = 1160
STRIP: Final = 44
FOOT: Final = 56


class ReasonStrip(Themed):
    """How alike the two are, why, and how many fields are equal."""

    def __init__(self) -> None:
        super().__init__()
        self.score = Label(role="body-strong")
        self.reason = ElidedLabel(colour="text_2")
        self.equal = Tag("", icon="check")
        self.differing = Tag("", tone=Tone.ACCENT)
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark("merge", colour="accent_text", size_role="icon_m"))
        self._row.addWidget(self.score)
        self._row.addWidget(self.reason, 1)
        self._row.addWidget(self.equal)
        self._row.addWidget(self.differing)
        self.restyle()

    def show_score(self, score: int, reason: str) -> None:
        """Say how alike two records are and why."""
        self.score.setText(self.tr("{score}% alike").format(score=score))
        self.reason.setText(reason)

    def show_counts(self, equal: int, differing: int) -> None:
        """Say how many fields are equal and how many differ."""
        self.equal.set_tag(
            self.tr("1 field equal") if equal == 1 else self.tr("{count} fields equal").format(count=equal)
        )
        self.differing.set_tag(
            self.tr("1 field differs") if differing == 1 else self.tr("{count} fields differ").format(count=differing)
        )

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(round(STRIP * self.theme.zoom))
        self._row.setContentsMargins(metrics.card_pad, 0, metrics.card_pad, 0)
        self._row.setSpacing(metrics.group_gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius
        painter = QPainter(self)
        with crisp(painter):
            panel(painter, self.rect(), fill=palette.raised, border=palette.line, radius=radius)
        painter.end()


class ComparePane(Surface):
    """Arrows go to other pairs and fields; J and K, 1, 2 and B are keys of the page."""

    #: Back to the list.
    cancelled = Signal()

    def __init__(self, view_model: DuplicatesViewModel) -> None:
        super().__init__("surface")
        self._view_model = view_model
        self.strip = ReasonStrip()
        self.trouble = Banner(BannerKind.ATTENTION, "")
        self.comparison = Comparison(view_model.moments)
        self.result = ResultCard(view_model.moments)
        self.moves = MovesCard()
        self.merge = Button("", kind=ButtonKind.PRIMARY, icon="merge", key_cap=self.tr("Ctrl Enter"))
        self.cancel = Button(self.tr("Cancel"))
        self.side = ScrollArea(margins=False, bounded=False)
        OverlayScroll(self.side)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_focus_shape(self, radius=0, style="none")
        self.setAccessibleName(self.tr("Two records side by side"))
        self.trouble.hide()
        self._assemble()
        self.comparison.side_pressed.connect(view_model.toggle)
        self.comparison.swap_pressed.connect(view_model.swap)
        self.merge.clicked.connect(view_model.merge)
        self.cancel.clicked.connect(self.cancelled)
        view_model.current_changed.connect(self._on_current_changed)
        view_model.decision_changed.connect(self._on_decision_changed)
        view_model.merge_refused.connect(self.show_refusal)

    def choose(self, side: Side) -> None:
        """Take the value of one record, or of both, in the current row."""
        field = self.comparison.current
        if field is not None:
            self._view_model.choose(field.name, side)

    def show_refusal(self, title: str, message: str) -> None:
        """Say why nothing was merged; it stands until another attempt or another pair."""
        self.trouble.set_banner(BannerKind.ATTENTION, f"{title}.", message)
        self.trouble.show()

    def _on_current_changed(self) -> None:
        self.trouble.hide()
        pair = self._view_model.current
        if pair is not None:
            self.strip.show_score(pair.score, pair.reason)

    def _on_decision_changed(self) -> None:
        decision = self._view_model.decision
        is_ready = decision is not None
        merging = self._view_model.is_merging
        self.merge.setEnabled(is_ready and not merging)
        self.merge.set_busy(merging)
        if merging:
            self.trouble.hide()
        # What stood here before stays in its place, greyed, until the next pair is read.
        self.comparison.setEnabled(is_ready and not merging)
        if decision is None:
            return
        preview = decision.preview
        self.comparison.show_decision(decision)
        self.result.show_decision(decision)
        self.moves.show_preview(preview)
        self.strip.show_counts(len(equal_fields(preview)), len(preview.differing))
        self.merge.set_label(self.tr("Merge into {name}").format(name=preview.keep.name))

    def _assemble(self) -> None:
        metrics = theme_of().metrics
        self.side.body.setContentsMargins(0, 0, 0, 0)
        self.side.body.addWidget(self.result)
        self.side.body.addWidget(self.moves)
        self.side.body.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(metrics.gap)
        across.addWidget(self.comparison, 1)
        across.addWidget(self.side)
        self.side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        inner = QVBoxLayout()
        inner.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, metrics.gap)
        inner.setSpacing(metrics.gap)
        for part in (self.strip, self.trouble):
            inner.addWidget(part)
        inner.addLayout(across, 1)
        foot = Surface("raised", lines=Qt.Edge.TopEdge)
        foot.setFixedHeight(round(FOOT * self.theme.zoom))
        row = QHBoxLayout(foot)
        row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        row.setSpacing(metrics.group_gap)
        row.addWidget(IconMark("undo"))
        said = self.tr("One step, undoable for ever: next year the two can still be parted, each with what was added.")
        row.addWidget(ElidedLabel(said, colour="text_2"), 1)
        row.addWidget(self.cancel)
        row.addWidget(self.merge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(inner, 1)
        column.addWidget(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        rows = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._view_model.step(steps[Qt.Key(event.key())])
        elif event.key() in rows:
            self.comparison.step(rows[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = self.width() >= round(NARROW * self.theme.zoom)
        self.side.setFixedWidth(round((SIDE_WIDTH if wide else SIDE_WIDTH_NARROW) * self.theme.zoom))
