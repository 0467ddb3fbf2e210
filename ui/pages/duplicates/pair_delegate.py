"""A pair in a list with its box, and a pair of a plan: who stays, who goes, and what is left behind."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from services.records.duplicates import PairSide, PlannedMerge
from services.records.fields import EntityKind
from ui.delegates.list_delegate import ListDelegate
from ui.pages.duplicates.words import conflict_names
from ui.theme.marks import paint_checkbox
from ui.theme.shapes import LEFT, crisp, draw_text, square
from ui.theme.tags import paint_tag, tag_width
from ui.theme.theme import Theme, theme_of
from ui.theme.tokens import HAIRLINE, Tone
from ui.theme.user_locale import number

Index = QModelIndex | QPersistentModelIndex
PLANNED: Final = int(Qt.ItemDataRole.UserRole) + 71
KIND: Final = PLANNED + 1
END_SHARE: Final = 0.34


class PairDelegate(ListDelegate):
    """With a box before the avatar, for what can be selected."""

    @property
    def box_width(self) -> int:
        """How far from the left edge a click is one on the box."""
        return self._edge_padding + self.theme.metrics.mark + self.theme.metrics.group_gap

    def _paint_lead(self, painter: QPainter, rect: QRect, index: Index) -> QRect:
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return super()._paint_lead(painter, rect, index)
        metrics = self.theme.metrics
        box = square(rect.left(), rect.height(), metrics.mark).translated(0, rect.top())
        paint_checkbox(painter, box, Qt.CheckState(state), theme=self.theme)
        return super()._paint_lead(painter, rect.adjusted(metrics.mark + metrics.group_gap, 0, 0, 0), index)


def plan_columns(theme: Theme, width: int) -> tuple[QRect, QRect, QRect]:
    """Where the one that stays, the one that goes and what is left behind stand in a row of that width."""
    left = theme.metrics.card_pad
    end = round(width * END_SHARE)
    half = (width - left - end) // 2
    return QRect(left, 0, half, 0), QRect(left + half, 0, half, 0), QRect(left + 2 * half, 0, end - left, 0)


class PlanDelegate(QStyledItemDelegate):
    """44 high."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, theme_of().metrics.row_two_lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        merge, theme = index.data(PLANNED), theme_of()
        if not isinstance(merge, PlannedMerge):
            return
        rect: QRect = option.rect
        painter.save()
        with crisp(painter):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(rect, theme.palette.accent_soft)
                painter.fillRect(
                    QRect(rect.x(), rect.y(), theme.metrics.current_bar, rect.height()), theme.palette.accent
                )
            elif option.state & QStyle.StateFlag.State_MouseOver:
                painter.fillRect(rect, theme.palette.hover)
            painter.fillRect(QRect(rect.x(), rect.bottom(), rect.width(), HAIRLINE), theme.palette.line)
            rounded = index.data(KIND) is EntityKind.COMPANY
            stays, goes, end = (
                QRect(rect.x() + column.x(), rect.y(), column.width() - theme.metrics.group_gap, rect.height())
                for column in plan_columns(theme, rect.width())
            )
            _paint_side(painter, stays, merge.keep, rounded=rounded, stays=True)
            _paint_side(painter, goes, merge.other, rounded=rounded, stays=False)
            _paint_conflicts(painter, end, merge)
        painter.restore()


def _paint_conflicts(painter: QPainter, room: QRect, merge: PlannedMerge) -> None:
    """How many, and of which fields."""
    theme, count = theme_of(), len(merge.conflicts)
    said = number(count)
    width = tag_width(theme, said)
    box = QRect(room.x(), room.y() + (room.height() - theme.metrics.tag) // 2, width, theme.metrics.tag)
    paint_tag(painter, box, said, tone=Tone.WARN if count else Tone.NEUTRAL, theme=theme)
    rest = room.adjusted(width + theme.metrics.row_gap, 0, 0, 0)
    names, font = conflict_names(merge.conflicts), theme.font("caption")
    draw_text(painter, rest, names, font=font, colour=theme.palette.text_2, align=LEFT, elide=True)


def _paint_side(painter: QPainter, room: QRect, side: PairSide, *, rounded: bool, stays: bool) -> None:
    theme = theme_of()
    metrics, palette = theme.metrics, theme.palette
    box = square(room.left(), room.height(), metrics.avatar_s).translated(0, room.top())
    theme.avatars.paint(painter, box, name=side.name, stable_id=int(side.id), rounded=rounded)
    room = room.adjusted(metrics.avatar_s + metrics.group_gap, 0, 0, 0)
    lines = theme.fonts.line_height("body"), theme.fonts.line_height("caption")
    top = room.y() + (room.height() - (sum(lines) if side.detail else lines[0])) // 2
    font = theme.font("body-medium" if stays else "body")
    upper = QRect(room.x(), top, room.width(), lines[0])
    draw_text(
        painter, upper, side.name, font=font, colour=palette.text if stays else palette.text_2, align=LEFT, elide=True
    )
    lower = QRect(room.x(), top + lines[0], room.width(), lines[1])
    draw_text(painter, lower, side.detail, font=theme.font("caption"), colour=palette.text_2, align=LEFT, elide=True)
