"""One setting: icon, title, sentence, and one control at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.shapes import hairline
from ui.theme.tokens import ColourRole
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed


class SettingsRow(Themed):
    """52 high, higher when its sentence wraps; a hairline above unless it is the first."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        *,
        icon: str = "",
        control: QWidget | None = None,
        first: bool = False,
        icon_colour: ColourRole = "text_2",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._first = first
        self._icon = IconMark(icon or "settings", colour=icon_colour, size_role="icon_l")
        self._icon.setVisible(bool(icon))
        self._title = Label(title, role="body-medium")
        self._sentence = Paragraph(sentence, role="caption")
        self._sentence.setVisible(bool(sentence))
        self._value = Label(colour="text_2")
        self._value.hide()
        self._managed = Tag(self.tr("Managed"), icon="lock")
        self._managed.hide()
        self._control = control
        self._row = QHBoxLayout(self)
        self._texts = QVBoxLayout()
        self._assemble()
        if control is not None and not control.accessibleName():
            control.setAccessibleName(title)
        self.restyle()

    def set_sentence(self, sentence: str) -> None:
        """Say something else below the title."""
        self._sentence.set_paragraph(sentence)
        self._sentence.setVisible(bool(sentence))

    def set_value(self, value: str) -> None:
        """Show a plain value before the control."""
        self._value.setText(value)
        self._value.setVisible(bool(value))

    def set_managed(self, managed: bool, *, source: str = "") -> None:
        """Set by the organisation: the control is disabled, a tag says so and its tooltip by whom."""
        self._managed.setVisible(managed)
        self._managed.setToolTip(source)
        if self._control is not None:
            self._control.setEnabled(not managed)
            self._control.setToolTip(source if managed else "")

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setMinimumHeight(metrics.settings_row)
        self._row.setContentsMargins(metrics.card_pad, metrics.space_8, metrics.card_pad, metrics.space_8)
        self._row.setSpacing(metrics.group_gap)

    def _assemble(self) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        self._row.addWidget(self._icon, 0, middle)
        self._texts.setSpacing(0)
        self._texts.addStretch(1)
        self._texts.addWidget(self._title)
        self._texts.addWidget(self._sentence)
        self._texts.addStretch(1)
        self._row.addLayout(self._texts, 1)
        self._row.addWidget(self._value, 0, middle)
        self._row.addWidget(self._managed, 0, middle)
        if self._control is not None:
            self._row.addWidget(self._control, 0, middle)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._first:
            return
        painter = QPainter(self)
        hairline(painter, start=0, end=self.width(), y=0, colour=self.theme.palette.line)
        painter.end()
