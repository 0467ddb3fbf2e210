"""The user's own fields in the form of a task, below everything else; nothing where there are none."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from services.records.fields import CUSTOM_PREFIX, EntityKind
from services.records.people import CustomField, RecordCard
from ui.pages.record.inputs import ValueInput, make_input
from ui.pages.record.lookups import Choices, Lookups
from ui.pages.record.moments import Moments
from ui.theme.theme import theme_of
from ui.widgets.label import Label


class OwnFields(QWidget):
    """Which fields there are is read whenever a task is shown; what was typed outlives a change of them."""

    #: Something was typed or chosen.
    edited = Signal()

    def __init__(self, lookups: Lookups, moments: Moments) -> None:
        super().__init__()
        self._lookups = lookups
        self._moments = moments
        self._fields: tuple[CustomField, ...] = ()
        self._shown: Mapping[str, str] = {}
        self.inputs: dict[str, ValueInput] = {}
        metrics = theme_of().metrics
        column = QVBoxLayout(self)
        column.setContentsMargins(0, metrics.space_8, 0, 0)
        column.setSpacing(metrics.group_gap)
        column.addWidget(Label(self.tr("Own fields"), role="body-strong"))
        self._column = column
        self.hide()

    @property
    def texts(self) -> dict[str, str]:
        """What stands in the fields as `custom.NAME`; a field that is not made yet counts with what it will show."""
        return {**self._shown, **{name: made.text for name, made in self.inputs.items()}}

    def show_card(self, card: RecordCard | None) -> None:
        """Show the values of a task, or none for a new one."""
        values = card.custom if card is not None else {}
        self._shown = {
            CUSTOM_PREFIX + name: self._moments.typed(value) for name, value in values.items() if value is not None
        }
        for name, made in self.inputs.items():
            made.set_text(self._shown.get(name, ""))
        self._lookups.refresh(self._show_choices)

    def clear_errors(self) -> None:
        """Nothing is wrong any more."""
        for made in self.inputs.values():
            made.set_error("")

    def show_error(self, field: str, text: str) -> ValueInput | None:
        """Say beside a field what is wrong; None when it is none of these."""
        made = self.inputs.get(field)
        if made is not None:
            made.set_error(text)
            made.take_focus()
        return made

    def close_fields(self) -> None:
        """Ignore what is still to come."""
        self._lookups.close()

    def _show_choices(self, choices: Choices) -> None:
        if choices.custom_fields == self._fields:
            return
        self._fields, typed = choices.custom_fields, self.texts
        for made in self.inputs.values():
            self._column.removeWidget(made)
            made.hide()
            made.deleteLater()
        self.inputs = {}
        for field in self._fields:
            name = CUSTOM_PREFIX + field.name
            made = make_input(EntityKind.TASK, name, self._lookups)
            made.set_text(typed.get(name, ""))
            made.edited.connect(self.edited)
            self.inputs[name] = made
            self._column.addWidget(made)
        self.setVisible(bool(self._fields))
