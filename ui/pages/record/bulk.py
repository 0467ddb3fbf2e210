"""What can be done with all checked records: one value for all with what it would change, a tag, the trash."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from services.records.fields import EntityKind
from ui.pages.record.inputs import NEVER_EMPTY, ChoiceInput, LineInput, ValueInput, make_input
from ui.pages.record.lookups import Lookups
from ui.pages.record.suggestion_list import Suggestion
from ui.pages.record.wording import field_name
from ui.theme.user_locale import number
from ui.widgets.bulk_bar import BulkBar
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.option_list import OptionList
from ui.widgets.paragraph import Paragraph
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed

WIDTH: Final = 320
PREVIEW_MS: Final = 150
SUGGESTED: Final = 5


class SelectionBar(BulkBar):
    """The bar over the list while records are checked."""

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self.edit = self.add_action(self.tr("Edit"), icon="edit")
        self.tag = self.add_action(self.tr("Tag"), icon="tag")
        self.assign = self.add_action(self.tr("Assign"), icon="assign")
        self.delete = self.add_action(self.tr("Delete"), icon="trash")
        self.restore = self.add_action(self.tr("Restore"), icon="restore")
        self.delete.setToolTip(self.tr("Move to Trash") + "\t" + self.tr("Del"))

    def show_selection(self, count: int, *, in_trash: bool) -> None:
        """Show how many are checked and what can be done with them; 0 hides the bar."""
        for button in (self.edit, self.tag, self.assign, self.delete):
            button.setVisible(not in_trash)
        self.restore.setVisible(in_trash)
        self.show_count(self.tr("{count} selected").format(count=number(count)) if count else "")


class BulkEditForm(Themed):
    """One field, one value for all, and how many records that would change."""

    #: The preview of a change is wanted: field and text.
    preview_wanted = Signal(str, str)
    #: Change them: field and text.
    change_wanted = Signal(str, str)

    def __init__(self, entity: EntityKind, fields: tuple[str, ...], lookups: Lookups, *, count: int) -> None:
        super().__init__()
        self._entity = entity
        self._lookups = lookups
        self.field = ComboField(self.tr("Field"), [(field_name(name), name) for name in fields])
        self.value: ValueInput | None = None
        self._suggestions = InlineSuggestions()
        self._preview = Paragraph(role="caption", colour="text_2")
        self._change = Button(self.tr("Change {count}").format(count=number(count)), kind=ButtonKind.PRIMARY)
        self._soon = QTimer(self, singleShot=True, interval=PREVIEW_MS)
        self._soon.timeout.connect(self._on_preview_due)
        self._assemble()
        self.field.value_chosen.connect(self._on_field_chosen)
        self._change.clicked.connect(self._on_change)
        self._suggestions.taken.connect(self._on_suggestion_taken)
        self._on_field_chosen(fields[0])

    def choose_field(self, name: str) -> None:
        """Offer this field first."""
        self.field.set_value(name)
        self._on_field_chosen(name)

    def show_preview(self, text: str) -> None:
        """Say what the change would do."""
        self._preview.set_paragraph(text)

    def show_error(self, error: BaseException) -> None:
        """Say under the value what cannot be kept."""
        if self.value is not None and isinstance(error, MyCrmError):
            self.value.set_error(f"{error.title}. {error.message}")

    def _assemble(self) -> None:
        metrics = self.theme.metrics
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(metrics.group_gap)
        self._column.addWidget(Label(self.tr("Edit all selected"), role="lead"))
        self._column.addWidget(self.field)
        self._place = QVBoxLayout()
        self._column.addLayout(self._place)
        self._column.addWidget(self._suggestions)
        self._column.addWidget(self._preview)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._change)
        self._column.addLayout(foot)
        self.setMinimumWidth(round(WIDTH * self.theme.zoom))

    def _on_field_chosen(self, name: object) -> None:
        if self.value is not None:
            self._place.removeWidget(self.value)
            self.value.hide()
            self.value.deleteLater()
        self.value = self._made(str(name))
        self._suggestions.offer([])
        self._suggestions.setVisible(name == "company")
        self.value.edited.connect(self._soon.start)
        self._place.addWidget(self.value)
        self._preview.set_paragraph(self.tr("Choose a value to see what changes."))
        if isinstance(self.value, ChoiceInput):
            self._soon.start()

    def _made(self, name: str) -> ValueInput:
        if name != "company":
            made = make_input(self._entity, name, self._lookups)
            made.submitted.connect(self._on_submitted)
            return made
        # In a popover the suggestions stand in the form: a list floating over it could not be pressed.
        line = LineInput(name, field_name(name))
        lane = self._lookups.lane()
        line.line.text_edited.connect(lambda text: self._lookups.companies(lane, text, self._suggestions.offer))
        return line

    def _on_suggestion_taken(self, suggestion: Suggestion) -> None:
        if self.value is not None:
            self.value.set_text(suggestion.value)
            self._soon.start()

    def _on_preview_due(self) -> None:
        if self.value is not None:
            self.preview_wanted.emit(self.value.name, self.value.text)

    def _on_submitted(self) -> None:
        if isinstance(self.value, LineInput):
            self._on_change()

    def _on_change(self) -> None:
        if self.value is None:
            return
        if isinstance(self.value, ChoiceInput) and self.value.name in NEVER_EMPTY and not self.value.text:
            self.value.set_error(self.tr("Choose one of them."))
            return
        self.change_wanted.emit(self.value.name, self.value.text)


class TagForm(Themed):
    """A tag for all checked records, or off them; those that exist are suggested."""

    #: Put a tag on (True) or take it off (False).
    tag_wanted = Signal(str, bool)

    def __init__(self, lookups: Lookups) -> None:
        super().__init__()
        self._lookups = lookups
        self.line = LineInput("tags", self.tr("Tag"), placeholder=self.tr("Type a tag, new or known"))
        self.suggestions = InlineSuggestions()
        self.put_on = Button(self.tr("Put on"), kind=ButtonKind.PRIMARY, icon="tag")
        self.take_off = Button(self.tr("Take off"), kind=ButtonKind.DEFAULT)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(self.tr("Tag all selected"), role="lead"))
        column.addWidget(self.line)
        column.addWidget(self.suggestions)
        foot = QHBoxLayout()
        foot.setSpacing(self.theme.metrics.row_gap)
        foot.addStretch(1)
        foot.addWidget(self.take_off)
        foot.addWidget(self.put_on)
        column.addLayout(foot)
        self.setMinimumWidth(round(WIDTH * self.theme.zoom))
        self.line.line.text_edited.connect(self._on_text_edited)
        self.line.submitted.connect(lambda: self._tell(True))
        self.suggestions.taken.connect(self._on_taken)
        self.put_on.clicked.connect(lambda: self._tell(True))
        self.take_off.clicked.connect(lambda: self._tell(False))
        self._on_text_edited("")

    def _on_text_edited(self, text: str) -> None:
        self.suggestions.offer(self._lookups.tags_like(text))

    def _on_taken(self, suggestion: Suggestion) -> None:
        self.line.set_text(suggestion.value)
        self.line.take_focus()

    def _tell(self, on: bool) -> None:
        if not self.line.text:
            self.line.set_error(self.tr("Type a tag first."))
            return
        self.tag_wanted.emit(self.line.text, on)


class InlineSuggestions(OptionList):
    """Suggestions as part of a form, as many rows as it has room for."""

    #: A suggestion was taken; carries it.
    taken = Signal(object)

    def __init__(self) -> None:
        self._texts = QStringListModel()
        self._suggestions: list[Suggestion] = []
        super().__init__(self._texts, shown=SUGGESTED)
        self.setAccessibleName(self.tr("Suggestions"))
        self.option_chosen.connect(self._on_option_chosen)

    @property
    def offered(self) -> list[Suggestion]:
        """What is offered now."""
        return self._suggestions

    def offer(self, suggestions: list[Suggestion]) -> None:
        """Show these."""
        self._suggestions = suggestions
        self._texts.setStringList([suggestion.text for suggestion in suggestions])

    def _on_option_chosen(self, row: int) -> None:
        self.taken.emit(self._suggestions[row])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
            return
        super().keyPressEvent(event)


def open_popover(anchor: QWidget, content: QWidget, focus: QWidget) -> Popover:
    """Open a form at a button of the bar."""
    popover = Popover(anchor)
    popover.set_content(content)
    popover.open_at(anchor)
    focus.setFocus()
    return popover
