"""Plain texts, secondary texts and dates: one line at the left, with an icon and a tone where it warns."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellRole, RowState
from ui.delegates.row_host import RowHost
from ui.theme.shapes import square
from ui.theme.tokens import ColourRole, TextRole, Tone


class TextCell(CellDelegate):
    """Text in one colour; dates are tabular and carry the exact time in their tooltip."""

    def __init__(
        self,
        host: RowHost,
        parent: QAbstractItemView,
        *,
        colour: ColourRole = "text",
        role: TextRole = "body",
        tabular: bool = False,
    ) -> None:
        super().__init__(host, parent)
        self._colour: ColourRole = colour
        self._role: TextRole = role
        self._tabular = tabular

    def text_role(self) -> TextRole:
        return self._role

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        theme = self.host.theme
        text = str(index.data() or "")
        tone = index.data(CellRole.TONE)
        colour = theme.tone(Tone(tone)).text if tone else theme.colour(self._colour)
        icon = index.data(CellRole.ICON)
        if icon:
            box = square(rect.left(), rect.height(), theme.metrics.icon_xs).translated(0, rect.top())
            theme.icons.paint(painter, box, str(icon), colour)
            rect = rect.adjusted(theme.metrics.icon_xs + theme.metrics.space_4, 0, 0, 0)
        if state & RowState.DIMMED:
            colour = theme.palette.text_3
        self.write(painter, rect, text, role=self._role, colour=colour, tabular=self._tabular)
