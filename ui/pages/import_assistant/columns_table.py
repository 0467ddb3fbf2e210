"""The table of columns: painted combo boxes, a real one over the row the keyboard is on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from services.importing.mapping import ColumnMapping
from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellRole
from ui.pages.import_assistant.column_rows import ColumnRow
from ui.pages.import_assistant.columns_model import KINDS, ColumnsTableModel, Part
from ui.pages.import_assistant.targets import TargetOption, key_of
from ui.searchable_choice import SearchableChoice
from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, panel, square
from ui.widgets.data_table import DataTable
from ui.widgets.input_frame import FieldState

Index = QModelIndex | QPersistentModelIndex

WIDTHS: Final = {Part.COLUMN: 112, Part.FIRST: 192, Part.TARGET: 176, Part.READ_AS: 184, Part.FILLED: 72}
"""At the width of the picture; what there is more goes to the texts, what there is less is taken from them."""

SMALLEST_TEXT: Final = 72
FILLED_FROM: Final = 680
"""Width from which there is room to say how full a column is; below, the texts need it more."""
_TEXTS: Final = (Part.FIRST, Part.READ_AS)


class TargetChoice(SearchableChoice):
    """The combo box of one column, as high as those in tables."""

    def __init__(self, row: ColumnRow, options: Sequence[TargetOption], search_name: str, parent: QWidget) -> None:
        super().__init__(search_name, parent=parent)
        self._small = True
        self._shown = ""
        self.setPlaceholderText(self.tr("Not imported"))
        self.show_options(row, options)

    def show_options(self, row: ColumnRow, options: Sequence[TargetOption]) -> None:
        """Offer these, with the one chosen where the column goes now."""
        self._shown = "" if row.mapped.is_ignored else row.target
        self.clear()
        for option in options:
            self.addItem(option.text, option)
        keys = [option.key for option in options]
        self.setCurrentIndex(keys.index(key_of(row.mapped)))
        self.setAccessibleName(self.tr("Where “{column}” goes").format(column=row.shape.name))
        self.set_state(FieldState.WARNING if row.warning else FieldState.NORMAL)

    def currentText(self) -> str:  # noqa: N802 - Qt's name
        # Shorter than in the list, where new fields say their kind.
        return self._shown

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The table scrolls; a wheel never sends a column elsewhere by the way.
        event.ignore()


class TargetCell(CellDelegate):
    """Paints the combo box that stands in every row, and makes the real one."""

    def __init__(
        self,
        host: DataTable,
        options: Callable[[ColumnRow], Sequence[TargetOption]],
        chosen: Callable[[ColumnMapping], None],
    ) -> None:
        super().__init__(host, host)
        self._options = options
        self._chosen = chosen

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, *, state: int) -> None:
        theme = self.host.theme
        metrics, palette = theme.metrics, theme.palette
        box = QRect(rect.x(), rect.y() + (rect.height() - metrics.control_s) // 2, rect.width(), metrics.control_s)
        warns = bool(index.data(CellRole.TONE))
        row = self._row(index)
        with crisp(painter):
            border = palette.warn_fill if warns else palette.field_line
            panel(painter, box, fill=palette.raised, border=border, radius=metrics.radius)
            right = metrics.field_pad + metrics.icon_xs
            inner = box.adjusted(metrics.field_pad, 0, -right - metrics.space_4, 0)
            colour = palette.text_3 if row.mapped.is_ignored else palette.text
            text = str(index.data() or "")
            draw_text(painter, inner, text, font=theme.font("body"), colour=colour, align=LEFT, elide=True)
            arrow = square(box.right() + 1 - right, box.height(), metrics.icon_xs).translated(0, box.top())
            theme.icons.paint(painter, arrow, "chevron-down", "text_2")

    def hidden_text(self, rect: QRect, index: Index) -> str:
        metrics = self.host.theme.metrics
        frame = 2 * metrics.field_pad + metrics.icon_xs + metrics.space_4
        return super().hidden_text(rect.adjusted(0, 0, -frame, 0), index)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        row = self._row(index)
        editor = TargetChoice(row, self._options(row), self.tr("Find a field"), parent)
        editor.activated.connect(lambda _place: self._on_activated(editor, row.shape.name))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, TargetChoice) and not editor.is_open:
            row = self._row(index)
            editor.show_options(row, self._options(row))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """What is chosen goes to the view model, which says what follows from it."""

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        inner = self.padded(option.rect, index.column())
        height = self.host.theme.metrics.control_s
        editor.setGeometry(inner.x(), inner.y() + (inner.height() - height) // 2, inner.width(), height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An editor that stays needs none of the keys by which others are ended.
        return False

    def _row(self, index: Index) -> ColumnRow:
        model = index.model()
        assert isinstance(model, ColumnsTableModel)
        return model.rows[index.row()]

    def _on_activated(self, editor: TargetChoice, column: str) -> None:
        option = editor.currentData()
        if isinstance(option, TargetOption):
            self._chosen(option.for_column(column))


class FilledCell(CellDelegate):
    """How full a column is: a share in text-2 at the right, lighter than a number that counts."""

    def paint_content(self, painter: QPainter, rect: QRect, index: Index, *, state: int) -> None:
        theme = self.host.theme
        font, colour = theme.font("body", tabular=True), theme.palette.text_2
        draw_text(painter, rect, str(index.data() or ""), font=font, colour=colour, align=RIGHT)


class ColumnsTable(DataTable):
    """Return, Space or a press on the combo box opens it; the arrows move from column to column."""

    #: The user sent a column somewhere: a ColumnMapping.
    target_chosen = Signal(object)

    def __init__(
        self, columns: ColumnsTableModel, options: Callable[[ColumnRow], Sequence[TargetOption]], parent: QWidget
    ) -> None:
        super().__init__(self.tr("Columns of the file"), kinds=list(KINDS), in_card=True, two_lines=True, parent=parent)
        self._columns = columns
        self._edited = QPersistentModelIndex()
        # The table keeps no reference to its delegates.
        self._cells = (TargetCell(self, options, self.target_chosen.emit), FilledCell(self, self))
        self.setItemDelegateForColumn(Part.TARGET, self._cells[0])
        self.setItemDelegateForColumn(Part.FILLED, self._cells[1])
        self.setModel(columns)
        self.table_header.setSortIndicatorShown(False)
        self.table_header.setSectionsMovable(False)
        self.table_header.setSectionsClickable(False)
        self.table_header.setStretchLastSection(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAutoScroll(True)
        self.row_reached.connect(self._on_row_reached)
        self.row_activated.connect(self._on_row_opened)
        self.row_previewed.connect(self._on_row_opened)
        self.clicked.connect(self._on_clicked)
        columns.modelAboutToBeReset.connect(self._on_about_to_be_reset)
        columns.modelReset.connect(self.updateGeometry)

    @property
    def choice(self) -> TargetChoice | None:
        """The combo box of the row the keyboard is on."""
        if not self._edited.isValid():
            return None
        index = self._columns.index(self._edited.row(), Part.TARGET)
        editor = self.indexWidget(index)
        return editor if isinstance(editor, TargetChoice) else None

    @property
    def full_height(self) -> int:
        """The height in which every column is seen."""
        rows = self._columns.rowCount()
        return self.theme.metrics.table_head + rows * self.verticalHeader().defaultSectionSize()

    def _on_row_reached(self, row: int) -> None:
        if self._edited.isValid():
            self.closePersistentEditor(self._columns.index(self._edited.row(), Part.TARGET))
        self._edited = QPersistentModelIndex()
        if row >= 0:
            index = self._columns.index(row, Part.TARGET)
            self._edited = QPersistentModelIndex(index)
            self.openPersistentEditor(index)

    def _on_row_opened(self, row: int) -> None:
        choice = self.choice
        if choice is not None and row == self.current_row:
            choice.showPopup()

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == Part.TARGET:
            self._on_row_opened(index.row())

    def _on_about_to_be_reset(self) -> None:
        self.go_to_row(-1)

    def _arrange(self) -> None:
        room = self.viewport().width()
        zoom = self.theme.zoom
        widths = {part: round(width * zoom) for part, width in WIDTHS.items()}
        has_filled = room >= round(FILLED_FROM * zoom)
        self.setColumnHidden(Part.FILLED, not has_filled)
        if not has_filled:
            del widths[Part.FILLED]
        spare = room - sum(widths.values())
        smallest = round(SMALLEST_TEXT * zoom)
        for place, part in enumerate(_TEXTS):
            share = spare // 2 if place else spare - spare // 2
            widths[part] = max(smallest, widths[part] + share)
        for part, width in widths.items():
            self.table_header.resizeSection(part, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        # The first of the two presses opened the combo box already.
        event.accept()
