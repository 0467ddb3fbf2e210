"""A badge with a soft background: a word with the colour of its meaning."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.shapes import crisp
from ui.theme.tags import paint_tag, tag_width
from ui.theme.tokens import Tone
from ui.widgets.themed import Themed


class Tag(Themed):
    """A word or two in a tone, with an icon where the word alone could be missed."""

    def __init__(self, text: str, *, tone: Tone = Tone.NEUTRAL, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tag(self, text: str, *, tone: Tone | None = None, icon: str | None = None) -> None:
        """Say something else."""
        self._text = text
        self._tone = tone or self._tone
        self._icon = self._icon if icon is None else icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(tag_width(self.theme, self._text, icon=self._icon), self.theme.metrics.tag)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            paint_tag(painter, self.rect(), self._text, tone=self._tone, theme=self.theme, icon=self._icon)
        painter.end()
