"""What this laptop tells, when, and how much of it: reminders, meetings, quiet hours."""

from __future__ import annotations

from datetime import time
from typing import Final

from PySide6.QtCore import QLocale, QTime
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.notifications.preferences import LEADS_MIN, NotificationPreferences
from ui.pages.settings.section import FoundRow, Section
from ui.session_state import SessionState
from ui.widgets.combo_box import ComboBox
from ui.widgets.label import Label
from ui.widgets.switch import Switch

FIRST_QUIET: Final = (time(20), time(7))
COMBO_WIDTH: Final = 160
TIME_WIDTH: Final = 92
HALF_HOURS: Final = tuple(time(hour, minute) for hour in range(24) for minute in (0, 30))


class NotificationsSection(Section):
    """Acts at once; kept on this laptop, outside the workspace."""

    def __init__(self, state: SessionState, *, parent: QWidget | None = None) -> None:
        super().__init__("", "bell", parent=parent)
        self.title = self.tr("Notifications")
        self.preferences = NotificationPreferences(state)
        self.wanted = Switch(self.tr("Reminders"), on=self.preferences.wanted)
        self.with_names = Switch(self.tr("Names and titles"), on=self.preferences.with_names)
        self.is_quiet = Switch(self.tr("Quiet hours"), on=self.preferences.quiet is not None)
        self.lead = ComboBox()
        for minutes in LEADS_MIN:
            said = self.tr("{minutes} minutes before").format(minutes=minutes)
            self.lead.addItem(said if minutes else self.tr("When it begins"), minutes)
        self.since, self.until = self._times(self.tr("Quiet from")), self._times(self.tr("Quiet until"))
        self._look()
        self.wanted.toggled.connect(self.preferences.set_wanted)
        self.with_names.toggled.connect(self.preferences.set_with_names)
        self.lead.activated.connect(lambda _row: self.preferences.set_before_meetings(self.lead.currentData()))
        self.is_quiet.toggled.connect(lambda _on: self._set_quiet())
        for times in (self.since, self.until):
            times.activated.connect(lambda _row: self._set_quiet())
        self._fill()

    def _times(self, name: str) -> ComboBox:
        box = ComboBox()
        box.setAccessibleName(name)
        for moment in HALF_HOURS:
            clock = QTime(moment.hour, moment.minute)
            box.addItem(QLocale().toString(clock, QLocale.FormatType.ShortFormat), moment.isoformat("minutes"))
        return box

    def _fill(self) -> None:
        zoom = self.theme.zoom
        self.lead.setFixedWidth(round(COMBO_WIDTH * zoom))
        self.lead.setAccessibleName(self.tr("Meetings"))
        for times in (self.since, self.until):
            times.setFixedWidth(round(TIME_WIDTH * zoom))
        hours = QWidget()
        row = QHBoxLayout(hours)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self.theme.metrics.row_gap)
        for part in (self.since, Label(self.tr("to"), colour="text_2"), self.until, self.is_quiet):
            row.addWidget(part)
        self.rows_card(
            self.tr("On this laptop"),
            [
                FoundRow(
                    self.tr("Reminders"),
                    self.tr("Nothing runs while the program is closed; what came then is told at the next start."),
                    icon="bell",
                    control=self.wanted,
                ),
                FoundRow(
                    self.tr("Meetings"),
                    self.tr("Those with a time, not whole days."),
                    icon="calendar",
                    control=self.lead,
                ),
                FoundRow(
                    self.tr("Names and titles"),
                    self.tr("Off: a notification says only that there is a task or a meeting."),
                    icon="eye",
                    control=self.with_names,
                ),
                FoundRow(
                    self.tr("Quiet hours"),
                    self.tr("Nothing is told then; it waits until they are over."),
                    icon="moon",
                    control=hours,
                ),
            ],
        )

    def _look(self) -> None:
        preferences = self.preferences
        self.lead.setCurrentIndex(LEADS_MIN.index(round(preferences.before_meetings.total_seconds() / 60)))
        quiet = preferences.quiet
        for box, moment in zip((self.since, self.until), quiet or FIRST_QUIET, strict=True):
            # A time from elsewhere that is no half hour is shown as the one before it.
            box.setCurrentIndex(HALF_HOURS.index(moment.replace(minute=moment.minute // 30 * 30, second=0)))
            box.setEnabled(quiet is not None)

    def _set_quiet(self) -> None:
        chosen = (time.fromisoformat(self.since.currentData()), time.fromisoformat(self.until.currentData()))
        self.preferences.set_quiet(chosen if self.is_quiet.isChecked() else None)
        for box in (self.since, self.until):
            box.setEnabled(self.is_quiet.isChecked())
