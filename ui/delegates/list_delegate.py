"""A list row: avatar or icon, title, second line, and a date, number or tag at the right."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.delegates.roles import CellRole, RowState
from ui.theme.shapes import LEFT, RIGHT, draw_text, fill_box, square
from ui.theme.tags import paint_tag, tag_width
from ui.theme.theme import theme_of
from ui.theme.tokens import HAIRLINE, ColourRole, Tone

Index = QModelIndex | QPersistentModelIndex


class ListDelegate(QStyledItemDelegate):
    """44 high with two lines, 40 or 32 with one; for a QListView with uniform item sizes."""

    def __init__(
        self,
        view: QAbstractItemView,
        *,
        two_lines: bool = True,
        edge_padding: int = 16,
        rules: bool = True,
    ) -> None:
        super().__init__(view)
        self.theme = theme_of()
        self._two_lines = two_lines
        self._edge_padding = edge_padding
        self._rules = rules
        view.setMouseTracking(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self.theme.metrics
        return QSize(0, metrics.row_two_lines if self._two_lines else self.theme.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, rect, option)
        inner = rect.adjusted(self._edge_padding, 0, -self._edge_padding, 0)
        if (index.data(CellRole.ROW_STATE) or RowState.NORMAL) & RowState.LOADING:
            self._paint_placeholder(painter, inner, index)
        else:
            inner = self._paint_lead(painter, inner, index)
            inner = self._paint_end(painter, inner, index)
            self._paint_texts(painter, inner, index)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem) -> None:
        palette, state = self.theme.palette, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.accent_soft)
            bar = QRect(rect.x(), rect.y(), self.theme.metrics.current_bar, rect.height())
            painter.fillRect(bar, palette.accent)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, palette.hover)
        if self._rules:
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), HAIRLINE), palette.line)

    def _paint_lead(self, painter: QPainter, rect: QRect, index: Index) -> QRect:
        metrics = self.theme.metrics
        avatar_id, icon = index.data(CellRole.AVATAR_ID), index.data(CellRole.ICON)
        if avatar_id is not None:
            box = square(rect.left(), rect.height(), metrics.avatar_s).translated(0, rect.top())
            name = str(index.data(CellRole.AVATAR_NAME) or index.data() or "")
            rounded = bool(index.data(CellRole.AVATAR_ROUNDED))
            self.theme.avatars.paint(painter, box, name=name, stable_id=avatar_id, rounded=rounded)
            return rect.adjusted(metrics.avatar_s + metrics.group_gap, 0, 0, 0)
        if icon:
            tone = index.data(CellRole.TONE)
            colour: ColourRole = "text_2"
            ink = self.theme.tone(Tone(tone)).text if tone else self.theme.colour(colour)
            box = square(rect.left(), rect.height(), metrics.icon_s).translated(0, rect.top())
            self.theme.icons.paint(painter, box, str(icon), ink)
            return rect.adjusted(metrics.icon_s + metrics.group_gap, 0, 0, 0)
        return rect

    def _paint_end(self, painter: QPainter, rect: QRect, index: Index) -> QRect:
        metrics = self.theme.metrics
        tags: list[tuple[str, Tone]] = list(index.data(CellRole.TAGS) or [])
        for text, tone in reversed(tags):
            width = tag_width(self.theme, text)
            top = rect.y() + (rect.height() - metrics.tag) // 2
            box = QRect(rect.right() + 1 - width, top, width, metrics.tag)
            paint_tag(painter, box, text, tone=tone, theme=self.theme)
            rect = rect.adjusted(0, 0, -width - metrics.row_gap, 0)
        end = str(index.data(CellRole.END_TEXT) or "")
        if end:
            font = self.theme.font("caption", tabular=True)
            draw_text(painter, rect, end, font=font, colour=self.theme.palette.text_3, align=RIGHT)
            rect = rect.adjusted(0, 0, -round(self.theme.lettering.width(font, end)) - metrics.group_gap, 0)
        return rect

    def _paint_texts(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme, palette = self.theme, self.theme.palette
        strong, small = theme.font("body-medium"), theme.font("caption")
        title = self.theme.lettering.elided(strong, str(index.data(Qt.ItemDataRole.DisplayRole) or ""), rect.width())
        second = str(index.data(CellRole.SECONDARY) or "")
        if not second:
            draw_text(painter, rect, title, font=strong, colour=palette.text, align=LEFT)
            return
        if not self._two_lines:
            draw_text(painter, rect, title, font=strong, colour=palette.text, align=LEFT)
            used = round(self.theme.lettering.width(strong, title)) + theme.metrics.group_gap
            rest = rect.adjusted(used, 0, 0, 0)
            body = theme.font("body")
            second = self.theme.lettering.elided(body, second, max(0, rest.width()))
            draw_text(painter, rest, second, font=body, colour=palette.text_2, align=LEFT)
            return
        line, low = theme.fonts.line_height("body"), theme.fonts.line_height("caption")
        top = rect.y() + (rect.height() - line - low) // 2
        upper = QRect(rect.x(), top, rect.width(), line)
        lower = QRect(rect.x(), top + line, rect.width(), low)
        draw_text(painter, upper, title, font=strong, colour=palette.text, align=LEFT)
        second = self.theme.lettering.elided(small, second, rect.width())
        draw_text(painter, lower, second, font=small, colour=palette.text_2, align=LEFT)

    def _paint_placeholder(self, painter: QPainter, rect: QRect, index: Index) -> None:
        metrics, colour = self.theme.metrics, self.theme.palette.pressed
        box = square(rect.left(), rect.height(), metrics.avatar_s).translated(0, rect.top())
        fill_box(painter, box, colour, radius=metrics.avatar_s / 2)
        left = rect.left() + metrics.avatar_s + metrics.group_gap
        width = round((rect.right() - left) * (0.45 + 0.1 * (index.row() % 3)))
        top = rect.y() + (rect.height() - metrics.space_8) // 2
        fill_box(painter, QRect(left, top, width, metrics.space_8), colour, radius=metrics.space_4)
