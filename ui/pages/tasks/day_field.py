"""A day that is typed - `tomorrow`, `Fri`, a date - or chosen from a month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QDate, Signal

from services.values.spoken_days import spoken_day
from ui.pages.tasks.month_grid import MonthPicker
from ui.theme.user_locale import user_locale
from ui.widgets.icon_button import IconButton
from ui.widgets.line_field import LineField
from ui.widgets.popover import Popover


class DayField(LineField):
    """`typed` is what the services read: a chosen day as 2026-11-24, else the text as it stands."""

    #: The user typed, or chose a day.
    edited = Signal()

    def __init__(self, label: str, today: Callable[[], date]) -> None:
        super().__init__(label, placeholder=self.tr("No date"))
        self._today = today
        self._chosen: tuple[str, date] | None = None
        self.popover: Popover | None = None
        self._button = IconButton("calendar", self.tr("Choose a day"), small=True)
        self.framed.add_trailing(self._button)
        self._button.clicked.connect(self.open_month)
        self.text_edited.connect(lambda _text: self._on_edited())

    @property
    def typed(self) -> str:
        """The day as the services read it."""
        if self._chosen is not None and self._chosen[0] == self.text:
            return self._chosen[1].isoformat()
        return self.text.strip()

    @property
    def day(self) -> date | None:
        """The day that stands in the field, None for none and for one that only the services can read."""
        if self._chosen is not None and self._chosen[0] == self.text:
            return self._chosen[1]
        return spoken_day(self.text, self._today())

    def set_day(self, day: date | None) -> None:
        """Show a day."""
        if day is None:
            self._chosen = None
            self.set_text("")
            return
        text = user_locale().toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")
        self._chosen = (text, day)
        self.set_text(text)
        self.editor.home(False)

    def open_month(self) -> None:
        """Offer the days of a month."""
        picker = MonthPicker(self._today(), self.day)
        popover = Popover(self)
        popover.set_content(picker)
        self.popover = popover
        picker.day_chosen.connect(self._on_day_chosen)
        popover.closed.connect(self._on_popover_closed)
        popover.open_at(self.framed)
        picker.setFocus()

    def _on_day_chosen(self, day: date) -> None:
        self.set_day(day)
        if self.popover is not None:
            self.popover.close()
        self._on_edited()

    def _on_edited(self) -> None:
        self.set_error("")
        self.edited.emit()

    def _on_popover_closed(self) -> None:
        self.popover = None
