"""How a task is laid out and painted in the due lists: circle, title, what else is said, links, due."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from services.records.fields import EntityKind
from services.records.planning import TaskRow
from ui.delegates.roles import CellRole, RowState
from ui.pages.record.due_words import clock, due_day, due_text, is_overdue, moment_text
from ui.pages.record.moments import Moments, number
from ui.pages.tasks.agenda import DueList
from ui.pages.tasks.agenda_model import TaskRole
from ui.pages.tasks.rule_words import rule_words
from ui.theme.shapes import LEFT, RIGHT, draw_text, fill_box, panel, square
from ui.theme.theme import Theme, theme_of
from ui.theme.tokens import HAIRLINE, MARK_STROKE, ColourRole

Index = QModelIndex | QPersistentModelIndex

DUE_WIDTH: Final = 112
MOST_CHIP: Final = 190
LEAST_TITLE: Final = 220
ICONS: Final = {
    EntityKind.DEAL: "deals",
    EntityKind.CONTACT: "contacts",
    EntityKind.LEAD: "leads",
    EntityKind.COMPANY: "companies",
}
FLAGS: Final[dict[str, ColourRole]] = {"urgent": "bad", "high": "warn"}


@dataclass(frozen=True, slots=True)
class LinkChip:
    """A record that a task belongs to, and where its chip stands in the row."""

    entity: EntityKind
    id: int
    name: str
    rect: QRect


def links_of(task: TaskRow) -> list[tuple[EntityKind, int, str]]:
    """What a task belongs to, the nearest first; a company only where nothing nearer is named."""
    found: list[tuple[EntityKind, int | None, str]] = [
        (EntityKind.DEAL, task.deal_id, task.deal),
        (EntityKind.CONTACT, task.contact_id, task.contact),
        (EntityKind.LEAD, task.lead_id, task.lead),
        (EntityKind.COMPANY, task.company_id, task.company),
    ]
    return [(entity, local_id, name) for entity, local_id, name in found if local_id is not None and name][:2]


def end_text(task: TaskRow, moments: Moments) -> str:
    """What stands at the end of a row; under a heading that names the day only the time of it."""
    if task.status != "open":
        return ""
    day = due_day(task, moments)
    if day is None or not 0 <= (day - moments.now().date()).days <= 1:
        return due_text(task, moments)
    return clock(moments.local(task.due_at)) if task.due_at is not None else _tr("Any time")


def second_line(task: TaskRow, moments: Moments) -> str:
    """What stands under the title: until when it is snoozed, how it repeats, the beginning of the notes."""
    snoozed = task.snoozed_until if task.status == "open" else None
    if snoozed is not None and snoozed <= moments.now():
        snoozed = None
    said = _tr("Snoozed until {moment}").format(moment=moment_text(snoozed, moments)) if snoozed else ""
    return " · ".join(part for part in (said, rule_words(task.recurrence), " ".join(task.notes.split())[:160]) if part)


class RowLayout:
    """Where the parts of a row are; the view asks the same for what the pointer is on."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def circle(self, rect: QRect) -> QRect:
        """The circle to tick."""
        metrics = self._theme.metrics
        return square(rect.left() + metrics.page_margin, rect.height(), metrics.mark).translated(0, rect.top())

    def due(self, rect: QRect) -> QRect:
        """Where the due day stands."""
        width = round(DUE_WIDTH * self._theme.zoom)
        right = rect.right() + 1 - self._theme.metrics.page_margin
        return QRect(right - width, rect.top(), width, rect.height())

    def chips(self, rect: QRect, task: TaskRow) -> list[LinkChip]:
        """The chips of what it belongs to, right before the due day; those that would crowd the title out are left."""
        metrics, font = self._theme.metrics, self._theme.font("caption")
        right = self.due(rect).left() - metrics.group_gap
        floor = self.text_left(rect) + round(LEAST_TITLE * self._theme.zoom)
        most = round(MOST_CHIP * self._theme.zoom)
        found: list[LinkChip] = []
        for entity, local_id, name in links_of(task):
            wanted = metrics.icon_xs + metrics.space_4 + round(self._theme.lettering.width(font, name) + 0.99)
            width = min(most, wanted + 2 * metrics.space_8)
            if right - width < floor:
                break
            top = rect.top() + (rect.height() - metrics.chip) // 2
            found.append(LinkChip(entity, local_id, name, QRect(right - width, top, width, metrics.chip)))
            right -= width + metrics.space_6
        return found

    def text_left(self, rect: QRect) -> int:
        """Where titles begin."""
        return self.circle(rect).right() + 1 + self._theme.metrics.group_gap


class TaskDelegate(QStyledItemDelegate):
    """44 high, headings too: with 10,000 rows of one height a view need not measure any."""

    def __init__(self, view: QAbstractItemView, moments: Moments) -> None:
        super().__init__(view)
        self.theme = theme_of()
        self.layout = RowLayout(self.theme)
        self._moments = moments
        self.hovered_chip: tuple[int, int] = (-1, -1)
        view.setMouseTracking(True)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self.theme.metrics.row_two_lines)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        heading = index.data(TaskRole.HEADING)
        if heading is not None:
            self._paint_heading(painter, option.rect, index, late=heading == DueList.OVERDUE)
        else:
            self._paint_ground(painter, option)
            task = index.data(TaskRole.TASK)
            if task is None:
                self._paint_unread(painter, option.rect, index)
            else:
                self._paint_task(painter, option.rect, index.row(), task)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index, *, late: bool) -> None:
        theme, metrics = self.theme, self.theme.metrics
        font = theme.font("caption-strong")
        line = rect.adjusted(metrics.page_margin, metrics.space_12, -metrics.page_margin, 0)
        name = str(index.data() or "")
        draw_text(painter, line, name, font=font, colour=theme.palette.bad if late else theme.palette.text_2)
        after = line.adjusted(round(theme.lettering.width(font, name)) + metrics.space_8, 0, 0, 0)
        small = theme.font("caption", tabular=True)
        draw_text(painter, after, number(index.data(TaskRole.COUNT)), font=small, colour=theme.palette.text_3)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        palette, metrics, rect = self.theme.palette, self.theme.metrics, option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, palette.accent_soft)
            painter.fillRect(QRect(rect.x(), rect.y(), metrics.current_bar, rect.height()), palette.accent)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, palette.hover)
        left = self.layout.text_left(rect)
        painter.fillRect(QRect(left, rect.bottom(), rect.width() - left - metrics.page_margin, HAIRLINE), palette.line)

    def _paint_unread(self, painter: QPainter, rect: QRect, index: Index) -> None:
        theme, metrics = self.theme, self.theme.metrics
        left = self.layout.text_left(rect)
        state = index.data(CellRole.ROW_STATE) or RowState.NORMAL
        if state & RowState.ERROR:
            line = rect.adjusted(left - rect.left(), 0, -metrics.page_margin, 0)
            why = str(index.data(CellRole.ERROR) or "")
            draw_text(painter, line, why, font=theme.font("body"), colour=theme.palette.bad)
            return
        width = round((rect.width() - left) * (0.3 + 0.06 * (index.row() % 4)))
        top = rect.y() + (rect.height() - metrics.space_8) // 2
        fill_box(painter, QRect(left, top, width, metrics.space_8), theme.palette.pressed, radius=metrics.space_4)

    def _paint_task(self, painter: QPainter, rect: QRect, row: int, task: TaskRow) -> None:
        late, done = is_overdue(task, self._moments), task.status == "done"
        paint_circle(painter, self.layout.circle(rect), self.theme, late=late, done=done)
        right = self.layout.due(rect).left()
        self._paint_due(painter, rect, task, late=late)
        for place, chip in enumerate(self.layout.chips(rect, task)):
            self._paint_chip(painter, chip, hovered=self.hovered_chip == (row, place), done=done)
            right = chip.rect.left()
        left = self.layout.text_left(rect)
        room = QRect(left, rect.top(), right - self.theme.metrics.group_gap - left, rect.height())
        self._paint_texts(painter, room, task, done=done)

    def _paint_due(self, painter: QPainter, rect: QRect, task: TaskRow, *, late: bool) -> None:
        theme = self.theme
        colour = theme.palette.bad if late else theme.palette.text_2
        font = theme.font("caption", tabular=True)
        text = end_text(task, self._moments)
        draw_text(painter, self.layout.due(rect), text, font=font, colour=colour, align=RIGHT)

    def _paint_chip(self, painter: QPainter, chip: LinkChip, *, hovered: bool, done: bool) -> None:
        theme, metrics, palette = self.theme, self.theme.metrics, self.theme.palette
        ground = palette.accent_soft if hovered else palette.sunken
        panel(painter, chip.rect, fill=ground, border=palette.line, radius=chip.rect.height() / 2)
        colour = palette.accent_text if hovered else palette.text_3 if done else palette.text_2
        icon = square(chip.rect.left() + metrics.space_8, chip.rect.height(), metrics.icon_xs)
        theme.icons.paint(painter, icon.translated(0, chip.rect.top()), ICONS[chip.entity], colour)
        left = chip.rect.left() + metrics.space_8 + metrics.icon_xs + metrics.space_4
        room = QRect(left, chip.rect.top(), chip.rect.right() - metrics.space_6 - left, chip.rect.height())
        font = theme.font("caption")
        name = theme.lettering.elided(font, chip.name, room.width())
        draw_text(painter, room, name, font=font, colour=colour, align=LEFT)

    def _paint_texts(self, painter: QPainter, room: QRect, task: TaskRow, *, done: bool) -> None:
        theme, palette = self.theme, self.theme.palette
        strong, small = theme.font("body-medium"), theme.font("caption")
        second = "" if done else second_line(task, self._moments)
        line, low = theme.fonts.line_height("body"), theme.fonts.line_height("caption")
        top = room.y() + (room.height() - line - (low if second else 0)) // 2
        upper = QRect(room.x(), top, room.width(), line)
        marks = [] if done else list(self._marks(task))
        taken = len(marks) * (theme.metrics.icon_xs + theme.metrics.space_6)
        title = theme.lettering.elided(strong, task.title, upper.width() - taken)
        font = QFont(strong)
        font.setStrikeOut(done)
        draw_text(painter, upper, title, font=font, colour=palette.text_3 if done else palette.text, align=LEFT)
        left = upper.x() + round(theme.lettering.width(strong, title)) + theme.metrics.space_8
        for icon, colour in marks:
            box = square(left, line, theme.metrics.icon_xs).translated(0, top)
            theme.icons.paint(painter, box, icon, colour)
            left += theme.metrics.icon_xs + theme.metrics.space_6
        if second:
            lower = QRect(room.x(), top + line, room.width(), low)
            second = theme.lettering.elided(small, second, room.width())
            draw_text(painter, lower, second, font=small, colour=palette.text_2, align=LEFT)

    def _marks(self, task: TaskRow) -> Iterator[tuple[str, QColor]]:
        """Small icons after the title: priority, repeat, reminder."""
        palette = self.theme.palette
        if task.priority in FLAGS:
            yield "flag", palette.colour(FLAGS[task.priority])
        if task.recurrence:
            yield "refresh", palette.text_3
        if task.snoozed_until is not None and task.snoozed_until > self._moments.now():
            yield "snooze", palette.text_3
        elif task.remind_at is not None:
            yield "bell", palette.text_3

    def chip_at(self, index: Index, rect: QRect, point: QPoint) -> int:
        """The place of the chip under a point, -1 for none."""
        task = index.data(TaskRole.TASK)
        if task is None:
            return -1
        chips = self.layout.chips(rect, task)
        return next((place for place, chip in enumerate(chips) if chip.rect.contains(point)), -1)


def paint_circle(painter: QPainter, box: QRect, theme: Theme, *, late: bool, done: bool) -> None:
    """The circle of a task: open, late in bad, done with a check."""
    palette = theme.palette
    if done:
        fill_box(painter, box, palette.field_line, radius=box.width() / 2)
        inset = theme.metrics.space_2
        theme.icons.paint(painter, box.adjusted(inset, inset, -inset, -inset), "check", palette.raised)
        return
    ink = palette.bad_fill if late else palette.field_line
    ring = QRectF(box)
    panel(painter, ring, fill=QColor(0, 0, 0, 0), border=ink, radius=ring.width() / 2, width=MARK_STROKE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TasksPage", text)
