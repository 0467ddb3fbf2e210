"""What happened with people and companies: log a call, write a note, read a timeline."""

from __future__ import annotations

from collections.abc import Sequence

from services.access import Permission, verb
from services.clock import to_millis
from services.errors import InvalidValue
from services.record_verbs import RecordVerbs
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import ActivityRow
from services.store.aggregates import Document
from services.store.queries import activities as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page
from services.store.writing import WriteUnit


class ActivityService(RecordVerbs):
    """Keeps the entries of timelines."""

    entity = EntityKind.ACTIVITY

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        document["pinned"] = 0
        document["type"] = "note"
        document["occurred_at"] = unit.now_millis
        document["recorded_at"] = unit.now_millis
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()

    def _check(self, document: Document) -> None:
        if document["type"] is None:
            raise InvalidValue("An activity needs a type", "Say what it was: a call, a note.", field="type")
        if document["occurred_at"] is None or document["recorded_at"] is None:
            raise InvalidValue("An activity needs a time", "Say when it happened.", field="occurred_at")
        if all(document[name] is None for name in ("contact", "company", "deal", "lead")):
            raise InvalidValue(
                "An activity needs somebody", "Choose the contact, company, deal or lead it was with.", field="contact"
            )
        latest = to_millis(self._store.clock.now()) + 366 * 86_400_000
        if not 0 <= document["occurred_at"] <= latest:
            raise InvalidValue(
                "An activity cannot have happened then",
                "Choose a day from 1970 to a year from now.",
                field="occurred_at",
            )

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all activities that match, in order. Raises InvalidValue."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[ActivityRow]:
        """The rows of these activities, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[ActivityRow]:
        """One page of activities and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)

    @verb(Permission.READ)
    def timeline(
        self,
        *,
        contact: int | None = None,
        company: int | None = None,
        deal: int | None = None,
        lead: int | None = None,
        types: Sequence[str] = (),
        limit: int = 50,
        skip: int = 0,
    ) -> tuple[list[ActivityRow], int]:
        """Newest entries of one contact, deal or lead, or of a company and its people, and how many in all."""
        with self._store.read() as connection:
            return queries.timeline(
                connection,
                contact=contact,
                company=company,
                deal=deal,
                lead=lead,
                types=types,
                limit=limit,
                skip=skip,
            )
