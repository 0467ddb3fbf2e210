"""Rows of deals for lists and boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from services.clock import from_millis
from services.records.fields import EntityKind
from services.records.ids import CompanyId, ContactId, DealId, StageId, Uid
from services.records.sales import DealRow, StageKind, StageVisit
from services.store.connection import Connection
from services.store.queries.pages import marks, moment, tags_of
from services.store.queries.sources import LAST

EFFECTIVE_PROBABILITY: Final = (
    "CASE s.kind WHEN 'won' THEN 100 WHEN 'lost' THEN 0 ELSE coalesce(t.probability, s.probability, 0) END"
)
"""In percent: the user's where there is one, else the stage's; what is closed has happened or not."""


def day(text: str | None) -> date | None:
    """A stored day, or None."""
    return date.fromisoformat(text) if text else None


def rows(connection: Connection, ids: Sequence[int]) -> list[DealRow]:
    """The rows of these deals in this order; ids that are gone are left out."""
    if not ids:
        return []
    sql = (
        "SELECT t.id, t.uid, t.title, t.company_id, c.name, t.contact_id, k.display_name, t.amount, t.currency, "
        f"p.name, t.stage_id, s.name, s.kind, {EFFECTIVE_PROBABILITY}, t.stage_entered_at, s.rotting_days, "
        "t.expected_close, coalesce(t.won_at, t.lost_at), t.next_step, t.next_step_due, u.name, t.created_at, "
        f"{LAST[EntityKind.DEAL]} "
        "FROM deal t LEFT JOIN company c ON c.id = t.company_id LEFT JOIN contact k ON k.id = t.contact_id "
        "LEFT JOIN stage s ON s.id = t.stage_id LEFT JOIN pipeline p ON p.id = t.pipeline_id "
        f"LEFT JOIN user u ON u.id = t.owner_id WHERE t.id IN ({marks(ids)})"
    )
    tags = tags_of(connection, "deal", ids)
    found = {}
    for row in connection.exec_driver_sql(sql, tuple(ids)):
        found[row[0]] = DealRow(
            id=DealId(row[0]),
            uid=Uid(row[1]),
            title=row[2],
            company_id=CompanyId(row[3]) if row[3] is not None else None,
            company=row[4] or "",
            contact_id=ContactId(row[5]) if row[5] is not None else None,
            contact=row[6] or "",
            amount=row[7],
            currency=row[8] or "",
            pipeline=row[9] or "",
            stage_id=StageId(row[10]) if row[10] is not None else None,
            stage=row[11] or "",
            kind=StageKind(row[12] or StageKind.OPEN),
            probability=row[13],
            stage_entered_at=moment(row[14]),
            rotting_days=row[15],
            expected_close=day(row[16]),
            closed_at=moment(row[17]),
            next_step=row[18] or "",
            next_step_due=day(row[19]),
            owner=row[20] or "",
            created_at=from_millis(row[21]),
            last_activity_at=moment(row[22]),
            tags=tags.get(row[0], ()),
        )
    return [found[local_id] for local_id in ids if local_id in found]


def visits(connection: Connection, local_id: int) -> list[StageVisit]:
    """When a deal came into which stage, oldest first."""
    sql = (
        "SELECT b.name, a.name, v.changed_at, v.amount, v.currency FROM stage_change v "
        "JOIN deal t ON t.uid = v.deal_uid LEFT JOIN stage b ON b.uid = unhex(v.before) "
        "LEFT JOIN stage a ON a.uid = unhex(v.after) WHERE t.id = ? ORDER BY v.seq"
    )
    return [
        StageVisit(row[0] or "", row[1] or "", from_millis(row[2]), row[3], row[4] or "")
        for row in connection.exec_driver_sql(sql, (local_id,))
    ]
