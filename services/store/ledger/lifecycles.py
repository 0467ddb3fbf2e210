"""The projection of when contacts and companies became prospects, customers or churned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from services.records.fields import EntityKind
from services.store.ledger.projectors import OpenChange, ProjectionRows

_FOLLOWED = frozenset({EntityKind.CONTACT.value, EntityKind.COMPANY.value})


class LifecycleProjector:
    """Keeps one row for every change of a lifecycle."""

    name = "lifecycles"
    version = 1
    tables: Sequence[str] = ("lifecycle_change",)

    def apply(self, changes: Iterable[OpenChange], rows: ProjectionRows) -> None:
        """Add a row for each change that moves a lifecycle."""
        for change in changes:
            if change.entity not in _FOLLOWED:
                continue
            pair = change.fields.get("lifecycle")
            if pair is not None:
                row = (change.seq, str(change.entity), change.entity_uid, pair[0], pair[1], change.moment)
                rows.put("lifecycle_change", row)
