"""The box around an editor: ground, border by state, leading icon, trailing mark and the focus halo."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme.shapes import crisp, panel, square
from ui.widgets.themed import FOCUS_STYLE, Themed, set_focus_shape


class FieldState(StrEnum):
    """What a field says about its value."""

    NORMAL = "normal"
    ERROR = "error"
    WARNING = "warning"


class InputFrame(Themed):
    """Holds one frameless editor; a press anywhere in it puts the cursor there."""

    def __init__(self, editor: QWidget, *, icon: str = "", small: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._icon = icon
        self._small = small
        self._state = FieldState.NORMAL
        self._previews_focus = False
        editor.setProperty("bare", True)
        editor.setProperty(FOCUS_STYLE, "parent")
        editor.installEventFilter(self)
        self._row = QHBoxLayout(self)
        self._row.addWidget(editor, 1)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    @property
    def state(self) -> FieldState:
        """What the border says."""
        return self._state

    def set_state(self, state: FieldState) -> None:
        """Colour the border; an error also puts the alert icon at the right."""
        self._state = state
        self.restyle()
        self.update()

    def preview_focus(self) -> None:
        """Look focused without the focus, for pictures of the states."""
        self._previews_focus = True
        self.update()

    def _looks_focused(self) -> bool:
        return self._previews_focus or self._editor.hasFocus()

    def set_icon(self, icon: str) -> None:
        """Show another leading icon, or none for an empty name."""
        self._icon = icon
        self.restyle()
        self.update()

    def add_trailing(self, widget: QWidget) -> None:
        """Put a small control, such as show or clear, at the right end."""
        self._row.addWidget(widget)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        set_focus_shape(self, radius=metrics.radius, style="halo")
        # A line editor keeps two pixels of its own before its text.
        left = metrics.field_pad - metrics.space_2
        if self._icon:
            left += metrics.icon_s + metrics.row_gap
        right = metrics.field_pad
        if self._shows_alert():
            right += metrics.icon_s + metrics.row_gap
        self._row.setContentsMargins(left, 1, right, 1)
        self._row.setSpacing(metrics.space_4)
        self._editor.setFont(self.theme.font("body"))
        self.setFixedHeight(max(self._height(), self._row.sizeHint().height()))

    def _shows_alert(self) -> bool:
        return self._state is FieldState.ERROR and self._row.count() == 1

    def _border(self) -> QColor:
        palette = self.theme.palette
        if self._state is FieldState.ERROR:
            return palette.bad
        if self._state is FieldState.WARNING:
            return palette.warn_fill
        return palette.focus if self._looks_focused() else palette.field_line

    def _height(self) -> int:
        return self.theme.metrics.control_s if self._small else self.theme.metrics.control

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        wanted = self._editor.sizeHint().width()
        return QSize(wanted + 2 * metrics.field_pad, max(self._height(), self._row.sizeHint().height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.space_32 * 2, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._editor.setFocus()
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange:
            self.update()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        focused = self._looks_focused()
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            width = 1.5 if focused else 1.0
            panel(
                painter,
                self.rect(),
                fill=palette.raised,
                border=self._border(),
                radius=metrics.radius,
                width=width,
            )
            height = min(self.height(), self._height())
            if self._icon:
                box = square(metrics.field_pad, height, metrics.icon_s)
                self.theme.icons.paint(painter, box, self._icon, "text_2")
            if self._shows_alert():
                box = square(self.width() - metrics.field_pad - metrics.icon_s, height, metrics.icon_s)
                self.theme.icons.paint(painter, box, "warning", "bad")
        painter.end()
