"""What was won in a period, and what is to close in it, by currency."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from services.clock import to_millis
from services.store.connection import Connection
from services.store.queries.deals import EFFECTIVE_PROBABILITY

_PERCENT = 100
_MINE = "(t.owner_id IS NULL OR u.uid = ? OR ? IS NULL)"


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """Deals, what was won, what is expected and what that is worth by its probabilities, each by currency."""

    deals: Counter[str]
    won: Counter[str]
    expected: Counter[str]
    weighted: Counter[str]


def period_sums(
    connection: Connection, *, since: datetime, until: datetime, last_day: date, actor: bytes | None
) -> PeriodSums:
    """The sums over the deals of one user, and of nobody, in a period; a deal without an amount counts for nothing."""
    deals: Counter[str] = Counter()
    won: Counter[str] = Counter()
    expected: Counter[str] = Counter()
    weighted: Counter[str] = Counter()
    won_sql = (
        "SELECT coalesce(t.currency, ''), count(*), sum(t.amount) FROM deal t LEFT JOIN user u ON u.id = t.owner_id "
        f"WHERE t.deleted_at IS NULL AND t.amount IS NOT NULL AND t.won_at >= ? AND t.won_at < ? AND {_MINE} "
        "AND t.status = 'won' GROUP BY 1"
    )
    for currency, count, amount in connection.exec_driver_sql(
        won_sql, (to_millis(since), to_millis(until), actor, actor)
    ):
        deals[currency] += count
        won[currency] = amount
    open_sql = (
        f"SELECT coalesce(t.currency, ''), t.amount, {EFFECTIVE_PROBABILITY} FROM deal t "
        "LEFT JOIN stage s ON s.id = t.stage_id LEFT JOIN user u ON u.id = t.owner_id "
        "WHERE t.deleted_at IS NULL AND t.amount IS NOT NULL AND t.status = 'open' "
        f"AND t.expected_close <= ? AND {_MINE}"
    )
    for currency, amount, probability in connection.exec_driver_sql(open_sql, (last_day.isoformat(), actor, actor)):
        deals[currency] += 1
        expected[currency] += amount
        weighted[currency] += amount * probability
    rounded = Counter({currency: (sum_ + _PERCENT // 2) // _PERCENT for currency, sum_ in weighted.items()})
    return PeriodSums(deals, won, expected, rounded)
