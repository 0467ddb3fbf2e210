"""The base of painted controls: the theme found once, repainted and measured again when it changes."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

from ui.theme.motion import Transition
from ui.theme.theme import Theme, theme_of

FOCUS_STYLE = "focusStyle"
FOCUS_RADIUS = "focusRadius"


_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})


class Themed(QWidget):
    """A widget that knows the theme; subclasses read `self.theme` when they paint and measure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = theme_of()
        self.theme.theme_changed.connect(self._on_theme_changed)

    def restyle(self) -> None:
        """Take sizes and fonts from the theme again; called on every change of it."""

    def _on_theme_changed(self) -> None:
        self.restyle()
        self.updateGeometry()
        self.update()


class ThemedButton(QPushButton):
    """A painted button: hover glides over `fast`, the focus ring takes its radius, Return presses too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme: Theme = theme_of()
        self.hover = Transition(self, self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.theme.theme_changed.connect(self._on_theme_changed)

    def restyle(self) -> None:
        """Take sizes and fonts from the theme again; called on every change of it."""

    def preview_hover(self, hovered: bool = True) -> None:
        """Look hovered without a pointer, for pictures of the states."""
        self.hover.go(1.0 if hovered else 0.0, 0)

    def _on_theme_changed(self) -> None:
        self.restyle()
        self.updateGeometry()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        if event.key() in _ARROWS:
            # What an arrow means is the business of the group the button stands in.
            event.ignore()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        if self.isEnabled():
            self.hover.go(1.0, self.theme.motion.fast)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.hover.go(0.0, self.theme.motion.fast)
        super().leaveEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange and not self.isEnabled():
            self.hover.go(0.0, 0)
        super().changeEvent(event)


def set_focus_shape(widget: QObject, *, radius: int, style: str = "ring") -> None:
    """Tell the focus ring how a control is shaped; style is `ring`, `halo` or `none`."""
    widget.setProperty(FOCUS_RADIUS, radius)
    widget.setProperty(FOCUS_STYLE, style)
