"""The foot of the assistant: the one sentence that matters, and the buttons of the step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from ui.widgets.button import Button, ButtonKind
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.icon_mark import IconMark
from ui.widgets.surface import Surface


class Foot(Surface):
    """56 high on raised ground."""

    def __init__(self) -> None:
        super().__init__("raised", lines=Qt.Edge.TopEdge)
        self._icon = IconMark("undo")
        self._sentence = ElidedLabel(colour="text_2")
        self.second = Button("")
        self.first = Button("", kind=ButtonKind.PRIMARY)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._sentence, 1)
        self._row.addWidget(self.second)
        self._row.addWidget(self.first)
        self.restyle()

    def show_step(self, icon: str, sentence: str, *, second: str, first: str) -> None:
        """Say what holds in this step, and name its buttons; those without a name are not there."""
        self._icon.set_icon(icon)
        self._sentence.setText(sentence)
        for button, text in ((self.second, second), (self.first, first)):
            button.set_label(text)
            button.setVisible(bool(text))

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedHeight(metrics.page_header)
        self._row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        self._row.setSpacing(metrics.group_gap)
