"""The calm pill at the top right: a dot, a glyph or a ring, a text, and more parts after dividers."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.marks import blended
from ui.theme.shapes import LEFT, arc_ring, crisp, draw_text, fill_box, panel, square, text_width
from ui.theme.tokens import HAIRLINE, ColourRole, Tone
from ui.widgets.busy_ring import BusyRing
from ui.widgets.themed import ThemedButton, set_focus_shape


class StatusPill(ThemedButton):
    """28 high; emits `clicked`. Every part after the first stands behind a divider and may have an icon."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, str, ColourRole]] = []
        self._dot: Tone | None = None
        self._ring: tuple[float, str] | None = None
        self._strong = False
        self._busy = BusyRing(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_parts(
        self,
        parts: list[tuple[str, str, ColourRole]],
        *,
        dot: Tone | None = None,
        ring: tuple[float, str] | None = None,
        strong: bool = False,
    ) -> None:
        """Show parts of (text, icon, colour); a dot or a ring (share 0 to 1, text inside) leads them."""
        self._parts = parts
        self._dot = dot
        self._ring = ring
        self._strong = strong
        self.setAccessibleName(", ".join(text for text, _icon, _colour in parts))
        self.updateGeometry()
        self.update()

    def set_busy(self, busy: bool) -> None:
        """Turn a ring in the place of the dot."""
        self._busy.set_running(busy, at_once=True)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.pill // 2)

    def _lead_width(self) -> int:
        metrics = self.theme.metrics
        if self._busy.is_visible:
            return metrics.icon_xs + metrics.row_gap
        if self._ring is not None:
            return metrics.icon_l + metrics.space_2 + metrics.row_gap
        return metrics.space_8 + metrics.row_gap if self._dot is not None else 0

    def _part_width(self, part: tuple[str, str, ColourRole]) -> int:
        metrics = self.theme.metrics
        text, icon, _colour = part
        width = text_width(self.theme.font("caption-medium", tabular=True), text)
        return width + metrics.icon_xs + metrics.space_6 if icon else width

    def _left_pad(self) -> int:
        metrics = self.theme.metrics
        return metrics.space_4 if self._ring is not None else metrics.pill_pad

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = sum(self._part_width(part) for part in self._parts)
        dividers = max(0, len(self._parts) - 1) * (2 * metrics.row_gap + HAIRLINE)
        return QSize(self._left_pad() + self._lead_width() + width + dividers + metrics.pill_pad, metrics.pill)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            ground = palette.pressed if self.isDown() else blended(palette.raised, palette.hover, self.hover.value)
            border = palette.line_strong if self._strong else palette.line
            panel(painter, self.rect(), fill=ground, border=border, radius=self.height() / 2)
            left = self._left_pad()
            self._paint_lead(painter, left)
            left += self._lead_width()
            for place, part in enumerate(self._parts):
                if place:
                    rule = QRect(left + metrics.row_gap, metrics.space_8, HAIRLINE, self.height() - metrics.space_16)
                    painter.fillRect(rule, palette.line_strong)
                    left += 2 * metrics.row_gap + HAIRLINE
                self._paint_part(painter, left, part)
                left += self._part_width(part)
        painter.end()

    def _paint_lead(self, painter: QPainter, left: int) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        if self._busy.is_visible:
            self._busy.paint(painter, square(left, self.height(), metrics.icon_xs), palette.accent_text)
        elif self._ring is not None:
            share, text = self._ring
            box = square(left, self.height(), metrics.icon_l + metrics.space_2)
            arc_ring(painter, box.toRectF(), palette.line, width=3)
            arc_ring(painter, box.toRectF(), palette.accent, width=3, share=share)
            self._paint_ring_text(painter, box, text)
        elif self._dot is not None:
            box = square(left, self.height(), metrics.space_8)
            fill_box(painter, box, self.theme.tone(self._dot).fill, radius=metrics.space_4)

    def _paint_ring_text(self, painter: QPainter, box: QRect, text: str) -> None:
        font = self.theme.fonts.glyph_font(round(box.width() * 0.46))
        middle = QRect(box.x() + (box.width() - text_width(font, text)) // 2, box.y(), box.width(), box.height())
        draw_text(painter, middle, text, font=font, colour=self.theme.palette.text, align=LEFT)

    def _paint_part(self, painter: QPainter, left: int, part: tuple[str, str, ColourRole]) -> None:
        metrics = self.theme.metrics
        text, icon, colour = part
        if icon:
            self.theme.icons.paint(painter, square(left, self.height(), metrics.icon_xs), icon, colour)
            left += metrics.icon_xs + metrics.space_6
        draw_text(
            painter,
            QRect(left, 0, self.width() - left, self.height()),
            text,
            font=self.theme.font("caption-medium", tabular=True),
            colour=self.theme.colour(colour),
            align=LEFT,
        )
