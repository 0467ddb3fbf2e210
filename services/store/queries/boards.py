"""The lanes of a board and the sums over it, each with one statement however many deals there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

from services.clock import from_millis, to_millis
from services.filtering import parse
from services.records.fields import EntityKind
from services.records.sales import BoardLane, Money, PipelineTotals, StageKind, StageRow
from services.store.connection import Connection
from services.store.directory import custom_fields
from services.store.queries.deals import EFFECTIVE_PROBABILITY
from services.store.queries.listing import zone_of
from services.store.queries.pipelines import stages
from services.store.queries.where import QueryContext, compile_query

_PERCENT = 100


class _Sum:
    """Sums of one lane by currency."""

    def __init__(self) -> None:
        self.deals: Counter[str] = Counter()
        self.total: Counter[str] = Counter()
        self.weighted: Counter[str] = Counter()

    def add(self, amount: int | None, currency: str | None, probability: int) -> None:
        """Take in a deal; one without an amount counts for nothing."""
        if amount is None:
            return
        self.deals[currency or ""] += 1
        self.total[currency or ""] += amount
        self.weighted[currency or ""] += amount * probability

    @property
    def money(self) -> Money:
        return tuple((currency, self.total[currency]) for currency, _ in self.deals.most_common())

    @property
    def weighted_money(self) -> Money:
        """Rounded to the nearest minor unit once, not once a deal."""
        return tuple((c, (self.weighted[c] + _PERCENT // 2) // _PERCENT) for c, _ in self.deals.most_common())


def lanes(
    connection: Connection, pipeline: int, *, where: str, now: datetime, actor: bytes | None
) -> tuple[BoardLane, ...]:
    """One lane a stage: open deals by close and name, closed ones of the running month with the newest first."""
    zone = zone_of(connection, actor)
    month = now.astimezone(zone).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    condition, bound = _condition(connection, where, now=now, actor=actor)
    sql = (
        f"SELECT t.stage_id, t.id, t.amount, t.currency, {EFFECTIVE_PROBABILITY} "
        "FROM deal t JOIN stage s ON s.id = t.stage_id "
        "WHERE s.pipeline_id = ? AND t.deleted_at IS NULL "
        f"AND (t.status = 'open' OR coalesce(t.won_at, t.lost_at) >= ?) AND ({condition}) "
        "ORDER BY coalesce(t.won_at, t.lost_at, 0) DESC, t.expected_close IS NULL, t.expected_close, t.sort_name, t.id"
    )
    ids: dict[int, list[int]] = defaultdict(list)
    sums: dict[int, _Sum] = defaultdict(_Sum)
    for stage, deal, amount, currency, probability in connection.exec_driver_sql(
        sql, (pipeline, to_millis(month), *bound)
    ):
        ids[stage].append(deal)
        sums[stage].add(amount, currency, probability)
    mine = [stage for stage in stages(connection) if stage.pipeline_id == pipeline]
    return tuple(_lane(stage, ids[stage.id], sums[stage.id]) for stage in mine)


def _lane(stage: StageRow, ids: list[int], sums: _Sum) -> BoardLane:
    return BoardLane(stage, tuple(ids), sums.money, sums.weighted_money)


def _condition(
    connection: Connection, where: str, *, now: datetime, actor: bytes | None
) -> tuple[str, tuple[Any, ...]]:
    if not where.strip():
        return "1", ()
    fields = custom_fields(connection, EntityKind.DEAL)
    context = QueryContext(now, actor, fields, zone=zone_of(connection, actor))
    return compile_query(parse(where, EntityKind.DEAL, fields), EntityKind.DEAL, context)


def totals(connection: Connection, pipeline: int, *, now: datetime, actor: bytes | None) -> PipelineTotals:
    """The sums of the open deals of a pipeline, and how many need somebody."""
    today = now.astimezone(zone_of(connection, actor)).date().isoformat()
    sql = (
        f"SELECT t.amount, t.currency, {EFFECTIVE_PROBABILITY}, t.next_step, t.next_step_due, t.stage_entered_at, "
        "s.rotting_days FROM deal t JOIN stage s ON s.id = t.stage_id "
        "WHERE s.pipeline_id = ? AND t.deleted_at IS NULL AND t.status = ?"
    )
    sums = _Sum()
    count = overdue = without = stale = 0
    for amount, currency, probability, step, due, entered, rotting in connection.exec_driver_sql(
        sql, (pipeline, StageKind.OPEN.value)
    ):
        count += 1
        sums.add(amount, currency, probability)
        overdue += bool(due) and due < today
        without += not step
        stale += is_stale(entered, rotting, now)
    return PipelineTotals(count, sums.money, sums.weighted_money, overdue, without, stale)


def is_stale(entered_millis: int | None, rotting_days: int | None, now: datetime) -> bool:
    """Whether a deal has stood in its stage for longer than is good for it."""
    if entered_millis is None or rotting_days is None:
        return False
    return now - from_millis(entered_millis) > timedelta(days=rotting_days)
