"""Leads: add, change, disqualify, and convert into a contact, a company and a deal."""

from __future__ import annotations

from collections.abc import Sequence

from services.access import Permission, verb
from services.errors import InvalidValue
from services.lead_conversion import Converter, WantedDeal
from services.record_verbs import RecordVerbs
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import Saved
from services.records.sales import Conversion, LeadRow
from services.store.aggregates import Document
from services.store.queries import leads as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page
from services.store.sales_aggregates import lead_display_name
from services.store.writing import WriteUnit

CONVERTED = "converted"


class LeadService(RecordVerbs):
    """Keeps the leads of a workspace."""

    entity = EntityKind.LEAD

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        document["status"] = "new"
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()

    def _check(self, document: Document) -> None:
        if not lead_display_name(document):
            raise InvalidValue(
                "A lead needs a name, a company, an email or a phone", "Type one of them and save again.", field="name"
            )
        if document["status"] is None:
            raise InvalidValue("A lead needs a status", "A lead that is untouched is new.", field="status")
        if document["status"] == CONVERTED and document["converted_contact"] is None:
            raise InvalidValue(
                "A lead is converted by making a contact of it", "Use Convert: mycrm leads convert UID.", field="status"
            )

    @verb(Permission.EDIT)
    def disqualify(self, local_id: int, reason: str) -> Saved:
        """Say that nothing will come of a lead, and why. Raises InvalidValue and NotFound."""
        if not reason.strip():
            raise InvalidValue("Say why nothing will come of it", "A word is enough.", field="disqualify_reason")
        said = RecordDraft({"status": "disqualified", "disqualify_reason": reason.strip()})
        return self.change(local_id, said)

    @verb(Permission.EDIT)
    def convert(self, local_id: int, *, deal: WantedDeal | None = None) -> Conversion:
        """Make a contact of a lead, with its company and, if wanted, a deal, in one batch.

        A living contact with the lead's email is taken and filled up. Timeline, tasks and files of the lead are the
        contact's from then on, and stay the lead's. Raises InvalidValue for a lead that was converted already.
        """
        with self._store.write("convert", "lead.convert") as unit:
            return Converter(unit, self._store.actor).convert(local_id, deal)

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all leads that match, in order. Raises InvalidValue for a query it cannot read."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[LeadRow]:
        """The rows of these leads, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[LeadRow]:
        """One page of leads and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)
