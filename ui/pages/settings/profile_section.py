"""Who works here, and on which days: facts of the workspace, each change undoable."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from services.records.people import UserRow
from ui.pages.settings.section import FoundRow, Section
from ui.pages.settings.view_model import SettingsViewModel
from ui.searchable_choice import SearchableChoice
from ui.theme.user_locale import user_locale
from ui.time_zones import zone_name, zone_options
from ui.widgets.chip import Chip
from ui.widgets.line_field import LineField

FIELD_WIDTH: Final = 260
DAYS: Final = range(1, 8)


class ProfileSection(Section):
    """Name, address, place and work week of the acting user."""

    def __init__(self, view_model: SettingsViewModel, *, parent: QWidget | None = None) -> None:
        super().__init__("", "user", parent=parent)
        self.title = self.tr("Profile and work week")
        self._view_model = view_model
        self._user: UserRow | None = None
        self._fields = {name: LineField(label) for name, label in (("name", ""), ("email", ""), ("territory", ""))}
        self.zone = SearchableChoice(self.tr("Find a city"))
        self.region = SearchableChoice(self.tr("Find a country"))
        self._days: list[Chip] = []
        self._fill()
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._add_week)
        self._later.start()
        view_model.user_read.connect(self._on_user_read)

    @property
    def days(self) -> list[Chip]:
        """The chips of the work week, Monday first."""
        self._add_week()
        return self._days

    def narrow(self, words: list[str]) -> int:
        self._add_week()
        return super().narrow(words)

    def _fill(self) -> None:
        width = round(FIELD_WIDTH * self.theme.zoom)
        for name, field in self._fields.items():
            field.setFixedWidth(width)
            field.editing_finished.connect(partial(self._on_field_left, name))
        for choice in (self.zone, self.region):
            choice.setFixedWidth(width)
        self.zone.activated.connect(lambda _row: self._change(time_zone=self.zone.currentData()))
        self.region.activated.connect(lambda _row: self._change(region=self.region.currentData()))
        context = self._view_model.context
        context.tasks.background(region_options).then(self._on_regions_read)
        zones = partial(zone_options, context.workspace.store.clock.now())
        context.tasks.background(zones).then(self._on_zones_read)
        self.rows_card(
            self.tr("Profile"),
            [
                FoundRow(
                    self.tr("Your name"),
                    self.tr("Signs your mails and notes."),
                    icon="user",
                    control=self._fields["name"],
                ),
                FoundRow(
                    self.tr("E-mail"),
                    self.tr("Tells your own messages from theirs."),
                    icon="mail",
                    control=self._fields["email"],
                ),
                FoundRow(
                    self.tr("Territory"),
                    self.tr("Stands under your name in the rail."),
                    icon="location",
                    control=self._fields["territory"],
                ),
                FoundRow(
                    self.tr("Time zone"),
                    self.tr("Decides what “today” means in lists and imports."),
                    icon="clock",
                    control=self.zone,
                ),
                FoundRow(
                    self.tr("Country"),
                    self.tr("Phone numbers without a country code are read as numbers of this country."),
                    icon="globe",
                    control=self.region,
                ),
            ],
        )

    def _add_week(self) -> None:
        """The second card, a turn of the event loop after the first: both at once would hold it up."""
        if self._days:
            return
        short = QLocale.FormatType.ShortFormat
        self._days = [Chip(user_locale().dayName(day, short), choosable=True) for day in DAYS]
        week = QWidget()
        row = QHBoxLayout(week)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.metrics.space_6)
        for day, chip in zip(DAYS, self._days, strict=True):
            chip.setAccessibleName(user_locale().dayName(day))
            chip.clicked.connect(self._on_day_clicked)
            row.addWidget(chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self.rows_card(
            self.tr("Work week"),
            [
                FoundRow(
                    self.tr("Days you work"),
                    self.tr("Other days count neither as idle nor against a streak."),
                    icon="calendar",
                    control=week,
                )
            ],
        )
        self._show_week()

    def _show_week(self) -> None:
        if self._user is not None:
            for day, chip in zip(DAYS, self._days, strict=False):
                chip.setChecked(day in self._user.work_week)

    def _change(self, **values: object) -> None:
        if self._user is not None and any(getattr(self._user, name) != value for name, value in values.items()):
            self._view_model.change_profile(**values)

    def _on_field_left(self, name: str) -> None:
        text = self._fields[name].text.strip()
        if name == "name" and not text:
            self._fields[name].set_error(self.tr("Type your name."))
            return
        if name == "email" and text and "@" not in text:
            self._fields[name].set_error(self.tr("An address has an @."))
            return
        self._fields[name].set_error("")
        self._change(**{name: text})

    def _on_day_clicked(self) -> None:
        days = tuple(day for day, chip in zip(DAYS, self.days, strict=True) if chip.isChecked())
        self._change(work_week=days)

    def _on_user_read(self, user: UserRow | None) -> None:
        self._user = user
        if user is None:
            return
        for name, field in self._fields.items():
            if not field.editor.hasFocus() or not field.editor.isModified():
                field.set_text(getattr(user, name))
        self._choose(self.zone, user.time_zone)
        self._choose(self.region, user.region)
        self._show_week()

    def _on_zones_read(self, options: list[tuple[str, str]]) -> None:
        self.zone.clear()
        for name, zone in options:
            self.zone.addItem(name, zone)
        if self._user is not None:
            self._choose(self.zone, self._user.time_zone)

    def _on_regions_read(self, options: list[tuple[str, str]]) -> None:
        self.region.clear()
        self.region.addItem(self.tr("Not chosen"), "")
        for name, code in options:
            self.region.addItem(name, code)
        self._choose(self.region, self._user.region if self._user is not None else "")

    def _choose(self, choice: SearchableChoice, value: str) -> None:
        place = choice.findData(value)
        if place < 0 and choice is self.zone and value:
            now = self._view_model.context.workspace.store.clock.now()
            choice.addItem(zone_name(value, now), value)
            place = choice.findData(value)
        choice.setCurrentIndex(place)


def region_options() -> list[tuple[str, str]]:
    """Every country by its name, with its ISO code; called off the GUI thread, because there are 250."""
    codes = {QLocale.territoryToCode(territory): QLocale.territoryToString(territory) for territory in QLocale.Country}
    named = ((name, code) for code, name in codes.items() if len(code) == 2 and code.isalpha() and code != "ZZ")
    return sorted(named)
