"""The bar over a list: its conditions as chips, the same as a typed query, order and columns."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.filtering.describing import ChipText
from ui.pages.record.list_query import NO_QUERY, ReadQuery
from ui.widgets.chip import Chip
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.input_frame import FieldState, InputFrame
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.surface import Surface
from ui.widgets.themed import Themed

TYPING_PAUSE_MS: Final = 350
LONGEST_SHOWN: Final = 44


class FilterBar(Surface):
    """48 high; the typed query opens in place, with what is wrong below it."""

    #: `+ Filter` was pressed; carries the button.
    filter_wanted = Signal(QWidget)
    #: The x of a chip was pressed: the condition to take away.
    condition_removed = Signal(object)
    #: A query was typed, or is being typed.
    query_typed = Signal(str)
    #: By what the list is grouped is to be chosen; carries the button.
    group_wanted = Signal(QWidget)
    #: The list is not to be grouped any more.
    grouping_removed = Signal()
    #: The order of the list is to be chosen; carries the button.
    sort_wanted = Signal(QWidget)
    #: The columns are to be chosen; carries the button.
    columns_wanted = Signal(QWidget)
    #: The cursor left the typed query for the list.
    list_wanted = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("surface", lines=Qt.Edge.BottomEdge, parent=parent)
        self._found = NO_QUERY
        self._before_typing = ""
        self.chips = ChipRow()
        self.grouping = Chip("", icon="table", removable=True)
        self.grouping.hide()
        self.add = Chip(self.tr("Filter"), icon="add")
        self.open_query = LinkButton("", colour="text_2", role="mono")
        self._key = KeyCap("/")
        self.query = QueryEditor()
        self.group = IconButton("table", self.tr("Group"))
        self.sort = IconButton("sort", self.tr("Sort"))
        self.columns = IconButton("columns", self.tr("Columns"))
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._on_typing_paused)
        self._assemble()
        self._connect()
        self.show_query(NO_QUERY)

    @property
    def is_typing(self) -> bool:
        """Whether the typed query is open."""
        return self.query.isVisibleTo(self)

    def show_query(self, found: ReadQuery) -> None:
        """Show the conditions that hold now."""
        self._found = found
        self.chips.show_chips(found.chips)
        text = found.text if len(found.text) <= LONGEST_SHOWN else found.text[: LONGEST_SHOWN - 1] + "…"
        self.open_query.set_label(text or self.tr("Type a query"))
        self.open_query.setAccessibleDescription(self.tr("Edit the query: {query}").format(query=found.text))
        self.open_query.setToolTip(found.text if text != found.text else "")
        self._key.setVisible(not found.text and not self.is_typing)
        if self.is_typing:
            self.query.set_error("")

    def show_grouping(self, name: str) -> None:
        """Say by what the list is grouped; "" for nothing."""
        self.grouping.set_label(self.tr("Grouped by {field}").format(field=name.lower()))
        self.grouping.setVisible(bool(name))
        self.chips.fit()

    def show_error(self, error: BaseException) -> None:
        """Say what cannot be read in the typed query, which opens for it."""
        text = f"{error.title}. {error.message}" if isinstance(error, MyCrmError) else self.tr("This cannot be read.")
        if not self.is_typing:
            self.start_typing()
        self.query.set_error(text)

    def start_typing(self) -> None:
        """Open the typed query and put the cursor at its end."""
        if not self.is_typing:
            self._before_typing = self._found.text
            self.query.editor.setText(self._found.text)
            self._show_typing(True)
        self.query.editor.setFocus()
        self.query.editor.end(False)

    def stop_typing(self) -> None:
        """Show the chips again."""
        self._pause.stop()
        if self.is_typing:
            self._show_typing(False)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setMinimumHeight(metrics.filter_bar)
        margin = metrics.page_margin - metrics.space_2
        top = (metrics.filter_bar - metrics.control) // 2
        self._row.setContentsMargins(metrics.page_margin, top, margin, top)
        self._row.setSpacing(metrics.space_4)

    def _assemble(self) -> None:
        self._row = QHBoxLayout(self)
        top = Qt.AlignmentFlag.AlignTop
        self._closed = QWidget()
        closed = QHBoxLayout(self._closed)
        closed.setContentsMargins(0, 0, 0, 0)
        closed.setSpacing(self.theme.metrics.row_gap)
        closed.addWidget(self.chips)
        closed.addWidget(self.add)
        closed.addWidget(self.grouping)
        closed.addStretch(1)
        closed.addWidget(self.open_query)
        closed.addWidget(self._key)
        self._closed.setFixedHeight(self.theme.metrics.control)
        self._row.addWidget(self._closed, 1, top)
        self._row.addWidget(self.query, 1, top)
        self._row.addWidget(self.group, 0, top)
        self._row.addWidget(self.sort, 0, top)
        self._row.addWidget(self.columns, 0, top)
        self.query.hide()
        self.restyle()

    def _connect(self) -> None:
        self.chips.chip_removed.connect(self.condition_removed)
        self.chips.more_wanted.connect(self.start_typing)
        self.add.clicked.connect(lambda: self.filter_wanted.emit(self.add))
        self.open_query.clicked.connect(self.start_typing)
        self.group.clicked.connect(lambda: self.group_wanted.emit(self.group))
        self.grouping.clicked.connect(lambda: self.group_wanted.emit(self.group))
        self.grouping.removed.connect(self.grouping_removed)
        self.sort.clicked.connect(lambda: self.sort_wanted.emit(self.sort))
        self.columns.clicked.connect(lambda: self.columns_wanted.emit(self.columns))
        self.query.editor.textEdited.connect(self._on_text_edited)
        self.query.submitted.connect(self._on_submitted)
        self.query.cancelled.connect(self._on_cancelled)

    def _show_typing(self, typing: bool) -> None:
        self.query.set_error("")
        self.query.setVisible(typing)
        self._closed.setVisible(not typing)
        self._key.setVisible(not typing and not self._found.text)

    def _on_text_edited(self, _text: str) -> None:
        self.query.set_error("")
        self._pause.start()

    def _on_typing_paused(self) -> None:
        self.query_typed.emit(self.query.editor.text())

    def _on_submitted(self) -> None:
        if self._pause.isActive() or self.query.editor.text().strip() != self._found.text:
            self._pause.stop()
            self.query_typed.emit(self.query.editor.text())
        if not self.query.has_error:
            self.stop_typing()
            self.list_wanted.emit()

    def _on_cancelled(self) -> None:
        self.stop_typing()
        if self._found.text != self._before_typing:
            self.query_typed.emit(self._before_typing)
        self.list_wanted.emit()


class QueryEditor(Themed):
    """The typed query: one line in mono, and what is wrong with it below."""

    #: Return was pressed.
    submitted = Signal()
    #: Escape was pressed: the query as it was before.
    cancelled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editor = QLineEdit()
        self.editor.setFrame(False)
        self.editor.setAccessibleName(self.tr("Query"))
        self.editor.setPlaceholderText(self.tr("Words, or conditions such as city:Hamburg last>30d"))
        self._frame = InputFrame(self.editor, icon="search")
        self._mark = IconMark("warning", colour="bad", size_role="icon_xs")
        self._message = Label(role="caption", colour="bad")
        self._message.setWordWrap(True)
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._message, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.space_4)
        column.addWidget(self._frame)
        column.addWidget(self._foot)
        self._foot.hide()
        self.editor.returnPressed.connect(self.submitted)
        self.editor.installEventFilter(self)
        self.restyle()

    @property
    def has_error(self) -> bool:
        """Whether something is wrong with what was typed."""
        return self._frame.state is FieldState.ERROR

    def set_error(self, text: str) -> None:
        """Say what is wrong; "" clears it."""
        self._frame.set_state(FieldState.ERROR if text else FieldState.NORMAL)
        # The frame gives its editor the font of forms whenever its state changes.
        self.editor.setFont(self.theme.font("mono"))
        self._message.setText(text)
        self.editor.setAccessibleDescription(text)
        self._foot.setVisible(bool(text))
        self.updateGeometry()

    def restyle(self) -> None:
        self.editor.setFont(self.theme.font("mono"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.cancelled.emit()
                return True
        return super().eventFilter(watched, event)


class ChipRow(Themed):
    """Chips with AND or OR between them; those without room become one that says how many."""

    #: The x of a chip was pressed: its condition.
    chip_removed = Signal(object)
    #: The chip that stands for the others was pressed.
    more_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: list[Chip] = []
        self._joints: list[Label] = []
        self._more = Chip("")
        self._more.clicked.connect(self.more_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(self.theme.metrics.row_gap)
        self._row.addWidget(self._more)
        self._more.hide()

    def show_chips(self, chips: Sequence[ChipText]) -> None:
        """Show these conditions."""
        for old in (*self.chips, *self._joints):
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.chips, self._joints = [], []
        for place, said in enumerate(chips):
            joint = Label(said.joint, role="caption-medium", colour="text_2")
            chip = Chip(said.text, icon="" if place else "filter", removable=True)
            chip.setToolTip(said.text)
            chip.removed.connect(lambda part=said.query: self.chip_removed.emit(part))
            # A press on the chip itself opens the query, where it can be changed.
            chip.clicked.connect(self.more_wanted)
            self._row.insertWidget(self._row.count() - 1, joint)
            self._row.insertWidget(self._row.count() - 1, chip)
            joint.setVisible(bool(said.joint))
            self.chips.append(chip)
            self._joints.append(joint)
        self.setVisible(bool(chips))
        self.fit()

    def fit(self) -> None:
        """Show as many as there is room for beside the rest of the bar."""
        bar = self.parentWidget()
        if bar is None or not self.chips:
            return
        gap = self.theme.metrics.row_gap
        others = sum(
            child.sizeHint().width() + gap
            for child in bar.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if child is not self and child.isVisibleTo(bar)
        )
        room, used, shown = bar.width() - others, 0, 0
        for chip, joint in zip(self.chips, self._joints, strict=True):
            used += chip.sizeHint().width() + gap + (joint.sizeHint().width() + gap if joint.text() else 0)
            if used > room and shown:
                break
            shown += 1
        for place, (chip, joint) in enumerate(zip(self.chips, self._joints, strict=True)):
            chip.setVisible(place < shown)
            joint.setVisible(place < shown and bool(joint.text()))
        hidden = len(self.chips) - shown
        self._more.set_label(self.tr("{count} more").format(count=hidden))
        self._more.setVisible(hidden > 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
