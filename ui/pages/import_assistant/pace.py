"""How fast long work goes and how long it will still take, from what it reports of itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

TOLD_AFTER_S: Final = 0.5
"""Before this a rate says nothing."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is: a phase in a word, what is done of what, the rate a second, the seconds left.

    `rate` and `left_s` are 0 as long as they are not known.
    """

    phase: str = ""
    done: int = 0
    total: int = 0
    rate: int = 0
    left_s: float = 0.0

    @property
    def share(self) -> float:
        """From 0 to 1; 0 while the total is not known."""
        return min(1.0, self.done / self.total) if self.total else 0.0


class Pace:
    """Turns reports into progress; each phase is timed by itself."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._phase = ""
        self._begun_at = now()

    def report(self, phase: str, done: int, total: int) -> Progress:
        """The progress after a report."""
        if phase != self._phase:
            self._phase, self._begun_at = phase, self._now()
        took_s = self._now() - self._begun_at
        if took_s < TOLD_AFTER_S or not done:
            return Progress(phase, done, total)
        rate = done / took_s
        return Progress(phase, done, total, round(rate), max(0.0, (total - done) / rate))
