"""The panel while a record is written: head, form and foot; what was typed is kept until it is saved or dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.records.people import RecordCard, Saved
from ui.operations.records import TypedRecord
from ui.pages.record.detail_view_model import DetailViewModel
from ui.pages.record.drafts import Drafts
from ui.pages.record.editor_form import EditorForm
from ui.pages.record.form_state import FormState, state_of, typed_changes
from ui.pages.record.likely_box import LikelyBox
from ui.pages.record.lookups import Choices, Lookups
from ui.tasks import Task
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.surface import Surface

NEW: None = None


class EditorPane(Surface):
    """Edits one record, or makes a new one; Ctrl+Return saves, Escape goes back and keeps what was typed."""

    #: It is saved: its local id.
    saved = Signal(int)
    #: The user goes back to reading, with or without dropping what was typed.
    closed = Signal()
    #: A record that may be the same one is to be opened: its kind and local id.
    record_wanted = Signal(object, int)

    def __init__(self, detail: DetailViewModel, lookups: Lookups, *, parent: QWidget | None = None) -> None:
        super().__init__("raised", parent=parent)
        self._detail = detail
        self._lookups = lookups
        self._drafts: Drafts[FormState] = Drafts()
        self._place: int | None = NEW
        self._before = FormState()
        self._start = FormState()
        self.title = Label(role="lead")
        self.form = EditorForm(detail.kind, lookups)
        self.likely = LikelyBox(detail)
        self.save = Button(self.tr("Save"), kind=ButtonKind.PRIMARY, key_cap=self.tr("Ctrl ↵"))
        self.cancel = Button(self.tr("Cancel"), kind=ButtonKind.QUIET)
        self._close = IconButton("close", self.tr("Close"), shortcut=self.tr("Esc"), small=True)
        self._assemble()
        self._connect()

    @property
    def place(self) -> int | None:
        """The record that is edited, None for a new one."""
        return self._place

    @property
    def is_edited(self) -> bool:
        """Whether something would be lost."""
        return typed_changes(self._start, self.form.state) != TypedRecord()

    def has_draft(self, place: int | None) -> bool:
        """Whether something was typed there and not finished."""
        return self._drafts.get(place) is not None

    def begin_new(self, texts: dict[str, str] | None = None) -> None:
        """Make a new record; what was typed for one before is still there."""
        owner = {"owner": next(iter(self._lookups.choices.users), "")}
        defaults = dict(self._detail.kind.defaults) | owner | (texts or {})
        self._begin(NEW, FormState(), FormState(defaults), self._detail.kind.words.new)

    def begin(self, card: RecordCard) -> None:
        """Edit a record."""
        state = state_of(card, self._detail.moments)
        self._begin(card.id, state, state, self._detail.kind.words.edit)

    def show_choices(self, choices: Choices) -> None:
        """The lists offer these from now on."""
        self.form.show_choices(choices)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._head.setContentsMargins(metrics.space_20, 0, metrics.space_16, 0)
        self._foot_row.setContentsMargins(metrics.space_20, 0, metrics.space_20, 0)
        self._foot_row.setSpacing(metrics.row_gap)
        self._foot.setFixedHeight(metrics.dialog_foot)
        self.title.setFixedHeight(metrics.page_header)

    def _assemble(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.title)
        self._head.addStretch(1)
        self._head.addWidget(self._close)
        self._foot = Surface("raised", lines=Qt.Edge.TopEdge)
        self._foot_row = QHBoxLayout(self._foot)
        self._foot_row.addStretch(1)
        self._foot_row.addWidget(self.cancel)
        self._foot_row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.likely)
        column.addWidget(self.form, 1)
        column.addWidget(self._foot)
        self.restyle()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.likely.record_wanted.connect(self.record_wanted)
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.drop)
        self._close.clicked.connect(self.closed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _begin(self, place: int | None, before: FormState, start: FormState, title: str) -> None:
        self._place, self._before = place, before
        self.title.setText(title)
        self.setAccessibleName(title)
        self.form.show_choices(self._lookups.choices)
        self._start = start
        self.likely.forget()
        self.form.show_state(self._drafts.get(place) or start)
        self.form.take_focus()

    def submit(self) -> None:
        """Save what was typed."""
        if self.save.is_busy:
            return
        self.form.complete()
        place, state = self._place, self.form.state
        typed = typed_changes(self._before, state)
        self.form.clear_errors()
        self.save.set_busy(True)
        task: Task[Any] = self._detail.add(typed) if place is NEW else self._detail.change(place, typed)
        task.then(self._when_saved(place)).otherwise(self._when_refused(place))
        task.finally_(lambda: self.save.set_busy(False))

    def drop(self) -> None:
        """Forget what was typed and go back."""
        self._drafts.keep(self._place, None)
        self.closed.emit()

    def _when_saved(self, place: int | None) -> Callable[[Saved], None]:
        def done(saved: Saved) -> None:
            self._drafts.keep(place, None)
            self.saved.emit(saved.id)

        return done

    def _when_refused(self, place: int | None) -> Callable[[BaseException], None]:
        def refused(error: BaseException) -> None:
            if self._place == place and self.isVisible():
                self.form.show_error(error)
            else:
                self._detail.context.tasks.failed.emit(error)

        return refused

    def _on_edited(self) -> None:
        self.form.complete()
        self._drafts.keep(self._place, self.form.state if self.is_edited else None)
        self.likely.ask(self.form.state, self._place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
