"""The table of the product: a lazy model, rows of one height, quick to paint and run by the keyboard."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QFrame, QHeaderView, QTableView, QWidget

from ui.delegates.cell_delegate import Index
from ui.delegates.cells import delegate_for
from ui.delegates.roles import CellKind, CellRole, RowState
from ui.delegates.row_host import HeadPlaces
from ui.theme.theme import Theme, theme_of
from ui.theme.tokens import ColourRole
from ui.widgets.row_actions import RowActions
from ui.widgets.table_header import TableHeader
from ui.widgets.themed import set_focus_shape

NO_ROW = -1


class DataTable(QTableView):
    """J and K move, Return opens, Space previews, X checks, Ctrl+A checks all; it changes no data itself."""

    #: Return or a double click: open the row.
    row_activated = Signal(int)
    #: Space: show the row beside the list.
    row_previewed = Signal(int)
    #: The keyboard or the pointer came to a row; -1 for none.
    row_reached = Signal(int)
    #: The head of a group was pressed.
    group_pressed = Signal(int)
    #: The checkbox of a row was pressed, by pointer or X.
    checked_toggled = Signal(int)
    #: Rows from the first to the last are to be checked, by Shift and a press on a checkbox.
    range_checked = Signal(int, int)
    #: All rows are to be checked (True) or none.
    all_checked_toggled = Signal(bool)
    #: Sort by a column; True for descending.
    sort_requested = Signal(int, bool)
    #: `Try again` of a row with an error was pressed.
    retry_requested = Signal(int)
    #: A quick action was pressed: its key and the row.
    quick_action_pressed = Signal(str, int)
    #: The menu of a row is wanted at a point of the screen.
    row_menu_requested = Signal(int, QPoint)

    def __init__(
        self,
        name: str,
        *,
        kinds: list[CellKind] | None = None,
        in_card: bool = False,
        two_lines: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme_of()
        self._in_card = in_card
        self._two_lines = two_lines
        self._hovered_row = NO_ROW
        self._last_checked = NO_ROW
        self.sum_column = -1
        self._kinds: list[CellKind] = []
        self._actions: RowActions | None = None
        self.setAccessibleName(name)
        self._header = TableHeader(self)
        self._configure()
        self.set_kinds(kinds or [])
        self._on_theme_changed()
        self._theme.theme_changed.connect(self._on_theme_changed)

    @property
    def theme(self) -> Theme:
        """The theme the cells are painted with."""
        return self._theme

    @property
    def hovered_row(self) -> int:
        """The row under the pointer, -1 for none."""
        return self._hovered_row

    @property
    def current_row(self) -> int:
        """The row the keyboard is on, -1 for none."""
        return self._current_row

    @property
    def first_column(self) -> int:
        """The column painted leftmost."""
        return self._first_column

    @property
    def last_column(self) -> int:
        """The column painted rightmost."""
        return self._last_column

    @property
    def error_column(self) -> int:
        """The column where the sentence of a row error starts: the first that is no checkbox."""
        return self._error_column

    @property
    def edge_padding(self) -> int:
        """Padding before the first and after the last cell."""
        metrics = self._theme.metrics
        return metrics.card_pad if self._in_card else metrics.page_margin

    @property
    def content_right(self) -> int:
        """Right edge of the last cell in viewport coordinates."""
        return self._header.length() - self._header.offset()

    @property
    def head_places(self) -> HeadPlaces:
        """Where the parts of the head of a group stand; the sum over those of the column that has them."""
        header, pad = self._header, self._theme.metrics.cell_pad
        left, right = -header.offset(), self.content_right
        name = pad if self._error_column != self._first_column else self.edge_padding
        sums = right - self.edge_padding
        if 0 <= self.sum_column < header.count() and not header.isSectionHidden(self.sum_column):
            place = header.sectionViewportPosition(self.sum_column) + header.sectionSize(self.sum_column)
            sums = min(sums, place - pad)
        return HeadPlaces(left, right, header.sectionViewportPosition(self._error_column) + name, sums)

    @property
    def table_header(self) -> TableHeader:
        """The head, for widths, visibility and order of columns."""
        return self._header

    def set_kinds(self, kinds: list[CellKind]) -> None:
        """Tell what stands in the columns; the delegates follow."""
        for column in range(len(self._kinds)):
            self.setItemDelegateForColumn(column, None)  # type: ignore[arg-type]
        self._kinds = kinds
        for column, kind in enumerate(kinds):
            self.setItemDelegateForColumn(column, delegate_for(kind, self, self))
        self._header.set_kinds(kinds, edge_padding=self.edge_padding)
        self._remember_columns()

    def set_row_lines(self, *, two_lines: bool) -> None:
        """Rows of 44 with a second line, or of 40 and 32 after the density."""
        self._two_lines = two_lines
        self._on_theme_changed()

    def add_quick_action(self, key: str, *, icon: str, name: str, shortcut: str = "") -> None:
        """Add an icon button shown at the right end of the row under the pointer."""
        if self._actions is None:
            self._actions = RowActions(self.viewport(), edge_padding=self.edge_padding)
            self._actions.action_pressed.connect(self._on_quick_action_pressed)
        self._actions.add_action(key, icon=icon, name=name, shortcut=shortcut)

    def go_to_row(self, row: int) -> None:
        """Put the keyboard on a row and scroll it into view; -1 leaves all rows."""
        if row < 0 or self.model() is None:
            self.setCurrentIndex(QModelIndex())
            return
        self.setCurrentIndex(self.model().index(row, max(0, self._error_column)))

    def step(self, step: int) -> None:
        """Go to the next row (1) or the one before (-1)."""
        model = self.model()
        if model is not None and model.rowCount() > 0:
            self.go_to_row(min(max(0, self._current_row + step), model.rowCount() - 1))

    def preview_hover(self, row: int) -> None:
        """Look as if the pointer was on a row, for pictures of the states."""
        self._hover(row)

    def row_rect(self, row: int) -> QRect:
        """A row in viewport coordinates, over the whole width."""
        top = self.rowViewportPosition(row)
        return QRect(0, top, self.viewport().width(), self.rowHeight(row))

    def _configure(self) -> None:
        self._current_row = NO_ROW
        self._first_column = self._last_column = self._error_column = 0
        self.setHorizontalHeader(self._header)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        set_focus_shape(self, radius=0, style="none")
        # Qt switched the sort arrow off when the head was handed over.
        self._header.setSortIndicatorShown(True)
        self._header.all_checked_toggled.connect(self.all_checked_toggled)
        self._header.sortIndicatorChanged.connect(self._on_sort_indicator_changed)
        self._header.sectionMoved.connect(self._remember_columns)
        self._header.sectionCountChanged.connect(self._remember_columns)
        self._header.sectionResized.connect(self._on_section_resized)
        self.doubleClicked.connect(self._on_double_clicked)
        self.customContextMenuRequested.connect(self._on_menu_requested)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _on_theme_changed(self) -> None:
        theme, ground = self._theme, self._ground()
        height = theme.metrics.row_two_lines if self._two_lines else theme.row_height
        self.verticalHeader().setDefaultSectionSize(height)
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, theme.colour(ground))
        palette.setColor(QPalette.ColorRole.Window, theme.colour(ground))
        self.setPalette(palette)
        self._header.setPalette(palette)
        self._header.ground = ground
        self._header.set_kinds(self._kinds, edge_padding=self.edge_padding)
        self.viewport().update()

    def _ground(self) -> ColourRole:
        return "raised" if self._in_card else "surface"

    def _remember_columns(self) -> None:
        self._first_column, self._last_column = self._header.outer_sections()
        has_check = bool(self._kinds) and self._header.kind_of(self._first_column) is CellKind.CHECK
        place = self._header.visualIndex(self._first_column) + 1 if has_check else -1
        self._error_column = self._header.logicalIndex(place) if place >= 0 else self._first_column
        self.viewport().update()

    def _state_of(self, row: int) -> RowState:
        model = self.model()
        if model is None or not 0 <= row < model.rowCount():
            return RowState.NORMAL
        return model.index(row, 0).data(CellRole.ROW_STATE) or RowState.NORMAL

    def _hover(self, row: int) -> None:
        if row == self._hovered_row:
            return
        for changed in (self._hovered_row, row):
            if changed >= 0:
                self.viewport().update(self.row_rect(changed))
        self._hovered_row = row
        self._place_actions()

    def _place_actions(self) -> None:
        if self._actions is None:
            return
        row = self._hovered_row
        state = self._state_of(row)
        if row < 0 or state & (RowState.LOADING | RowState.ERROR | RowState.GROUP):
            self._actions.hide()
            return
        chosen = row == self._current_row or bool(state & RowState.CHECKED)
        self._actions.lie_over(self.row_rect(row), ground="accent_soft" if chosen else "hover")

    def _hover_at_pointer(self) -> None:
        place = self.viewport().mapFromGlobal(self.cursor().pos())
        inside = self.viewport().rect().contains(place) and self.viewport().underMouse()
        self._hover(self.rowAt(place.y()) if inside else NO_ROW)

    def _is_check_column(self, column: int) -> bool:
        return 0 <= column < len(self._kinds) and self._kinds[column] is CellKind.CHECK

    def _check_pressed(self, row: int, *, extend: bool) -> None:
        if extend and self._last_checked >= 0:
            self.range_checked.emit(min(row, self._last_checked), max(row, self._last_checked))
        else:
            self.checked_toggled.emit(row)
        self._last_checked = row

    def _on_quick_action_pressed(self, key: str) -> None:
        self.quick_action_pressed.emit(key, self._hovered_row)

    def _on_sort_indicator_changed(self, column: int, order: Qt.SortOrder) -> None:
        self.sort_requested.emit(column, order is Qt.SortOrder.DescendingOrder)

    def _on_section_resized(self) -> None:
        self._remember_columns()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not self._is_check_column(index.column()):
            is_group = bool(self._state_of(index.row()) & RowState.GROUP)
            (self.group_pressed if is_group else self.row_activated).emit(index.row())

    def _on_menu_requested(self, place: QPoint) -> None:
        row = self.rowAt(place.y())
        if row >= 0:
            self.go_to_row(row)
            self.row_menu_requested.emit(row, self.viewport().mapToGlobal(place))

    def _on_scrolled(self) -> None:
        self._hover_at_pointer()
        self._place_actions()

    def _retry_link(self, row: int) -> QRect:
        rect = self.row_rect(row)
        width = self._theme.metrics.search_width // 4
        return QRect(self.content_right - self.edge_padding - width, rect.y(), width, rect.height())

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._hovered_row = self._current_row = self._last_checked = NO_ROW
        self._remember_columns()

    def setColumnHidden(self, column: int, hide: bool) -> None:  # noqa: N802 - Qt's name
        super().setColumnHidden(column, hide)
        self._remember_columns()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        row = current.row() if current.isValid() else NO_ROW
        if row == self._current_row:
            return
        for changed in (self._current_row, row):
            if changed >= 0:
                self.viewport().update(self.row_rect(changed))
        self._current_row = row
        self._place_actions()
        self.row_reached.emit(row)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, not the beginning of a name."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        row = self._current_row
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_checked_toggled.emit(True)
        elif plain and event.key() in (Qt.Key.Key_J, Qt.Key.Key_K):
            self.step(1 if event.key() == Qt.Key.Key_J else -1)
        elif plain and row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.row_activated.emit(row)
        elif plain and row >= 0 and event.key() == Qt.Key.Key_Space:
            self.row_previewed.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_X:
            self._check_pressed(row, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _shift_rows(self) -> None:
        """Rows came or went above: the current one has another number, and Qt does not say so."""
        self._current_row = self.currentIndex().row()
        self._last_checked = NO_ROW
        self._hover_at_pointer()
        self._place_actions()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        index = self.indexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            if self._state_of(index.row()) & RowState.ERROR and self._retry_link(index.row()).contains(place):
                self.retry_requested.emit(index.row())
                return
            if self._is_check_column(index.column()):
                extend = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._check_pressed(index.row(), extend=extend)
                return
        super().mousePressEvent(event)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        if plain and index.isValid() and self._state_of(index.row()) & RowState.GROUP:
            self.group_pressed.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        by_key = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_key or self._current_row != NO_ROW:
            super().focusInEvent(event)
        else:
            # An item view would make its first row the current one, although nobody went there.
            QAbstractScrollArea.focusInEvent(self, event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(NO_ROW)
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        # Painted here: a palette set under an application stylesheet is lost when the theme changes live.
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), self._theme.colour(self._ground()))
        painter.end()
        super().paintEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_actions()
