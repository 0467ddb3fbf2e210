"""What can be done with the checked rows, floating over the lower edge of a table."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.tokens import HAIRLINE
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.shadow_frame import ShadowFrame


class BulkBar(ShadowFrame):
    """48 high, centred 20 above the lower edge of its area; Escape closes it."""

    #: The user is done with the selection.
    dismissed = Signal()

    def __init__(self, area: QWidget) -> None:
        super().__init__(area)
        self._area = area
        self._text = Label(role="body-strong", tabular=True)
        content = QWidget()
        content.setFixedHeight(self.theme.metrics.bulk_bar - 2 * HAIRLINE)
        self._row = QHBoxLayout(content)
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.card_pad, 0, metrics.space_8, 0)
        self._row.setSpacing(metrics.space_4)
        self._row.addWidget(self._text)
        self._row.addSpacing(metrics.space_8)
        self._close = IconButton("close", self.tr("Clear the selection"), shortcut=self.tr("Esc"), small=True)
        self._close.clicked.connect(self.dismissed)
        self._row.addWidget(self._close)
        self.set_content(content)
        area.installEventFilter(self)
        self.hide()

    def add_action(self, text: str, *, icon: str, destructive: bool = False) -> Button:
        """Add a quiet button before the x; connect to its `clicked`."""
        kind = ButtonKind.DESTRUCTIVE if destructive else ButtonKind.QUIET
        button = Button(text, kind=kind, icon=icon, small=True)
        self._row.insertWidget(self._row.count() - 1, button)
        return button

    def show_count(self, text: str) -> None:
        """Show the bar with a text such as `3 selected`; an empty text hides it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self._place()
        self.raise_()

    def _place(self) -> None:
        size, margins = self.sizeHint(), self.shadow_margins
        self.resize(size)
        x = (self._area.width() - size.width()) // 2
        y = self._area.height() - self.theme.metrics.bulk_bar_lift - size.height() + margins.bottom()
        self.move(x, y)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismissed.emit()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)
