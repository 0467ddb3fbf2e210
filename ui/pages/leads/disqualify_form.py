"""Why nothing will come of a lead: one of the usual reasons, or words of one's own."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from ui.widgets.button import Button, ButtonKind
from ui.widgets.chip import Chip
from ui.widgets.flow_layout import FlowLayout
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.themed import Themed

WIDTH: Final = 320


class DisqualifyForm(Themed):
    """Asks for the reason; Return says it."""

    #: The reason was given.
    disqualify_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.reason = LineField(self.tr("Why will nothing come of it?"), placeholder=self.tr("A word is enough"))
        self.chips: list[Chip] = []
        self.disqualify = Button(self.tr("Disqualify"), kind=ButtonKind.PRIMARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(self.tr("Disqualify the lead"), role="lead"))
        usual = QWidget()
        flow = FlowLayout(usual, gap=self.theme.metrics.space_6)
        for text in self._usual():
            chip = Chip(text)
            chip.clicked.connect(partial(self._take, text))
            flow.addWidget(chip)
            self.chips.append(chip)
        column.addWidget(self.reason)
        column.addWidget(usual)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.disqualify)
        column.addLayout(foot)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self.disqualify.clicked.connect(self._submit)
        self.reason.submitted.connect(self._submit)
        self.reason.text_edited.connect(lambda _text: self.reason.set_error(""))

    def show_error(self, error: BaseException) -> None:
        """Say what is missing."""
        if isinstance(error, MyCrmError):
            self.reason.set_error(f"{error.title}. {error.message}")
            self.reason.editor.setFocus()

    def _usual(self) -> tuple[str, ...]:
        return (
            self.tr("No budget"),
            self.tr("No need"),
            self.tr("Bad timing"),
            self.tr("Went to a competitor"),
            self.tr("Cannot be reached"),
            self.tr("Not a real request"),
        )

    def _take(self, text: str) -> None:
        self.reason.set_text(text)
        self.reason.set_error("")
        self.reason.editor.setFocus()

    def _submit(self) -> None:
        self.disqualify_wanted.emit(self.reason.text)
