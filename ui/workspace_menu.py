"""The menu at the foot of the rail: other workspaces, lock, quit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QWidget

from services.workspace_list import KnownWorkspace
from ui.widgets.menu import Menu

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class WorkspaceCommands:
    """What the menu can do."""

    switch: Callable[[Path], None]
    open_other: Callable[[], None]
    start_new: Callable[[], None]
    lock: Callable[[], None]
    quit: Callable[[], None]


def workspace_menu(
    parent: QWidget, known: Sequence[KnownWorkspace], current: Path | None, commands: WorkspaceCommands
) -> Menu:
    """The menu for what is open now; `current` is None while nothing is."""
    menu = Menu(parent, name=translate("WorkspaceMenu", "Workspace"))
    for entry in known:
        item = menu.add_item(entry.name, icon="database", checked=entry.path == current)
        item.setToolTip(str(entry.path))
        item.setEnabled(entry.path.exists() or entry.path == current)
        if entry.path != current:
            item.triggered.connect(partial(_later, commands.switch, entry.path))
    if known:
        menu.addSeparator()
    other = menu.add_item(translate("WorkspaceMenu", "Open another workspace…"), icon="folder-open")
    other.triggered.connect(partial(_later, commands.open_other))
    new = menu.add_item(translate("WorkspaceMenu", "New workspace…"), icon="add")
    new.triggered.connect(partial(_later, commands.start_new))
    menu.addSeparator()
    lock = menu.add_item(
        translate("WorkspaceMenu", "Lock"), icon="lock", hint=translate("WorkspaceMenu", "Ctrl Shift L")
    )
    lock.setEnabled(current is not None)
    lock.triggered.connect(partial(_later, commands.lock))
    leave = menu.add_item(translate("WorkspaceMenu", "Quit"), icon="close", hint=translate("WorkspaceMenu", "Ctrl Q"))
    leave.triggered.connect(partial(_later, commands.quit))
    return menu


def open_above(menu: Menu, button: QWidget) -> None:
    """Open with the lower edge of the menu at the upper edge of the button."""
    shadow = menu.theme.shadow.margins(menu.theme.metrics)
    menu.ensurePolished()
    height = menu.sizeHint().height() - shadow.top() - shadow.bottom()
    menu.open_at_point(button.mapToGlobal(QPoint(menu.theme.metrics.space_8, -height)))


def _later(call: Callable[..., None], *arguments: object) -> None:
    """`triggered` adds whether the item is checked, which is nobody's business here."""
    call(*arguments[:-1])
