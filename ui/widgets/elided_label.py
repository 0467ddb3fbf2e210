"""One line that gives up its end when there is no room, and says the whole in its tooltip."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import draw_text
from ui.theme.tokens import ColourRole, TextRole
from ui.widgets.label import Label


class ElidedLabel(Label):
    """A label that may be narrower than its text; numbers and dates belong in a plain `Label`."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = "body",
        colour: ColourRole = "text",
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, role=role, colour=colour, tabular=tabular, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def is_elided(self) -> bool:
        """Whether part of the text is missing at this width."""
        return QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.contentsRect().width()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_tooltip()

    def _tell_tooltip(self) -> None:
        self.setToolTip(self.text() if self.is_elided else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_tooltip()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.theme.metrics.space_32, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_text(
            painter,
            self.contentsRect(),
            self.text(),
            font=self.font(),
            colour=self.palette().color(self.foregroundRole()),
            align=self.alignment() | Qt.AlignmentFlag.AlignVCenter,
            elide=True,
        )
        painter.end()
