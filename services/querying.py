"""Read-only SQL on the documented views of the open workspace."""

from __future__ import annotations

from services.access import Access, Permission, verb
from services.store.reading_sql import QueryLimits, SqlAnswer, run_sql
from services.store.store import Store


class QueryService:
    """Answers SQL; it can change nothing, however it is asked."""

    def __init__(self, store: Store, access: Access) -> None:
        self._store = store
        self._access = access

    @verb(Permission.READ)
    def run(self, sql: str, limits: QueryLimits | None = None) -> SqlAnswer:
        """Run one SELECT on the views of docs/schema.md; money is in major units, times are ISO 8601 in UTC.

        Raises QueryRefused, with code query_refused, query_not_allowed, query_too_long or query_too_large.
        """
        return run_sql(self._store.path, self._store.cipher, sql, limits or QueryLimits())
