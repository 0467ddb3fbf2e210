"""How the workspace is protected: rows of which one is chosen, each with its consequence in words."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from ui.theme.shapes import crisp, panel
from ui.theme.tokens import HAIRLINE
from ui.widgets.choice_row import ChoiceRow
from ui.widgets.themed import Themed


class ProtectionChoice(Themed):
    """Add choices from the best to the weakest; arrows move the choice."""

    #: The user chose a row; carries its key.
    choice_made = Signal(str)

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, ChoiceRow] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(HAIRLINE, HAIRLINE, HAIRLINE, HAIRLINE)
        self._column.setSpacing(0)
        self.setAccessibleName(name)

    def add_choice(self, key: str, title: str, sentence: str, *, tag: str = "", warning: bool = False) -> None:
        """Add a row; with `warning` its sentence stands in warn with an alert icon."""
        row = ChoiceRow(title, sentence, tag=tag, warning=warning)
        row.radio.clicked.connect(lambda: self._on_row_clicked(key))
        self._group.addButton(row.radio)
        self._rows[key] = row
        self._column.addWidget(row)
        rows = list(self._rows.values())
        for place, other in enumerate(rows):
            other.is_first = place == 0
            other.is_last = place + 1 == len(rows)

    @property
    def chosen(self) -> str:
        """The key of the chosen row, empty while there is none."""
        return next((key for key, row in self._rows.items() if row.radio.isChecked()), "")

    def set_chosen(self, key: str) -> None:
        """Choose a row without telling."""
        self._rows[key].radio.setChecked(True)

    def set_choice_enabled(self, key: str, enabled: bool, *, reason: str = "") -> None:
        """Allow or forbid a row; the tooltip says why."""
        self._rows[key].setEnabled(enabled)
        self._rows[key].setToolTip("" if enabled else reason)

    def _on_row_clicked(self, key: str) -> None:
        self.choice_made.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = [key for key, row in self._rows.items() if row.isEnabled()]
        if step is None or self.chosen not in keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(self.chosen) + step) % len(keys)]
        self._rows[key].radio.setFocus(Qt.FocusReason.OtherFocusReason)
        self._rows[key].radio.click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self.theme.palette
        painter = QPainter(self)
        with crisp(painter):
            panel(
                painter,
                self.rect(),
                fill=palette.raised,
                border=palette.line,
                radius=self.theme.metrics.radius,
            )
        painter.end()
