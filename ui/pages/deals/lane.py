"""One lane of the board: its head and its cards on sunken ground, or folded to a strip."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from services.records.sales import BoardLane, StageKind
from ui.pages import PageContext
from ui.pages.deals.lane_head import LaneHead, lane_title
from ui.pages.deals.lane_list import LaneList
from ui.pages.deals.lane_model import LaneModel
from ui.pages.record.moments import Moments
from ui.theme.shapes import CENTRE, crisp, draw_text, panel
from ui.theme.tokens import HAIRLINE
from ui.theme.user_locale import number
from ui.widgets.icon_button import IconButton
from ui.widgets.themed import Themed, ThemedButton, set_focus_shape

NARROWEST: Final = 216
FOLDED: Final = 36


class Lane(Themed):
    """A head of 54 and the cards below; the lower edge lies beyond the page."""

    #: Fold this lane to a strip.
    fold_wanted = Signal()

    def __init__(self, context: PageContext, moments: Moments, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LaneModel(context, moments, self)
        self.head = LaneHead(moments, parent=self)
        self.list = LaneList(self.model, parent=self)
        self.fold = IconButton("chevron-right", self.tr("Fold this lane"), small=True, parent=self.head)
        self.fold.hide()
        self.fold.clicked.connect(self.fold_wanted)
        self.shown: BoardLane | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(HAIRLINE, HAIRLINE, HAIRLINE, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.restyle()

    def show_lane(self, lane: BoardLane) -> None:
        """Show what a lane is called and comes to."""
        self.shown = lane
        self.head.show_lane(lane)
        self.model.set_adds(lane.stage.kind is not StageKind.LOST)
        self.fold.setVisible(lane.stage.kind is StageKind.LOST)
        self.list.setAccessibleName(self.head.title)

    def close_lane(self) -> None:
        """The lane goes away: the list lets go of its cards while all of it still stands."""
        self.model.close()
        self.list.setModel(None)

    def restyle(self) -> None:
        self.setMinimumWidth(round(NARROWEST * self.theme.zoom))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side = self.fold.sizeHint()
        edge = self.theme.metrics.space_6
        self.fold.setGeometry(QRect(QPoint(self.head.width() - side.width() - edge, edge), side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius
        painter = QPainter(self)
        with crisp(painter):
            # Open at the bottom: the lane goes on below the edge of the page.
            ground = QRectF(self.rect()).adjusted(0, 0, 0, radius)
            panel(painter, ground, fill=palette.sunken, border=palette.line, radius=radius)
        painter.end()


class FoldedLane(ThemedButton):
    """A lane as a strip of 40: its name upright and how many deals are in it; a press unfolds it."""

    def __init__(self, moments: Moments, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moments = moments
        self._title = ""
        self._count = ""
        self._is_target = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    def show_lane(self, lane: BoardLane) -> None:
        """Show what a lane is called and how many deals are in it."""
        self._title, self._count = lane_title(lane, self._moments), number(len(lane.ids))
        self.setAccessibleName(self.tr("{lane}, {count}").format(lane=self._title, count=self._count))
        self.setToolTip(self.tr("Unfold {lane}").format(lane=self._title))
        self.update()

    def set_target(self, is_target: bool) -> None:
        """Whether a card would be dropped here."""
        if is_target != self._is_target:
            self._is_target = is_target
            self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)
        self.setFixedWidth(round(FOLDED * self.theme.zoom))

    def sizeHint(self) -> QSize:
        return QSize(round(FOLDED * self.theme.zoom), 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter):
            ground = QRectF(self.rect()).adjusted(0, 0, 0, metrics.radius)
            fill = (
                palette.accent_soft if self._is_target else palette.hover if self.hover.value > 0.5 else palette.sunken
            )
            border = palette.accent if self._is_target else palette.line
            panel(painter, ground, fill=fill, border=border, radius=metrics.radius)
            top = metrics.space_12
            side = metrics.icon_s
            box = QRect((self.width() - side) // 2, top, side, side)
            self.theme.icons.paint(painter, box, "lost", palette.text_2)
            count = QRect(0, box.bottom() + metrics.space_6, self.width(), metrics.space_20)
            small = self.theme.font("caption-medium", tabular=True)
            draw_text(painter, count, self._count, font=small, colour=palette.text_2, align=CENTRE)
            painter.translate(self.width() / 2, count.bottom() + metrics.space_12)
            painter.rotate(90)
            line = QRect(0, -metrics.space_12, self.height(), metrics.space_24)
            draw_text(painter, line, self._title, font=self.theme.font("body-medium"), colour=palette.text_2)
        painter.end()
