"""The risk of a row: shape, number and word."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellRole
from ui.theme.meaning_marks import paint_risk, risk_texts, risk_width
from ui.theme.tokens import RiskLevel


class RiskCell(CellDelegate):
    """Plain in tables; nothing for a row without a level."""

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        level = index.data(CellRole.LEVEL)
        if level is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_risk(painter, rect, RiskLevel(level), number=str(index.data() or ""), theme=self.host.theme)

    def hidden_text(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> str:
        level = index.data(CellRole.LEVEL)
        if level is None:
            return ""
        number = str(index.data() or "")
        if risk_width(self.host.theme, RiskLevel(level), number) <= rect.width():
            return ""
        return " ".join(part for part in risk_texts(RiskLevel(level), number) if part)
