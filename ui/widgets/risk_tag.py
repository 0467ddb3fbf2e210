"""The mark of a churn risk: always a shape with a number or a word."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.meaning_marks import paint_risk, risk_width, risk_word
from ui.theme.shapes import crisp, fill_box
from ui.theme.tokens import RiskLevel
from ui.widgets.themed import Themed


class RiskTag(Themed):
    """Shape, number and word of a risk; on the level's soft background, or plain."""

    def __init__(self, level: RiskLevel, *, number: str = "", soft: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._soft = soft and level is not RiskLevel.UNKNOWN
        self.set_risk(level, number=number)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_risk(self, level: RiskLevel, *, number: str = "") -> None:
        """Show another level; the number is a formatted share such as `62%`."""
        self._level = level
        self._number = number
        self.setAccessibleName(f"{number} {risk_word(level)}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(
            risk_width(self.theme, self._level, self._number) + 2 * self.theme.metrics.tag_pad,
            self.theme.metrics.tag,
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics = self.theme.metrics
        painter = QPainter(self)
        with crisp(painter, enabled=self.isEnabled()):
            if self._soft:
                soft = self.theme.palette.risk[self._level].soft
                fill_box(painter, self.rect(), soft, radius=metrics.radius_s)
            inner = self.rect().adjusted(metrics.tag_pad, 0, 0, 0)
            paint_risk(painter, inner, self._level, number=self._number, theme=self.theme)
        painter.end()
