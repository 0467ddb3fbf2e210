"""A field for several lines of text with its label."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from ui.widgets.field import Field
from ui.widgets.input_frame import FieldState, InputFrame


class TextField(Field):
    """Plain text over a fixed number of visible lines; Tab moves on, it types no tab."""

    #: The text changed, by whatever hand; read `text`.
    text_changed = Signal()

    def __init__(
        self,
        label: str,
        *,
        placeholder: str = "",
        lines: int = 4,
        help_text: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.editor = QPlainTextEdit()
        self.editor.setFrameShape(QFrame.Shape.NoFrame)
        self.editor.setPlaceholderText(placeholder)
        self.editor.setTabChangesFocus(True)
        self.editor.document().setDocumentMargin(0)
        self._lines = lines
        self._frame = InputFrame(self.editor)
        super().__init__(label, self._frame, help_text=help_text, parent=parent)
        self.editor.textChanged.connect(self.text_changed)

    @property
    def text(self) -> str:
        """What is in the field."""
        return self.editor.toPlainText()

    def set_text(self, text: str) -> None:
        """Put another text in."""
        self.editor.setPlainText(text)

    def show_state(self, state: FieldState) -> None:
        self._frame.set_state(state)

    def restyle(self) -> None:
        super().restyle()
        metrics = self.theme.metrics
        height = self._lines * self.theme.fonts.line_height("body")
        self.editor.setFixedHeight(height)
        self._frame.restyle()
        self._frame.setFixedHeight(height + 2 * metrics.label_gap)
