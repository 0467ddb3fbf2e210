"""The small choices of a list: its order, its columns, and what can be done with one row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.models.columns import Column
from ui.theme.theme import theme_of
from ui.widgets.checkbox import Checkbox
from ui.widgets.label import Label
from ui.widgets.link_button import LinkButton
from ui.widgets.menu import Menu
from ui.widgets.popover import Popover

SortBy = Callable[[str, bool], None]


def open_sort_menu(
    anchor: QWidget, columns: Sequence[Column[Any]], *, sort: str, descending: bool, sort_by: SortBy
) -> Menu:
    """Offer every column that has an order, then its two directions."""
    menu = Menu(anchor, name=_tr("Sort by"))
    for column in columns:
        if column.sort:
            action = menu.add_item(column.title, checked=column.sort == sort)
            action.triggered.connect(lambda _on=False, c=column: sort_by(c.sort, c.newest_first))
    menu.addSeparator()
    directions = ((_tr("Ascending"), False), (_tr("Descending"), True))
    for text, downwards in directions:
        action = menu.add_item(text, checked=downwards == descending)
        action.triggered.connect(lambda _on=False, d=downwards: sort_by(sort, d))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.open_at(anchor, align_right=True)
    return menu


def open_group_menu(
    anchor: QWidget,
    fields: Sequence[Sequence[tuple[str, str]]],
    *,
    by: str,
    group_by: Callable[[str], object],
    more: Sequence[RowCommand] = (),
) -> Menu:
    """Offer no groups, then every field as key and name, in its parts, and what can be done with all groups."""
    menu = Menu(anchor, name=_tr("Group by"))
    for part in ([("", _tr("No groups"))], *fields):
        if part and menu.actions():
            menu.addSeparator()
        for key, text in part:
            action = menu.add_item(text, checked=key == by)
            action.triggered.connect(lambda _on=False, chosen=key: group_by(chosen))
    if more:
        menu.addSeparator()
    for command in more:
        action = menu.add_item(command.text, icon=command.icon)
        action.triggered.connect(lambda _on=False, run=command.run: _run(run))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.open_at(anchor, align_right=True)
    return menu


class ColumnChooser(QWidget):
    """A box per column; the name always stays."""

    #: The columns that are wanted now, in order.
    columns_chosen = Signal(list)
    #: The columns as they come with the program.
    reset_wanted = Signal()

    def __init__(self, columns: Sequence[Column[Any]], shown: Sequence[str]) -> None:
        super().__init__()
        self._shown = list(shown)
        self.boxes: dict[str, Checkbox] = {}
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme_of().metrics.space_2)
        box.addWidget(Label(_tr("Columns"), role="lead"))
        for column in columns:
            if column.title and column.key != "name":
                check = Checkbox(column.title)
                check.setChecked(column.key in shown)
                check.toggled.connect(lambda on, key=column.key: self._on_toggled(key, on))
                box.addWidget(check)
                self.boxes[column.key] = check
        reset = LinkButton(_tr("Reset columns and widths"))
        reset.clicked.connect(self.reset_wanted)
        box.addSpacing(theme_of().metrics.space_6)
        box.addWidget(reset)

    def _on_toggled(self, key: str, on: bool) -> None:
        if on:
            self._shown.append(key)
        else:
            self._shown.remove(key)
        self.columns_chosen.emit(list(self._shown))


def open_column_chooser(
    anchor: QWidget, columns: Sequence[Column[Any]], shown: Sequence[str]
) -> tuple[Popover, ColumnChooser]:
    """Open the chooser at the button that asks for it."""
    popover = Popover(anchor)
    chooser = ColumnChooser(columns, shown)
    popover.set_content(chooser)
    popover.open_at(anchor, align_right=True)
    return popover, chooser


@dataclass(frozen=True, slots=True)
class RowCommand:
    """A line of the menu of a row; `run` is None for a rule between two groups."""

    text: str
    icon: str = ""
    hint: str = ""
    run: Callable[[], object] | None = None
    destructive: bool = False
    enabled: bool = True


RULE = RowCommand("")


def open_row_menu(
    parent: QWidget, commands: Sequence[RowCommand], corner: QPoint, *, to_the_left: bool = False
) -> Menu:
    """Open the menu of a row at a point of the screen, to the right of it or to the left."""
    menu = Menu(parent, name=_tr("Row"))
    for command in commands:
        if command.run is None:
            menu.addSeparator()
            continue
        action = menu.add_item(command.text, icon=command.icon, hint=command.hint, destructive=command.destructive)
        action.setEnabled(command.enabled)
        action.triggered.connect(lambda _on=False, run=command.run: _run(run))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.open_at_point(corner - QPoint(menu.sizeHint().width(), 0) if to_the_left else corner)
    return menu


def _run(command: Callable[[], object] | None) -> None:
    if command is not None:
        command()


def _tr(text: str) -> str:
    return QCoreApplication.translate("ListMenus", text)
