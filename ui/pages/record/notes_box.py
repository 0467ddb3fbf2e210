"""The notes of a record: text over several lines, edited where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout

from ui.widgets.paragraph import Paragraph
from ui.widgets.text_field import TextField
from ui.widgets.themed import Themed, set_focus_shape


class NotesBox(Themed):
    """A press or Return opens the editor; leaving it or Ctrl+Return keeps, Escape drops."""

    #: The text became another one.
    changed = Signal(str)

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self._text = ""
        self._placeholder = placeholder
        self._shown = Paragraph(colour="text")
        self._editor = TextField("", placeholder=placeholder, lines=5)
        self._editor.editor.setAccessibleName(self.tr("Notes"))
        self._editor.editor.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._shown)
        column.addWidget(self._editor)
        self._editor.hide()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.restyle()
        self.show_text("")

    @property
    def is_editing(self) -> bool:
        """Whether the editor is open."""
        return self._editor.isVisibleTo(self)

    def show_text(self, text: str) -> None:
        """Show the notes of a record; an editor that is open keeps what is being typed."""
        self._text = text
        self._shown.set_colour("text" if text else "text_3")
        self._shown.set_paragraph(text or self._placeholder)
        self.setAccessibleName(self.tr("Notes: {text}").format(text=text or self.tr("empty")))

    def edit(self) -> None:
        """Open the editor."""
        self._editor.set_text(self._text)
        self._shown.hide()
        self._editor.show()
        self._editor.editor.setFocus()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius_s)

    def _end(self, *, keep: bool) -> None:
        if not self.is_editing:
            return
        text = self._editor.text.strip()
        self._editor.hide()
        self._shown.show()
        if keep and text != self._text:
            self.changed.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.is_editing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self.is_editing:
            self.edit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            # A menu or another window takes the focus for a moment only.
            if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
                self._end(keep=True)
        elif isinstance(event, QKeyEvent) and self._key(event):
            return True
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        escape = event.key() == Qt.Key.Key_Escape
        keep = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bool(
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        )
        if not (escape or keep):
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            self._end(keep=keep)
            self.setFocus()
            return True
        return False
