"""The centre of the page of tasks: head, the line to add one, the due lists or what stands in their place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from services.errors import MyCrmError
from ui.pages.record.moments import number
from ui.pages.tasks.agenda import DueList
from ui.pages.tasks.quick_add import QuickAdd
from ui.pages.tasks.task_list import TaskList
from ui.pages.tasks.view_model import TasksViewModel
from ui.widgets.button import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.label import Label
from ui.widgets.placeholder_rows import PlaceholderRows
from ui.widgets.surface import Surface


class TasksPane(Surface):
    """Everything left of the panel."""

    def __init__(self, view_model: TasksViewModel) -> None:
        super().__init__("surface")
        self._view_model = view_model
        context = view_model.context
        self._count = Label(colour="text_3")
        self.late = Label(colour="bad")
        self.new = Button(self.tr("New task"), kind=ButtonKind.PRIMARY, icon="add")
        self.new.setToolTip(f"{self.tr('New task')}\t{self.tr('N')}")
        self.add = QuickAdd(context.workspace, context.tasks, view_model.moments)
        self.list = TaskList(view_model.agenda, view_model.moments)
        self.empty = EmptyState(
            self.tr("Nothing to do"),
            self.tr("What you promise stands here, by the day it is due. Type it above, or press the key."),
            action=self.tr("New task"),
            hint=self.tr("or press"),
            keys=("N",),
            badge="check",
        )
        self.trouble = EmptyState("", "", action=self.tr("Try again"), icon="refresh", badge="warning")
        self.waiting = PlaceholderRows(columns=3, avatars=False)
        self._stack = QStackedWidget()
        self._assemble()
        self.new.clicked.connect(self.start_adding)
        self.empty.action_pressed.connect(self.start_adding)
        self.trouble.action_pressed.connect(view_model.read_again)
        self.add.left.connect(self.take_focus)
        view_model.lists_changed.connect(self._on_lists_changed)
        view_model.minute_passed.connect(self._on_minute_passed)

    def start_adding(self) -> None:
        """Put the cursor into the line that adds a task."""
        self.add.title.editor.setFocus()

    def take_focus(self) -> None:
        """Give the keyboard to the list; who started to type meanwhile keeps on typing."""
        if not isinstance(self.window().focusWidget(), QLineEdit | QPlainTextEdit) or self.add.isAncestorOf(
            self.window().focusWidget()
        ):
            self.list.setFocus()

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        title = Label(self.tr("Tasks"), role="title")
        title.setFixedHeight(metrics.page_header)
        row = QHBoxLayout()
        row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        row.setSpacing(metrics.row_gap)
        row.addWidget(title)
        row.addSpacing(metrics.space_2)
        for label in (self._count, self.late):
            label.setContentsMargins(0, metrics.space_4, 0, 0)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        row.addWidget(self.new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.add)
        column.addWidget(self._stack, 1)
        for widget in (self.waiting, self.list, self.empty, self.trouble):
            self._stack.addWidget(widget)
        self.setFocusProxy(self.list)
        self.setTabOrder(self.new, self.add)
        self.setTabOrder(self.add, self.list)

    def _on_lists_changed(self) -> None:
        agenda, counts = self._view_model.agenda, self._view_model.counts
        late = counts.pop(DueList.OVERDUE, 0)
        still_open = late + sum(count for due_list, count in counts.items() if due_list is not DueList.DONE_TODAY)
        self._count.setText(number(still_open) if agenda.is_read else "")
        self.late.setText(self.tr("{count} overdue").format(count=number(late)) if late else "")
        shown: QWidget = self.waiting
        if self._view_model.error is not None and not agenda.is_read:
            self._describe_trouble(self._view_model.error)
            shown = self.trouble
        elif agenda.is_read:
            shown = self.list if agenda.ids else self.empty
        self._stack.setCurrentWidget(shown)

    def _describe_trouble(self, error: BaseException) -> None:
        title = error.title if isinstance(error, MyCrmError) else self.tr("The tasks could not be read")
        sentence = error.message if isinstance(error, MyCrmError) else self.tr("Nothing was changed. Try again.")
        self.trouble.set_state(title, sentence, action=self.tr("Try again"), badge="warning")

    def _on_minute_passed(self) -> None:
        self.add.show_day()
        self.list.viewport().update()
