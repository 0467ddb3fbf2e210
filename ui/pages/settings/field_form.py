"""The form of one own field: name, kind and, for a choice, its options."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from services.errors import InvalidValue, MyCrmError
from services.records.fields import CUSTOM_KINDS, FieldKind
from services.records.people import CustomField
from ui.pages.record.wording import own_field_label
from ui.widgets.button import Button, ButtonKind
from ui.widgets.combo_field import ComboField
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.text_field import TextField
from ui.widgets.themed import Themed

WIDTH: Final = 300


class FieldForm(Themed):
    """Of a field that is there the kind stays: its values would not fit another."""

    #: Return, or the button.
    submitted = Signal()

    def __init__(self, field: CustomField | None) -> None:
        super().__init__()
        self._field = field
        self.name = LineField(_tr("Name"), placeholder=_tr("Contract ends"))
        self.kind_field = ComboField(_tr("Kind"), [(kind_name(kind), kind.value) for kind in CUSTOM_KINDS])
        self.option_lines = TextField(_tr("Options, one a line"), lines=4)
        self.save = Button(_tr("Add") if field is None else _tr("Save"), kind=ButtonKind.PRIMARY)
        self.kind_field.set_value(FieldKind.TEXT.value)
        if field is not None:
            self.name.set_text(own_field_label(field))
            self.kind_field.set_value(field.kind)
            self.kind_field.set_control_enabled(False, reason=_tr("The values of the field would not fit."))
            self.option_lines.set_text("\n".join(field.options))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(_tr("New field") if field is None else _tr("Edit field"), role="lead"))
        for widget in (self.name, self.kind_field, self.option_lines):
            column.addWidget(widget)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save)
        column.addLayout(foot)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self.kind_field.value_chosen.connect(lambda _value: self._show_options())
        self.name.submitted.connect(self.submitted)
        self.save.clicked.connect(self.submitted)
        self._show_options()

    @property
    def kind(self) -> FieldKind:
        """The chosen kind."""
        return FieldKind(str(self.kind_field.value))

    @property
    def options(self) -> list[str]:
        """What is offered, for a choice."""
        if self.kind is not FieldKind.CHOICE:
            return []
        return [line.strip() for line in self.option_lines.text.splitlines() if line.strip()]

    def take_focus(self) -> None:
        """Put the cursor into the name."""
        self.name.editor.setFocus()
        self.name.editor.selectAll()

    def show_error(self, error: BaseException) -> None:
        """Say beside the value what is wrong."""
        if not isinstance(error, MyCrmError):
            return
        field = error.field if isinstance(error, InvalidValue) else ""
        place = self.option_lines if field == "options" else self.name
        place.set_error(f"{error.title}. {error.message}")

    def _show_options(self) -> None:
        self.option_lines.setVisible(self.kind is FieldKind.CHOICE)
        window = self.window()
        if window is not self and window.isVisible():
            window.adjustSize()


def kind_name(kind: FieldKind) -> str:
    """What a kind of field is called."""
    names = {
        FieldKind.NUMBER: _tr("Number"),
        FieldKind.TEXT: _tr("Text"),
        FieldKind.DATE: _tr("Date"),
        FieldKind.BOOL: _tr("Yes or no"),
        FieldKind.CHOICE: _tr("Choice"),
    }
    return names[kind]


def _tr(text: str) -> str:
    return QCoreApplication.translate("FieldForm", text)
