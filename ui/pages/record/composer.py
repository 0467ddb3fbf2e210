"""The line under a timeline: add a note, log a call with its outcome and length, log a meeting."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from ui.operations.activities import TypedActivity
from ui.pages.record.wording import outcomes
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.line_field import LineField
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Surface
from ui.widgets.text_field import TextField
from ui.widgets.themed import Themed

KINDS: Final = ("note", "call", "meeting")


@dataclass(frozen=True, slots=True)
class ComposerDraft:
    """What was typed and not added yet."""

    type: str
    text: str
    outcome: str
    duration: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost."""
        return not (self.text.strip() or self.duration.strip())


NOTHING_TYPED: Final = ComposerDraft("note", "", "", "")


class ComposerForm(Themed):
    """The unfolded line: kind, text, outcome and length of an entry, and its buttons."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = Segmented(
            [self.tr("Note"), self.tr("Call"), self.tr("Meeting")],
            name=self.tr("Kind of entry"),
            icons=["note", "call", "meeting"],
            small=True,
        )
        self.text = TextField("", placeholder=self.tr("What was said, what comes next"), lines=3)
        self.text.editor.setAccessibleName(self.tr("Text of the entry"))
        self.outcome = ComboField(self.tr("Outcome"), [(self.tr("Not said"), ""), *outcomes()], small=True)
        self.duration = LineField(self.tr("Length"), placeholder=self.tr("Minutes"), small=True)
        self.add = Button("", kind=ButtonKind.PRIMARY, key_cap=self.tr("Ctrl ↵"), small=True)
        self.fold = Button(self.tr("Cancel"), kind=ButtonKind.QUIET, small=True)
        self._assemble()
        self.kind.part_chosen.connect(self._on_kind_chosen)
        self._on_kind_chosen(0)

    def choose(self, kind: str) -> None:
        """Write an entry of this kind."""
        self.kind.set_current(KINDS.index(kind))
        self._on_kind_chosen(self.kind.current)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        self.text.set_error("")
        self.duration.set_error("")

    def restyle(self) -> None:
        metrics = self.theme.metrics
        for box in (self._column, self._details, self._foot):
            box.setSpacing(metrics.row_gap)

    def _assemble(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.kind)
        self._column.addWidget(self.text)
        self._details = QHBoxLayout()
        self._details.addWidget(self.outcome, 3, Qt.AlignmentFlag.AlignTop)
        self._details.addWidget(self.duration, 2, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(self._details)
        self._foot = QHBoxLayout()
        self._foot.addStretch(1)
        self._foot.addWidget(self.fold)
        self._foot.addWidget(self.add)
        self._column.addLayout(self._foot)
        self.restyle()

    def _on_kind_chosen(self, place: int) -> None:
        kind = KINDS[place]
        texts = {"note": self.tr("Add note"), "call": self.tr("Log call"), "meeting": self.tr("Log meeting")}
        self.add.set_label(texts[kind])
        self.outcome.setVisible(kind == "call")
        self.duration.setVisible(kind != "note")


class Composer(Surface):
    """One quiet line until somebody wants to write; Ctrl+Return adds, Escape folds it and keeps the text."""

    #: An entry is to be added.
    submitted = Signal(object)
    #: Something was typed.
    edited = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("raised", lines=Qt.Edge.TopEdge, parent=parent)
        self._is_open = False
        self._form: ComposerForm | None = None
        self._column = QVBoxLayout(self)
        self._layers = QStackedLayout()
        self._column.addLayout(self._layers)
        self._line = LineField("", placeholder=self.tr("Add a note, or log a call"), icon="note", parent=self)
        self._line.editor.setReadOnly(True)
        self._line.editor.setAccessibleName(self.tr("Add a note, or log a call"))
        self._line.editor.installEventFilter(self)
        self._layers.addWidget(self._line)
        self.setFocusProxy(self._line)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_add)
        self.restyle()
        self.set_open(False)

    @property
    def form(self) -> ComposerForm:
        """The unfolded line, made when it is wanted: the panel opens sooner without it."""
        if self._form is None:
            self._form = ComposerForm(parent=self)
            self._layers.addWidget(self._form)
            self._form.text.editor.installEventFilter(self)
            self._form.kind.part_chosen.connect(lambda _part: self._fit())
            self._form.text.text_changed.connect(self._on_edited)
            self._form.duration.text_edited.connect(self._on_edited)
            self._form.outcome.value_chosen.connect(self._on_edited)
            self._form.add.clicked.connect(self._on_add)
            self._form.fold.clicked.connect(lambda: self.set_open(False))
        return self._form

    @property
    def has_form(self) -> bool:
        """Whether the unfolded line was made."""
        return self._form is not None

    @property
    def is_open(self) -> bool:
        """Whether somebody is writing."""
        return self._is_open

    @property
    def draft(self) -> ComposerDraft:
        """What was typed so far."""
        if self._form is None:
            return NOTHING_TYPED
        form = self._form
        return ComposerDraft(
            KINDS[form.kind.current], form.text.text, str(form.outcome.value or ""), form.duration.text
        )

    def show_draft(self, draft: ComposerDraft | None) -> None:
        """Show what was typed for another record, or a folded line."""
        shown = draft or NOTHING_TYPED
        self.blockSignals(True)
        if draft is not None or self._form is not None:
            self.form.text.set_text(shown.text)
            self.form.outcome.set_value(shown.outcome)
            self.form.duration.set_text(shown.duration)
            self.form.choose(shown.type)
            self.form.clear_errors()
        self.set_open(draft is not None)
        self.blockSignals(False)

    def write(self, kind: str) -> None:
        """Unfold for an entry of a kind, with the cursor in it."""
        self.form.choose(kind)
        self.set_open(True)
        self.form.text.editor.setFocus()

    def set_open(self, wanted: bool) -> None:
        """Unfold, or fold to one line; the text stays."""
        self._is_open = wanted
        self._layers.setCurrentWidget(self.form if wanted else self._line)
        self._fit()

    def clear(self) -> None:
        """The entry was added."""
        self.show_draft(None)

    def show_error(self, error: BaseException) -> None:
        """Say beside the value what cannot be kept."""
        if isinstance(error, InvalidValue) and error.field == "duration_s":
            self.form.duration.set_error(self.tr("Write minutes, or 1 h 30 min."))
        elif isinstance(error, MyCrmError):
            self.form.text.set_error(f"{error.title}. {error.message}")
        self._fit()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        pad = metrics.space_20
        self._column.setContentsMargins(pad, metrics.group_gap, pad, metrics.group_gap)

    def _fit(self) -> None:
        """As high as the layer on show: a stack is as high as its highest by itself."""
        shown = self.form if self._is_open else self._line
        margins = self._column.contentsMargins()
        layout = shown.layout()
        if layout is not None:
            layout.invalidate()
        self.setFixedHeight(shown.sizeHint().height() + margins.top() + margins.bottom())

    def _on_edited(self, *_what: object) -> None:
        self.form.clear_errors()
        self._fit()
        self.edited.emit()

    def _on_add(self) -> None:
        if not self._is_open:
            return
        draft = self.draft
        if draft.type == "note" and not draft.text.strip():
            self.form.text.set_error(self.tr("Write something first."))
            self._fit()
            return
        self.submitted.emit(
            TypedActivity(
                type=draft.type,
                text=draft.text,
                outcome=draft.outcome if draft.type == "call" else "",
                duration=draft.duration if draft.type != "note" else "",
            )
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line.editor:
            pressed = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress
            typed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
            if pressed or (typed and isinstance(event, QKeyEvent) and event.key() in keys):
                self.write(self.draft.type)
                return True
        elif isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self.set_open(False)
                self._line.editor.setFocus()
                return True
        return super().eventFilter(watched, event)
