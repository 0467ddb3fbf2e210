"""What happened to a deal: its way through the stages, and below it every change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from services.records.people import RecordCard
from services.records.sales import StageVisit
from ui.pages.deals.record_view_models import DealViewModel
from ui.pages.record.history_tab import HistoryTab
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.theme.shapes import crisp, fill_box
from ui.theme.tokens import HAIRLINE
from ui.theme.user_locale import number
from ui.widgets.label import Label
from ui.widgets.themed import Themed

SHOWN = 6
DOT = 8


class StageVisits(Themed):
    """One line a stage, the newest first: since when, how long, and what the deal was worth when it came."""

    def __init__(self, moments: Moments, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments = moments
        self._lines: list[tuple[str, str, str]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def lines(self) -> list[tuple[str, str, str]]:
        """Stage, how long and since when, and the worth; as shown."""
        return self._lines

    def show_visits(self, visits: Sequence[StageVisit]) -> None:
        """Show the way of a deal."""
        ends: list[datetime | None] = [*(visit.changed_at for visit in visits[1:]), *([None] if visits else [])]
        lines = [self._line(visit, end) for visit, end in zip(visits, ends, strict=True)]
        self._lines = lines[::-1][:SHOWN]
        spoken = (", ".join(part for part in line if part) for line in self._lines)
        self.setAccessibleName("; ".join(spoken))
        self.updateGeometry()
        self.update()

    def _line(self, visit: StageVisit, end: datetime | None) -> tuple[str, str, str]:
        days = ((end or self._moments.now()) - visit.changed_at).days
        since = self._moments.day(visit.changed_at, weekday=False)
        if days < 1:
            return visit.after or self.tr("A stage that is gone"), since, money(visit.amount, visit.currency)
        long = self.tr("{count} d").format(count=number(days))
        worth = money(visit.amount, visit.currency)
        return (
            visit.after or self.tr("A stage that is gone"),
            self.tr("{since}, {long}").format(since=since, long=long),
            worth,
        )

    def sizeHint(self) -> QSize:
        return QSize(0, len(self._lines) * self.theme.metrics.row_compact)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette, letters = self.theme.metrics, self.theme.palette, self.theme.lettering
        painter = QPainter(self)
        with crisp(painter):
            for place, (stage, when, worth) in enumerate(self._lines):
                height = metrics.row_compact
                row = QRect(metrics.space_20, place * height, self.width() - 2 * metrics.space_20, height)
                middle = row.x() + DOT // 2
                if place + 1 < len(self._lines):
                    painter.fillRect(QRect(middle, row.center().y(), HAIRLINE, height), palette.line_strong)
                dot = QRect(row.x(), row.center().y() - DOT // 2, DOT, DOT)
                fill_box(painter, dot, palette.line_strong if place else palette.accent, radius=DOT / 2)
                small = self.theme.font("caption", tabular=True)
                rest = row.adjusted(DOT + metrics.group_gap, 0, 0, 0)
                used = letters.write(painter, rest, worth, font=small, colour=palette.text, right=True, elide=False)
                rest.adjust(0, 0, -round(used) - metrics.group_gap if used else 0, 0)
                name = self.theme.font("body-medium")
                used = letters.write(painter, rest, stage, font=name, colour=palette.text)
                rest.adjust(round(used) + metrics.row_gap, 0, 0, 0)
                letters.write(painter, rest, when, font=small, colour=palette.text_3)
        painter.end()


class DealHistoryTab(Themed):
    """The visits come with the deal; the changes are read while the tab is on show."""

    def __init__(self, detail: DealViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._detail = detail
        self.visits = StageVisits(detail.moments, parent=self)
        self.changes = HistoryTab(detail, parent=self)
        metrics = self.theme.metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for title, part, stretch in (
            (self.tr("Stages"), self.visits, 0),
            (self.tr("Changes"), self.changes, 1),
        ):
            # Margins of the label itself would go with the next change of the theme.
            head = QHBoxLayout()
            head.setContentsMargins(metrics.space_20, metrics.space_16, metrics.space_20, metrics.space_4)
            head.addWidget(Label(title, role="body-strong"))
            column.addLayout(head)
            column.addWidget(part, stretch)
        detail.standing_read.connect(self._on_standing_read)
        self._on_standing_read()

    def show_card(self, card: RecordCard | None) -> None:
        """The deal is another one, or was changed."""
        self.changes.show_card(card)

    def set_active(self, active: bool) -> None:
        """Whether this tab is on show."""
        self.changes.set_active(active)

    def close_tab(self) -> None:
        """The page is closed."""
        self.changes.close_tab()

    def _on_standing_read(self) -> None:
        self.visits.show_visits(self._detail.visits)
