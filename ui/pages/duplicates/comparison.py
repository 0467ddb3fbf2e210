"""Two records side by side: a row per field that differs, those that are equal below, and the keys at the foot."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.duplicates import MergeField, MergePreview, Side
from ui.pages.duplicates.decision import Decision, equal_fields
from ui.pages.duplicates.field_row import LABEL_WIDTH, FieldChoice
from ui.pages.duplicates.side_head import SideHead
from ui.pages.duplicates.words import in_reading_order, merge_field_name
from ui.pages.record.moments import Moments
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.theme.tokens import HAIRLINE
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.themed import Themed

NOTE_HEIGHT: Final = 36
PREPARED_ROWS: Final = 14
"""As many fields as most pairs differ in."""


class NoteLine(Themed):
    """An icon and a sentence below the rows, with a link at the right where there is something to show."""

    def __init__(self, icon: str, text: str = "", *, link: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ElidedLabel(text, colour="text_2")
        self.link = LinkButton(link)
        self.link.setVisible(bool(link))
        self._row = QHBoxLayout(self)
        self._row.addWidget(IconMark(icon))
        self._row.addWidget(self.text, 1)
        self._row.addWidget(self.link)
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(round(NOTE_HEIGHT * self.theme.zoom))
        self._row.setContentsMargins(metrics.card_pad, 0, metrics.card_pad - metrics.space_4, 0)
        self._row.setSpacing(metrics.row_gap)


class Ruled(Themed):
    """A strip with a line at one edge; its ground is the card's, whose corners stay round."""

    def __init__(self, edge: Qt.Edge) -> None:
        super().__init__()
        self._edge = edge

    def paintEvent(self, _event: QPaintEvent) -> None:
        top = 0 if self._edge is Qt.Edge.TopEdge else self.height() - HAIRLINE
        painter = QPainter(self)
        painter.fillRect(QRect(0, top, self.width(), HAIRLINE), self.theme.palette.line)
        painter.end()


class Comparison(Card):
    """Rows are made once and used for every pair: as many as the pair with the most differences needs."""

    #: A value was pressed: the field and its `Side`.
    side_pressed = Signal(str, object)
    #: The other record shall stay.
    swap_pressed = Signal()

    def __init__(self, moments: Moments) -> None:
        super().__init__(flush=True)
        self._moments = moments
        self._preview: MergePreview | None = None
        self._shows_equal = False
        self._current = 0
        self._rows: list[FieldChoice] = []
        self._fields: list[MergeField] = []
        self.swap = Button(self.tr("Swap"), icon="sync", small=True)
        self.swap.setToolTip(f"{self.tr('The other one stays')}\t{self.tr('X')}")
        self.heads = {side: SideHead(side) for side in (Side.KEEP, Side.OTHER)}
        self.equal = NoteLine("check", link=self.tr("Show"))
        self.rule = NoteLine("lock", self.tr("For consent the stricter answer always wins. It cannot be chosen here."))
        self.area = ScrollArea(margins=False, bounded=False)
        self.area.body.setSpacing(0)
        OverlayScroll(self.area)
        self._assemble()
        # All rows of a first pair at once would hold up the window; they are made while the pair is still read.
        self._prepare = QTimer(self, singleShot=True, interval=0)
        self._prepare.timeout.connect(self._prepare_row)
        self._prepare.start()
        self.swap.clicked.connect(self.swap_pressed)
        self.equal.link.clicked.connect(self.switch_equal)
        self.setAccessibleName(self.tr("Comparison"))

    def close_rows(self) -> None:
        """The page is closed: make no more rows."""
        self._prepare.stop()

    @property
    def current(self) -> MergeField | None:
        """The field in whose row the keys choose."""
        return self._fields[self._current] if self._current < len(self._fields) else None

    @property
    def rows(self) -> list[FieldChoice]:
        """The rows on show."""
        return self._rows[: len(self._fields)]

    def show_decision(self, decision: Decision) -> None:
        """Show a pair, or what is decided about the one on show."""
        preview = decision.preview
        if preview is not self._preview:
            before = self._preview
            self._preview = preview
            self._show_fields(at_top=before is None or before.keep.id != preview.keep.id)
        for row in self.rows:
            row.show_decision(decision)

    def step(self, step: int) -> None:
        """Go to the next field (1) or the one before (-1)."""
        self.go_to(self._current + step)

    def go_to(self, place: int) -> None:
        """Choose in another row."""
        if not self._fields:
            return
        self._current = min(max(place, 0), len(self._fields) - 1)
        for number, row in enumerate(self.rows):
            row.set_current(number == self._current)
        self.area.ensureWidgetVisible(self._rows[self._current], 0, self.theme.metrics.row_two_lines)

    def switch_equal(self) -> None:
        """Show the fields in which both are equal, or hide them."""
        self.show_equal(not self._shows_equal)

    def show_equal(self, shown: bool) -> None:
        """Show or hide the fields in which both are equal."""
        self._shows_equal = shown
        if self._preview is not None:
            self._show_fields(at_top=False)

    def restyle(self) -> None:
        super().restyle()
        if hasattr(self, "_corner_row"):
            metrics = self.theme.metrics
            self._corner.setFixedWidth(round(LABEL_WIDTH * self.theme.zoom))
            self._corner_row.setContentsMargins(metrics.card_pad, 0, 0, 0)
            self._foot.setFixedHeight(metrics.card_head - metrics.space_4)
            self._foot_row.setContentsMargins(metrics.card_pad, 0, metrics.card_pad, 0)
            self._foot_row.setSpacing(metrics.space_6)

    def _show_fields(self, *, at_top: bool) -> None:
        preview = self._preview
        assert preview is not None
        for side, shown in ((Side.KEEP, preview.keep), (Side.OTHER, preview.other)):
            self.heads[side].show_side(preview.entity, shown, self._moments)
        equal = in_reading_order(equal_fields(preview))
        self._fields = [*in_reading_order(preview.differing), *(equal if self._shows_equal else ())]
        for place, field in enumerate(self._fields):
            self._row_at(place).show_field(preview.entity, field, self._moments)
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._fields))
        names = ", ".join(merge_field_name(field.name).casefold() for field in equal)
        self.equal.text.setText(self.tr("Equal on both: {fields}").format(fields=names))
        self.equal.link.set_label(self.tr("Hide") if self._shows_equal else self.tr("Show"))
        self.equal.setVisible(bool(equal))
        self.rule.setVisible(any(field.locked for field in preview.differing))
        self.go_to(0 if at_top else self._current)
        for row in self.rows if self._shows_equal else ():
            if row.field is not None and not row.field.differs:
                row.show_decision(Decision(preview))

    def _prepare_row(self) -> None:
        if len(self._rows) < PREPARED_ROWS:
            self._row_at(len(self._rows)).hide()
            self._prepare.start()

    def _row_at(self, place: int) -> FieldChoice:
        while place >= len(self._rows):
            row, place_of_it = FieldChoice(), len(self._rows)
            row.side_pressed.connect(self.side_pressed)
            row.reached.connect(lambda place=place_of_it: self.go_to(place))
            self.area.body.insertWidget(len(self._rows), row)
            self._rows.append(row)
        return self._rows[place]

    def _assemble(self) -> None:
        self._corner = Ruled(Qt.Edge.BottomEdge)
        self._corner_row = QHBoxLayout(self._corner)
        self._corner_row.addWidget(self.swap)
        self._corner_row.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self._corner)
        for side in (Side.KEEP, Side.OTHER):
            head.addWidget(self.heads[side], 1)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(0)
        self._notes.addWidget(self.equal)
        self._notes.addWidget(self.rule)
        self.area.body.addLayout(self._notes)
        self.area.body.addStretch(1)
        self._foot = Ruled(Qt.Edge.TopEdge)
        self._foot_row = QHBoxLayout(self._foot)
        for keys, text in (
            (("J", "K"), self.tr("field")),
            (("1", "2"), self.tr("choose")),
            (("B",), self.tr("both, where both fit")),
        ):
            self._foot_row.addWidget(KeyCap(*keys))
            self._foot_row.addWidget(Label(text, role="caption", colour="text_2"))
            self._foot_row.addSpacing(self.theme.metrics.space_8)
        self._foot_row.addStretch(1)
        said = self.tr("Below each name: why its value is suggested")
        self._foot_row.addWidget(ElidedLabel(said, role="caption", colour="text_2"))
        self.body.addLayout(head)
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self._foot)
        self.restyle()
