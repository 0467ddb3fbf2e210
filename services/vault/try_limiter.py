"""How long to wait after wrong passphrases: arithmetic only, the caller keeps the state.

It slows down a person who guesses at the window. Someone who holds the file guesses outside the program;
against that stand scrypt and the length of the passphrase.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime

from services.clock import Clock

FREE_TRIES = 5
FIRST_WAIT_S = 30.0
LONGEST_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Tries:
    """Wrong tries since the last right one."""

    wrong: int = 0
    last_wrong_at: datetime | None = None


class TryLimiter:
    """Allows five wrong tries, then asks for 30 s, doubling with each further one up to an hour."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def after_wrong(self, tries: Tries) -> Tries:
        """The state after one more wrong try."""
        return Tries(tries.wrong + 1, self._clock.now())

    def after_right(self) -> Tries:
        """The state after a right one: nothing is held against anyone."""
        return Tries()

    def tries_left(self, tries: Tries) -> int:
        """Wrong tries that still cost no wait."""
        return max(0, FREE_TRIES - tries.wrong)

    def wait_s(self, tries: Tries) -> float:
        """Seconds until the next try is allowed; 0 when it is allowed now."""
        if tries.wrong < FREE_TRIES or tries.last_wrong_at is None:
            return 0.0
        passed_s = (self._clock.now() - tries.last_wrong_at).total_seconds()
        # A clock set back must not lock a person out for years: such a wait counts as over.
        if passed_s < 0:
            return 0.0
        # Held down because a float overflows after a thousand doublings.
        doublings = min(tries.wrong - FREE_TRIES, 16)
        return max(0.0, min(math.ldexp(FIRST_WAIT_S, doublings), LONGEST_WAIT_S) - passed_s)
