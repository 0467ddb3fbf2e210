"""The base of table cells: ground by row state, current bar, hairline, placeholder bars and row errors."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from ui.delegates.group_head import paint_group_head
from ui.delegates.roles import CellRole, RowState
from ui.delegates.row_host import RowHost
from ui.theme.shapes import fill_box, square
from ui.theme.tokens import HAIRLINE, TextRole

Index = QModelIndex | QPersistentModelIndex

# Plain numbers: flags cost a call for every operation, and a repaint does thousands.
_ROW_STATE = int(CellRole.ROW_STATE)
_CHECKED = int(RowState.CHECKED)
_LOADING = int(RowState.LOADING)
_ERROR = int(RowState.ERROR)
_GROUP = int(RowState.GROUP)

PLACEHOLDER_SHARES = (0.72, 0.55, 0.64, 0.48, 0.6, 0.8, 0.5)


class CellDelegate(QStyledItemDelegate):
    """Paints what all cells have in common; subclasses paint their content into the padded rectangle."""

    def __init__(self, host: RowHost, parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self.host = host

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, *, state: int) -> None:
        """Paint the cell's own content; state is the value of a RowState."""
        raise NotImplementedError

    def paint_placeholder(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Paint the shape of content that is still on its way."""
        theme = self.host.theme
        height = theme.metrics.space_8
        share = PLACEHOLDER_SHARES[(index.row() + 3 * index.column()) % len(PLACEHOLDER_SHARES)]
        bar = QRect(rect.x(), rect.y() + (rect.height() - height) // 2, round(rect.width() * share), height)
        fill_box(painter, bar, theme.palette.pressed, radius=height / 2)

    def hidden_text(self, rect: QRect, index: Index) -> str:
        """The full text when it does not fit into the padded rectangle, else nothing."""
        text = str(index.data() or "")
        font = self.host.theme.font(self.text_role())
        return text if self.host.theme.lettering.width(font, text) > rect.width() else ""

    def text_role(self) -> TextRole:
        """The role of the type scale the cell's main text has."""
        return "body"

    def write(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        role: TextRole,
        colour: QColor,
        tabular: bool = False,
    ) -> None:
        """Write one line at the left, with an ellipsis where it is too long."""
        theme = self.host.theme
        theme.lettering.write(painter, rect, text, font=theme.font(role, tabular=tabular), colour=colour)

    def padded(self, rect: QRect, column: int) -> QRect:
        """A cell without its padding; the outer cells keep the edge of the table free."""
        host, pad = self.host, self.host.theme.metrics.cell_pad
        left = host.edge_padding if column == host.first_column else pad
        right = host.edge_padding if column == host.last_column else pad
        return rect.adjusted(left, 0, -right, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, column = option.rect, index.column()
        state = int(index.data(_ROW_STATE) or 0)
        if state & _GROUP:
            self._paint_head(painter, rect, index)
            return
        if state & _ERROR:
            self._paint_error_row(painter, rect, index)
            return
        self._paint_ground(painter, rect, row=index.row(), column=column, state=state)
        inner = self.padded(rect, column)
        if state & _LOADING:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_placeholder(painter, inner, index)
        else:
            self.paint_content(painter, inner, index, state=state)

    def paint_error_lead(self, painter: QPainter, rect: QRect) -> None:
        """Paint what stands before the sentence of a row error: nothing, or the alert icon."""

    def _paint_head(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Each cell paints its part of the head, so that it is whole however little is painted anew."""
        host = self.host
        places = host.head_places
        line = QRect(places.left, rect.y(), places.right - places.left, rect.height())
        painter.save()
        painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
        paint_group_head(painter, line, index.data(CellRole.GROUP), host=host, places=places, row=index.row())
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, *, row: int, column: int, state: int) -> None:
        host = self.host
        palette = host.theme.palette
        current = row == host.current_row
        if current or state & _CHECKED:
            painter.fillRect(rect, palette.accent_soft)
        elif row == host.hovered_row and not state & _LOADING:
            painter.fillRect(rect, palette.hover)
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), HAIRLINE, palette.line)
        if current and column == host.first_column:
            bar = host.theme.metrics.current_bar
            painter.fillRect(rect.x(), rect.y(), bar, rect.height() - HAIRLINE, palette.accent)

    def _paint_error_row(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The sentence takes all cells from the error column on; those after it paint nothing."""
        host, column = self.host, index.column()
        if column == host.error_column:
            line = QRect(rect.x(), rect.y(), host.content_right - rect.x(), rect.height())
            self._paint_ground(painter, line, row=index.row(), column=column, state=_ERROR)
            self._paint_error(painter, rect, index)
        elif column == host.first_column:
            self._paint_ground(painter, rect, row=index.row(), column=column, state=_ERROR)
            self.paint_error_lead(painter, self.padded(rect, column))

    def _paint_error(self, painter: QPainter, rect: QRect, index: Index) -> None:
        host = self.host
        theme, palette = host.theme, host.theme.palette
        line = QRect(rect.x(), rect.y(), host.content_right - rect.x(), rect.height())
        inner = line.adjusted(theme.metrics.cell_pad, 0, -host.edge_padding, 0)
        if host.error_column == host.first_column:
            inner = line.adjusted(host.edge_padding, 0, -host.edge_padding, 0)
            box = square(inner.left(), rect.height(), theme.metrics.icon_s).translated(0, rect.top())
            theme.icons.paint(painter, box, "warning", palette.bad)
            inner.adjust(theme.metrics.icon_s + theme.metrics.row_gap, 0, 0, 0)
        again = self.tr("Try again")
        strong = theme.font("body-medium")
        width = round(host.theme.lettering.width(strong, again)) + 1
        link = QRect(inner.right() + 1 - width, inner.y(), width, inner.height())
        self.write(painter, link, again, role="body-medium", colour=palette.accent_text)
        inner.adjust(0, 0, -width - theme.metrics.group_gap, 0)
        error = str(index.data(CellRole.ERROR) or "")
        self.write(painter, inner, error, role="body", colour=palette.bad)
        rest = str(index.data(CellRole.SECONDARY) or "")
        inner.adjust(round(host.theme.lettering.width(theme.font("body"), error)) + theme.metrics.space_4, 0, 0, 0)
        if rest and inner.width() > theme.metrics.space_32:
            self.write(painter, inner, rest, role="body", colour=palette.text_2)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        font = self.host.theme.font(self.text_role())
        width = round(self.host.theme.lettering.width(font, str(index.data() or "")))
        return QSize(width + 2 * self.host.theme.metrics.cell_pad, self.host.theme.row_height)

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        tips = self.host.theme.tips
        if event.type() != QEvent.Type.ToolTip or tips is None or not index.isValid():
            return super().helpEvent(event, view, option, index)
        rect = option.rect
        tip = index.data(Qt.ItemDataRole.ToolTipRole) or self.hidden_text(self.padded(rect, index.column()), index)
        corner: QPoint = view.viewport().mapToGlobal(rect.topLeft())
        tips.show_tip(str(tip or ""), QRect(corner, rect.size()), owner=view.viewport())
        return True
