"""The editor over a cell of the list: Return keeps, Escape drops, Tab goes on to the next cell."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui.pages.record.inputs import ChoiceInput, CompanyInput, LineInput, ValueInput
from ui.theme.shapes import crisp, panel
from ui.widgets.themed import Themed

LEAST_WIDTH = 160
LEAST_WIDTH_OF_TWO = 300


class CellEditor(Themed):
    """One or two small inputs on level 2 over a cell; what is wrong stands below them."""

    #: The user is done: {field: text} of what became different, perhaps nothing.
    committed = Signal(object)
    #: The user wants the cell as it was.
    cancelled = Signal()
    #: Like committed, and go on to the next (1) or previous (-1) cell.
    stepped = Signal(object, int)

    def __init__(self, area: QWidget, inputs: Sequence[ValueInput], values: Mapping[str, str]) -> None:
        super().__init__(area)
        self._inputs = list(inputs)
        self._before = dict(values)
        self._done = False
        row = QHBoxLayout(self)
        for field in self._inputs:
            field.set_text(values.get(field.name, ""))
            field.submitted.connect(self._on_submitted)
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            for control in _controls(field):
                control.installEventFilter(self)
        self._row = row
        self.restyle()
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    @property
    def inputs(self) -> Sequence[ValueInput]:
        """The controls, from left to right."""
        return self._inputs

    @property
    def changes(self) -> dict[str, str]:
        """What became different."""
        return {field.name: field.text for field in self._inputs if field.text != self._before.get(field.name, "")}

    def lie_over(self, cell: QRect) -> None:
        """Stand over a cell, wider where it is narrow."""
        least = LEAST_WIDTH_OF_TWO if len(self._inputs) > 1 else LEAST_WIDTH
        width = max(cell.width(), round(least * self.theme.zoom))
        self._cell = cell
        area = self.parentWidget()
        left = min(cell.left(), area.width() - width) if area else cell.left()
        self._corner = QPoint(max(0, left), cell.top())
        self.setFixedWidth(width)
        self._place()
        self.show()
        self.raise_()

    def take_focus(self) -> None:
        """Put the cursor into the first input; a choice shows its list at once."""
        self._inputs[0].take_focus()
        if isinstance(self._inputs[0], ChoiceInput):
            self._inputs[0].open_list()

    def set_error(self, field: str, text: str) -> None:
        """Say what is wrong with one of the values; the editor stays."""
        self._done = False
        wrong = next((found for found in self._inputs if found.name == field), self._inputs[0])
        wrong.set_error(text)
        self._place()
        wrong.setFocus()

    def end(self) -> None:
        """Go away for good."""
        self._done = True
        self.hide()
        self.deleteLater()

    def restyle(self) -> None:
        inset = self.theme.metrics.space_4
        self._row.setContentsMargins(inset, inset, inset, inset)
        self._row.setSpacing(self.theme.metrics.space_6)

    def _place(self) -> None:
        self._row.activate()
        height = self._row.sizeHint().height()
        single = self.theme.metrics.control_s + 2 * self.theme.metrics.space_4
        self.resize(self.width(), height)
        self.move(self._corner + QPoint(0, (self._cell.height() - single) // 2))

    def _finish(self, step: int = 0) -> None:
        if self._done:
            return
        self._done = True
        if step:
            self.stepped.emit(self.changes, step)
        else:
            self.committed.emit(self.changes)

    def _drop(self) -> None:
        if not self._done:
            self._done = True
            self.cancelled.emit()

    def _on_submitted(self) -> None:
        self._finish()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        # None is another window: the list of a combo, or another program. The cursor comes back from there.
        if now is None or self._done or not self.isVisible():
            return
        if not self.isAncestorOf(now) and now.window() is self.window():
            self._finish()

    def _step_inside(self, control: QObject, step: int) -> bool:
        """Whether Tab leads to the other input of the same cell."""
        place = next((i for i, field in enumerate(self._inputs) if control in _controls(field)), 0) + step
        if 0 <= place < len(self._inputs):
            self._inputs[place].take_focus()
            return True
        return False

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            if any(_has_list_open(field) for field in self._inputs):
                return False
            self._drop()
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            step = 1 if key == Qt.Key.Key_Tab else -1
            if not self._step_inside(watched, step):
                self._finish(step)
            return True
        return False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._key_pressed(watched, event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A line passes the key on once it has done its work; to the table it means to open the record.
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.theme.palette
        painter = QPainter(self)
        with crisp(painter):
            radius = self.theme.metrics.radius_pop
            panel(painter, self.rect(), fill=palette.popover, border=palette.line_strong, radius=radius)
        painter.end()


def _controls(field: ValueInput) -> list[QWidget]:
    """What takes the keys of an input."""
    if isinstance(field, ChoiceInput):
        return [field.choice_field.combo]
    return [field.line.editor] if isinstance(field, LineInput) else [field]


def _has_list_open(field: ValueInput) -> bool:
    """Whether suggestions stand under the field: Escape is theirs first."""
    return isinstance(field, CompanyInput) and field.suggestions.is_shown
