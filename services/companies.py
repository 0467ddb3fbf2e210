"""Organisations the user sells to: add, change, tag, trash, list."""

from __future__ import annotations

from collections.abc import Sequence

from services.access import Permission, verb
from services.errors import InvalidValue
from services.record_verbs import ReachableVerbs
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import CompanyRow
from services.store.aggregates import Document
from services.store.queries import companies as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page
from services.store.writing import WriteUnit


class CompanyService(ReachableVerbs):
    """Keeps the organisations of a workspace."""

    entity = EntityKind.COMPANY

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()
        if not draft.fields.get("lifecycle"):
            document["lifecycle"] = "prospect"

    def _check(self, document: Document) -> None:
        if not (document["name"] or "").strip():
            raise InvalidValue("A company needs a name", "Type a name and save again.", field="name")

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all companies that match, in order. Raises InvalidValue for a query it cannot read."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[CompanyRow]:
        """The rows of these companies, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[CompanyRow]:
        """One page of companies and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)
