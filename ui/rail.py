"""The left rail: the sign, the pages, and at the foot who works in which workspace."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.brand_mark import BrandMark
from ui.navigation import Group, NavigationLine
from ui.theme.marks import blended
from ui.theme.shapes import LEFT, crisp, draw_text, fill_box, hairline
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.navigation_list import NavigationList
from ui.widgets.surface import Surface
from ui.widgets.themed import ThemedButton, set_focus_shape


class Rail(Surface):
    """200 wide, or 56 with icons only."""

    #: The user chose a page: its name.
    page_chosen = Signal(str)
    #: The user wants the rail narrow or wide.
    collapse_toggled = Signal()
    #: The user pressed the button at the foot: the menu of the workspace.
    menu_requested = Signal()

    def __init__(self, lines: Sequence[NavigationLine], *, parent: QWidget | None = None) -> None:
        super().__init__("canvas", lines=Qt.Edge.RightEdge, parent=parent)
        self._collapsed = False
        self._toggle_keys = ""
        self._entries = [line for line in lines if line.group is not Group.HIDDEN]
        self._mark = BrandMark()
        self._name = Label("MyCRM", role="lead")
        self._toggle = IconButton("sidebar", self.tr("Narrow the rail"), small=True)
        self._toggle.clicked.connect(self.collapse_toggled)
        self._list = NavigationList(self.tr("Pages"))
        self._list.page_chosen.connect(self.page_chosen)
        self.person = PersonButton()
        self.person.clicked.connect(self.menu_requested)
        self._head = QHBoxLayout()
        self._foot = QVBoxLayout()
        self._fill()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.restyle()

    @property
    def is_collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Show icons only, or icons and names."""
        self._collapsed = collapsed
        self._list.set_collapsed(collapsed)
        self.person.set_collapsed(collapsed)
        self._mark.setVisible(not collapsed)
        self._name.setVisible(not collapsed)
        self._name_toggle()
        self.restyle()

    def set_keys(self, toggle: str, going: Callable[[str], tuple[str, ...]]) -> None:
        """Say the keys that hold now: that of the rail, and that of a page by its letter."""
        self._toggle_keys = toggle
        self._name_toggle()
        for line in self._entries:
            caps = going(line.letter)
            said = self.tr("{first} then {second}").format(first=caps[0], second=caps[1]) if len(caps) == 2 else ""
            self._list.set_shortcut(line.name, said or " ".join(caps))

    def set_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self._list.set_current(name)

    def set_count(self, name: str, count: str) -> None:
        """Show a number beside a page."""
        self._list.set_count(name, count)

    def set_person(self, name: str, place: str, stable_id: int) -> None:
        """Say who works here and where; empty while no workspace is open."""
        self.person.set_person(name, place, stable_id)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self.setFixedWidth(metrics.rail_collapsed if self._collapsed else metrics.rail)
        side = (metrics.rail_collapsed - metrics.control_s) // 2
        if self._collapsed:
            self._head.setContentsMargins(side, 0, side, 0)
        else:
            self._head.setContentsMargins(metrics.space_16, 0, metrics.space_12, 0)
        self._head.setSpacing(metrics.chip_pad)
        self._foot.setContentsMargins(0, metrics.chip_pad, 0, 0)

    def _fill(self) -> None:
        self._head.addWidget(self._mark)
        self._head.addWidget(self._name, 1)
        self._head.addWidget(self._toggle)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = _Head(self._head)
        column.addWidget(head)
        self._add_lines()
        column.addWidget(self._list, 1)
        self._foot.addWidget(self.person)
        column.addLayout(self._foot)

    def _add_lines(self) -> None:
        before: Group | None = None
        for line in self._entries:
            if line.group is Group.FOOT and before is not Group.FOOT:
                self._list.add_stretch()
            elif before is not None and line.group is not before:
                self._list.add_gap()
            before = line.group
            self._list.add_page(line.name, line.title, icon=line.icon)

    def _name_toggle(self) -> None:
        name = self.tr("Widen the rail") if self._collapsed else self.tr("Narrow the rail")
        self._toggle.set_name(name, shortcut=self._toggle_keys)


class _Head(Surface):
    """As high as the top bar, so that both stand on one line."""

    def __init__(self, row: QHBoxLayout) -> None:
        super().__init__("canvas")
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(0, self.theme.metrics.top_bar)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rail paints the ground and its line."""


class PersonButton(ThemedButton):
    """Avatar, name and place; opens the menu of the workspace."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._place = ""
        self._stable_id = 0
        self._collapsed = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_person("", "", 0)
        self.restyle()

    def set_person(self, name: str, place: str, stable_id: int) -> None:
        """Show who works here and where."""
        self._name, self._place, self._stable_id = name, place, stable_id
        spoken = ", ".join(part for part in (name, place) if part)
        self.setAccessibleName(self.tr("Workspace: {who}").format(who=spoken) if spoken else self.tr("Workspace"))
        self._tell_tooltip()
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Show the avatar only."""
        self._collapsed = collapsed
        self._tell_tooltip()
        self.update()

    def restyle(self) -> None:
        set_focus_shape(self, radius=self.theme.metrics.radius)

    def _tell_tooltip(self) -> None:
        self.setToolTip(self.accessibleName() if self._collapsed else "")

    def sizeHint(self) -> QSize:
        metrics = self.theme.metrics
        height = metrics.avatar_rail + 2 * (metrics.group_gap + metrics.space_2) + 1
        return QSize(metrics.rail_collapsed, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        painter = QPainter(self)
        edge = metrics.space_8
        hairline(painter, start=edge, end=self.width() - edge - 1, y=0, colour=palette.line)
        with crisp(painter, enabled=self.isEnabled()):
            lit = 1.0 if self.isDown() else self.hover.value * 0.6
            if lit:
                box = QRect(
                    metrics.space_6,
                    metrics.space_6,
                    self.width() - metrics.space_12 - 1,
                    self.height() - metrics.space_12,
                )
                fill_box(painter, box, blended(palette.canvas, palette.pressed, lit), radius=metrics.radius)
            if self._name:
                self._paint_person(painter)
        painter.end()

    def _paint_person(self, painter: QPainter) -> None:
        metrics, palette = self.theme.metrics, self.theme.palette
        side = metrics.avatar_rail
        left = (self.width() - 1 - side) // 2 if self._collapsed else metrics.space_12 + metrics.space_2
        avatar = QRect(left, (self.height() - side) // 2 + 1, side, side)
        self.theme.avatars.paint(painter, avatar, name=self._name, stable_id=self._stable_id)
        if self._collapsed:
            return
        text_left = avatar.right() + 1 + metrics.row_gap
        width = self.width() - text_left - metrics.space_8
        lines = [("body-medium", self._name, palette.text, self.theme.fonts.line_height("body"))]
        if self._place:
            lines.append(("caption", self._place, palette.text_2, self.theme.fonts.line_height("caption")))
        top = avatar.center().y() - sum(line[3] for line in lines) // 2 + 1
        for role, text, colour, height in lines:
            font = self.theme.font("body-medium" if role == "body-medium" else "caption")
            rect = QRect(text_left, top, width, height)
            draw_text(painter, rect, text, font=font, colour=colour, align=LEFT, elide=True)
            top += height
