"""Tells reminders while the program runs, those that came meanwhile at its start and after a sleep, and none twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QObject, QTimer

from services.records.fields import EntityKind
from services.records.reminders import Reminder
from ui.notifications.notifier import Notification, Notifier
from ui.notifications.preferences import NotificationPreferences
from ui.notifications.told import ToldReminders
from ui.notifications.wording import DONE, SNOOZE, SUMMARY_KEY, key_of, notification_of, summary_of
from ui.operations import tasks as task_operations
from ui.pages import Perform, Target
from ui.tasks import Tasks

if TYPE_CHECKING:
    from services.open_workspace import OpenWorkspace

LONGEST_MS: Final = 15_000
"""Between two looks: how late a reminder can be after a sleep, a change of the clock or one by another process."""
SHORTEST_MS: Final = 250
TOLD_ONE_BY_ONE: Final = 3
SNOOZED_FOR: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at the workspace found."""

    reminders: list[Reminder]
    next_at: datetime | None
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Ways:
    """What reminding may do with the window: go somewhere, run a command, say something in it."""

    navigate: Callable[[Target], None]
    perform: Perform
    say: Callable[[Notification], None]


class Reminding(QObject):
    """Looks at the open workspace now and then; what the user chooses on a notification is done here."""

    def __init__(self, tasks: Tasks, preferences: NotificationPreferences) -> None:
        super().__init__()
        self._notifier: Notifier | None = None
        self.preferences = preferences
        self._lane = tasks.lane()
        self._workspace: OpenWorkspace | None = None
        self._ways: Ways | None = None
        self._told: ToldReminders | None = None
        self._shown: dict[str, Reminder] = {}
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.look)
        preferences.preferences_changed.connect(self.look)

    def use(self, notifier: Notifier) -> None:
        """Tell by the means of the desktop from now on; until then the window says it."""
        self._notifier = notifier
        notifier.chosen.connect(self.choose)
        notifier.refused.connect(self._say)

    def begin(self, workspace: OpenWorkspace, told: ToldReminders, ways: Ways) -> None:
        """Tell what is due in a workspace that was just opened, and go on looking."""
        self._workspace, self._told, self._ways = workspace, told, ways
        self.look()

    def end(self) -> None:
        """The workspace is about to be closed: what is shown of it goes, because it says names."""
        self._timer.stop()
        self._lane.forget()
        for key in self._shown:
            self._withdraw(key)
        self._shown.clear()
        self._workspace = self._ways = self._told = None

    def look(self) -> None:
        """Look at what is due now."""
        workspace = self._workspace
        if workspace is None:
            return
        self._lane.read(partial(_look, workspace, self.preferences.before_meetings)).then(self._take)

    def _take(self, look: Look) -> None:
        if self._workspace is None or self._told is None:
            return
        now = self._workspace.store.clock.now()
        self._forget_settled(look.reminders)
        if self.preferences.wanted and not self.preferences.is_quiet_at(now.astimezone(look.zone).time()):
            fresh = self._told.fresh(look.reminders)
            if fresh:
                self._tell(fresh, now, look.zone)
                self._told.note(fresh, now=now)
        wait_ms = LONGEST_MS if look.next_at is None else round((look.next_at - now).total_seconds() * 1000) + 1
        self._timer.start(min(LONGEST_MS, max(SHORTEST_MS, wait_ms)))

    def _tell(self, fresh: list[Reminder], now: datetime, zone: tzinfo) -> None:
        with_names = self.preferences.with_names
        # The window has room for one at a time.
        one_by_one = TOLD_ONE_BY_ONE if self._notifier is not None else 1
        if len(fresh) > one_by_one:
            self._show(summary_of(fresh, with_names=with_names))
            return
        for reminder in fresh:
            self._shown[key_of(reminder)] = reminder
            self._show(notification_of(reminder, now=now, zone=zone, with_names=with_names))

    def _forget_settled(self, standing: list[Reminder]) -> None:
        """What was done, put off or has begun meanwhile needs nobody's eyes any more."""
        keys = {key_of(reminder) for reminder in standing}
        for key in [key for key in self._shown if key not in keys]:
            del self._shown[key]
            self._withdraw(key)

    def _show(self, notification: Notification) -> None:
        if self._notifier is not None:
            self._notifier.show(notification)
        else:
            self._say(notification)

    def _say(self, notification: Notification) -> None:
        if self._ways is not None:
            self._ways.say(notification)

    def _withdraw(self, key: str) -> None:
        if self._notifier is not None:
            self._notifier.withdraw(key)

    def choose(self, key: str, action: str) -> None:
        """Do what an action of a notification says."""
        workspace, ways = self._workspace, self._ways
        if workspace is None or ways is None:
            return
        if key == SUMMARY_KEY:
            ways.navigate(Target("tasks"))
            return
        reminder = self._shown.get(key)
        if reminder is None:
            return
        if action == DONE:
            ways.perform(task_operations.done(workspace, [reminder.id], title=reminder.title))
        elif action == SNOOZE:
            until = workspace.store.clock.now() + SNOOZED_FOR
            said = self.tr("10 minutes from now")
            ways.perform(task_operations.snooze(workspace, reminder.id, until, said=said))
        elif reminder.entity is EntityKind.TASK:
            ways.navigate(Target("tasks", EntityKind.TASK, reminder.id))
        elif reminder.contact_id is not None:
            ways.navigate(Target("contacts", EntityKind.CONTACT, reminder.contact_id))
        else:
            ways.navigate(Target("tasks"))


def _look(workspace: OpenWorkspace, before_meetings: timedelta) -> Look:
    user = workspace.users.acting()
    try:
        zone = ZoneInfo(user.time_zone if user and user.time_zone else "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    return Look(
        workspace.reminders.due(before_meetings=before_meetings),
        workspace.reminders.next_at(before_meetings=before_meetings),
        zone,
    )
