"""The menu that puts a reminder off, and the form for a moment of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from services.errors import MyCrmError
from ui.pages.record.moments import Moments
from ui.pages.tasks.day_field import DayField
from ui.pages.tasks.snoozing import offers
from ui.widgets.button import Button, ButtonKind
from ui.widgets.label import Label
from ui.widgets.line_field import LineField
from ui.widgets.menu import Menu
from ui.widgets.popover import Popover
from ui.widgets.themed import Themed

WIDTH: Final = 300
SnoozeTo = Callable[[datetime, str], object]


def open_snooze_menu(
    parent: QWidget, moments: Moments, corner: QPoint, *, snooze: SnoozeTo, choose: Callable[[], object]
) -> Menu:
    """Offer the usual moments, and one to choose; the menu deletes itself."""
    menu = Menu(parent, name=_tr("Snooze"))
    for offer in offers(moments):
        action = menu.add_item(offer.text, icon="snooze", hint=offer.said)
        action.triggered.connect(lambda _on=False, o=offer: snooze(o.until, o.said))
    menu.addSeparator()
    menu.add_item(_tr("Choose a moment…"), icon="calendar").triggered.connect(lambda _on=False: choose())
    menu.aboutToHide.connect(menu.deleteLater)
    menu.open_at_point(corner)
    return menu


class SnoozeForm(Themed):
    """A day and a time."""

    #: The moment as it was typed.
    moment_typed = Signal(str)

    def __init__(self, moments: Moments) -> None:
        super().__init__()
        self.day = DayField(_tr("Day"), lambda: moments.now().date())
        self.time = LineField(_tr("Time"))
        self.time.set_text("09:00")
        self._snooze = Button(_tr("Snooze"), kind=ButtonKind.PRIMARY, icon="snooze")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.metrics.group_gap)
        column.addWidget(Label(_tr("Snooze until"), role="lead"))
        row = QHBoxLayout()
        row.setSpacing(self.theme.metrics.row_gap)
        row.addWidget(self.day, 3)
        row.addWidget(self.time, 2)
        column.addLayout(row)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._snooze)
        column.addLayout(foot)
        self.setFixedWidth(round(WIDTH * self.theme.zoom))
        self._snooze.clicked.connect(self._submit)
        self.day.submitted.connect(self._submit)
        self.time.submitted.connect(self._submit)

    def show_error(self, error: BaseException) -> None:
        """Say what is wrong with the moment."""
        if isinstance(error, MyCrmError):
            self.day.set_error(f"{error.title}. {error.message}")
            self.day.editor.setFocus()

    def _submit(self) -> None:
        if not self.day.typed:
            self.day.set_error(_tr("Say on which day."))
            self.day.editor.setFocus()
            return
        self.moment_typed.emit(f"{self.day.typed} {self.time.text.strip() or '09:00'}")


def open_snooze_form(anchor: QWidget, moments: Moments) -> tuple[Popover, SnoozeForm]:
    """Open the form at a widget; the caller closes it when the moment was taken."""
    form = SnoozeForm(moments)
    popover = Popover(anchor)
    popover.set_content(form)
    popover.open_at(anchor)
    form.day.editor.setFocus()
    return popover, form


def _tr(text: str) -> str:
    return QCoreApplication.translate("Snoozing", text)
