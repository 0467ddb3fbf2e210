"""The status of a row as one tag."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellRole
from ui.theme.tags import paint_tag, tag_width
from ui.theme.tokens import Tone


class StatusCell(CellDelegate):
    """The displayed text in the tone of the cell, with its icon where it has one."""

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        text = str(index.data() or "")
        if not text:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.host.theme
        tone = Tone(index.data(CellRole.TONE) or Tone.NEUTRAL)
        icon = str(index.data(CellRole.ICON) or "")
        width = min(rect.width(), tag_width(theme, text, icon=icon))
        top = rect.y() + (rect.height() - theme.metrics.tag) // 2
        box = QRect(rect.left(), top, width, theme.metrics.tag)
        paint_tag(painter, box, text, tone=tone, theme=theme, icon=icon, elide=True)
