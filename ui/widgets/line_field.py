"""A one-line text field with its label and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets.field import Field
from ui.widgets.icon_button import IconButton
from ui.widgets.input_frame import FieldState, InputFrame


class LineField(Field):
    """Text on one line; `editor` is the QLineEdit for completers, validators and input masks."""

    #: The text changed, by whatever hand.
    text_changed = Signal(str)
    #: The user typed.
    text_edited = Signal(str)
    #: The user left the field or pressed Return.
    editing_finished = Signal()
    #: The user pressed Return.
    submitted = Signal()

    def __init__(
        self,
        label: str,
        *,
        placeholder: str = "",
        icon: str = "",
        help_text: str = "",
        secret: bool = False,
        clearable: bool = False,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self.editor = QLineEdit()
        self.editor.setFrame(False)
        self.editor.setPlaceholderText(placeholder)
        self._frame = InputFrame(self.editor, icon=icon, small=small)
        super().__init__(label, self._frame, help_text=help_text, parent=parent)
        self.editor.textChanged.connect(self.text_changed)
        self.editor.textEdited.connect(self.text_edited)
        self.editor.editingFinished.connect(self.editing_finished)
        self.editor.returnPressed.connect(self.submitted)
        self._eye: IconButton | None = None
        if secret:
            self._make_secret()
        if clearable:
            self._make_clearable()

    @property
    def text(self) -> str:
        """What is in the field."""
        return self.editor.text()

    def set_text(self, text: str) -> None:
        """Put another text in."""
        self.editor.setText(text)

    @property
    def framed(self) -> InputFrame:
        """The box around the editor."""
        return self._frame

    def preview_focus(self) -> None:
        """Look focused without the focus, for pictures of the states."""
        self._frame.preview_focus()

    def show_state(self, state: FieldState) -> None:
        self._frame.set_state(state)

    def _make_secret(self) -> None:
        self.editor.setEchoMode(QLineEdit.EchoMode.Password)
        self._eye = IconButton("eye", self.tr("Show"), small=True)
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._on_eye_toggled)
        self._frame.add_trailing(self._eye)

    def _make_clearable(self) -> None:
        clear = IconButton("close", self.tr("Clear"), small=True)
        clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        clear.clicked.connect(self.editor.clear)
        clear.hide()
        self.editor.textChanged.connect(lambda text: clear.setVisible(bool(text)))
        self._frame.add_trailing(clear)

    def _on_eye_toggled(self, shown: bool) -> None:
        self.editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        if self._eye is not None:
            self._eye.set_icon("eye-off" if shown else "eye")
            self._eye.set_name(self.tr("Hide") if shown else self.tr("Show"))
