"""The head of a lane: name, count, probability; sum and weighted sum, before and after while a card is dragged."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.records.sales import BoardLane, Money, StageKind
from ui.pages.deals.money import every_sum, leading_sum, rounded, sum_in
from ui.pages.record.moments import Moments
from ui.pages.record.money_words import money
from ui.theme.shapes import crisp
from ui.theme.user_locale import number, user_locale
from ui.widgets.themed import Themed

HEIGHT: Final = 54


def lane_title(lane: BoardLane, moments: Moments) -> str:
    """The name of the stage; what is won or lost is that of the running month."""
    if lane.stage.kind is StageKind.OPEN:
        return lane.stage.name
    now = moments.now()
    month = user_locale().toString(QDate(now.year, now.month, 1), "MMMM")
    pattern = QCoreApplication.translate("LaneHead", "{stage} in {month}")
    return pattern.format(stage=lane.stage.name, month=month)


class LaneHead(Themed):
    """Painted: two lines that never wrap; numbers are left out before they would be cut."""

    def __init__(self, moments: Moments, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments = moments
        self._lane: BoardLane | None = None
        self._after: BoardLane | None = None
        self._currency = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def change(self) -> tuple[str, str]:
        """The weighted sum before and after, as shown; empty while nothing is dragged."""
        if self._lane is None or self._after is None:
            return "", ""
        return self._sum_text(self._counted(self._lane)), self._sum_text(self._counted(self._after))

    @property
    def title(self) -> str:
        """The name of the lane."""
        return lane_title(self._lane, self._moments) if self._lane is not None else ""

    def show_lane(self, lane: BoardLane) -> None:
        """Show what a lane comes to."""
        self._lane, self._after = lane, None
        self._tell()

    def show_change(self, after: BoardLane | None, currency: str = "") -> None:
        """Show what the lane would come to if the card were dropped; None ends it."""
        self._after, self._currency = after, currency
        self._tell()

    def _tell(self) -> None:
        lane = self._lane
        if lane is None:
            return
        parts = [self.title, number(len(lane.ids)), every_sum(lane.total)]
        if lane.stage.kind is StageKind.OPEN and lane.weighted:
            parts.append(self.tr("{sum} weighted").format(sum=every_sum(lane.weighted)))
        before, after = self.change
        if after:
            parts.append(self.tr("{before} becomes {after}").format(before=before, after=after))
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.setToolTip("\n".join(parts[2:]) if len(lane.total) > 1 else "")
        self.update()

    def _counted(self, lane: BoardLane) -> Money:
        return lane.weighted if lane.stage.kind is StageKind.OPEN else lane.total

    def _sum_text(self, sums: Money) -> str:
        return money(rounded(sum_in(sums, self._currency), self._currency), self._currency)

    def sizeHint(self) -> QSize:
        return QSize(0, round(HEIGHT * self.theme.zoom))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._lane is None:
            return
        metrics = self.theme.metrics
        line = self.theme.fonts.line_height("body")
        inner = self.rect().adjusted(metrics.space_12, 0, -metrics.space_12, 0)
        first = QRect(inner.x(), metrics.field_pad, inner.width(), line)
        second = QRect(inner.x(), first.bottom() + 1, inner.width(), line)
        painter = QPainter(self)
        with crisp(painter):
            self._paint_name(painter, first, self._lane)
            self._paint_sums(painter, second, self._lane)
        painter.end()

    def _paint_name(self, painter: QPainter, rect: QRect, lane: BoardLane) -> None:
        theme, palette = self.theme, self.theme.palette
        small = theme.font("caption", tabular=True)
        rest = QRect(rect)
        if lane.stage.kind is StageKind.OPEN:
            share = self.tr("{number}%").format(number=number(lane.stage.probability))
            used = theme.lettering.write(painter, rect, share, font=small, colour=palette.text_2, right=True)
            rest.adjust(0, 0, -round(used) - theme.metrics.row_gap, 0)
        count = number(len(lane.ids))
        room = rest.width() - round(theme.lettering.width(small, count)) - theme.metrics.row_gap
        strong = theme.font("body-strong")
        name = rest.adjusted(0, 0, room - rest.width(), 0)
        used = theme.lettering.write(painter, name, self.title, font=strong, colour=palette.text)
        rest.adjust(round(used) + theme.metrics.row_gap, 0, 0, 0)
        theme.lettering.write(painter, rest, count, font=small, colour=palette.text_2, elide=False)

    def _paint_sums(self, painter: QPainter, rect: QRect, lane: BoardLane) -> None:
        theme, palette, letters = self.theme, self.theme.palette, self.theme.lettering
        strong = theme.font("body-strong", tabular=True)
        total = leading_sum(lane.total) or "–"
        end, role, colour = self._end_text(lane), "caption", palette.text_2
        if self._after is not None:
            role, colour = "caption-strong", palette.accent_text
        font = theme.font("caption-strong" if role == "caption-strong" else "caption", tabular=True)
        room = rect.width() - theme.metrics.row_gap - round(letters.width(strong, total))
        if self._after is None and letters.width(font, end) > room:
            end = leading_sum(lane.weighted)
        shows_total = letters.width(font, end) <= room or self._after is None
        if shows_total:
            letters.write(painter, rect, total, font=strong, colour=palette.text, elide=False)
        if letters.width(font, end) <= (room if shows_total else rect.width()):
            letters.write(painter, rect, end, font=font, colour=colour, right=True, elide=False)

    def _end_text(self, lane: BoardLane) -> str:
        before, after = self.change
        if after:
            return f"{before} → {after}"
        if lane.stage.kind is not StageKind.OPEN or not lane.weighted:
            return ""
        return self.tr("{sum} weighted").format(sum=leading_sum(lane.weighted))
