"""Lets other threads go on while many records are compared: work in short turns, with a moment between them.

Python hands the interpreter on only when one asks and 5 ms have passed, and a window asks many times while it paints.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

Item = TypeVar("Item")

TURN_S: Final = 0.002
PAUSE_S: Final = 0.000_2


class Turns:
    """Pauses a moment whenever a turn is over."""

    def __init__(self) -> None:
        self._ends_at = time.perf_counter() + TURN_S

    def pause_if_due(self) -> None:
        """Let others go on when this turn is over."""
        if time.perf_counter() >= self._ends_at:
            time.sleep(PAUSE_S)
            self._ends_at = time.perf_counter() + TURN_S

    def taken(self, items: Iterable[Item]) -> Iterator[Item]:
        """Each of the items, with pauses between them."""
        for item in items:
            yield item
            self.pause_if_due()

    def drained(self, items: set[Item]) -> Iterator[Item]:
        """Each of the items, which are gone from the set afterwards."""
        while items:
            yield items.pop()
            self.pause_if_due()

    def forget(self, known: dict[Any, Any]) -> None:
        """Empty a large dictionary piece by piece: to free its values at once is one long step."""
        while known:
            known.popitem()
            self.pause_if_due()
