"""A raised surface with a head: title, metadata and actions at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme.shapes import crisp, panel
from ui.theme.tokens import HAIRLINE, ColourRole
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.label import Label
from ui.widgets.themed import Themed


class Card(Themed):
    """Elevation 1; put content into `body`. `flush` lets rows reach the card's edges."""

    def __init__(
        self,
        title: str = "",
        *,
        metadata: str = "",
        flush: bool = False,
        ground: ColourRole = "raised",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._flush = flush
        self._ground: ColourRole = ground
        self._head = QWidget()
        self._title = ElidedLabel(title, role="body-strong")
        self._metadata = Label(metadata, role="caption", colour="text_3", tabular=True)
        self._head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._head_row = QHBoxLayout(self._head)
        self._head_row.addWidget(self._title)
        self._head_row.addStretch(1)
        self._head_row.addWidget(self._metadata)
        self._metadata.setVisible(bool(metadata))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._head.setVisible(bool(title))
        self.body = QVBoxLayout()
        self._column.addLayout(self.body, 1)
        self._column.addStretch(0)
        self.setAccessibleName(title)
        self.restyle()

    def set_title(self, title: str) -> None:
        """Show another title."""
        self._title.setText(title)
        self._head.setVisible(bool(title))
        self.setAccessibleName(title)
        self.restyle()

    def set_metadata(self, metadata: str) -> None:
        """Say what stands at the right of the head, in text-3."""
        self._metadata.setText(metadata)
        self._metadata.setVisible(bool(metadata))

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a tag or a count right after the title."""
        self._head_row.insertWidget(1, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or a tag at the right end of the head."""
        self._head_row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        pad = metrics.card_pad
        self._head.setMinimumHeight(metrics.card_head - HAIRLINE)
        self._head_row.setContentsMargins(pad, 0, pad, 0)
        self._head_row.setSpacing(metrics.row_gap)
        self._column.setContentsMargins(HAIRLINE, HAIRLINE, HAIRLINE, HAIRLINE)
        titled = bool(self._title.text())
        if self._flush:
            self.body.setContentsMargins(0, 0, 0, 0)
            self.body.setSpacing(0)
        else:
            self.body.setContentsMargins(pad, 0 if titled else pad, pad, pad - metrics.space_2)
            self.body.setSpacing(metrics.row_gap)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with crisp(painter):
            panel(
                painter,
                self.rect(),
                fill=self.theme.colour(self._ground),
                border=self.theme.palette.line,
                radius=self.theme.metrics.radius,
            )
        painter.end()
