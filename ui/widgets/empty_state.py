"""What an empty page shows: what belongs here and the one button that fills it."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.tokens import TextRole
from ui.widgets.button import Button, ButtonKind
from ui.widgets.empty_drawing import EmptyDrawing
from ui.widgets.key_cap import KeyCap
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed

WIDE: Final = 1000


class EmptyState(Themed):
    """Drawing, title, one sentence, one primary button, a hint with a key; `in_card` is smaller."""

    #: The button was pressed.
    action_pressed = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        action: str = "",
        icon: str = "add",
        hint: str = "",
        keys: tuple[str, ...] = (),
        badge: str = "add",
        in_card: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        role: TextRole = "lead" if in_card else "title"
        self._drawing = EmptyDrawing(badge=badge, in_card=in_card)
        self._title = Label(title, role=role)
        self._sentence = Paragraph(sentence, centred=True)
        self._button = Button(action, kind=ButtonKind.PRIMARY, icon=icon, small=in_card)
        self._button.setVisible(bool(action))
        self._button.clicked.connect(self.action_pressed)
        self._column = QVBoxLayout(self)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._column.addStretch(1)
        self._column.addWidget(self._drawing, 0, middle)
        self._column.addWidget(self._title, 0, middle)
        # As wide as there is room up to its limit, which an alignment would not let it be.
        self._sentence_row = QHBoxLayout()
        self._sentence_row.addStretch(1)
        self._sentence_row.addWidget(self._sentence, WIDE)
        self._sentence_row.addStretch(1)
        self._column.addLayout(self._sentence_row)
        self._column.addWidget(self._button, 0, middle)
        self._hint_row = QHBoxLayout()
        self._hint_row.addStretch(1)
        self._hint_row.addWidget(Label(hint, role="caption", colour="text_3"))
        self._hint_row.addWidget(KeyCap(*keys))
        self._hint_row.addStretch(1)
        if hint:
            self._column.addLayout(self._hint_row)
        self._column.addStretch(1)
        self.setAccessibleName(f"{title}. {sentence}")
        self.restyle()

    def set_state(self, title: str, sentence: str, *, action: str = "", badge: str = "") -> None:
        """Say that something else is missing, for instance that a filter finds nothing."""
        if badge:
            self._drawing.set_badge(badge)
        self._title.setText(title)
        self._sentence.set_paragraph(sentence)
        self._button.set_label(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {sentence}")

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setSpacing(metrics.space_6)
        self._column.setContentsMargins(metrics.space_16, metrics.space_16, metrics.space_16, metrics.space_16)
        self._sentence.setMaximumWidth(metrics.empty_text)
        self._title.setContentsMargins(0, metrics.space_12, 0, 0)
        self._button.setContentsMargins(0, 0, 0, 0)
        self._sentence.setContentsMargins(0, 0, 0, metrics.space_8)
        self._hint_row.setContentsMargins(0, metrics.space_8, 0, 0)
        self._hint_row.setSpacing(metrics.space_6)
