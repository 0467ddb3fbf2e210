"""The editor of a deal, new or not: its values in three groups, what is wrong beside each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.people import RecordCard, Saved
from ui.operations.records import TypedRecord
from ui.pages.deals.inputs import DealLookups, deal_value, make_deal_input
from ui.pages.deals.record_view_models import DealViewModel
from ui.pages.record.drafts import Drafts
from ui.pages.record.inputs import ChoiceInput, ValueInput
from ui.pages.record.overlay_scroll import OverlayScroll
from ui.tasks import Task
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.scroll_area import ScrollArea
from ui.widgets.surface import Surface

Texts = Mapping[str, str]


class DealEditor(Surface):
    """Ctrl+Return saves, Escape goes back and keeps what was typed.

    The sections are made one a turn of the event loop, from the top: all at once would hold it up.
    """

    #: It is saved: its local id.
    saved = Signal(int)
    #: The user goes back to reading, with or without dropping what was typed.
    closed = Signal()

    def __init__(self, detail: DealViewModel, lookups: DealLookups, *, parent: QWidget | None = None) -> None:
        super().__init__("raised", parent=parent)
        self._detail = detail
        self._lookups = lookups
        self._drafts: Drafts[dict[str, str]] = Drafts()
        self._place: int | None = None
        self._before: Texts = {}
        self._start: Texts = {}
        self._shown: Texts = {}
        self._waiting = list(detail.kind.sections)
        self._next = QTimer(self, singleShot=True, interval=0)
        self._next.timeout.connect(self._make_next)
        self.inputs: dict[str, ValueInput] = {}
        self.title = Label(role="lead")
        self.save = Button(self.tr("Save"), kind=ButtonKind.PRIMARY, key_cap=self.tr("Ctrl ↵"))
        self.cancel = Button(self.tr("Cancel"), kind=ButtonKind.QUIET)
        self._close = IconButton("close", self.tr("Close"), shortcut=self.tr("Esc"), small=True)
        self._general = Paragraph(role="caption", colour="bad")
        self._general.hide()
        self._form = ScrollArea(margins=False, bounded=False)
        OverlayScroll(self._form)
        self._assemble()
        self._connect()

    @property
    def place(self) -> int | None:
        """The deal that is edited, None for a new one."""
        return self._place

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the form; a section that is not there yet counts with what it will show."""
        return dict(self._shown) | {name: made.text for name, made in self.inputs.items()}

    @property
    def is_complete(self) -> bool:
        """Whether every section is there."""
        return not self._waiting

    def stop(self) -> None:
        """The page is closed: make no more sections."""
        self._next.stop()
        self._waiting.clear()

    def has_draft(self, place: int | None) -> bool:
        """Whether something was typed there and not finished."""
        return self._drafts.get(place) is not None

    def begin_new(self, texts: Texts) -> None:
        """Make a new deal; what was typed for one before is still there, unless the stage is another one."""
        first = next((stage.name for stage in self._lookups.stages), "")
        start = {"stage": first, "owner": next(iter(self._lookups.choices.users), "")} | dict(texts)
        self._begin(None, {}, start, self.tr("New deal"))
        self._shown = dict(self._shown) | dict(texts)
        self._fill()

    def begin(self, card: RecordCard) -> None:
        """Edit a deal."""
        currency = str(card.fields.get("currency") or "")
        mark = self._lookups.decimal_mark
        before = {name: deal_value(name, card.fields.get(name), currency, mark) for name in self._names()}
        before["owner"] = card.owner
        self._begin(card.id, before, before, self.tr("Edit deal"))

    def submit(self) -> None:
        """Save what was typed."""
        if self.save.is_busy:
            return
        while self._waiting:
            self._make_next()
        self._clear_errors()
        typed = TypedRecord(self._changes())
        place = self._place
        self.save.set_busy(True)
        task: Task[Any] = self._detail.add(typed) if place is None else self._detail.change(place, typed)
        task.then(lambda saved: self._on_saved(place, saved)).otherwise(lambda error: self._on_refused(place, error))
        task.finally_(lambda: self.save.set_busy(False))

    def drop(self) -> None:
        """Forget what was typed and go back."""
        self._drafts.keep(self._place, None)
        self.closed.emit()

    def show_choices(self) -> None:
        """The lists offer other users or stages from now on."""
        owner, stage = self.inputs.get("owner"), self.inputs.get("stage")
        if isinstance(owner, ChoiceInput):
            owner.set_options([(user, user) for user in self._lookups.choices.users])
        if isinstance(stage, ChoiceInput):
            stage.set_options([(found.name, found.name) for found in self._lookups.stages])

    def restyle(self) -> None:
        metrics = self.theme.metrics
        pad = metrics.space_20
        self._head.setContentsMargins(pad, 0, metrics.space_16, 0)
        self._foot_row.setContentsMargins(pad, 0, pad, 0)
        self._foot_row.setSpacing(metrics.row_gap)
        self._foot.setFixedHeight(metrics.dialog_foot)
        self.title.setFixedHeight(metrics.page_header)
        self._form.body.setSpacing(metrics.group_gap)
        self._sections.setSpacing(metrics.group_gap)
        self._form.body.setContentsMargins(pad, 0, pad, metrics.space_24)

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
        self._form.body.addWidget(self._general)
        self._sections = QVBoxLayout()
        self._form.body.addLayout(self._sections)
        self._form.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self._form, 1)
        column.addWidget(self._foot)
        self.restyle()
        self._make_next()

    def _make_next(self) -> None:
        if not self._waiting:
            return
        section = self._waiting.pop(0)
        known = set(self.inputs)
        if section.title:
            self._sections.addSpacing(self.theme.metrics.space_8)
            self._sections.addWidget(Label(section.title, role="body-strong"))
        for entry in section.entries:
            self._sections.addLayout(self._line(entry if isinstance(entry, tuple) else (str(entry),)))
        for name in self.inputs.keys() - known:
            self.inputs[name].set_text(self._shown.get(name, ""))
        if self._waiting:
            self._next.start()

    def _names(self) -> list[str]:
        """Every field of the form, made or not."""
        entries = (entry for section in self._detail.kind.sections for entry in section.entries)
        return [str(name) for entry in entries for name in (entry if isinstance(entry, tuple) else (entry,))]

    def _fill(self) -> None:
        for name, made in self.inputs.items():
            made.set_text(self._shown.get(name, ""))

    def _line(self, names: tuple[str, ...]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.row_gap)
        for name in names:
            made = self.inputs[name] = make_deal_input(name, self._lookups)
            made.edited.connect(self._on_edited)
            row.addWidget(made, 2 if name in ("amount", "next_step") else 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _connect(self) -> None:
        self.save.clicked.connect(self.submit)
        self.cancel.clicked.connect(self.drop)
        self._close.clicked.connect(self.closed)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.submit)

    def _begin(self, place: int | None, before: Texts, start: Texts, title: str) -> None:
        self._place, self._before, self._start = place, before, start
        self.title.setText(title)
        self.setAccessibleName(title)
        self.show_choices()
        self._clear_errors()
        self._shown = self._drafts.get(place) or start
        self._fill()
        self._form.verticalScrollBar().setValue(0)
        self.inputs["title"].take_focus()

    def _changes(self) -> tuple[tuple[str, str], ...]:
        """What is different; an amount goes with its currency, a currency with its amount."""
        texts = self.texts
        named = [name for name, text in texts.items() if text != self._before.get(name, "")]
        if {"amount", "currency"} & set(named) and texts["amount"]:
            named += [name for name in ("amount", "currency") if name not in named and texts[name]]
        return tuple((name, texts[name]) for name in named)

    def _on_edited(self) -> None:
        texts = self.texts
        changed = any(text != self._start.get(name, "") for name, text in texts.items())
        self._drafts.keep(self._place, texts if changed else None)

    def _on_saved(self, place: int | None, saved: Saved) -> None:
        self._drafts.keep(place, None)
        self.saved.emit(saved.id)

    def _on_refused(self, place: int | None, error: BaseException) -> None:
        if self._place != place or not self.isVisible() or not isinstance(error, MyCrmError):
            self._detail.context.tasks.failed.emit(error)
            return
        text = f"{error.title}. {error.message}"
        made = self.inputs.get(error.field) if isinstance(error, InvalidValue) else None
        if made is None:
            self._general.set_paragraph(text)
            self._general.show()
            self._form.ensureWidgetVisible(self._general)
            return
        made.set_error(text)
        self._form.ensureWidgetVisible(made)
        made.take_focus()

    def _clear_errors(self) -> None:
        self._general.hide()
        for made in self.inputs.values():
            made.set_error("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
