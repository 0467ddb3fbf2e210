"""The panel of a task: tick, snooze and throw away in its head, the form below; who goes on saves what was typed."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from services.records.people import RecordCard
from ui.pages.tasks.task_form import TaskForm
from ui.widgets.button import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.surface import Surface


class TaskPanel(Surface):
    """Ctrl+Return saves; so does Escape, and going on to another task. Only Cancel drops what was typed."""

    #: Save the task on show: its id (None for a new one) and the (field, text) pairs.
    save_wanted = Signal(object, object)
    #: Tick the task on show, or open it again.
    tick_wanted = Signal(int)
    #: Put its reminder off; carries the button.
    snooze_wanted = Signal(int, QWidget)
    #: Throw it away.
    delete_wanted = Signal(int)
    #: Close the panel.
    closed = Signal()

    def __init__(self, form: TaskForm, *, parent: QWidget | None = None) -> None:
        super().__init__("raised", parent=parent)
        self.form = form
        self._id: int | None = None
        self._is_shown = False
        self._title = Label(role="lead")
        self.tick = Button(self.tr("Done"), icon="check", small=True)
        self.snooze = Button(self.tr("Snooze"), icon="snooze", menu_arrow=True, small=True)
        self._delete = IconButton("trash", self.tr("Move to Trash"), shortcut=self.tr("Del"), framed=True, small=True)
        self._close = IconButton("close", self.tr("Close"), shortcut=self.tr("Esc"), small=True)
        self.save = Button(self.tr("Save"), kind=ButtonKind.PRIMARY, key_cap=self.tr("Ctrl ↵"))
        self.cancel = Button(self.tr("Cancel"), kind=ButtonKind.QUIET)
        self.nothing = EmptyState(
            self.tr("No task is open"), self.tr("Choose one from the list, or add one."), in_card=True
        )
        self._waiting = PlaceholderRows(columns=2, avatars=False)
        self._stack = QStackedWidget(self)
        self._task = QWidget()
        self._assemble()
        self._connect()

    @property
    def local_id(self) -> int | None:
        """The task on show, None for a new one or none."""
        return self._id

    @property
    def is_edited(self) -> bool:
        """Whether something would be lost."""
        return self._is_shown and self._id is not None and bool(self.form.pairs)

    def show_task(self, card: RecordCard) -> None:
        """Show a task."""
        self._id, self._is_shown = card.id, True
        is_done = card.fields.get("status") == "done"
        self._title.setText(self.tr("Task"))
        self.tick.set_label(self.tr("Open again") if is_done else self.tr("Done"))
        self.tick.set_icon("undo" if is_done else "check")
        self.snooze.setVisible(not is_done)
        self._tools.show()
        self.form.show_task(card)
        self.save.set_label(self.tr("Save"))
        self._show_buttons()
        self._stack.setCurrentWidget(self._task)

    def show_new(self, day: date | None, title: str = "") -> None:
        """Show an empty form for a new task."""
        self._id, self._is_shown = None, True
        self._title.setText(self.tr("New task"))
        self._tools.hide()
        self.form.show_task(None, day=day)
        self.form.title.set_text(title)
        self.save.set_label(self.tr("Add"))
        self._show_buttons()
        self._stack.setCurrentWidget(self._task)

    def show_waiting(self) -> None:
        """The values of a task are on their way."""
        self._is_shown = False
        self._stack.setCurrentWidget(self._waiting)

    def show_nothing(self) -> None:
        """No task is chosen."""
        self._id, self._is_shown = None, False
        self._stack.setCurrentWidget(self.nothing)

    def take_focus(self) -> None:
        """Put the cursor into the title."""
        self.form.title.editor.setFocus()
        self.form.title.editor.selectAll()

    def leave(self) -> None:
        """Another task, or none, is about to be shown: save what was typed on this one."""
        if self._is_shown and self._id is not None and self.form.pairs and not self.save.is_busy:
            self.save_wanted.emit(self._id, self.form.pairs)
        self._is_shown = False

    def drop(self) -> None:
        """Forget what was typed."""
        self._is_shown = False
        self.closed.emit()

    def submit(self) -> None:
        """Save what was typed."""
        if not self._is_shown or self.save.is_busy or not self.form.pairs:
            return
        self.form.clear_errors()
        self.save.set_busy(True)
        self.save_wanted.emit(self._id, self.form.pairs)

    def note_saved(self, local_id: int | None, pairs: list[tuple[str, str]]) -> None:
        """These pairs of a task were saved; what was typed since is still to be."""
        if self._is_shown and self._id == local_id and local_id is not None and self.form.pairs == pairs:
            self.form.accept()
            self._show_buttons()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._head.setContentsMargins(metrics.space_20, 0, metrics.space_16, 0)
        self._actions.setContentsMargins(metrics.space_20, 0, metrics.space_20, metrics.gap)
        self._actions.setSpacing(metrics.row_gap)
        self._foot_row.setContentsMargins(metrics.space_20, 0, metrics.space_20, 0)
        self._foot_row.setSpacing(metrics.row_gap)
        self._foot.setFixedHeight(metrics.dialog_foot)
        self._title.setFixedHeight(metrics.page_header)

    def _assemble(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addStretch(1)
        self._head.addWidget(self._close)
        self._tools = QWidget()
        self._actions = QHBoxLayout(self._tools)
        for button in (self.tick, self.snooze, self._delete):
            self._actions.addWidget(button)
        self._actions.addStretch(1)
        self._foot = Surface("raised", lines=Qt.Edge.TopEdge)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.cancel)
        self._foot_row.addWidget(self.save)
        inner = QVBoxLayout(self._task)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addLayout(self._head)
        inner.addWidget(self._tools)
        inner.addWidget(self.form, 1)
        inner.addWidget(self._foot)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        for widget in (self.nothing, self._waiting, self._task):
            self._stack.addWidget(widget)
        self.restyle()

    def _connect(self) -> None:
        self.form.edited.connect(self._show_buttons)
        self.form.submitted.connect(self.submit)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.drop)
        self._close.clicked.connect(self.closed)
        self.tick.clicked.connect(lambda: self._with_task(self.tick_wanted.emit))
        self.snooze.clicked.connect(lambda: self._with_task(lambda task: self.snooze_wanted.emit(task, self.snooze)))
        self._delete.clicked.connect(lambda: self._with_task(self.delete_wanted.emit))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _with_task(self, act: object) -> None:
        if self._id is not None and callable(act):
            act(self._id)

    def _show_buttons(self) -> None:
        self.save.setEnabled(bool(self.form.pairs))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
