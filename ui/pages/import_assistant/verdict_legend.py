"""The verdicts of a dry run or an import: a stacked bar, and a line for each with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from services.importing.applying import Verdict
from services.importing.decisions import RowDecision
from services.importing.outcome import ImportOutcome
from services.records.fields import EntityKind
from ui.pages.import_assistant.wording import LEGEND, count_of, remark, remark_on_likely, undecided, verdict_name
from ui.pages.record.moments import number
from ui.theme.shapes import RIGHT, crisp, draw_text, fill_box, text_width
from ui.theme.tokens import ColourRole
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.themed import Themed
from ui.widgets.verdict_bar import VerdictBar, VerdictPart

COUNT_WIDTH: Final = 44
_COLOURS: Final[dict[Verdict, ColourRole]] = {
    Verdict.CREATED: "ok_fill",
    Verdict.UPDATED: "accent",
    Verdict.REJECTED: "bad_fill",
}
_LIKELY: Final = VerdictPart("likely", 1, "warn_fill")
_SERIES: Final = {Verdict.UNCHANGED: 2, Verdict.SKIPPED: 5}


def part_of(verdict: Verdict, count: int, *, filling: bool = False) -> VerdictPart:
    """The part of the bar that stands for a verdict."""
    colour = _COLOURS.get(verdict, "accent")
    return VerdictPart(verdict_name(verdict, filling=filling), count, colour, _SERIES.get(verdict))


class VerdictLegend(Themed):
    """Bar and lines; `with_links` lets each line show its rows."""

    #: The rows of a verdict are to be shown.
    verdict_chosen = Signal(object)
    #: The rows that look like duplicates are to be shown.
    likely_chosen = Signal()

    def __init__(self, *, with_links: bool) -> None:
        super().__init__()
        self.bar = VerdictBar()
        self.lines = {
            verdict: VerdictLine(verdict_name(verdict), part_of(verdict, 1), self.bar, with_link=with_links)
            for verdict in LEGEND
        }
        name = self.tr("Possible duplicates")
        self.likely = VerdictLine(name, _LIKELY, self.bar, with_link=with_links)
        self.likely.show_link.clicked.connect(self.likely_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addSpacing(self.theme.metrics.space_4)
        column.addWidget(self.bar)
        column.addSpacing(self.theme.metrics.space_6)
        for verdict, line in self.lines.items():
            column.addWidget(line)
            if verdict is Verdict.UPDATED:
                column.addWidget(self.likely)
            line.show_link.clicked.connect(partial(self.verdict_chosen.emit, verdict))

    def show_outcome(
        self,
        outcome: ImportOutcome,
        entity: EntityKind,
        *,
        filling: bool,
        decisions: Sequence[RowDecision] = (),
    ) -> None:
        """Show what a dry run told and what was decided of likely duplicates, or what an import did."""
        counts = {verdict: count_of(outcome, verdict) - undecided(outcome, verdict) for verdict in LEGEND}
        likely = len(outcome.likely or ()) if outcome.dry_run else 0
        name = self.tr("Possible duplicates")
        parts = [part_of(verdict, count, filling=filling) for verdict, count in counts.items()]
        parts.insert(LEGEND.index(Verdict.UPDATED) + 1, replace(_LIKELY, label=name, count=likely))
        self.bar.set_parts(parts)
        widest = max(len(number(count)) for count in (*counts.values(), likely))
        for verdict, line in self.lines.items():
            told = verdict_name(verdict, filling=filling, done=not outcome.dry_run)
            line.show_count(told, counts[verdict], remark(outcome, verdict, entity), digits=widest)
            # A dry run keeps its lines while the mapping changes; what an import did stays as it is.
            line.setVisible(outcome.dry_run or counts[verdict] > 0)
        self.likely.setVisible(likely > 0)
        self.likely.show_count(name, likely, remark_on_likely(decisions), digits=widest)

    def show_waiting(self) -> None:
        """Placeholders for the counts, standing still."""
        self.bar.set_parts([VerdictPart("", 1, "pressed")])
        self.bar.setAccessibleName(self.tr("Checking"))
        for line in (*self.lines.values(), self.likely):
            line.show_waiting()


class VerdictLine(Themed):
    """40 high: colour, count, name, remark, and the link to its rows."""

    def __init__(self, name: str, part: VerdictPart, bar: VerdictBar, *, with_link: bool) -> None:
        super().__init__()
        self._with_link = with_link
        self._count = _Count(part, bar)
        self._name = Label(name, role="body-medium")
        self._remark = ElidedLabel(role="caption", colour="text_3")
        self.show_link = LinkButton(self.tr("Show"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._count)
        self._row.addWidget(self._name)
        self._row.addWidget(self._remark, 1)
        self._row.addWidget(self.show_link)
        self.show_link.setVisible(False)
        self.restyle()

    def show_count(self, name: str, count: int, remark: str, *, digits: int) -> None:
        """Show how many rows there are."""
        self._count.show_count(count, digits)
        self._name.setText(name)
        self._name.set_colour("text" if count else "text_3")
        self._remark.setText(remark)
        self.show_link.setVisible(self._with_link and count > 0)
        self.show_link.setAccessibleName(self.tr("Show: {name}").format(name=name))
        self.setAccessibleName(f"{number(count)} {name} {remark}".strip())

    def show_waiting(self) -> None:
        """The count is on its way."""
        self._count.show_waiting()
        self._name.set_colour("text_3")
        self._remark.setText("")
        self.show_link.setVisible(False)

    def restyle(self) -> None:
        self.setFixedHeight(self.theme.metrics.row)
        self._row.setSpacing(self.theme.metrics.chip_pad)


class _Count(Themed):
    """The colour of the verdict and its count, right-aligned in a width that is the same for all lines."""

    def __init__(self, part: VerdictPart, bar: VerdictBar) -> None:
        super().__init__()
        self._part = part
        self._bar = bar
        self._count: int | None = None
        self._digits = 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_count(self, count: int, digits: int) -> None:
        """Show a count beside others of up to that many digits and separators."""
        self._count, self._digits = count, digits
        self.updateGeometry()
        self.update()

    def show_waiting(self) -> None:
        """A bar in its place."""
        self._count = None
        self.update()

    def _count_width(self) -> int:
        widest = text_width(self.theme.font("body-strong", tabular=True), "0" * self._digits)
        return max(round(COUNT_WIDTH * self.theme.zoom), widest)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        return QSize(metrics.chip_pad + metrics.row_gap + self._count_width(), metrics.row)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        side = metrics.chip_pad
        painter = QPainter(self)
        with crisp(painter):
            middle = self.height() / 2
            swatch = QRectF(0, middle - side / 2, side, side)
            colour = palette.pressed if self._count is None else self._bar.colour_of(self._part)
            fill_box(painter, swatch, colour, radius=metrics.radius_xs)
            room = self.rect().adjusted(side + metrics.row_gap, 0, 0, 0)
            if self._count is None:
                height = metrics.space_8
                bar = QRectF(room.right() + 1 - room.width() * 0.7, middle - height / 2, room.width() * 0.7, height)
                fill_box(painter, bar, palette.pressed, radius=height / 2)
            else:
                font = self.theme.font("body-strong", tabular=True)
                ink = palette.text if self._count else palette.text_3
                draw_text(painter, room, number(self._count), font=font, colour=ink, align=RIGHT)
        painter.end()
