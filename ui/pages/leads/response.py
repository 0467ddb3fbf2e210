"""By when a lead wants to be answered, in words: `Today, 14:30`, `2 days late`, `Answered`. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from services.records.sales import LeadRow
from ui.pages.record.due_words import full_day_text, moment_text
from ui.pages.record.moments import Moments

CLOSED: Final = frozenset({"converted", "disqualified"})
HOUR_S: Final = 3600
DAY_S: Final = 24 * HOUR_S


def is_waiting(row: LeadRow) -> bool:
    """Whether somebody waits for an answer."""
    return row.response_due is not None and row.responded_at is None and row.status not in CLOSED


def is_late(row: LeadRow, moments: Moments) -> bool:
    """Whether the answer should have been given by now."""
    return is_waiting(row) and row.response_due is not None and row.response_due < moments.now()


def due_words(row: LeadRow, moments: Moments) -> str:
    """What stands in the list; "" where nothing was promised or nobody waits any more."""
    if row.response_due is None or row.status in CLOSED:
        return ""
    if row.responded_at is not None:
        return _tr("Answered")
    late_s = (moments.now() - row.response_due).total_seconds()
    if late_s < 0:
        day = moments.local(row.response_due).date()
        near = day - moments.now().date() <= timedelta(days=1)
        return moment_text(row.response_due, moments) if near else full_day_text(day, moments)
    if late_s < HOUR_S:
        return _tr("{count} min late").format(count=max(1, int(late_s // 60)))
    if late_s < DAY_S:
        return _tr("{count} h late").format(count=int(late_s // HOUR_S))
    days = int(late_s // DAY_S)
    return _tr("1 day late") if days == 1 else _tr("{count} days late").format(count=days)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LeadsPage", text)
