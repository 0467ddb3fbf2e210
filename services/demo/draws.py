"""Random numbers that are the same on every platform and library version.

Only `Generator(PCG64).random` is used, whose bits are fixed; every distribution is made from it here, because
the library's own (`normal`, `poisson`, `choice`...) may change their streams between versions.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


class Stream:
    """One sequence of random numbers, independent of all others of the same seed."""

    def __init__(self, seed: int, name: str) -> None:
        sequence = np.random.SeedSequence([seed, zlib.crc32(name.encode())])
        self._generator = np.random.Generator(np.random.PCG64(sequence))

    def uniform(self, count: int) -> FloatArray:
        """Numbers in [0, 1)."""
        return self._generator.random(count)

    def chance(self, probability: FloatArray | float, count: int) -> BoolArray:
        """True with the given probability, one for all or one each."""
        return self.uniform(count) < probability

    def below(self, high: IntArray | int, count: int) -> IntArray:
        """Whole numbers from 0 to `high` - 1."""
        return (self.uniform(count) * high).astype(np.int64)

    def normal(self, count: int) -> FloatArray:
        """Standard normal numbers (Box and Muller, 1958)."""
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(count)))
        normal: FloatArray = radius * np.cos(2.0 * np.pi * self.uniform(count))
        return normal

    def exponential(self, mean: float, count: int) -> FloatArray:
        """Waiting times with the given mean."""
        waiting: FloatArray = -mean * np.log1p(-self.uniform(count))
        return waiting

    def pick(self, weights: Sequence[float] | FloatArray, count: int) -> IntArray:
        """Indexes drawn in proportion to `weights`."""
        edges = np.cumsum(np.asarray(weights, dtype=np.float64))
        picked: IntArray = np.searchsorted(edges, self.uniform(count) * edges[-1], side="right").astype(np.int64)
        return picked

    def poisson(self, mean: FloatArray) -> IntArray:
        """Counts with the given means (at most some hundreds), by inversion of one uniform number each."""
        target = self.uniform(len(mean))
        counts = np.zeros(len(mean), dtype=np.int64)
        term = np.exp(-mean)
        total = term.copy()
        open_rows = np.flatnonzero(target >= total)
        number = 0
        while len(open_rows) and number < 1000:
            number += 1
            term[open_rows] *= mean[open_rows] / number
            total[open_rows] += term[open_rows]
            counts[open_rows] = number
            open_rows = open_rows[target[open_rows] >= total[open_rows]]
        return counts
