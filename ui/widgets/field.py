"""The frame of every form field: label above, control, and help, error or warning below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.tokens import ColourRole
from ui.widgets.icon_mark import IconMark
from ui.widgets.input_frame import FieldState
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.themed import Themed


class Field(Themed):
    """A labelled control; what is wrong stands below it, never in a box of its own."""

    def __init__(self, label: str, control: QWidget, *, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._help_text = help_text
        self._field_state = FieldState.NORMAL
        self._label = Label(label, role="caption-medium", colour="text_2")
        self._label.setBuddy(control)
        self._lock = IconMark("lock", colour="text_2", size_role="icon_xs")
        self._lock.hide()
        self._mark = IconMark("warning", colour="warn", size_role="icon_xs")
        self._message = Paragraph(role="caption")
        control.setAccessibleName(label)
        self._focused = control.focusProxy() or control
        self._focused.setAccessibleName(label)
        self.setFocusProxy(self._focused)
        self._assemble(shows_label=bool(label))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._show_message()

    def set_help(self, text: str) -> None:
        """Say what belongs here, in text-3 below the control."""
        self._help_text = text
        if self._field_state is FieldState.NORMAL:
            self._show_message()

    def set_error(self, text: str) -> None:
        """Say what is wrong and what to do; an empty text clears it."""
        self._set_state(FieldState.ERROR if text else FieldState.NORMAL, text)

    def set_warning(self, text: str) -> None:
        """Say what deserves a second look; an empty text clears it."""
        self._set_state(FieldState.WARNING if text else FieldState.NORMAL, text)

    @property
    def field_state(self) -> FieldState:
        """Whether an error or a warning stands below."""
        return self._field_state

    def set_control_enabled(self, enabled: bool, *, reason: str = "") -> None:
        """Allow or forbid the control while the label stays readable; the tooltip says why."""
        self._control.setEnabled(enabled)
        self._control.setToolTip("" if enabled else reason)

    def set_managed(self, managed: bool, *, source: str = "") -> None:
        """Set by the organisation: the control is disabled, a lock stands beside the label."""
        self._control.setEnabled(not managed)
        self._lock.setVisible(managed)
        reason = source or self.tr("Set by your organisation")
        self._lock.setAccessibleName(reason if managed else "")
        self._lock.setToolTip(reason if managed else "")
        self._control.setToolTip(reason if managed else "")

    def set_label(self, text: str) -> None:
        """Show another label."""
        self._label.setText(text)
        self._label.setVisible(bool(text))
        self._control.setAccessibleName(text)
        self._focused.setAccessibleName(text)

    def show_state(self, state: FieldState) -> None:
        """Colour the control for a state; subclasses with a frame of their own do it."""

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._column.setSpacing(metrics.label_gap)
        self._head.setSpacing(metrics.space_6)
        self._foot.setSpacing(metrics.space_6)

    def _assemble(self, *, shows_label: bool) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._head = QHBoxLayout()
        self._head.addWidget(self._label)
        self._head.addWidget(self._lock)
        self._head.addStretch(1)
        if shows_label:
            self._column.addLayout(self._head)
        else:
            self._label.hide()
        self._column.addWidget(self._control)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self._foot.addWidget(self._message, 1)
        self._column.addLayout(self._foot)
        self.restyle()

    def _set_state(self, state: FieldState, text: str) -> None:
        self._field_state = state
        self.show_state(state)
        self._show_message(text)

    def _show_message(self, text: str = "") -> None:
        shown = text or self._help_text
        colours: dict[FieldState, ColourRole] = {
            FieldState.NORMAL: "text_3",
            FieldState.ERROR: "bad",
            FieldState.WARNING: "warn",
        }
        self._message.set_colour(colours[self._field_state])
        self._message.set_paragraph(shown)
        self._message.setVisible(bool(shown))
        self._mark.setVisible(self._field_state is FieldState.WARNING)
        self._focused.setAccessibleDescription(shown)
