"""What stands over the board: the open pipeline, its weighted sum, and the deals that need somebody."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from services.records.sales import PipelineTotals
from ui.pages.deals.money import every_sum, leading_sum
from ui.theme.shapes import crisp, panel
from ui.theme.user_locale import number
from ui.widgets.label import Label
from ui.widgets.themed import Themed

HEIGHT: Final = 90
COLUMN_GAP: Final = 40


class Figure(Themed):
    """A caption, a figure of 20/600 and a line of what it is made of."""

    def __init__(self, caption: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caption = caption
        self.value = Label("–", role="title")
        self.below = Label(role="caption", colour="text_2", tabular=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        for part in (Label(caption, role="caption", colour="text_2"), self.value, self.below):
            column.addWidget(part)
        column.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)

    def show_figure(self, value: str, below: str, *, tip: str = "") -> None:
        """Show a figure."""
        self.value.setText(value)
        self.below.setText(below)
        self.setToolTip(tip)
        self.setAccessibleName(", ".join(part for part in (self._caption, tip or value, below) if part))


class SummaryStrip(Themed):
    """A card of 90 across the page."""

    def __init__(self) -> None:
        super().__init__()
        self.open = Figure(self.tr("Open pipeline"), parent=self)
        self.weighted = Figure(self.tr("Weighted"), parent=self)
        self.needs = Figure(self.tr("Needs you"), parent=self)
        self._row = QHBoxLayout(self)
        for figure in (self.open, self.weighted, self.needs):
            self._row.addWidget(figure, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def show_totals(self, totals: PipelineTotals) -> None:
        """Show the sums of a pipeline."""
        count = self.tr("1 deal") if totals.open == 1 else self.tr("{count} deals").format(count=number(totals.open))
        several = len(totals.total) > 1
        self.open.show_figure(leading_sum(totals.total) or "–", count, tip=every_sum(totals.total) if several else "")
        tip = every_sum(totals.weighted) if several else ""
        self.weighted.show_figure(leading_sum(totals.weighted) or "–", self.tr("by stage probability"), tip=tip)
        needed = totals.overdue + totals.without_next_step + totals.stale
        self.needs.show_figure(number(needed), self._reasons(totals))

    def _reasons(self, totals: PipelineTotals) -> str:
        parts = (
            (totals.overdue, self.tr("{count} overdue")),
            (totals.without_next_step, self.tr("{count} without next step")),
            (totals.stale, self.tr("{count} stale")),
        )
        said = ", ".join(text.format(count=number(count)) for count, text in parts if count)
        return said or self.tr("nothing is waiting")

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(HEIGHT * self.theme.zoom))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def restyle(self) -> None:
        pad = self.theme.metrics.card_pad + 1
        self._row.setContentsMargins(pad, 0, pad, 0)
        self._row.setSpacing(round(COLUMN_GAP * self.theme.zoom))

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius
        painter = QPainter(self)
        with crisp(painter):
            panel(painter, self.rect(), fill=palette.raised, border=palette.line, radius=radius)
        painter.end()
