"""Controls for one value each, all spoken to alike: text in, text out, what is wrong beside it."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.records.fields import CUSTOM_PREFIX, FIELDS, EntityKind, FieldKind
from ui.pages.record.lookups import Lookups
from ui.pages.record.suggestion_list import Suggestion, SuggestionList
from ui.pages.record.wording import choice, field_name, own_field_label
from ui.widgets.combo_field import ComboField
from ui.widgets.field import Field
from ui.widgets.line_field import LineField
from ui.widgets.text_field import TextField

NOTES_LINES: Final = 4
NEVER_EMPTY: Final = frozenset({"lifecycle", "status", "priority"})


class ValueInput(QWidget):
    """A labelled control for a value that is typed or chosen."""

    #: The user changed it.
    edited = Signal()
    #: The user is done: Return, or a choice from a list.
    submitted = Signal()

    def __init__(self, name: str, field: Field) -> None:
        super().__init__()
        self.name = name
        self.field = field
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(field)
        self.setFocusProxy(field)

    @property
    def text(self) -> str:
        """What was typed or chosen, as the command line would take it."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Show another value."""
        raise NotImplementedError

    def set_error(self, text: str) -> None:
        """Say what is wrong and what to do; "" clears it."""
        self.field.set_error(text)

    def take_focus(self) -> None:
        """Put the cursor here, ready to be written over."""
        self.setFocus()

    def tell_name(self, name: str) -> None:
        """What screen readers call a control that shows no label."""
        control = self.field.focusProxy()
        if control is not None:
            control.setAccessibleName(name)


class LineInput(ValueInput):
    """Text on one line."""

    def __init__(self, name: str, label: str, *, placeholder: str = "", small: bool = False) -> None:
        self.line = LineField(label, placeholder=placeholder, small=small)
        super().__init__(name, self.line)
        self.line.text_edited.connect(self._on_text_edited)
        self.line.submitted.connect(self.submitted)

    @property
    def text(self) -> str:
        return self.line.text.strip()

    def set_text(self, text: str) -> None:
        self.line.set_text(text)
        self.line.editor.home(False)

    def take_focus(self) -> None:
        self.line.editor.setFocus()
        self.line.editor.selectAll()

    def _on_text_edited(self, _text: str) -> None:
        self.set_error("")
        self.edited.emit()


class CompanyInput(LineInput):
    """The name of a company, with those that exist suggested; an unknown name makes a new one."""

    def __init__(self, name: str, label: str, lookups: Lookups, *, small: bool = False) -> None:
        super().__init__(name, label, small=small)
        self._lookups = lookups
        self._lane = lookups.lane()
        self.suggestions = SuggestionList(self.line.editor, self.line)
        self.suggestions.taken.connect(self._on_taken)
        self.line.text_edited.connect(self._on_company_typed)

    def _on_company_typed(self, text: str) -> None:
        self._lookups.companies(self._lane, text, self.suggestions.offer)

    def _on_taken(self, suggestion: Suggestion) -> None:
        self._lane.forget()
        self.line.set_text(suggestion.value)
        self.edited.emit()
        self.submitted.emit()


class LongInput(ValueInput):
    """Text over several lines."""

    def __init__(self, name: str, label: str, *, lines: int = NOTES_LINES) -> None:
        self.long = TextField(label, lines=lines)
        super().__init__(name, self.long)
        self.long.text_changed.connect(self._on_text_changed)
        self._quiet = False

    @property
    def text(self) -> str:
        return self.long.text.strip()

    def set_text(self, text: str) -> None:
        self._quiet = True
        self.long.set_text(text)
        self._quiet = False

    def take_focus(self) -> None:
        self.long.editor.setFocus()

    def _on_text_changed(self) -> None:
        if not self._quiet:
            self.set_error("")
            self.edited.emit()


class ChoiceInput(ValueInput):
    """One of a few values; nothing is one of them where the field may be empty."""

    def __init__(
        self, name: str, label: str, options: list[tuple[str, Any]], *, may_be_empty: bool, small: bool = False
    ) -> None:
        self.choice_field = ComboField(label, small=small)
        super().__init__(name, self.choice_field)
        self._may_be_empty = may_be_empty
        self._empty = {"owner": self.tr("Nobody"), "preferred_channel": self.tr("No preference")}.get(
            name, self.tr("None")
        )
        self.set_options(options)
        self.choice_field.value_chosen.connect(self._on_value_chosen)

    @property
    def text(self) -> str:
        return str(self.choice_field.value or "")

    def set_options(self, options: list[tuple[str, Any]]) -> None:
        """Offer other values; the chosen one stays where it is among them."""
        before = self.choice_field.value
        shown = [(self._empty, ""), *options] if self._may_be_empty else list(options)
        self.choice_field.set_options(shown)
        if before is not None:
            self.set_text(str(before))

    def set_text(self, text: str) -> None:
        combo = self.choice_field.combo
        row = combo.findData(text)
        if row < 0 and text:
            # A value that is no longer offered, an owner who left for instance, is still the value.
            combo.addItem(text, text)
            row = combo.count() - 1
        combo.setCurrentIndex(row)

    def open_list(self) -> None:
        """Show the values at once."""
        self.choice_field.combo.showPopup()

    def _on_value_chosen(self, _value: object) -> None:
        self.set_error("")
        self.edited.emit()
        self.submitted.emit()


class FlagInput(ChoiceInput):
    """Yes or no; a flag that was never set is a no, and stays unset when nobody chooses."""

    def __init__(self, name: str, label: str, *, small: bool = False) -> None:
        super().__init__(name, label, [(_tr("No"), ""), (_tr("Yes"), "yes")], may_be_empty=False, small=small)

    def set_text(self, text: str) -> None:
        self.choice_field.combo.setItemData(0, "" if text == "yes" else text)
        super().set_text(text)


def make_input(
    entity: EntityKind, name: str, lookups: Lookups, *, small: bool = False, label: str | None = None
) -> ValueInput:
    """The control for a field of a record, or for a custom field (`custom.NAME`); label "" shows none."""
    made = _make_input(entity, name, field_name(name) if label is None else label, lookups, small=small)
    if label == "":
        made.tell_name(field_name(name))
    return made


def _make_input(entity: EntityKind, name: str, shown: str, lookups: Lookups, *, small: bool) -> ValueInput:
    if name.startswith(CUSTOM_PREFIX):
        return _custom_input(name, shown, lookups, small=small)
    spec = FIELDS[entity][name]
    if name == "company":
        return CompanyInput(name, shown, lookups, small=small)
    if name == "owner":
        users = [(user, user) for user in lookups.choices.users]
        return ChoiceInput(name, shown, users, may_be_empty=True, small=small)
    if spec.kind is FieldKind.CHOICE:
        # A lead is converted by making a contact of it, not by saying so.
        options: list[tuple[str, Any]] = [(choice(value), value) for value in spec.choices if value != "converted"]
        return ChoiceInput(name, shown, options, may_be_empty=name not in NEVER_EMPTY, small=small)
    if spec.kind is FieldKind.BOOL:
        return FlagInput(name, shown, small=small)
    if spec.kind is FieldKind.LONG_TEXT:
        return LongInput(name, shown)
    return LineInput(name, shown, placeholder=_placeholder(spec.kind), small=small)


def _custom_input(name: str, label: str, lookups: Lookups, *, small: bool) -> ValueInput:
    own = name.removeprefix(CUSTOM_PREFIX)
    field = next((field for field in lookups.choices.custom_fields if field.name == own), None)
    kind = FieldKind(field.kind) if field else FieldKind.TEXT
    label = own_field_label(field) if field and label else label
    if kind is FieldKind.CHOICE and field and field.options:
        options = [(option, option) for option in field.options]
        return ChoiceInput(name, label, options, may_be_empty=True, small=small)
    if kind is FieldKind.BOOL:
        return ChoiceInput(name, label, _yes_and_no(), may_be_empty=True, small=small)
    return LineInput(name, label, placeholder=_placeholder(kind), small=small)


def _yes_and_no() -> list[tuple[str, Any]]:
    return [(_tr("Yes"), "yes"), (_tr("No"), "no")]


_PLACEHOLDERS: Final[dict[FieldKind, Callable[[], str]]] = {
    FieldKind.DATE: lambda: _tr("Year-month-day, or as you write it"),
    FieldKind.LANGUAGE: lambda: _tr("German, en"),
    FieldKind.TIME_ZONE: lambda: _tr("Europe/Berlin"),
}


def _placeholder(kind: FieldKind) -> str:
    words = _PLACEHOLDERS.get(kind)
    return words() if words else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Inputs", text)
