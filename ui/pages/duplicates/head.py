"""The top of the review: what is shown, which pair of how many, and what can be said of it."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.theme.user_locale import number
from ui.widgets.button import Button, ButtonKind
from ui.widgets.icon_button import IconButton
from ui.widgets.label import Label
from ui.widgets.segmented import Segmented
from ui.widgets.surface import Surface


class Shown(IntEnum):
    """What the page shows of a kind."""

    PAIRS = 0
    IGNORED = 1


class DuplicatesHead(Surface):
    """56 high; over a pair it says which, over a list it offers the kinds."""

    #: The user chose contacts (0) or companies (1).
    kind_chosen = Signal(int)
    #: The user chose pairs or those that are none; carries a `Shown`.
    shown_chosen = Signal(object)
    #: Another pair is wanted: 1 for the next, -1 for the one before.
    step_pressed = Signal(int)
    #: Look at this pair later.
    later_pressed = Signal()
    #: These two are not the same.
    never_pressed = Signal()
    #: Look at an ignored pair again.
    again_pressed = Signal()
    #: Many pairs at once are to be offered for selection.
    select_pressed = Signal()

    def __init__(self) -> None:
        super().__init__("surface")
        self.title = Label(self.tr("Merge duplicates"), role="title")
        self.count = Label(colour="text_2", tabular=True)
        self.before = IconButton("chevron-left", self.tr("Pair before"), shortcut=self.tr("Left"), small=True)
        self.next = IconButton("chevron-right", self.tr("Next pair"), shortcut=self.tr("Right"), small=True)
        kinds = [self.tr("Contacts"), self.tr("Companies")]
        self.kind = Segmented(kinds, name=self.tr("Kind"), icons=["contacts", "companies"])
        self.shown = Segmented([self.tr("To review"), self.tr("Never these two")], name=self.tr("Shown"))
        self.later = Button(self.tr("Later"), kind=ButtonKind.QUIET, key_cap=self.tr("S"))
        self.never = Button(self.tr("Not the same"), icon="unlink", key_cap=self.tr("N"))
        self.again = Button(self.tr("Show as a pair again"), icon="eye", key_cap=self.tr("R"))
        self.select = Button(self.tr("Select"), icon="check", menu_arrow=True)
        self._of_pair: tuple[QWidget, ...] = (self.before, self.next)
        self._of_list: tuple[QWidget, ...] = (self.kind, self.shown)
        self._row = QHBoxLayout(self)
        left: tuple[QWidget, ...] = (self.title, self.count, *self._of_pair)
        right: tuple[QWidget, ...] = (*self._of_list, self.select, self.later, self.never, self.again)
        for part in left:
            self._row.addWidget(part)
        self._row.addStretch(1)
        for part in right:
            self._row.addWidget(part)
        self.kind.part_chosen.connect(self.kind_chosen)
        self.shown.part_chosen.connect(lambda part: self.shown_chosen.emit(Shown(part)))
        self.before.clicked.connect(lambda: self.step_pressed.emit(-1))
        self.next.clicked.connect(lambda: self.step_pressed.emit(1))
        self.later.clicked.connect(self.later_pressed)
        self.never.clicked.connect(self.never_pressed)
        self.again.clicked.connect(self.again_pressed)
        self.select.clicked.connect(self.select_pressed)
        self.restyle()

    def show_list(self, count: int | None, shown: Shown) -> None:
        """Over a list of so many pairs; None while they are read."""
        self._show(of_pair=False)
        self.shown.set_current(shown)
        self.count.setText(number(count) if count is not None else "")
        filled = bool(count)
        self.select.setVisible(filled and shown is Shown.PAIRS)
        self.later.setVisible(filled and shown is Shown.PAIRS)
        self.never.setVisible(filled and shown is Shown.PAIRS)
        self.again.setVisible(filled and shown is Shown.IGNORED)

    def show_pair(self, place: int, total: int) -> None:
        """Over one pair; `place` counts from 0."""
        self._show(of_pair=True)
        said = self.tr("Pair {place} of {total}").format(place=number(place + 1), total=number(total))
        self.count.setText(said)
        self.before.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < total)
        self.later.setVisible(True)
        self.never.setVisible(True)
        self.again.setVisible(False)

    def show_plan(self, count: int) -> None:
        """Over so many pairs that are to be merged at once."""
        self._show(of_pair=False)
        said = self.tr("1 pair") if count == 1 else self.tr("{count} pairs").format(count=number(count))
        self.count.setText(said)
        for part in (*self._of_list, self.select, self.later, self.never, self.again):
            part.setVisible(False)

    def _show(self, *, of_pair: bool) -> None:
        self.select.setVisible(False)
        for part in self._of_pair:
            part.setVisible(of_pair)
        for part in self._of_list:
            part.setVisible(not of_pair)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, 0)
        self._row.setSpacing(metrics.row_gap)
        self.title.setFixedHeight(metrics.page_header)
        # Both stand on one line of writing, though the title is larger.
        self.count.setContentsMargins(metrics.space_2, metrics.space_4, metrics.space_4, 0)
