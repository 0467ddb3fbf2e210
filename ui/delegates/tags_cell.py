"""Tags in a row; those that do not fit become a count."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QPainter

from ui.delegates.cell_delegate import CellDelegate
from ui.delegates.roles import CellRole
from ui.theme.tags import paint_tag, tag_width
from ui.theme.tokens import Tone


class TagsCell(CellDelegate):
    """Tags of 20 with 4 between them; `+2` says how many are not shown, the tooltip names them all."""

    def paint_content(
        self, painter: QPainter, rect: QRect, index: QModelIndex | QPersistentModelIndex, *, state: int
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown, hidden = self._fitting(rect, index)
        metrics = self.host.theme.metrics
        left = rect.left()
        for text, tone in shown:
            left = self._paint_one(painter, rect, left, text, tone=tone) + metrics.space_4
        if hidden:
            self._paint_one(painter, rect, left, f"+{len(hidden)}", tone=Tone.NEUTRAL)

    def _paint_one(self, painter: QPainter, rect: QRect, left: int, text: str, *, tone: Tone) -> int:
        theme = self.host.theme
        width = min(tag_width(theme, text), rect.right() + 1 - left)
        top = rect.y() + (rect.height() - theme.metrics.tag) // 2
        box = QRect(left, top, width, theme.metrics.tag)
        paint_tag(painter, box, text, tone=tone, theme=theme, elide=True)
        return left + width

    def _fitting(
        self, rect: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> tuple[list[tuple[str, Tone]], list[tuple[str, Tone]]]:
        theme = self.host.theme
        tags: list[tuple[str, Tone]] = list(index.data(CellRole.TAGS) or [])
        gap = theme.metrics.space_4
        used = 0
        for place, (text, _tone) in enumerate(tags):
            rest = len(tags) - place - 1
            reserve = gap + tag_width(theme, f"+{rest}") if rest else 0
            width = tag_width(theme, text)
            if place and used + width + reserve > rect.width():
                return tags[:place], tags[place:]
            used += width + gap
        return tags, []

    def hidden_text(self, rect: QRect, index: QModelIndex | QPersistentModelIndex) -> str:
        shown, hidden = self._fitting(rect, index)
        return ", ".join(text for text, _tone in [*shown, *hidden]) if hidden else ""
