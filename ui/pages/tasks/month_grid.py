"""A month to choose a day from: arrows move by days and weeks, Page keys by months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.pages.record.moments import long_date
from ui.theme.shapes import CENTRE, crisp, draw_text, fill_box, panel
from ui.theme.user_locale import user_locale
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.themed import Themed, set_focus_shape

WEEKS: Final = 6
DAYS: Final = 7


class MonthGrid(Themed):
    """Six weeks of days; the chosen one is filled, today has a ring."""

    #: The user chose a day.
    day_chosen = Signal(object)
    #: Another month is on show.
    month_changed = Signal()

    def __init__(self, today: date, chosen: date | None) -> None:
        super().__init__()
        self._today = today
        self._chosen = chosen
        self._reached = chosen or today
        self._hovered: date | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell()
        self.restyle()

    @property
    def month(self) -> date:
        """The first day of the month on show."""
        return self._reached.replace(day=1)

    def turn(self, months: int) -> None:
        """Show another month, the same day of it where it has one."""
        moved = QDate(self._reached.year, self._reached.month, self._reached.day).addMonths(months)
        self._reach(date(moved.year(), moved.month(), moved.day()))

    def day_rect(self, day: date) -> QRect:
        """Where a day stands; empty for one that is not on show."""
        place = (day - self._first()).days
        if not 0 <= place < WEEKS * DAYS:
            return QRect()
        side = self._side()
        return QRect(place % DAYS * side, (place // DAYS + 1) * side, side, side)

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def _side(self) -> int:
        return self.theme.metrics.control

    def _first(self) -> date:
        """The day in the corner: the first of its week in the user's locale."""
        begins = user_locale().firstDayOfWeek().value
        return self.month - timedelta(days=(self.month.isoweekday() - begins) % DAYS)

    def _day_at(self, point: QPoint) -> date | None:
        side = self._side()
        column, line = point.x() // side, point.y() // side - 1
        if not (0 <= column < DAYS and 0 <= line < WEEKS):
            return None
        return self._first() + timedelta(days=line * DAYS + column)

    def _reach(self, day: date) -> None:
        other_month = day.replace(day=1) != self.month
        self._reached = day
        self._tell()
        self.update()
        if other_month:
            self.month_changed.emit()

    def _tell(self) -> None:
        self.setAccessibleName(long_date(self._reached))

    def sizeHint(self) -> QSize:
        return QSize(DAYS * self._side(), (WEEKS + 1) * self._side())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}
        key = Qt.Key(event.key())
        if key in steps:
            self._reach(self._reached + timedelta(days=steps[key]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.day_chosen.emit(self._reached)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        day = self._day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.day_chosen.emit(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._day_at(event.position().toPoint())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette, side = self.theme.palette, self._side()
        painter = QPainter(self)
        with crisp(painter):
            for column in range(DAYS):
                weekday = (self._first() + timedelta(days=column)).isoweekday()
                name = user_locale().standaloneDayName(weekday, user_locale().FormatType.NarrowFormat)
                box = QRect(column * side, 0, side, side)
                draw_text(painter, box, name, font=self.theme.font("caption"), colour=palette.text_3, align=CENTRE)
            for place in range(WEEKS * DAYS):
                self._paint_day(painter, self._first() + timedelta(days=place))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date) -> None:
        palette, inset = self.theme.palette, self.theme.metrics.space_2
        box = self.day_rect(day).adjusted(inset, inset, -inset, -inset)
        radius = box.height() / 2
        chosen = day == self._chosen
        if chosen:
            fill_box(painter, box, palette.accent, radius=radius)
        elif day == self._hovered:
            fill_box(painter, box, palette.hover, radius=radius)
        if day == self._today and not chosen:
            panel(painter, box, fill=palette.accent_soft, border=palette.accent_soft, radius=radius)
        if day == self._reached and self.hasFocus() and not chosen:
            panel(painter, box, fill=palette.hover, border=palette.accent, radius=radius)
        colour = palette.on_accent if chosen else palette.text if day.month == self.month.month else palette.text_3
        font = self.theme.font("body-strong" if chosen or day == self._today else "body", tabular=True)
        draw_text(painter, box, str(day.day), font=font, colour=colour, align=CENTRE)


class MonthPicker(QWidget):
    """The grid with the month's name and two buttons over it."""

    #: The user chose a day.
    day_chosen = Signal(object)

    def __init__(self, today: date, chosen: date | None) -> None:
        super().__init__()
        self.grid = MonthGrid(today, chosen)
        self._name = Label(role="body-strong")
        before = IconButton("chevron-left", self.tr("Month before"), small=True)
        after = IconButton("chevron-right", self.tr("Next month"), small=True)
        row = QHBoxLayout()
        row.setContentsMargins(self.grid.theme.metrics.space_8, 0, 0, 0)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(before)
        row.addWidget(after)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.grid.theme.metrics.space_4)
        column.addLayout(row)
        column.addWidget(self.grid)
        self.setFocusProxy(self.grid)
        before.clicked.connect(lambda: self.grid.turn(-1))
        after.clicked.connect(lambda: self.grid.turn(1))
        self.grid.day_chosen.connect(self.day_chosen)
        self.grid.month_changed.connect(self._show_name)
        self._show_name()

    def _show_name(self) -> None:
        month = self.grid.month
        name = user_locale().standaloneMonthName(month.month)
        self._name.setText(f"{name[:1].upper()}{name[1:]} {month.year}")
