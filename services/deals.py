"""Deals: add, change, move through the stages, win and lose, on a board and in lists."""

from __future__ import annotations

from collections.abc import Sequence

from services.access import Permission, verb
from services.deal_applying import DealApplier
from services.errors import InvalidValue
from services.record_verbs import RecordVerbs
from services.records.drafts import RecordDraft
from services.records.fields import EntityKind
from services.records.people import Saved
from services.records.sales import BoardLane, DealRow, PipelineTotals, StageKind, StageVisit
from services.store.aggregates import Document
from services.store.directory import Directory
from services.store.queries import boards
from services.store.queries import deals as queries
from services.store.queries.listing import ListPage, ListRequest, list_ids, list_page
from services.store.writing import WriteUnit

MOST_PERCENT = 100


class DealService(RecordVerbs):
    """Keeps the deals of a workspace."""

    entity = EntityKind.DEAL

    def _complete(self, unit: WriteUnit, document: Document, draft: RecordDraft) -> None:
        if self._store.actor is not None and "owner" not in draft.fields:
            document["owner"] = self._store.actor.hex()

    def _check(self, document: Document) -> None:
        if not (document["title"] or "").strip():
            raise InvalidValue("A deal needs a title", "Say in a few words what is to be sold.", field="title")
        probability = document["probability"]
        if probability is not None and not 0 <= probability <= MOST_PERCENT:
            raise InvalidValue(
                f"A probability of {probability} % makes no sense", "Give a number from 0 to 100.", field="probability"
            )
        if (document["amount"] or 0) < 0:
            raise InvalidValue("A deal cannot be worth less than nothing", "Give an amount from 0.", field="amount")

    @verb(Permission.EDIT)
    def move(self, local_id: int, stage: str) -> Saved:
        """Put a deal into a stage, named by its name, its uid or "won" or "lost". Raises InvalidValue and NotFound."""
        return self._move(local_id, stage, "deal.move", {})

    @verb(Permission.EDIT)
    def win(self, local_id: int) -> Saved:
        """Put a deal into the stage of its pipeline that means won. Raises InvalidValue and NotFound."""
        return self._move(local_id, StageKind.WON.value, "deal.win", {})

    @verb(Permission.EDIT)
    def lose(self, local_id: int, reason: str, *, competitor: str = "") -> Saved:
        """Put a deal into the stage that means lost, with the reason. Raises InvalidValue and NotFound."""
        if not reason.strip():
            raise InvalidValue("A lost deal needs a reason", "Say why: price, timing, no answer.", field="loss_reason")
        said = {"loss_reason": reason.strip()}
        if competitor.strip():
            said["competitor"] = competitor.strip()
        return self._move(local_id, StageKind.LOST.value, "deal.lose", said)

    def _move(self, local_id: int, stage: str, label: str, said: dict[str, str]) -> Saved:
        with self._store.write("edit", label) as unit:
            applier = DealApplier(unit, Directory(unit))

            def carry_over(document: Document) -> None:
                target = applier.find_stage(document, stage)
                document.update(said)
                applier.move(document, target)

            unit.edit(self.entity, local_id, carry_over)
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.EDIT)
    def move_many(self, ids: Sequence[int], stage: str) -> Saved:
        """Put many deals into a stage in one batch. Raises InvalidValue and NotFound; then none is moved."""
        if not ids:
            raise InvalidValue("Nothing is selected", "Choose at least one deal.")

        def carry_over(unit: WriteUnit) -> None:
            applier = DealApplier(unit, Directory(unit))
            unit.edit_many(
                self.entity, ids, lambda document: applier.move(document, applier.find_stage(document, stage))
            )

        with self._store.write("edit", "deal.move_many") as unit:
            carry_over(unit)
            uid = unit.load(self.entity, ids[:1])[ids[0]][0]
        return self._saved(unit, ids[0], uid)

    @verb(Permission.EDIT)
    def set_person(self, local_id: int, contact: int, *, role: str = "", is_primary: bool | None = None) -> Saved:
        """Say what part a contact plays in a deal; who is not in it yet comes in. Raises NotFound."""
        with self._store.write("edit", "deal.person") as unit:
            person = unit.load(EntityKind.CONTACT, [contact])[contact][0].hex()
            key = unit.uids.new().hex()

            def carry_over(document: Document) -> None:
                document["contacts"] = with_person(document["contacts"], person, key, role=role, is_primary=is_primary)

            unit.edit(self.entity, local_id, carry_over)
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.EDIT)
    def remove_person(self, local_id: int, contact: int) -> Saved:
        """Take a contact out of a deal. Raises NotFound."""
        with self._store.write("edit", "deal.person") as unit:
            person = unit.load(EntityKind.CONTACT, [contact])[contact][0].hex()

            def carry_over(document: Document) -> None:
                document["contacts"] = {
                    key: value for key, value in document["contacts"].items() if value["contact"] != person
                }

            unit.edit(self.entity, local_id, carry_over)
            uid = unit.load(self.entity, [local_id])[local_id][0]
        return self._saved(unit, local_id, uid)

    @verb(Permission.READ)
    def board(self, pipeline: int, *, where: str = "") -> tuple[BoardLane, ...]:
        """The lanes of a pipeline: ids in the order of the close, count, sum and weighted sum by currency.

        Raises InvalidValue for a query it cannot read.
        """
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            return boards.lanes(connection, pipeline, where=where, now=now, actor=actor)

    @verb(Permission.READ)
    def totals(self, pipeline: int) -> PipelineTotals:
        """What stands over a board: open, weighted, and the deals that need somebody."""
        with self._store.read() as connection:
            return boards.totals(connection, pipeline, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def visits(self, local_id: int) -> list[StageVisit]:
        """When a deal came into which stage, and what it was worth then; oldest first."""
        with self._store.read() as connection:
            return queries.visits(connection, local_id)

    @verb(Permission.READ)
    def ids(self, request: ListRequest) -> Sequence[int]:
        """The local ids of all deals that match, in order. Raises InvalidValue for a query it cannot read."""
        with self._store.read() as connection:
            return list_ids(connection, self.entity, request, now=self._store.clock.now(), actor=self._store.actor)

    @verb(Permission.READ)
    def rows(self, ids: Sequence[int]) -> list[DealRow]:
        """The rows of these deals, in this order; ids that are gone are left out."""
        with self._store.read() as connection:
            return queries.rows(connection, ids)

    @verb(Permission.READ)
    def page(self, request: ListRequest, *, limit: int = 50, after: str = "") -> ListPage[DealRow]:
        """One page of deals and the cursor of the next."""
        with self._store.read() as connection:
            now, actor = self._store.clock.now(), self._store.actor
            found = list_page(connection, self.entity, request, limit=limit, after=after, now=now, actor=actor)
            return ListPage(tuple(queries.rows(connection, found.items)), found.next)


def with_person(people: Document, contact: str, new_key: str, *, role: str, is_primary: bool | None) -> Document:
    """The people of a deal with one of them in this part; the first one is the main person."""
    key = next((key for key, person in people.items() if person["contact"] == contact), new_key)
    main = bool(is_primary) if is_primary is not None else bool(people.get(key, {}).get("is_primary")) or not people
    rest = {other: {**person, "is_primary": 0} if main else person for other, person in people.items()}
    return {**rest, key: {"contact": contact, "role": role, "is_primary": int(main)}}
