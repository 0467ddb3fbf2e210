"""Tabs with a count and the accent line under the current one; what does not fit moves into a menu."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme.motion import Transition
from ui.theme.shapes import LEFT, crisp, draw_text, hairline, square, text_width
from ui.widgets.menu import Menu
from ui.widgets.themed import Themed, set_focus_shape


@dataclass(frozen=True, slots=True)
class _Tab:
    label: str
    count: str = ""
    icon: str = ""
    enabled: bool = True
    is_action: bool = False


class TabBar(Themed):
    """36 high; Left and Right move. An action tab, such as `Save view`, never becomes current."""

    #: The user chose a tab; carries its index.
    tab_chosen = Signal(int)
    #: The user pressed an action tab; carries its index.
    action_pressed = Signal(int)

    def __init__(self, name: str, *, side_margin: int = 0, line: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._side_margin = side_margin
        self._line = line
        self._tabs: list[_Tab] = []
        self._current = 0
        self._hovered = -1
        self._visible_tabs = 0
        self._slide = Transition(self, self.update, value=1.0)
        self._came_from = QRect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()
        self._tell_name()

    @property
    def current(self) -> int:
        """Index of the current tab."""
        return self._current

    @property
    def count(self) -> int:
        """How many tabs there are, shown or in the menu."""
        return len(self._tabs)

    def add_tab(self, label: str, *, count: str = "", icon: str = "", enabled: bool = True) -> int:
        """Add a tab at the end; gives its index."""
        self._tabs.append(_Tab(label, count=count, icon=icon, enabled=enabled))
        self._measure()
        return len(self._tabs) - 1

    def add_action(self, label: str, *, icon: str = "add") -> int:
        """Add a tab that does something instead of showing something; gives its index."""
        self._tabs.append(_Tab(label, icon=icon, is_action=True))
        self._measure()
        return len(self._tabs) - 1

    def clear_tabs(self) -> None:
        """Take all tabs away."""
        self._tabs.clear()
        self._current = 0
        self._measure()

    def set_count(self, index: int, count: str) -> None:
        """Show another number beside a tab."""
        self._tabs[index] = replace(self._tabs[index], count=count)
        self._measure()

    def set_tab_enabled(self, index: int, enabled: bool) -> None:
        """Allow or forbid a tab."""
        self._tabs[index] = replace(self._tabs[index], enabled=enabled)
        self.update()

    def set_current(self, index: int) -> None:
        """Show a tab as current without telling."""
        if index == self._current:
            return
        self._came_from = self.tab_rect(self._current)
        self._current = index
        self._slide.go(0.0, 0)
        self._slide.go(1.0, self.theme.motion.normal if self.isVisible() else 0)
        self._measure()
        self._tell_name()

    def preview_hover(self, index: int) -> None:
        """Look as if the pointer was on a tab, for pictures of the states."""
        self._hovered = index
        self.update()

    def tab_rect(self, index: int) -> QRect:
        """Where a shown tab is; empty for one in the menu."""
        if not 0 <= index < self._visible_tabs:
            return QRect()
        metrics = self.theme.metrics
        left = self._side_margin + sum(self._tab_width(before) + metrics.tab_gap for before in range(index))
        return QRect(left, 0, self._tab_width(index), metrics.tab_bar)

    def focus_rect(self) -> QRect:
        """The current tab, with room around its text."""
        metrics = self.theme.metrics
        rect = self.tab_rect(self._current)
        inset = metrics.space_8
        return rect.adjusted(-metrics.space_2, inset, metrics.space_2, -inset)

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius_s)
        self._measure()

    def _tell_name(self) -> None:
        current = self._tabs[self._current].label if self._tabs else ""
        self.setAccessibleName(f"{self._name}: {current}" if current else self._name)

    def _tab_width(self, index: int) -> int:
        metrics, tab = self.theme.metrics, self._tabs[index]
        width = text_width(self.theme.font("body-strong"), tab.label)
        if tab.icon:
            width += metrics.icon_s + metrics.space_6
        if tab.count:
            width += metrics.space_6 + text_width(self.theme.font("caption", tabular=True), tab.count)
        return width

    def _more_width(self) -> int:
        metrics = self.theme.metrics
        return text_width(self.theme.font("body-medium"), self.tr("More")) + metrics.space_4 + metrics.icon_xs

    def _measure(self) -> None:
        metrics = self.theme.metrics
        room = self.width() - 2 * self._side_margin
        widths = [self._tab_width(index) for index in range(len(self._tabs))]
        total = sum(widths) + metrics.tab_gap * max(0, len(widths) - 1)
        shown = len(widths)
        if total > room:
            room -= self._more_width() + metrics.tab_gap
            used, shown = 0, 0
            for width in widths:
                if used + width > room:
                    break
                used += width + metrics.tab_gap
                shown += 1
        self._visible_tabs = shown
        self.updateGeometry()
        self.update()

    def _more_rect(self) -> QRect:
        if self._visible_tabs >= len(self._tabs):
            return QRect()
        metrics = self.theme.metrics
        left = self._side_margin + sum(self._tab_width(index) + metrics.tab_gap for index in range(self._visible_tabs))
        return QRect(left, 0, self._more_width(), metrics.tab_bar)

    def _open_more(self) -> None:
        menu = Menu(self)
        for index in range(self._visible_tabs, len(self._tabs)):
            tab = self._tabs[index]
            action = menu.add_item(tab.label, icon=tab.icon, hint=tab.count)
            action.setEnabled(tab.enabled)
            action.triggered.connect(lambda _checked=False, chosen=index: self._press(chosen))
        corner = self._more_rect().bottomLeft()
        menu.open_at_point(self.mapToGlobal(corner))

    def _press(self, index: int) -> None:
        tab = self._tabs[index]
        if not tab.enabled:
            return
        if tab.is_action:
            self.action_pressed.emit(index)
        elif index != self._current:
            self.set_current(index)
            self.tab_chosen.emit(index)

    def _at(self, place: QPoint) -> int:
        reach = self.theme.metrics.tab_gap // 2
        for index in range(self._visible_tabs):
            if self.tab_rect(index).adjusted(-reach, 0, reach, 0).contains(place):
                return index
        return len(self._tabs) if self._more_rect().contains(place) else -1

    def _step(self, step: int) -> None:
        index = self._current + step
        while 0 <= index < len(self._tabs) and (not self._tabs[index].enabled or self._tabs[index].is_action):
            index += step
        if 0 <= index < len(self._tabs):
            self._press(index)

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        widths = [self._tab_width(index) for index in range(len(self._tabs))]
        total = sum(widths) + metrics.tab_gap * max(0, len(widths) - 1)
        return QSize(total + 2 * self._side_margin, metrics.tab_bar)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._more_width() + 2 * self._side_margin, self.theme.metrics.tab_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Home:
            self._press(0)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Return) and not self._more_rect().isEmpty():
            self._open_more()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().toPoint())
        if index == len(self._tabs):
            self._open_more()
        elif index >= 0:
            self._press(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        if self._line:
            hairline(painter, start=0, end=self.width(), y=self.height() - 1, colour=palette.line)
        with crisp(painter, enabled=self.isEnabled()):
            for index in range(self._visible_tabs):
                self._paint_tab(painter, index)
            self._paint_more(painter)
            if self._tabs:
                under = self._underline()
                painter.fillRect(
                    QRect(under.x(), self.height() - metrics.tab_underline, under.width(), metrics.tab_underline),
                    palette.accent,
                )
        painter.end()

    def _underline(self) -> QRect:
        end = self.tab_rect(self._current)
        if end.isEmpty():
            end = self._more_rect()
        share = self._slide.value
        if share >= 1.0 or self._came_from.isEmpty():
            return end
        left = self._came_from.x() + (end.x() - self._came_from.x()) * share
        width = self._came_from.width() + (end.width() - self._came_from.width()) * share
        return QRect(round(left), end.y(), round(width), end.height())

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        metrics, palette, tab = self.theme.metrics, self.theme.palette, self._tabs[index]
        current = index == self._current and not tab.is_action
        rect = self.tab_rect(index)
        with crisp(painter, enabled=tab.enabled):
            lit = current or (index == self._hovered and tab.enabled)
            colour = palette.text if lit else palette.text_2
            if tab.icon:
                box = square(rect.left(), rect.height(), metrics.icon_s)
                self.theme.icons.paint(painter, box, tab.icon, colour)
                rect.adjust(metrics.icon_s + metrics.space_6, 0, 0, 0)
            font = self.theme.font("body-strong" if current else "body-medium")
            draw_text(painter, rect, tab.label, font=font, colour=colour, align=LEFT)
            if tab.count:
                rect.adjust(text_width(font, tab.label) + metrics.space_6, 0, 0, 0)
                small = self.theme.font("caption", tabular=True)
                draw_text(painter, rect, tab.count, font=small, colour=palette.text_3, align=LEFT)

    def _paint_more(self, painter: QPainter) -> None:
        rect = self._more_rect()
        if rect.isEmpty():
            return
        metrics, palette = self.theme.metrics, self.theme.palette
        colour = palette.text if self._hovered == len(self._tabs) else palette.text_2
        font = self.theme.font("body-medium")
        draw_text(painter, rect, self.tr("More"), font=font, colour=colour, align=LEFT)
        box = square(rect.right() + 1 - metrics.icon_xs, rect.height(), metrics.icon_xs)
        self.theme.icons.paint(painter, box, "chevron-down", colour)
