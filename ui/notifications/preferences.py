"""What the user wants to be told on this laptop, and when not."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Final

from PySide6.QtCore import QObject, Signal

from ui.session_state import SessionState

STATE_GROUP: Final = "notifications"
LEADS_MIN: Final = (0, 5, 10, 15, 30, 60)
"""Minutes before a meeting that can be chosen; 0 is when it begins."""
USUAL_LEAD_MIN: Final = 10


class NotificationPreferences(QObject):
    """Kept outside the workspace, because two laptops of one rep need not ring together."""

    #: Something is wanted differently now.
    preferences_changed = Signal()

    def __init__(self, state: SessionState) -> None:
        super().__init__()
        self._state = state

    @property
    def wanted(self) -> bool:
        """Whether reminders are told at all."""
        return bool(self._state.get(STATE_GROUP, "wanted", default=True))

    @property
    def with_names(self) -> bool:
        """Whether a notification says what and whom it is about; whoever stands beside the screen reads it too."""
        return bool(self._state.get(STATE_GROUP, "with_names", default=True))

    @property
    def before_meetings(self) -> timedelta:
        """How long before a meeting it is told."""
        minutes = self._state.get(STATE_GROUP, "before_meetings_min", USUAL_LEAD_MIN)
        return timedelta(minutes=minutes if minutes in LEADS_MIN else USUAL_LEAD_MIN)

    @property
    def quiet(self) -> tuple[time, time] | None:
        """From when until when nothing is told; None for never."""
        kept = self._state.get(STATE_GROUP, "quiet")
        try:
            since, until = (time.fromisoformat(text) for text in kept)
        except (TypeError, ValueError):
            return None
        return (since, until) if since != until else None

    def set_wanted(self, wanted: bool) -> None:
        """Tell reminders, or none."""
        self._set("wanted", wanted)

    def set_with_names(self, with_names: bool) -> None:
        """Say what it is about, or only that there is something."""
        self._set("with_names", with_names)

    def set_before_meetings(self, minutes: int) -> None:
        """Tell a meeting this many minutes before it begins."""
        self._set("before_meetings_min", minutes)

    def set_quiet(self, quiet: tuple[time, time] | None) -> None:
        """Tell nothing between two times of the day; None for never."""
        self._set("quiet", [moment.isoformat("minutes") for moment in quiet] if quiet else None)

    def is_quiet_at(self, moment: time) -> bool:
        """Whether a time of the day lies in the quiet hours, which may go over midnight."""
        if self.quiet is None:
            return False
        since, until = self.quiet
        return since <= moment < until if since < until else moment >= since or moment < until

    def _set(self, name: str, value: object) -> None:
        self._state.set(STATE_GROUP, name, value)
        self.preferences_changed.emit()
