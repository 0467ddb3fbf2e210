"""The line that is captured: what was recognised in it is underlined in the colour of its chip."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPaintEvent, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy

from ui.theme.theme import theme_of

Spans = Mapping[tuple[int, int], str]
LINE: int = 2
"""Pixels of the line under a word."""


class CaptureLine(QPlainTextEdit):
    """One line; Return saves, Ctrl+Return saves and opens, Down and Tab go to the chips."""

    #: Return was pressed; whether what it makes is to be opened.
    submitted = Signal(bool)
    #: Escape was pressed.
    escaped = Signal()
    #: The keyboard goes on to the chips.
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._theme = theme_of()
        self._spans: dict[tuple[int, int], str] = {}
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("bare", True)
        self.setProperty("focusStyle", "none")
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        font = QFont(self._theme.font("lead"))
        font.setWeight(QFont.Weight.Normal)
        self.setFont(font)
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)

    @property
    def line(self) -> str:
        """What stands in it; line ends that were pasted are spaces."""
        return " ".join(self.toPlainText().split("\n"))

    def show_spans(self, spans: Spans) -> None:
        """Underline these stretches in these colours."""
        self._spans = dict(spans)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(0, self.fontMetrics().height() + 3 * LINE)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setPen(Qt.PenStyle.NoPen)
        for (start, end), colour in self._spans.items():
            left, right = self._place(start), self._place(end)
            bottom = left.bottom()
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(left.left(), bottom, right.left() - left.left(), LINE), LINE / 2, LINE / 2)
        painter.end()

    def _place(self, position: int) -> QRectF:
        cursor = self.textCursor()
        cursor.setPosition(min(position, len(self.toPlainText())))
        return QRectF(self.cursorRect(cursor))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Tab):
            self.left.emit()
        elif event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Backtab):
            super().keyPressEvent(event)
