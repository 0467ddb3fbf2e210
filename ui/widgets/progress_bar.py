"""How far something is: a name, a count, a bar, and a rate below."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ui.theme.motion import Transition
from ui.theme.shapes import LEFT, RIGHT, crisp, draw_text, fill_box, text_width
from ui.theme.theme import theme_of
from ui.theme.tokens import ColourRole

STEPS = 1000


class ProgressBar(QProgressBar):
    """6 high (thin 4); texts above and below are shown when given. Screen readers hear the share."""

    def __init__(
        self,
        name: str,
        *,
        label_shown: bool = True,
        thin: bool = False,
        fill: ColourRole = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme_of()
        self._name = name
        self._label_shown = label_shown
        self._thin = thin
        self._fill: ColourRole = fill
        self._right = ""
        self._right_colour: ColourRole = "text_2"
        self._below = ""
        self._glide = Transition(self, self.update)
        self.setRange(0, STEPS)
        self.setTextVisible(False)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.theme.theme_changed.connect(self._on_theme_changed)

    def set_progress(
        self,
        share: float,
        *,
        right: str = "",
        below: str = "",
        fill: ColourRole | None = None,
        right_colour: ColourRole = "text_2",
    ) -> None:
        """Show a share between 0 and 1, the count or state at the right, and a rate below."""
        self.setValue(round(min(1.0, max(0.0, share)) * STEPS))
        self._right = right
        self._right_colour = right_colour
        self._below = below
        self._fill = fill or self._fill
        self.setAccessibleDescription(" ".join(part for part in (right, below) if part))
        self._glide.go(self.value() / STEPS, self.theme.motion.normal if self.isVisible() else 0)
        self.updateGeometry()
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _bar_height(self) -> int:
        return self.theme.metrics.progress_thin if self._thin else self.theme.metrics.progress

    def _head_height(self) -> int:
        return self.theme.fonts.line_height("caption") + self.theme.metrics.space_6 if self._label_shown else 0

    def sizeHint(self) -> QSize:
        foot = self.theme.fonts.line_height("caption") + self.theme.metrics.space_6 if self._below else 0
        return QSize(self.theme.metrics.rail, self._head_height() + self._bar_height() + foot)

    def minimumSizeHint(self) -> QSize:
        texts = (self._name, self._right) if self._label_shown else ()
        width = sum(text_width(self.theme.font("caption-medium"), text) for text in texts)
        return QSize(width + self.theme.metrics.space_8, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, bar = self.theme.palette, self._bar_height()
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            top = self._head_height()
            line = self.theme.fonts.line_height("caption")
            if self._label_shown:
                head = QRect(0, 0, self.width(), line)
                strong = self.theme.font("caption-medium")
                small = self.theme.font("caption", tabular=True)
                draw_text(painter, head, self._name, font=strong, colour=palette.text, align=LEFT, elide=True)
                colour = self.theme.colour(self._right_colour)
                draw_text(painter, head, self._right, font=small, colour=colour, align=RIGHT)
            track = QRectF(0, top, self.width(), bar)
            fill_box(painter, track, palette.hover, radius=bar / 2)
            done = self.width() * self._glide.value
            if done >= 1.0:
                filled = QRectF(0, top, max(float(bar), done), bar)
                fill_box(painter, filled, self.theme.colour(self._fill), radius=bar / 2)
            if self._below:
                foot = QRect(0, top + bar + self.theme.metrics.space_6, self.width(), line)
                small = self.theme.font("caption", tabular=True)
                draw_text(painter, foot, self._below, font=small, colour=palette.text_2, align=LEFT, elide=True)
        painter.end()
