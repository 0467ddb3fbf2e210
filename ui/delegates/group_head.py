"""The head over the rows of a group: over the whole width of a table, whatever columns stand below it."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter

from ui.delegates.row_host import HeadPlaces, RowHost
from ui.theme.marks import paint_checkbox
from ui.theme.shapes import square
from ui.theme.theme import Theme
from ui.theme.tokens import HAIRLINE
from ui.theme.user_locale import number


@dataclass(frozen=True, slots=True)
class GroupHead:
    """What a head says; `sums` is written already and may be ""."""

    label: str
    count: int
    sums: str
    is_open: bool
    check: Qt.CheckState


def paint_group_head(
    painter: QPainter, line: QRect, head: GroupHead, *, host: RowHost, places: HeadPlaces, row: int
) -> None:
    """Paint a head over a line that spans the table; the caller clips it to the cell that is painted.

    The box stands under those of the rows, the chevron under their avatars, the name under their names.
    """
    theme = host.theme
    palette, metrics = theme.palette, theme.metrics
    is_current = row == host.current_row
    ground = palette.accent_soft if is_current else palette.hover if row == host.hovered_row else palette.sunken
    painter.fillRect(line, ground)
    painter.fillRect(line.x(), line.bottom(), line.width(), HAIRLINE, palette.line)
    if is_current:
        painter.fillRect(line.x(), line.y(), metrics.current_bar, line.height() - HAIRLINE, palette.accent)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = line.adjusted(host.edge_padding, 0, -host.edge_padding, 0)
    box = square(inner.left(), line.height(), metrics.mark).translated(0, line.top())
    paint_checkbox(painter, box, head.check, theme=theme)
    inner.setLeft(places.name_left)
    avatar = square(inner.left(), line.height(), metrics.avatar_s).translated(0, line.top())
    icon = square(0, line.height(), metrics.icon_s).translated(0, line.top())
    icon.moveCenter(avatar.center())
    theme.icons.paint(painter, icon, "chevron-down" if head.is_open else "chevron-right", palette.text_2)
    inner.adjust(metrics.avatar_s + metrics.row_gap, 0, 0, 0)
    _write(painter, inner, head, theme=theme, sums_right=places.sums_right)


def _write(painter: QPainter, inner: QRect, head: GroupHead, *, theme: Theme, sums_right: int) -> None:
    palette, lettering, gap = theme.palette, theme.lettering, theme.metrics.row_gap
    strong, faint = theme.font("body-medium"), theme.font("body", tabular=True)
    money, count = theme.font("body-medium", tabular=True), number(head.count)
    name, figures, sums = (
        math.ceil(lettering.width(font, text))
        for font, text in ((strong, head.label), (faint, count), (money, head.sums))
    )
    if head.sums:
        # Sums in several currencies may need the room behind their column too.
        is_tight = inner.x() + name + figures + sums + 3 * gap > sums_right
        right = inner.right() + 1 if is_tight else sums_right
        place = QRect(right - sums, inner.y(), sums, inner.height())
        lettering.write(painter, place, head.sums, font=money, colour=palette.text, elide=False)
        inner.setRight(right - sums - 2 * gap)
    label = QRect(inner.x(), inner.y(), max(0, min(name, inner.width() - figures - gap)), inner.height())
    lettering.write(painter, label, head.label, font=strong, colour=palette.text)
    inner.adjust(label.width() + gap, 0, 0, 0)
    lettering.write(painter, inner, count, font=faint, colour=palette.text_3)
