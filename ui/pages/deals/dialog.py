"""A dialog over the window: 536 wide, its content above a foot with what undoes it and two buttons."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.record.form_overlay import FormOverlay
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_button import IconButton
from ui.widgets.icon_mark import IconMark
from ui.widgets.label import Label
from ui.widgets.surface import Surface
from ui.widgets.themed import Themed

TOP: Final = 116


class DialogContent(Themed):
    """What stands above the foot, with the x in its upper right corner."""

    def __init__(self) -> None:
        super().__init__()
        self.close_button = IconButton("close", self.tr("Close"), shortcut=self.tr("Esc"), small=True, parent=self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        side, edge = self.close_button.sizeHint(), self.theme.metrics.space_12
        self.close_button.resize(side)
        self.close_button.move(self.width() - side.width() - edge, edge)
        self.close_button.raise_()


class DealDialog(FormOverlay):
    """Escape and Keep open leave the deal as it is."""

    #: The user is sure; read what was typed.
    confirmed = Signal()

    def __init__(self, parent: QWidget, name: str, *, confirm: str, key_cap: str, undo: str) -> None:
        around = QWidget()
        super().__init__(parent, name, around)
        metrics = self.theme.metrics
        self._top = round(TOP * self.theme.zoom)
        self.confirm = Button(confirm, kind=ButtonKind.PRIMARY, key_cap=key_cap)
        self.keep = Button(self.tr("Keep open"))
        self.content = DialogContent()
        self.body = QVBoxLayout(self.content)
        self.content.close_button.clicked.connect(self.dismiss)
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.content, 1)
        column.addWidget(self._foot(undo))
        self.confirm.clicked.connect(self.submit)
        self.keep.clicked.connect(self.dismiss)
        self.body.setContentsMargins(metrics.space_24, metrics.space_20, metrics.space_24, metrics.space_24)
        self.body.setSpacing(metrics.space_20)

    def submit(self) -> None:
        """The user is sure; a second press while it is being done does nothing."""
        if not self.confirm.is_busy:
            self.confirmed.emit()

    def set_busy(self, busy: bool) -> None:
        """What was asked for is being done."""
        self.confirm.set_busy(busy)

    def _foot(self, undo: str) -> QWidget:
        metrics = self.theme.metrics
        foot = QWidget()
        foot.setFixedHeight(metrics.dialog_foot)
        column = QVBoxLayout(foot)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        line = Surface("line")
        line.setFixedHeight(1)
        column.addWidget(line)
        row = QHBoxLayout()
        row.setContentsMargins(metrics.space_24, 0, metrics.space_24, 0)
        row.setSpacing(metrics.row_gap)
        row.addWidget(IconMark("undo", colour="text_2", size_role="icon_s"))
        row.addWidget(Label(undo, role="caption", colour="text_2"))
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.confirm)
        column.addLayout(row, 1)
        return foot

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.takes_return(event):
            self.submit()
            return
        super().keyPressEvent(event)

    def takes_return(self, event: QKeyEvent) -> bool:
        """Whether Return with these keys held confirms."""
        return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
