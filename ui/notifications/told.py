"""Which reminders were told on this laptop already, so that none comes twice and none is lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from services.clock import to_millis
from services.records.reminders import Reminder
from ui.session_state import SessionState

STATE_GROUP: Final = "reminders"
KEPT: Final = timedelta(days=90)


class ToldReminders:
    """A reminder is told once for each moment it asked for: put off, it asks for another one."""

    def __init__(self, state: SessionState) -> None:
        self._state = state
        kept = state.get(STATE_GROUP, "told", {})
        self._told: dict[str, int] = {}
        for name, at in kept.items() if isinstance(kept, dict) else ():
            if isinstance(at, int):
                self._told[str(name)] = at

    def fresh(self, reminders: Iterable[Reminder]) -> list[Reminder]:
        """Those that were not told yet."""
        return [reminder for reminder in reminders if self._told.get(_name(reminder)) != to_millis(reminder.at)]

    def note(self, reminders: Iterable[Reminder], *, now: datetime) -> None:
        """Remember that these were told."""
        for reminder in reminders:
            self._told[_name(reminder)] = to_millis(reminder.at)
        oldest = to_millis(now - KEPT)
        self._told = {name: at for name, at in self._told.items() if at >= oldest}
        self._state.set(STATE_GROUP, "told", self._told)
        # A kill between telling and keeping would tell everything again.
        self._state.save()


def _name(reminder: Reminder) -> str:
    return reminder.uid.hex()
