"""One entry of a timeline: icon in a circle on a line, title, sentiment, date, and two lines of body."""

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.delegates.roles import CellRole
from ui.theme.meaning_marks import paint_sentiment
from ui.theme.shapes import RIGHT, draw_text, fill_box, panel
from ui.theme.text_lines import TextLines, paint_lines
from ui.theme.theme import theme_of
from ui.theme.tokens import HAIRLINE, Sentiment

Index = QModelIndex | QPersistentModelIndex

BODY_LINES = 2
DOT = 10


class TimelineDelegate(QStyledItemDelegate):
    """For a QListView; its rows are as high as their text, measured once per text and width."""

    def __init__(self, view: QAbstractItemView, *, edge_padding: int = 0) -> None:
        super().__init__(view)
        self._view = view
        self._edge_padding = edge_padding
        self.theme = theme_of()
        self._lines = TextLines()
        self.theme.theme_changed.connect(self._on_theme_changed)
        self._viewport = view.viewport()
        self._viewport.installEventFilter(self)

    def _on_theme_changed(self) -> None:
        self._lines.forget()
        self._view.scheduleDelayedItemsLayout()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport:
            if event.type() == QEvent.Type.Resize:
                # Another width breaks the lines elsewhere.
                self._view.scheduleDelayedItemsLayout()
            return False
        return super().eventFilter(watched, event)

    def _text_left(self) -> int:
        metrics = self.theme.metrics
        return self._edge_padding + metrics.timeline_icon + metrics.group_gap

    def _body(self, index: Index, width: int) -> tuple[str, ...]:
        body = str(index.data(CellRole.BODY) or "")
        room = width - self._text_left() - self._edge_padding
        return self._lines.lines(body, font=self.theme.font("body"), width=room, most=BODY_LINES)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics, line = self.theme.metrics, self.theme.fonts.line_height("body")
        width = self._view.viewport().width()
        texts = line * (1 + len(self._body(index, width))) + metrics.space_6
        return QSize(width, max(metrics.timeline_icon, texts) + metrics.timeline_gap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, palette = option.rect, self.theme.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_box(painter, rect, palette.accent_soft, radius=self.theme.metrics.radius)
        self._paint_line(painter, rect, index)
        self._paint_head(painter, rect, index)
        line = self.theme.fonts.line_height("body")
        corner = QPointF(rect.x() + self._text_left(), rect.y() + line + self.theme.metrics.space_6)
        font = self.theme.font("body")
        body = self._body(index, rect.width())
        paint_lines(painter, corner, body, font=font, colour=palette.text_2, line_height=line)
        painter.restore()

    def _paint_line(self, painter: QPainter, rect: QRect, index: Index) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        side = metrics.timeline_icon
        middle = rect.x() + self._edge_padding + side // 2
        if not index.data(CellRole.IS_LAST):
            painter.fillRect(QRect(middle, rect.y() + side, HAIRLINE, rect.height() - side), palette.line)
        circle = QRect(QPoint(rect.x() + self._edge_padding, rect.y()), QSize(side, side))
        panel(painter, circle, fill=palette.sunken, border=palette.line, radius=side / 2)
        inset = (side - metrics.icon_xs) // 2
        icon = str(index.data(CellRole.ICON) or "note")
        self.theme.icons.paint(painter, circle.adjusted(inset, inset, -inset, -inset), icon, "text_2")

    def _paint_head(self, painter: QPainter, rect: QRect, index: Index) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        head = QRect(
            rect.x() + self._text_left(),
            rect.y(),
            rect.width() - self._text_left() - self._edge_padding,
            metrics.timeline_icon,
        )
        date = str(index.data(CellRole.END_TEXT) or "")
        small = self.theme.font("caption", tabular=True)
        draw_text(painter, head, date, font=small, colour=palette.text_3, align=RIGHT)
        room = head.width() - round(self.theme.lettering.width(small, date)) - metrics.group_gap
        mood = index.data(CellRole.SENTIMENT)
        if mood is not None:
            room -= DOT + metrics.row_gap
        strong = self.theme.font("body-medium")
        title = self.theme.lettering.elided(strong, str(index.data() or ""), room)
        draw_text(painter, head, title, font=strong, colour=palette.text)
        if mood is not None:
            left = head.x() + self.theme.lettering.width(strong, title) + metrics.row_gap
            dot = QRectF(left, head.y() + (head.height() - DOT) / 2, DOT, DOT)
            paint_sentiment(painter, dot, Sentiment(mood), theme=self.theme)
