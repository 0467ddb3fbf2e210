"""A labelled choice from a list."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.widgets.combo_box import ComboBox
from ui.widgets.field import Field
from ui.widgets.input_frame import FieldState


class ComboField(Field):
    """One of several values; `combo` is the control itself."""

    #: The user chose an entry; carries its value.
    value_chosen = Signal(object)

    def __init__(
        self,
        label: str,
        options: list[tuple[str, Any]] | None = None,
        *,
        help_text: str = "",
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.combo = ComboBox(small=small)
        super().__init__(label, self.combo, help_text=help_text, parent=parent)
        self.set_options(options or [])
        self.combo.activated.connect(self._on_activated)

    def set_options(self, options: list[tuple[str, Any]]) -> None:
        """Offer other entries, each a text and a value."""
        self.combo.clear()
        for text, value in options:
            self.combo.addItem(text, value)

    @property
    def value(self) -> Any:
        """The value of the chosen entry, None while there is none."""
        return self.combo.currentData()

    def set_value(self, value: Any) -> None:
        """Choose the entry with this value; ValueError when no entry has it."""
        index = self.combo.findData(value)
        if index < 0:
            raise ValueError(f"No entry has the value {value!r}.")
        self.combo.setCurrentIndex(index)

    def preview_focus(self) -> None:
        """Look focused without the focus, for pictures of the states."""
        self.combo.preview_focus()

    def show_state(self, state: FieldState) -> None:
        self.combo.set_state(state)

    def _on_activated(self, _index: int) -> None:
        self.value_chosen.emit(self.value)
