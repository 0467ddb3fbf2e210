"""One line to add a task: what, by when, with whom. Return adds it and leaves the line ready for the next."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.errors import InvalidValue, MyCrmError
from services.records.fields import EntityKind
from ui.pages.record.due_words import day_text
from ui.pages.record.moments import Moments
from ui.pages.record.record_field import RecordField
from ui.pages.tasks.month_grid import MonthPicker
from ui.tasks import Tasks
from ui.widgets.button import Button, ButtonKind
from ui.widgets.line_field import LineField
from ui.widgets.menu import Menu
from ui.widgets.popover import Popover
from ui.widgets.surface import Surface

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace


class QuickAdd(Surface):
    """The day stays from one task to the next; title and contact are empty again."""

    #: Add a task; carries the (field, text) pairs.
    add_wanted = Signal(object)
    #: Escape: the keyboard goes back to the list.
    left = Signal()

    def __init__(self, workspace: OpenWorkspace, tasks: Tasks, moments: Moments, *, parent: QWidget | None = None):
        super().__init__("surface", lines=Qt.Edge.BottomEdge, parent=parent)
        self._moments = moments
        self.title = LineField("", placeholder=self.tr("Add a task"), icon="add")
        self.title.editor.setAccessibleName(self.tr("Title of a new task"))
        self.due = Button("", icon="calendar", menu_arrow=True)
        self.contact = RecordField(EntityKind.CONTACT, "", workspace, tasks, placeholder=self.tr("With whom"))
        self.contact.editor.setAccessibleName(self.tr("Contact of a new task"))
        self.add = Button(self.tr("Add"), kind=ButtonKind.DEFAULT)
        self.popover: Popover | None = None
        self._day: date | None = moments.now().date()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.title, 1, Qt.AlignmentFlag.AlignTop)
        for widget in (self.due, self.contact, self.add):
            self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.setFocusProxy(self.title.editor)
        self.title.submitted.connect(self.submit)
        self.contact.submitted.connect(self.submit)
        self.add.clicked.connect(self.submit)
        self.due.clicked.connect(self.offer_days)
        self.title.text_edited.connect(lambda _text: self.title.set_error(""))
        self.restyle()
        self.show_day()

    @property
    def day(self) -> date | None:
        """When the next task is due."""
        return self._day

    def set_day(self, day: date | None) -> None:
        """Take another day."""
        self._day = day
        self.show_day()
        self.title.editor.setFocus()

    def show_day(self) -> None:
        """Say the day anew: it may be another one now."""
        text = self.tr("No date") if self._day is None else day_text(self._day, self._moments)
        self.due.set_label(text)
        self.due.setAccessibleName(self.tr("Due: {day}").format(day=text))

    def submit(self) -> None:
        """Add what was typed."""
        if not self.title.text.strip():
            self.title.editor.setFocus()
            return
        pairs = [("title", self.title.text.strip())]
        if self._day is not None:
            pairs.append(("due_at", self._day.isoformat()))
        if self.contact.typed:
            pairs.append(("contact", self.contact.typed))
        self.add_wanted.emit(pairs)

    def clear(self) -> None:
        """It was added: ready for the next."""
        self.title.set_text("")
        self.contact.set_record("", "")
        self.title.editor.setFocus()

    def show_error(self, error: BaseException) -> None:
        """Say below the field what cannot be kept."""
        if not isinstance(error, MyCrmError):
            return
        field = error.field if isinstance(error, InvalidValue) else ""
        place: LineField = self.contact if field == "contact" or error.title.startswith("There is no") else self.title
        place.set_error(f"{error.title}. {error.message}")
        place.editor.setFocus()

    def offer_days(self) -> None:
        """The usual days, a month to choose from, or none."""
        today = self._moments.now().date()
        monday = today + timedelta(days=7 - today.weekday())
        menu = Menu(self.due, name=self.tr("Due"))
        days = (
            (self.tr("Today"), today),
            (self.tr("Tomorrow"), today + timedelta(days=1)),
            (self.tr("Next Monday"), monday),
        )
        for text, day in days:
            menu.add_item(text, checked=day == self._day).triggered.connect(lambda _on=False, d=day: self.set_day(d))
        choose = menu.add_item(self.tr("Choose a day…"), checked=False)
        choose.triggered.connect(self.open_month)
        menu.addSeparator()
        none = menu.add_item(self.tr("No date"), checked=self._day is None)
        none.triggered.connect(lambda _on=False: self.set_day(None))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_at(self.due)

    def restyle(self) -> None:
        metrics = self.theme.metrics
        self._row.setContentsMargins(metrics.page_margin, 0, metrics.page_margin, metrics.group_gap)
        self._row.setSpacing(metrics.row_gap)
        self.contact.setFixedWidth(metrics.rail)

    def open_month(self) -> None:
        """Offer the days of a month."""
        picker = MonthPicker(self._moments.now().date(), self._day)
        popover = Popover(self.due)
        popover.set_content(picker)
        self.popover = popover
        picker.day_chosen.connect(self._on_day_chosen)
        popover.open_at(self.due)
        picker.setFocus()

    def _on_day_chosen(self, day: date) -> None:
        if self.popover is not None:
            self.popover.close()
            self.popover = None
        self.set_day(day)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
