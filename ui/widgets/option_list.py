"""The list inside a combo box or a picker: rows of 32 with the highlighted one in accent-soft."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, square, text_width
from ui.theme.theme import theme_of


class OptionList(QListView):
    """Shows the texts of a model; Return, Enter or a click choose."""

    #: The user chose a row.
    option_chosen = Signal(int)

    def __init__(self, model: QAbstractItemModel, *, shown: int = 8, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._shown = shown
        self.setProperty("bare", True)
        self.setModel(model)
        self.setItemDelegate(_OptionDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self.setCurrentIndex)
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.option_chosen.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.option_chosen.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        metrics, font = self.theme.metrics, self.theme.font("body")
        model = self.model()
        rows = min(model.rowCount(), 100)
        texts = [str(model.index(row, 0).data() or "") for row in range(rows)]
        width = max((text_width(font, text) for text in texts), default=0)
        mark = metrics.icon_s + metrics.row_gap
        return QSize(width + 2 * metrics.field_pad + 2 * mark, self._shown * metrics.menu_item)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())


class _OptionDelegate(QStyledItemDelegate):
    """Paints one option: icon, text, and a tick at the chosen one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme_of().metrics.menu_item)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = theme_of()
        metrics, palette = theme.metrics, theme.palette
        rect = option.rect
        state = option.state
        enabled = bool(index.flags() & Qt.ItemFlag.ItemIsEnabled)
        with crisp(painter, enabled=enabled):
            if state & QStyle.StateFlag.State_Selected:
                fill_box(painter, rect, palette.accent_soft, radius=metrics.radius_s)
            text = rect.adjusted(metrics.field_pad, 0, -metrics.field_pad, 0)
            icon = index.data(Qt.ItemDataRole.DecorationRole)
            if isinstance(icon, QIcon):
                box = square(text.left(), rect.height(), metrics.icon_s).translated(0, rect.top())
                icon.paint(painter, box)
                text.adjust(metrics.icon_s + metrics.row_gap, 0, 0, 0)
            draw_text(
                painter,
                text,
                str(index.data() or ""),
                font=theme.font("body"),
                colour=palette.text,
                align=LEFT,
                elide=True,
            )
