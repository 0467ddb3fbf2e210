"""One row of a protection choice: radio, title with a tag, sentence or a warning."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.theme.shapes import crisp, hairline, rounded_path
from ui.theme.tokens import Tone
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.paragraph import Paragraph
from ui.widgets.radio import Radio
from ui.widgets.tag import Tag
from ui.widgets.themed import Themed


class ChoiceRow(Themed):
    """The whole row chooses; a warning always stands as a sentence with an alert icon."""

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        tag: str = "",
        warning: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.is_first = False
        self.is_last = False
        self.radio = Radio(title, label_shown=False)
        self.radio.setAutoExclusive(False)
        self.radio.setAccessibleDescription(sentence)
        self.radio.toggled.connect(self._on_toggled)
        self._head = QHBoxLayout()
        self._head.addWidget(Label(title, role="body-medium"))
        if tag:
            self._head.addWidget(Tag(tag, tone=Tone.OK))
        self._head.addStretch(1)
        self._below = QHBoxLayout()
        if warning:
            self._below.addWidget(IconMark("warning", colour="warn", size_role="icon_xs"), 0, _TOP)
        self._below.addWidget(Paragraph(sentence, role="caption", colour="warn" if warning else "text_2"), 1)
        self._texts = QVBoxLayout()
        self._texts.addLayout(self._head)
        self._texts.addLayout(self._below)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.radio, 0, _TOP)
        self._row.addLayout(self._texts, 1)
        self.restyle()

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setMinimumHeight(metrics.protection_row)
        edge = metrics.card_pad
        self._row.setContentsMargins(metrics.chip_pad, metrics.space_12, edge, metrics.space_12)
        self._row.setSpacing(metrics.space_6)
        self._head.setSpacing(metrics.row_gap)
        self._below.setSpacing(metrics.space_6)
        self._texts.setSpacing(metrics.space_2)
        # The hit area of the radio is higher than its line; this puts the circle beside the title.
        self._texts.setContentsMargins(0, (metrics.hit_area - self.theme.fonts.line_height("body")) // 2, 0, 0)

    def _on_toggled(self, _on: bool) -> None:
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.radio.click()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, radius = self.theme.palette, self.theme.metrics.radius - 1
        painter = QPainter(self)
        with crisp(painter):
            if self.radio.isChecked():
                area = self.rect().adjusted(0, 0 if self.is_first else -radius, 0, 0 if self.is_last else radius)
                painter.fillPath(rounded_path(area.toRectF(), radius), palette.accent_soft)
        if not self.is_first:
            hairline(painter, start=0, end=self.width(), y=0, colour=palette.line)
        painter.end()


_TOP = Qt.AlignmentFlag.AlignTop
