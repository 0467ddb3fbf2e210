"""The time, as something that can be handed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Says what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class ManualClock:
    """A clock that moves only when told to: for tests, and for workspaces made to a fixed day."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        """The moment last set."""
        return self._now

    def advance(self, step: timedelta) -> None:
        """Move forward (or back) by `step`."""
        self._now += step

    def set(self, moment: datetime) -> None:
        """Jump to `moment`."""
        self._now = moment


def to_millis(moment: datetime) -> int:
    """Milliseconds since 1970 UTC, the form in which the store keeps every `*_at`."""
    return int(moment.timestamp() * 1000)


def from_millis(millis: int) -> datetime:
    """The aware UTC moment of `millis` since 1970."""
    return datetime.fromtimestamp(millis / 1000, UTC)
