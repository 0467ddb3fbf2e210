"""Telephone numbers that are valid in their country and differ from each other.

Ranges that a country keeps free for films are used first; only when those are used up do numbers of ordinary
ranges follow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from services.demo.draws import BoolArray, IntArray

_STEP_SHARE = 0.6180339887


def numbers(patterns: list[tuple[str, ...]], *, country: IntArray, wanted: BoolArray) -> list[str]:
    """E.164 numbers for the rows that are `wanted`, else "": the k-th of a country is the k-th of its ranges.

    A pattern is "+", a prefix and then "#" for each free digit. Where a country has more rows than numbers,
    the last range begins again.
    """
    texts = np.full(len(country), "", dtype=object)
    for index, ranges in enumerate(patterns):
        rows = np.flatnonzero(wanted & (country == index))
        if len(rows):
            texts[rows] = _take(ranges, len(rows))
    result: list[str] = texts.tolist()
    return result


def _take(ranges: tuple[str, ...], count: int) -> list[str]:
    taken: list[str] = []
    for position, pattern in enumerate(ranges):
        prefix = pattern.rstrip("#")
        digits = len(pattern) - len(prefix)
        size = 10**digits
        left = count - len(taken)
        if position < len(ranges) - 1:
            left = min(left, size)
        # A step that shares no factor with a power of ten visits every number of the range once.
        step = int(size * _STEP_SHARE) // 10 * 10 + 3
        suffixes = (np.arange(left, dtype=np.int64) * step + size // 3) % size
        taken.extend(f"{prefix}{suffix:0{digits}d}" for suffix in suffixes.tolist())
        if len(taken) == count:
            break
    return taken
