"""One of a few views, side by side in one track; arrows move."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, panel, square, text_width
from ui.widgets.themed import Themed, set_focus_shape


class Segmented(Themed):
    """Parts with a text and perhaps an icon; the chosen one is raised."""

    #: The user chose a part; carries its index.
    part_chosen = Signal(int)

    def __init__(
        self,
        parts: list[str],
        *,
        name: str,
        icons: list[str] | None = None,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._icons = icons or [""] * len(parts)
        self._small = small
        self._current = 0
        self._hovered = -1
        self._disabled: set[int] = set()
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_name()
        self.restyle()

    @property
    def current(self) -> int:
        """Index of the chosen part."""
        return self._current

    def set_current(self, index: int) -> None:
        """Choose a part without telling."""
        self._current = index
        self._tell_name()
        self.update()

    def set_part_enabled(self, index: int, enabled: bool) -> None:
        """Allow or forbid a part."""
        if enabled:
            self._disabled.discard(index)
        else:
            self._disabled.add(index)
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def _tell_name(self) -> None:
        self.setAccessibleName(f"{self._name}: {self._parts[self._current]}")

    def _inset(self) -> int:
        return self.theme.metrics.space_2

    def _part_width(self, index: int) -> int:
        metrics = self.theme.metrics
        width = text_width(self.theme.font("body-strong"), self._parts[index]) + 2 * metrics.button_pad
        return width + metrics.icon_s + metrics.row_gap if self._icons[index] else width

    def part_rect(self, index: int) -> QRect:
        """Where a part is, in own coordinates."""
        left = self._inset() + sum(self._part_width(before) for before in range(index))
        return QRect(left, self._inset(), self._part_width(index), self.height() - 2 * self._inset())

    def _part_at(self, event: QMouseEvent) -> int:
        place = event.position().toPoint()
        return next((i for i in range(len(self._parts)) if self.part_rect(i).contains(place)), -1)

    def _choose(self, index: int) -> None:
        if index != self._current and index not in self._disabled:
            self.set_current(index)
            self.part_chosen.emit(index)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        width = sum(self._part_width(index) for index in range(len(self._parts)))
        return QSize(width + 2 * self._inset(), metrics.control_s if self._small else metrics.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}.get(
            Qt.Key(event.key())
        )
        if step is None:
            super().keyPressEvent(event)
            return
        index = self._current + step
        while index in self._disabled:
            index += step
        if 0 <= index < len(self._parts):
            self._choose(index)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._part_at(event)
        if index >= 0:
            self._choose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._part_at(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            fill_box(painter, self.rect(), palette.hover, radius=metrics.radius)
            for index in range(len(self._parts)):
                self._paint_part(painter, index)
        painter.end()

    def _paint_part(self, painter: QPainter, index: int) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        chosen = index == self._current
        rect = self.part_rect(index)
        with crisp(painter, enabled=index not in self._disabled):
            if chosen:
                panel(painter, rect, fill=palette.segment_on, border=palette.line, radius=metrics.radius_s)
            lit = chosen or (index == self._hovered and index not in self._disabled)
            colour = palette.text if lit else palette.text_2
            left = rect.left() + metrics.button_pad
            if self._icons[index]:
                box = square(left, self.height(), metrics.icon_s)
                self.theme.icons.paint(painter, box, self._icons[index], colour)
                left += metrics.icon_s + metrics.row_gap
            draw_text(
                painter,
                QRect(left, 0, rect.right() - left, self.height()),
                self._parts[index],
                font=self.theme.font("body-strong" if chosen else "body-medium"),
                colour=colour,
                align=LEFT,
            )
