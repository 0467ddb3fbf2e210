"""The hybrid logical clock that orders changes. Pure: does no I/O.

A stamp is (milliseconds << 16) + counter, so that a counter that overflows carries into the milliseconds.
Source: Kulkarni et al., "Logical Physical Clocks", 2014.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final

COUNTER_BITS: Final = 16
LONGEST_LEAP: Final = timedelta(hours=24)
"""How far the wall clock may run ahead of the last change before a person is asked whether it is right."""


def first_stamp(last: int, wall_millis: int, *, confirmed_millis: int = 0) -> int:
    """The stamp of the next change.

    A wall clock that stands more than a day ahead of the last change is not followed until somebody has
    confirmed it, which holds for a day; the order of changes holds either way.
    """
    if last and leaps(last, wall_millis) and leaps(confirmed_millis << COUNTER_BITS, wall_millis):
        return last + 1
    return max(last + 1, wall_millis << COUNTER_BITS)


def leaps(last: int, wall_millis: int) -> bool:
    """Whether the wall clock is further ahead of the last change than is followed without asking."""
    return wall_millis - (last >> COUNTER_BITS) > LONGEST_LEAP / timedelta(milliseconds=1)
