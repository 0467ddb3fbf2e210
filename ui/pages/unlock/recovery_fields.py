"""Eight small fields for the groups of a recovery code; a paste anywhere fills them all."""

from __future__ import annotations

import re
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ui.widgets.input_frame import FieldState, InputFrame
from ui.widgets.themed import Themed

GROUPS: Final = 8
GROUP_LENGTH: Final = 4
COLUMNS: Final = 4
_NO_CODE: Final = re.compile(r"[^0-9A-Za-z]+")


class RecoveryFields(Themed):
    """Capitals and dashes do not matter; a full group moves on to the next."""

    #: What is typed changed.
    changed = Signal()
    #: Return was pressed in one of the fields.
    submitted = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: list[QLineEdit] = []
        self._frames: list[InputFrame] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(self.theme.metrics.row_gap)
        for place in range(GROUPS):
            editor = self._editor(place)
            frame = InputFrame(editor)
            self._editors.append(editor)
            self._frames.append(frame)
            grid.addWidget(frame, place // COLUMNS, place % COLUMNS)
        self.setFocusProxy(self._editors[0])
        self.restyle()

    @property
    def text(self) -> str:
        """What is typed so far, group by group."""
        return "-".join(editor.text() for editor in self._editors if editor.text())

    @property
    def is_complete(self) -> bool:
        """Whether every group is full."""
        return all(len(editor.text()) == GROUP_LENGTH for editor in self._editors)

    def set_text(self, text: str) -> None:
        """Deal a code out on the fields."""
        characters = _NO_CODE.sub("", text).upper()
        for place, editor in enumerate(self._editors):
            editor.setText(characters[place * GROUP_LENGTH : (place + 1) * GROUP_LENGTH])
        self.changed.emit()

    def set_wrong(self, wrong: bool) -> None:
        """Colour the fields."""
        for frame in self._frames:
            frame.set_state(FieldState.ERROR if wrong else FieldState.NORMAL)
        # A frame that takes a state takes the font of other fields with it.
        self.restyle()

    def restyle(self) -> None:
        font = self.theme.font("mono")
        for editor in self._editors:
            editor.setFont(font)

    def _editor(self, place: int) -> QLineEdit:
        editor = QLineEdit()
        editor.setFrame(False)
        editor.setMaxLength(GROUP_LENGTH)
        editor.setAlignment(Qt.AlignmentFlag.AlignCenter)
        editor.setPlaceholderText(str(place + 1))
        editor.setAccessibleName(self.tr("Group {number} of the recovery code").format(number=place + 1))
        editor.textEdited.connect(lambda text: self._on_edited(place, text))
        editor.returnPressed.connect(self.submitted)
        editor.installEventFilter(self)
        return editor

    def _on_edited(self, place: int, text: str) -> None:
        cleaned = _NO_CODE.sub("", text).upper()
        if cleaned != text:
            self._editors[place].setText(cleaned)
        if len(cleaned) == GROUP_LENGTH and place + 1 < GROUPS:
            self._editors[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        self.changed.emit()

    def _step_back(self, editor: QObject) -> bool:
        place = next((number for number, other in enumerate(self._editors) if other is editor), 0)
        if place == 0 or self._editors[place].text():
            return False
        self._editors[place - 1].setFocus(Qt.FocusReason.BacktabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste):
                self.set_text(QGuiApplication.clipboard().text())
                return True
            if event.key() == Qt.Key.Key_Backspace:
                return self._step_back(watched)
        return super().eventFilter(watched, event)
