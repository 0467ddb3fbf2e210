"""Where an assistant stands: done, current and coming steps joined by lines."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import CENTRE, LEFT, border_box, crisp, draw_text, fill_box, hairline, text_width
from ui.widgets.themed import Themed

CIRCLE = 22
LINE = 28


class StepIndicator(Themed):
    """A circle with a number and a name per step; done steps carry a tick."""

    def __init__(self, steps: list[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = steps
        self._current = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_current(0)

    @property
    def current(self) -> int:
        """Index of the current step."""
        return self._current

    def set_current(self, index: int) -> None:
        """Go to a step."""
        self._current = index
        name = self._steps[index] if index < len(self._steps) else self.tr("Done")
        self.setAccessibleName(
            self.tr("Step {number} of {total}: {name}").format(number=index + 1, total=len(self._steps), name=name)
        )
        self.update()

    def _side(self) -> int:
        return round(CIRCLE * self.theme.zoom)

    def _step_width(self, index: int) -> int:
        text = text_width(self.theme.font("body-strong"), self._steps[index])
        return self._side() + self.theme.metrics.row_gap + text

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        widths = sum(self._step_width(index) for index in range(len(self._steps)))
        joins = (len(self._steps) - 1) * (LINE + 2 * metrics.chip_pad)
        return QSize(widths + joins, metrics.control)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette, left = self.theme.metrics, self.theme.palette, 0
        painter = QPainter(self)
        with crisp(painter):
            for index in range(len(self._steps)):
                self._paint_step(painter, index, left=left)
                left += self._step_width(index)
                if index + 1 < len(self._steps):
                    start = left + metrics.chip_pad
                    middle = self.height() // 2
                    hairline(painter, start=start, end=start + LINE, y=middle, colour=palette.line_strong)
                    left = start + LINE + metrics.chip_pad
        painter.end()

    def _paint_step(self, painter: QPainter, index: int, *, left: int) -> None:
        metrics, palette, side = self.theme.metrics, self.theme.palette, self._side()
        circle = QRect(left, (self.height() - side) // 2, side, side)
        current = index == self._current
        if index < self._current:
            fill_box(painter, circle, palette.ok_soft, radius=side / 2)
            inset = (side - metrics.icon_xs) // 2
            self.theme.icons.paint(painter, circle.adjusted(inset, inset, -inset, -inset), "check", palette.ok)
        else:
            if current:
                fill_box(painter, circle, palette.accent, radius=side / 2)
            else:
                border_box(painter, circle, palette.line_strong, radius=side / 2)
            colour = palette.on_accent if current else palette.text_2
            font = self.theme.font("caption-medium", tabular=True)
            draw_text(painter, circle, str(index + 1), font=font, colour=colour, align=CENTRE)
        text = QRect(left + side + metrics.row_gap, 0, self.width(), self.height())
        draw_text(
            painter,
            text,
            self._steps[index],
            font=self.theme.font("body-strong" if current else "body-medium"),
            colour=palette.text if current else palette.text_2,
            align=LEFT,
        )
