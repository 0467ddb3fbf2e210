"""The quick actions at the right end of the row under the pointer."""

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.tokens import HAIRLINE, ColourRole
from ui.widgets.icon_button import IconButton
from ui.widgets.themed import Themed


class RowActions(Themed):
    """Small framed icon buttons over the last cells; the menu of the row holds the same for the keyboard."""

    #: A button was pressed; carries its key.
    action_pressed = Signal(str)

    def __init__(self, parent: QWidget, *, edge_padding: int) -> None:
        super().__init__(parent)
        self._ground: ColourRole = "hover"
        self._row = QHBoxLayout(self)
        self._row.setSpacing(self.theme.metrics.space_4)
        self._row.setContentsMargins(self.theme.metrics.row_gap, 0, edge_padding, HAIRLINE)
        self.hide()

    def add_action(self, key: str, *, icon: str, name: str, shortcut: str = "") -> None:
        """Add a button at the right end."""
        button = IconButton(icon, name, shortcut=shortcut, framed=True, small=True, colour="text")
        button.clicked.connect(lambda: self.action_pressed.emit(key))
        self._row.addWidget(button)

    def lie_over(self, row_rect: QRect, *, ground: ColourRole) -> None:
        """Stand at the right end of a row, on the ground the row has."""
        self._ground = ground
        width = self.sizeHint().width()
        self.setGeometry(row_rect.right() + 1 - width, row_rect.y(), width, row_rect.height())
        self.show()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour(self._ground))
        line = QRect(0, self.height() - HAIRLINE, self.width(), HAIRLINE)
        painter.fillRect(line, self.theme.palette.line)
        painter.end()
