"""A card of a board: company and close, title and amount, next step and age; 88 high in rows of 98."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme.meaning_marks import AGE_PIPS
from ui.theme.shapes import border_box, crisp, dashed_box, fill_box, panel
from ui.theme.theme import Theme, theme_of
from ui.theme.tokens import FOCUS_WIDTH, HAIRLINE, RiskLevel, Tone

Index = QModelIndex | QPersistentModelIndex

CARD_HEIGHT: Final = 88
PIP_WIDTH: Final = 6
PIP_HEIGHT: Final = 10
PIP_RADIUS: Final = 2
OVERDUE_PIPS: Final = 4
_PLACEHOLDERS: Final = (0.5, 0.7, 0.4)


class CardRole:
    """Roles beside Qt's own."""

    #: CardFace of a card that was read.
    FACE: Final = Qt.ItemDataRole.UserRole.value + 101
    #: Place of the row.
    PLACE: Final = Qt.ItemDataRole.UserRole.value + 102


class Place(Enum):
    """What stands in a row of a lane."""

    CARD = auto()
    #: A card that is still being read.
    LOADING = auto()
    #: Where the card that is dragged came from.
    GAP = auto()
    #: Where the card that is dragged would land.
    SLOT = auto()
    #: The way to add one more.
    ADD = auto()


@dataclass(frozen=True, slots=True)
class CardFace:
    """What a card says; `heat` 0 shows no pips, `days` is empty for a deal that is closed.

    `due` goes with `step`, which gives way first where there is no room for both.
    """

    id: int
    title: str
    who: str
    avatar_id: int | str
    is_person: bool
    date: str
    amount: str
    step: str
    due: str
    step_icon: str
    step_tone: Tone
    days: str
    heat: int
    spoken: str


class DealCardDelegate(QStyledItemDelegate):
    """For a QListView with uniform item sizes; the current card of the view with the keyboard is accented."""

    def __init__(self, view: QAbstractItemView, marks_current: Callable[[], bool] = lambda: True) -> None:
        super().__init__(view)
        self.theme = theme_of()
        self._marks_current = marks_current
        self._view = view
        self._by_keyboard = False
        view.setMouseTracking(True)
        view.viewport().installEventFilter(self)
        view.installEventFilter(self)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            self._by_keyboard = True
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._by_keyboard = False
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, row_height(self.theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = index.data(CardRole.PLACE)
        card = card_rect(option.rect, self.theme)
        with crisp(painter):
            if place is Place.SLOT:
                paint_slot(painter, card, theme=self.theme)
            elif place is Place.ADD:
                self._paint_add(painter, option, str(index.data() or ""))
            elif place is Place.LOADING:
                _paint_loading(painter, card, theme=self.theme)
            elif place is Place.CARD:
                self._paint_card(painter, card, option, index)

    def _paint_card(self, painter: QPainter, card: QRect, option: QStyleOptionViewItem, index: Index) -> None:
        face: CardFace = index.data(CardRole.FACE)
        palette, radius = self.theme.palette, self.theme.metrics.radius
        current = self._view.currentIndex() == index and self._marks_current()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        fill = palette.accent_soft if current else palette.raised
        border = palette.accent if current else palette.line_strong if hovered else palette.line
        panel(painter, card, fill=fill, border=border, radius=radius)
        if current and self._by_keyboard and self._view.hasFocus():
            border_box(painter, card, palette.focus, radius=radius, width=FOCUS_WIDTH)
        paint_face(painter, card, face, theme=self.theme)

    def _paint_add(self, painter: QPainter, option: QStyleOptionViewItem, text: str) -> None:
        theme, metrics, palette = self.theme, self.theme.metrics, self.theme.palette
        row = add_rect(option.rect, theme)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        current = self._view.currentIndex().row() == self._view.model().rowCount() - 1 and self._view.hasFocus()
        if hovered or current:
            fill_box(painter, row, palette.hover, radius=metrics.radius)
        if current and self._by_keyboard:
            border_box(painter, row, palette.focus, radius=metrics.radius, width=FOCUS_WIDTH)
        icon = QRect(row.x() + metrics.space_6, row.y() + (row.height() - metrics.icon_s) // 2, 0, 0)
        icon.setSize(QSize(metrics.icon_s, metrics.icon_s))
        theme.icons.paint(painter, icon, "add", palette.text_2)
        rest = row.adjusted(metrics.space_6 + metrics.icon_s + metrics.space_6, 0, 0, 0)
        theme.lettering.write(painter, rest, text, font=theme.font("caption-medium"), colour=palette.text_2)


def row_height(theme: Theme) -> int:
    """A card and the gap below it."""
    return card_height(theme) + theme.metrics.lane_gap


def card_height(theme: Theme) -> int:
    """Height of a card at the present zoom."""
    return round(CARD_HEIGHT * theme.zoom)


def card_rect(row: QRect, theme: Theme) -> QRect:
    """Where the card stands in its row."""
    side = theme.metrics.space_8 - HAIRLINE
    return QRect(row.x() + side, row.y(), row.width() - 2 * side, card_height(theme))


def add_rect(row: QRect, theme: Theme) -> QRect:
    """Where the way to add one stands in its row."""
    side = theme.metrics.space_8 - HAIRLINE
    return QRect(row.x() + side, row.y(), row.width() - 2 * side, theme.metrics.control)


def paint_slot(painter: QPainter, card: QRect, *, theme: Theme) -> None:
    """The place where a dragged card would land."""
    fill_box(painter, card, theme.palette.accent_soft, radius=theme.metrics.radius)
    dashed_box(painter, card, theme.palette.accent, radius=theme.metrics.radius)


def paint_face(painter: QPainter, card: QRect, face: CardFace, *, theme: Theme) -> None:
    """The three lines of a card."""
    metrics = theme.metrics
    pad = metrics.field_pad + HAIRLINE
    inner = card.adjusted(pad, metrics.field_pad, -pad, -metrics.field_pad)
    side = metrics.avatar_xs
    body = theme.fonts.line_height("body")
    first = QRect(inner.x(), inner.y(), inner.width(), side)
    second = QRect(inner.x(), first.bottom() + 1 + metrics.space_6 + 1, inner.width(), body)
    third = QRect(inner.x(), inner.bottom() + 1 - metrics.space_16, inner.width(), metrics.space_16)
    _paint_who(painter, first, face, theme=theme)
    used = _write(painter, second, face.amount, theme.font("body-strong", tabular=True), theme.palette.text, theme)
    title = second.adjusted(0, 0, -round(used) - metrics.row_gap if used else 0, 0)
    theme.lettering.write(painter, title, face.title, font=theme.font("body-medium"), colour=theme.palette.text)
    _paint_step(painter, third, face, theme=theme)


def _write(painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor, theme: Theme) -> float:
    """Write at the right end; gives the width used."""
    return theme.lettering.write(painter, rect, text, font=font, colour=colour, right=True, elide=False)


def _paint_who(painter: QPainter, rect: QRect, face: CardFace, *, theme: Theme) -> None:
    metrics, palette = theme.metrics, theme.palette
    used = _write(painter, rect, face.date, theme.font("caption", tabular=True), palette.text_2, theme)
    rest = rect.adjusted(0, 0, -round(used) - metrics.row_gap if used else 0, 0)
    if face.who:
        box = QRect(rect.x(), rect.y(), metrics.avatar_xs, metrics.avatar_xs)
        theme.avatars.paint(painter, box, name=face.who, stable_id=face.avatar_id, rounded=not face.is_person)
        rest.adjust(metrics.avatar_xs + metrics.space_6, 0, 0, 0)
    theme.lettering.write(painter, rest, face.who, font=theme.font("caption"), colour=palette.text_2)


def _paint_step(painter: QPainter, rect: QRect, face: CardFace, *, theme: Theme) -> None:
    metrics, palette = theme.metrics, theme.palette
    rest = QRect(rect)
    if face.heat:
        unit = theme.zoom
        width = round((AGE_PIPS * (PIP_WIDTH + metrics.space_2) - metrics.space_2) * unit)
        paint_pips(painter, QRect(rest.right() + 1 - width, rest.y(), width, rest.height()), face.heat, theme=theme)
        rest.adjust(0, 0, -width - metrics.space_6, 0)
    if face.days:
        late = face.heat >= OVERDUE_PIPS
        colour = palette.risk[RiskLevel.HIGH].text if late else palette.text_2
        used = _write(painter, rest, face.days, theme.font("caption", tabular=True), colour, theme)
        rest.adjust(0, 0, -round(used) - metrics.space_4, 0)
    tone = theme.tone(face.step_tone)
    side = metrics.icon_xs
    icon = QRect(rest.x(), rest.y() + (rest.height() - side) // 2, side, side)
    theme.icons.paint(painter, icon, face.step_icon, tone.text)
    rest.adjust(side + metrics.space_6, 0, 0, 0)
    strong = face.step_tone is not Tone.NEUTRAL
    font = theme.font("caption-medium" if strong else "caption")
    due = f", {face.due}" if face.due else ""
    room = rest.adjusted(0, 0, -math.ceil(theme.lettering.width(font, due)) if due else 0, 0)
    used = theme.lettering.write(painter, room, face.step, font=font, colour=tone.text)
    rest.adjust(math.ceil(used), 0, 0, 0)
    theme.lettering.write(painter, rest, due, font=font, colour=tone.text)


def paint_pips(painter: QPainter, rect: QRect, heat: int, *, theme: Theme) -> None:
    """Four pips beside the days: one and two in Low, three in Medium, four in High."""
    risk, unit = theme.palette.risk, theme.zoom
    lit = risk[RiskLevel.LOW if heat <= 2 else RiskLevel.MEDIUM if heat == 3 else RiskLevel.HIGH].fill
    width, height = PIP_WIDTH * unit, PIP_HEIGHT * unit
    top = rect.y() + (rect.height() - height) / 2
    for pip in range(AGE_PIPS):
        box = QRectF(rect.x() + pip * (width + theme.metrics.space_2), top, width, height)
        fill_box(painter, box, lit if pip < heat else theme.palette.pressed, radius=PIP_RADIUS)


def paint_dragged(painter: QPainter, card: QRect, face: CardFace, *, theme: Theme) -> None:
    """A card in the hand: level 2 with the accent as its border."""
    palette, radius = theme.palette, theme.metrics.radius
    theme.shadow.paint(painter, card, radius=radius, colour=palette.shadow, metrics=theme.metrics)
    panel(painter, card, fill=palette.popover, border=palette.accent, radius=radius)
    paint_face(painter, card, face, theme=theme)


def _paint_loading(painter: QPainter, card: QRect, *, theme: Theme) -> None:
    metrics, palette = theme.metrics, theme.palette
    panel(painter, card, fill=palette.raised, border=palette.line, radius=metrics.radius)
    inner = card.adjusted(metrics.field_pad, metrics.field_pad, -metrics.field_pad, -metrics.field_pad)
    box = QRect(inner.x(), inner.y(), metrics.avatar_xs, metrics.avatar_xs)
    fill_box(painter, box, palette.pressed, radius=metrics.radius_s)
    step = (inner.height() - metrics.avatar_xs) // 2
    for line, share in enumerate(_PLACEHOLDERS):
        left = metrics.avatar_xs + metrics.space_6 if line == 0 else 0
        top = inner.y() + metrics.space_6 + line * step
        width = round((inner.width() - left) * share)
        fill_box(painter, QRect(inner.x() + left, top, width, metrics.space_8), palette.pressed, radius=metrics.space_4)
