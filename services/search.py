"""Finds anything by its words, and remembers what was opened lately."""

from __future__ import annotations

import time

from services.access import Access, Permission, verb
from services.clock import to_millis
from services.records.fields import EntityKind
from services.records.people import SearchHit, SearchOutcome
from services.store.queries.recents import recent_hits
from services.store.queries.search import search
from services.store.store import Store

RECENTS_KEPT = 50


class SearchService:
    """Searches names, companies, emails and phones, then notes and bodies."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def search(self, text: str, *, limit: int = 20) -> SearchOutcome:
        """The best records for `text`; every word must occur, each as a prefix, one typo forgiven in names."""
        with self._store.read() as connection:
            started = time.perf_counter()
            hits = search(connection, text, limit=max(1, limit))
            spent = time.perf_counter() - started
        return SearchOutcome(tuple(hits), spent * 1000)

    @verb(Permission.READ)
    def remember(self, entity: EntityKind, local_id: int) -> None:
        """Note that a record was opened, for the list of recents; kept on this device only."""
        if self._store.read_only:
            return
        now = to_millis(self._store.clock.now())
        with self._store.note() as connection:
            run = connection.exec_driver_sql
            run("DELETE FROM recent WHERE kind = ? AND key = ?", (entity.value, str(local_id)))
            run("INSERT INTO recent(kind, key, used_at) VALUES (?, ?, ?)", (entity.value, str(local_id), now))
            run(
                "DELETE FROM recent WHERE id NOT IN (SELECT id FROM recent ORDER BY used_at DESC, id DESC LIMIT ?)",
                (RECENTS_KEPT,),
            )

    @verb(Permission.READ)
    def recents(self, *, limit: int = 8) -> list[SearchHit]:
        """The living records opened last, newest first."""
        with self._store.read() as connection:
            return recent_hits(connection, limit)
