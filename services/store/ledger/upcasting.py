"""Lifts ledger rows of older formats to today's when they are read. Pure: does no I/O.

A format that changes gets the next number and one function here; rows are never rewritten.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from services.store.ledger.diff import Pairs

CURRENT_SCHEMA: Final = 1

Lifter = Callable[[str, Pairs, Pairs | None], tuple[Pairs, Pairs | None]]

LIFTERS: Final[MappingProxyType[int, Lifter]] = MappingProxyType({})
"""From each older format to the next one; empty while there has been only one."""


def lift(entity: str, schema: int, fields: Pairs, personal: Pairs | None) -> tuple[Pairs, Pairs | None]:
    """Carry a row through every later format. Raises KeyError for a format this program does not know."""
    while schema != CURRENT_SCHEMA:
        fields, personal = LIFTERS[schema](entity, fields, personal)
        schema += 1
    return fields, personal
