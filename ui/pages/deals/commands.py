"""What can be done with one deal, as its menus offer it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtWidgets import QWidget

from services.records.sales import DealRow, StageKind, StageRow
from ui.widgets.menu import Menu


class DealActions(Protocol):
    """What the page does with a deal."""

    def open_record(self, local_id: int) -> None:
        """Show it in the panel."""
        ...

    def edit_everything(self, local_id: int) -> None:
        """Put its editor into the panel."""
        ...

    def log(self, local_id: int, kind: str) -> None:
        """Start an entry of its timeline."""
        ...

    def move(self, row: DealRow, stage: StageRow) -> None:
        """Put it into a stage."""
        ...

    def close_deal(self, row: DealRow, kind: StageKind) -> None:
        """Ask how it was won or lost."""
        ...

    def delete(self, local_id: int) -> None:
        """Put it into the trash."""
        ...


def open_deal_menu(
    parent: QWidget, row: DealRow, stages: Sequence[StageRow], actions: DealActions, corner: QPoint
) -> Menu:
    """Open the menu of a deal at a point of the screen."""
    menu = Menu(parent, name=row.title)
    menu.add_item(_tr("Open"), icon="sidebar", hint=_tr("Return")).triggered.connect(
        lambda: actions.open_record(row.id)
    )
    menu.add_item(_tr("Edit"), icon="edit", hint=_tr("E")).triggered.connect(lambda: actions.edit_everything(row.id))
    menu.add_item(_tr("Log a call"), icon="call").triggered.connect(lambda: actions.log(row.id, "call"))
    menu.add_item(_tr("Write a note"), icon="note").triggered.connect(lambda: actions.log(row.id, "note"))
    menu.addSeparator()
    moves = menu.add_submenu(_tr("Move to"), icon="arrow-right")
    for stage in (found for found in stages if found.kind is StageKind.OPEN):
        action = moves.add_item(stage.name, checked=stage.id == row.stage_id)
        action.triggered.connect(lambda _on=False, chosen=stage: actions.move(row, chosen))
    if row.kind is StageKind.OPEN:
        menu.add_item(_tr("Won"), icon="won").triggered.connect(lambda: actions.close_deal(row, StageKind.WON))
        menu.add_item(_tr("Lost"), icon="lost").triggered.connect(lambda: actions.close_deal(row, StageKind.LOST))
    menu.addSeparator()
    trash = menu.add_item(_tr("Move to Trash"), icon="trash", hint=_tr("Del"), destructive=True)
    trash.triggered.connect(lambda: actions.delete(row.id))
    menu.aboutToHide.connect(menu.deleteLater)
    menu.open_at_point(corner)
    return menu


def _tr(text: str) -> str:
    return QCoreApplication.translate("DealMenu", text)
