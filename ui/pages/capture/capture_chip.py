"""One part of a captured line as a chip: kind, value, what is known of it; pressed, it offers what else it may be."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from services.records.capture import Part, PartKind
from ui.pages.capture.wording import colour_of, icon_of, words_of
from ui.theme.marks import blended
from ui.theme.shapes import CENTRE, LEFT, crisp, draw_text, fill_box, panel, square, text_width
from ui.widgets.themed import ThemedButton, set_focus_shape


class CaptureChip(ThemedButton):
    """32 high; Delete takes it back into the text."""

    #: The part is to be text again.
    removed = Signal()

    def __init__(self, part: Part, *, done: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.part = part
        self._words = words_of(part, done=done)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        said = (self._words.kind, self._words.value, self._words.tag)
        self.setAccessibleName(" ".join(filter(None, said)))
        self.setAccessibleDescription(self.tr("Return offers what else it may be, Delete makes it text again"))
        self.restyle()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = 2 * metrics.chip_pad + metrics.icon_s + metrics.row_gap
        if self._words.kind:
            width += text_width(self.theme.font("caption"), self._words.kind) + metrics.row_gap
        width += text_width(self.theme.font("body-medium"), self._words.value)
        if self._words.tag:
            width += (
                metrics.row_gap + text_width(self.theme.font("caption-medium"), self._words.tag) + 2 * metrics.tag_pad
            )
        return QSize(width, metrics.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            ground = palette.pressed if self.isDown() else blended(palette.raised, palette.hover, self.hover.value)
            border = palette.warn_fill if self.part.value is None else palette.line_strong
            panel(painter, self.rect(), fill=ground, border=border, radius=metrics.radius)
            left = metrics.chip_pad
            icon = square(left, self.height(), metrics.icon_s)
            self.theme.icons.paint(painter, icon, icon_of(self.part), QColor(colour_of(self.part, self.theme)))
            left += metrics.icon_s + metrics.row_gap
            left = self._paint_text(painter, left, self._words.kind, is_kind=True)
            left = self._paint_text(painter, left, self._words.value, is_kind=False)
            if self._words.tag:
                self._paint_tag(painter, left)
        painter.end()

    def _paint_text(self, painter: QPainter, left: int, text: str, *, is_kind: bool) -> int:
        if not text:
            return left
        font = self.theme.font("caption" if is_kind else "body-medium")
        colour = self.theme.palette.text_3 if is_kind else self.theme.palette.text
        width = text_width(font, text)
        draw_text(painter, QRect(left, 0, width, self.height()), text, font=font, colour=colour, align=LEFT)
        return left + width + self.theme.metrics.row_gap

    def _paint_tag(self, painter: QPainter, left: int) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        font = self.theme.font("caption-medium")
        width = text_width(font, self._words.tag) + 2 * metrics.tag_pad
        box = QRect(left, (self.height() - metrics.tag) // 2, width, metrics.tag)
        is_known = self.part.kind is PartKind.PERSON and self.part.value is not None and not self.part.is_guess
        soft, colour = (palette.ok_soft, palette.ok) if is_known else (palette.warn_soft, palette.warn)
        fill_box(painter, box, soft, radius=metrics.radius_s)
        draw_text(painter, box, self._words.tag, font=font, colour=colour, align=CENTRE)
