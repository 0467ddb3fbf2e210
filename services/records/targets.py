"""What is to be sold in a period, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TargetPeriod(StrEnum):
    """How long a target runs."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class SalesTarget:
    """An amount in minor units of a currency, to be won in every period."""

    amount: int
    currency: str
    period: TargetPeriod


@dataclass(frozen=True, slots=True)
class TargetProgress:
    """How far the running period is, from `since` to before `until`, in the currency of the target.

    `won` was won in it; `expected` are the open deals that are to close before its end, those that are late
    included, and `weighted` is what they are worth by their probabilities. `left_out` counts the deals of both
    kinds that are in other currencies. `target` is None where none was set; the currency is then the one most
    deals are in.
    """

    since: date
    until: date
    today: date
    target: SalesTarget | None
    currency: str
    won: int
    expected: int
    weighted: int
    left_out: int

    @property
    def days_left(self) -> int:
        """Whole days of the period after today."""
        return (self.until - self.today).days - 1
