"""Notices what other processes committed, so that this one can show it."""

from __future__ import annotations

import threading
from collections import defaultdict

from sqlalchemy import Connection

from services.events import MANY, RecordsChanged
from services.records.fields import EntityKind
from services.store.catalogue import CATALOGUE
from services.store.documents import ids_of


class ForeignChanges:
    """Keeps the last sequence number seen; that of the newest change, one step in the index, tells of news."""

    def __init__(self) -> None:
        self._last_seq = 0
        self._own_batches: set[int] = set()
        self._lock = threading.Lock()

    def start(self, connection: Connection) -> None:
        """Everything up to now is known."""
        self._last_seq = _head(connection)

    def committed(self, batch_id: int) -> None:
        """A batch of this process is announced by itself."""
        with self._lock:
            self._own_batches.add(batch_id)

    def since_last(self, connection: Connection) -> list[RecordsChanged]:
        """Events for the changes of other processes since the last call."""
        head = _head(connection)
        with self._lock:
            last, self._last_seq = self._last_seq, head
            own = set(self._own_batches)
        if head <= last:
            return []
        grouped: dict[tuple[str, str, int], list[bytes]] = defaultdict(list)
        announced: set[int] = set()
        sql = (
            "SELECT c.entity, b.origin, b.id, c.entity_uid FROM change c JOIN batch b ON b.id = c.batch "
            "WHERE c.seq > ? AND c.seq <= ?"
        )
        for entity, origin, batch, uid in connection.exec_driver_sql(sql, (last, head)):
            if batch not in own:
                grouped[entity, origin, batch].append(uid)
            else:
                announced.add(batch)
        with self._lock:
            self._own_batches -= announced
        return [
            RecordsChanged(EntityKind(entity), _named(connection, entity, uids), origin, batch)
            for (entity, origin, batch), uids in grouped.items()
        ]


def _named(connection: Connection, entity: str, uids: list[bytes]) -> tuple[int, ...] | None:
    if len(uids) > MANY:
        return None
    return tuple(ids_of(connection, CATALOGUE[EntityKind(entity)], uids).values())


def _head(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM change").scalar_one())
