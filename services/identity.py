"""Makes uids: time-ordered UUIDs of version 7 (RFC 9562, section 5.7), one or a hundred thousand at once."""

from __future__ import annotations

import os
from collections.abc import Callable

from services.clock import Clock, to_millis
from services.records.ids import Uid

_RANDOM_BITS = 74
_STEP_BITS = 20
_AT_A_TIME = 64


def _assemble(millis: int, tail: int) -> Uid:
    high, low = tail >> 62, tail & ((1 << 62) - 1)
    value = (millis & ((1 << 48) - 1)) << 80 | 0x7 << 76 | (high & 0xFFF) << 64 | 0b10 << 62 | low
    return Uid(value.to_bytes(16, "big"))


class UidSource:
    """Makes uids from a clock and a source of randomness; both can be handed in."""

    def __init__(self, clock: Clock, random_bytes: Callable[[int], bytes] = os.urandom) -> None:
        self._clock = clock
        self._random_bytes = random_bytes
        self._ready: list[Uid] = []

    def new(self) -> Uid:
        """One new uid."""
        if not self._ready:
            # A few at a time: asking for randomness and the time costs more than the arithmetic.
            self._ready = self.many(_AT_A_TIME)[::-1]
        return self._ready.pop()

    def many(self, count: int) -> list[Uid]:
        """`count` new uids in ascending order, so that bulk inserts append to the unique index."""
        millis = to_millis(self._clock.now())
        # The top bit stays clear, so that adding the steps cannot overflow 74 bits.
        tail = int.from_bytes(self._random_bytes(10), "big") & ((1 << (_RANDOM_BITS - 1)) - 1)
        uids = []
        noise = self._random_bytes(2 * count)
        for index in range(count):
            tail += (1 << _STEP_BITS) + (noise[2 * index] << 8 | noise[2 * index + 1])
            uids.append(_assemble(millis, tail))
        return uids
