"""The projection of when deals came into which stage, and what they were worth then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from services.records.fields import EntityKind
from services.store.ledger.projectors import OpenChange, ProjectionRows


class StageHistoryProjector:
    """Keeps one row for every change of a stage, and beside it what each deal is worth."""

    name = "stage_history"
    version = 1
    tables: Sequence[str] = ("stage_change", "deal_worth")

    def apply(self, changes: Iterable[OpenChange], rows: ProjectionRows) -> None:
        """Follow amounts and stages; a change of both counts with the new amount."""
        for change in changes:
            if change.entity == EntityKind.DEAL.value:
                amount, currency = self._worth(change, rows)
                pair = change.fields.get("stage")
                if pair is not None:
                    row = (change.seq, change.entity_uid, pair[0], pair[1], change.moment, amount, currency)
                    rows.put("stage_change", row)

    @staticmethod
    def _worth(change: OpenChange, rows: ProjectionRows) -> tuple[Any, Any]:
        known = rows.get("deal_worth", (change.entity_uid,))
        before = (known[1], known[2]) if known is not None else (None, None)
        after = (
            change.fields["amount"][1] if "amount" in change.fields else before[0],
            change.fields["currency"][1] if "currency" in change.fields else before[1],
        )
        if after != before:
            rows.put("deal_worth", (change.entity_uid, *after))
        return after
