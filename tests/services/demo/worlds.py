"""Worlds that several tests look at, made once, and arithmetic on them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.demo.plan import DemoPlan
from services.demo.truth import truth_rows
from services.demo.world import ActivityEntry, DemoWorld, make_world

TODAY = date(2026, 11, 24)


@cache
def world_of(
    contacts: int, months: int = 18, seed: int = 7, today: date = TODAY, zone: str = "Europe/Berlin"
) -> DemoWorld:
    """The world of a plan; nobody may change it."""
    return make_world(DemoPlan(today=today, contacts=contacts, months=months, seed=seed, time_zone=zone))


@cache
def entries_of(contacts: int) -> tuple[ActivityEntry, ...]:
    """All activities of a world with their texts."""
    return tuple(world_of(contacts).entries(slice(None)))


def digest(world: DemoWorld) -> str:
    """Sha256 over every column that is stored and every row of the truth."""
    sha = hashlib.sha256()
    for value in _contents(world):
        sha.update(repr(value).encode())
        sha.update(b"\x1f")
    return sha.hexdigest()


def _contents(world: DemoWorld) -> Iterator[Any]:
    yield world.start_ms, world.cut_off_ms, world.end_ms, world.duplicates
    for columns in (world.companies, world.contacts):
        for field in fields(columns):
            value = getattr(columns, field.name)
            yield field.name, value.tolist() if isinstance(value, np.ndarray) else value
    yield from (tuple(entry) for entry in world.entries(slice(None)))
    for row in truth_rows(world):
        # Six digits: the last bits of exp and log differ between processors.
        yield tuple(round(value, 6) if isinstance(value, float) else value for value in row)


def auc(score: NDArray[np.float64], label: NDArray[np.bool_]) -> float:
    """Chance that a positive scores above a negative, ties counting half."""
    _, place, count = np.unique(score, return_inverse=True, return_counts=True)
    rank = (np.cumsum(count) - (count - 1) / 2)[place]
    positive = int(label.sum())
    above = float(rank[label].sum()) - positive * (positive + 1) / 2
    return above / (positive * (len(label) - positive))
