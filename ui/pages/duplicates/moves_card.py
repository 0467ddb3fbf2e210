"""What hangs on each of two records and on the one they become, counted by kind."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from services.records.duplicates import MergePreview, MoveCount
from ui.pages.duplicates.words import move_icon, move_name, short_name
from ui.theme.shapes import LEFT, RIGHT, draw_text, square
from ui.theme.tokens import HAIRLINE, ColourRole, TextRole
from ui.theme.user_locale import number
from ui.widgets.card import Card
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed

COLUMN, COLUMN_NARROW = 64, 48
NARROW = 340
ROW = 32


class MovesTable(Themed):
    """A head and a row of 32 per kind; read out as one text."""

    def __init__(self) -> None:
        super().__init__()
        self._heads: tuple[str, str] = ("", "")
        self._counts: tuple[MoveCount, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_counts(self, heads: tuple[str, str], counts: tuple[MoveCount, ...]) -> None:
        """Show the counts of two records under their names."""
        self._heads, self._counts = heads, counts
        said = (f"{move_name(one.kind)}: {one.keep}, {one.other}, {one.result}" for one in counts)
        self.setAccessibleName(". ".join((self.tr("What moves"), *said)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, round(ROW * self.theme.zoom) * (len(self._counts) + 1) + self.theme.metrics.space_4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, row = self.theme.palette, round(ROW * self.theme.zoom)
        painter = QPainter(self)
        self._paint_row(painter, 0, self.tr("What moves"), (*self._heads, self.tr("Result")), is_head=True)
        for place, one in enumerate(self._counts):
            top = row * (place + 1)
            painter.fillRect(QRect(0, top, self.width(), HAIRLINE), palette.line)
            icon = square(self.theme.metrics.card_pad, row, self.theme.metrics.icon_s).translated(0, top)
            self.theme.icons.paint(painter, icon, move_icon(one.kind), palette.text_2)
            numbers = (number(one.keep), number(one.other), number(one.result))
            self._paint_row(painter, top, move_name(one.kind), numbers, is_head=False)
        painter.end()

    def _paint_row(self, painter: QPainter, top: int, text: str, ends: tuple[str, ...], *, is_head: bool) -> None:
        metrics, row = self.theme.metrics, round(ROW * self.theme.zoom)
        is_narrow = self.width() < round(NARROW * self.theme.zoom)
        column = round((COLUMN_NARROW if is_narrow else COLUMN) * self.theme.zoom)
        left = metrics.card_pad if is_head else metrics.card_pad + metrics.icon_s + metrics.row_gap
        right = self.width() - metrics.card_pad
        room = QRect(left, top, right - left - len(ends) * column, row)
        role: TextRole = "body-strong" if is_head else "body"
        colour = self.theme.palette.text
        draw_text(painter, room, text, font=self.theme.font(role), colour=colour, align=LEFT, elide=True)
        for place, end in enumerate(reversed(ends)):
            box = QRect(right - (place + 1) * column + metrics.row_gap, top, column - metrics.row_gap, row)
            bold = place == 0 and not is_head
            end_role: TextRole = "caption" if is_head else "body-strong" if bold else "body"
            tint: ColourRole = "text" if bold else "text_2"
            font = self.theme.font(end_role, tabular=True)
            draw_text(painter, box, end, font=font, colour=self.theme.colour(tint), align=RIGHT, elide=True)


class MovesCard(Card):
    """Kinds of which there are none at all are left out."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        self.table = MovesTable()
        self.nothing = Paragraph(self.tr("Nothing hangs on either of the two."))
        metrics = self.theme.metrics
        self.nothing.setContentsMargins(metrics.card_pad, metrics.space_4, metrics.card_pad, metrics.group_gap)
        self.body.addWidget(self.table)
        self.body.addWidget(self.nothing)

    def show_preview(self, preview: MergePreview) -> None:
        """Show what moves."""
        counts = tuple(one for one in preview.moves if one.result or one.keep or one.other)
        heads = short_name(preview.keep.name, preview.other.name), short_name(preview.other.name, preview.keep.name)
        self.table.show_counts(heads, counts)
        self.nothing.setVisible(not counts)
