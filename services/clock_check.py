"""Asks about a clock that seems wrong: it stands more than a day ahead of the last change, or behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.access import Access, Permission, verb
from services.clock import from_millis, to_millis
from services.store.ledger.hlc import COUNTER_BITS, LONGEST_LEAP, leaps
from services.store.store import Store

CONFIRMED = "clock_confirmed"
_DAY_MS: Final = LONGEST_LEAP // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class ClockQuestion:
    """What is to be asked: is it really `now`, when the last change was made at `last_change_at`?"""

    now: datetime
    last_change_at: datetime


class ClockCheck:
    """Compares the clock of this computer with the ledger's; order of changes never depends on the answer."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def question(self) -> ClockQuestion | None:
        """What to ask the user, or None while the clock is believed."""
        now = self._store.clock.now()
        with self._store.read() as connection:
            run = connection.exec_driver_sql
            last = run("SELECT hlc FROM change ORDER BY seq DESC LIMIT 1").scalar()
            confirmed = run("SELECT value FROM workspace WHERE name = ?", (CONFIRMED,)).scalar()
        if last is None:
            return None
        wall = to_millis(now)
        believed = int(confirmed or 0) << COUNTER_BITS
        ahead = leaps(last, wall) and leaps(believed, wall)
        # A ledger that once followed a clock of the future stays ahead; who has said so is not asked for a day.
        behind = leaps(wall << COUNTER_BITS, last >> COUNTER_BITS) and abs((believed >> COUNTER_BITS) - wall) > _DAY_MS
        return ClockQuestion(now, from_millis(last >> COUNTER_BITS)) if ahead or behind else None

    @verb(Permission.EDIT)
    def confirm(self) -> None:
        """The clock is right: follow it from now on."""
        now = str(to_millis(self._store.clock.now()))
        with self._store.note() as connection:
            connection.exec_driver_sql("INSERT OR REPLACE INTO workspace(name, value) VALUES (?, ?)", (CONFIRMED, now))
