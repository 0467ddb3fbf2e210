"""Paints the rows of the palette: heading, or avatar or icon, title with the typed part strong, tag or keys."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.pages.search_palette.items import PaletteEntry, marked_ranges
from ui.pages.search_palette.list_model import ENTRY_ROLE
from ui.theme.marks import key_cap_width, paint_key_cap
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, square, text_width
from ui.theme.theme import theme_of
from ui.theme.tokens import TextRole

Index = QModelIndex | QPersistentModelIndex


class EntryDelegate(QStyledItemDelegate):
    """Rows of 40, headings of 32; the chosen row on accent-soft."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme_of()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = self.theme.metrics
        is_entry = index.data(ENTRY_ROLE) is not None
        return QSize(0, metrics.row if is_entry else metrics.row_compact)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = option.rect, option.state
        entry = index.data(ENTRY_ROLE)
        metrics, palette = self.theme.metrics, self.theme.palette
        inner = rect.adjusted(metrics.group_gap, 0, -metrics.group_gap, 0)
        with crisp(painter):
            if not isinstance(entry, PaletteEntry):
                heading = rect.adjusted(metrics.group_gap, metrics.space_8, 0, 0)
                font = self.theme.font("caption-medium")
                draw_text(painter, heading, str(index.data()), font=font, colour=palette.text_2, align=LEFT)
                return
            if state & QStyle.StateFlag.State_Selected:
                fill_box(painter, rect, palette.accent_soft, radius=metrics.radius)
            right = self._paint_end(painter, inner, entry)
            left = self._paint_lead(painter, inner, entry)
            text = QRect(left, rect.top(), right - metrics.group_gap - left, rect.height())
            self._paint_texts(painter, text, entry)

    def _paint_lead(self, painter: QPainter, inner: QRect, entry: PaletteEntry) -> int:
        metrics = self.theme.metrics
        side = metrics.avatar_xs
        box = square(inner.left(), inner.height(), side).translated(0, inner.top())
        if entry.avatar is not None:
            self.theme.avatars.paint(painter, box, name=entry.title, stable_id=entry.avatar, rounded=entry.rounded)
        else:
            shift = (side - metrics.icon_s) // 2
            icon = square(inner.left() + shift, inner.height(), metrics.icon_s).translated(0, inner.top())
            self.theme.icons.paint(painter, icon, entry.icon, "text_2")
        return box.right() + 1 + metrics.group_gap

    def _paint_end(self, painter: QPainter, inner: QRect, entry: PaletteEntry) -> int:
        metrics, palette = self.theme.metrics, self.theme.palette
        right = inner.right() + 1
        for key in reversed(entry.keys):
            width = key_cap_width(key, self.theme)
            top = inner.top() + (inner.height() - metrics.key_cap) // 2
            paint_key_cap(painter, QRect(right - width, top, width, metrics.key_cap), key, theme=self.theme)
            right -= width + metrics.space_4
        if entry.tag:
            font = self.theme.font("caption-medium")
            width = text_width(font, entry.tag) + 2 * metrics.tag_pad
            top = inner.top() + (inner.height() - metrics.tag) // 2
            box = QRect(right - width, top, width, metrics.tag)
            fill_box(painter, box, palette.hover, radius=metrics.radius_s)
            draw_text(
                painter,
                box,
                entry.tag,
                font=font,
                colour=palette.text_2,
                align=Qt.AlignmentFlag.AlignCenter,
            )
            right -= width
        return right

    def _paint_texts(self, painter: QPainter, rect: QRect, entry: PaletteEntry) -> None:
        palette, gap = self.theme.palette, self.theme.metrics.group_gap
        plain: TextRole = "body" if entry.words else "body-medium"
        used = self._paint_marked(painter, rect, entry.title, entry.words, plain=plain, colour=palette.text)
        rest = rect.adjusted(used + gap, 0, 0, 0)
        if entry.detail and rest.width() > gap:
            detail = " ".join(entry.detail.split())
            self._paint_marked(painter, rest, detail, entry.words, plain="body", colour=palette.text_2)

    def _paint_marked(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        words: tuple[str, ...],
        *,
        plain: TextRole,
        colour: QColor,
    ) -> int:
        """Paint a text with the typed words strong; gives the width it took."""
        left, place = rect.left(), 0
        cuts = [(start, end) for start, end in marked_ranges(text, words)]
        pieces: list[tuple[str, bool]] = []
        for start, end in cuts:
            if start >= place:
                pieces += [(text[place:start], False), (text[start:end], True)]
                place = end
        pieces.append((text[place:], False))
        for piece, strong in pieces:
            room = rect.right() + 1 - left
            if not piece or room <= 0:
                continue
            font = self.theme.font("body-strong" if strong else plain)
            draw_text(
                painter,
                QRect(left, rect.top(), room, rect.height()),
                piece,
                font=font,
                colour=colour,
                align=LEFT,
                elide=True,
            )
            left += min(room, round(QFontMetricsF(font).horizontalAdvance(piece)))
        return left - rect.left()
