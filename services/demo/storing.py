"""Stores what is sold in a demo world: deals move in batches at the times at which they moved."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from services.clock import Clock, ManualClock, from_millis
from services.deal_rules import settle
from services.demo.sales import LOST, WON, DemoDeal, DemoLead, DemoSales, DemoStep, DemoTask
from services.lead_conversion import Converter
from services.records.fields import EntityKind
from services.records.ids import Uid
from services.records.sales import StageRow
from services.store.aggregates import Document
from services.store.documents import copied
from services.store.pipeline_directory import PipelineDirectory
from services.store.rows import Edit
from services.store.store import Store
from services.store.writing import WriteUnit

_DAY_MS: Final = 86_400_000
_SLICE: Final = 2_000
_CALL_S: Final = 420
_CLOSED: Final = {WON: "won_at", LOST: "lost_at"}


@contextmanager
def _told_at(store: Store) -> Iterator[ManualClock]:
    """The store follows a clock that is set by hand: what is written happened then."""
    own: Clock = store.clock
    clock = ManualClock(own.now())
    store.clock = clock
    try:
        yield clock
    finally:
        store.clock = own


class DealTeller:
    """Carries deals through their stages, a batch a day."""

    def __init__(self, store: Store, deals: Sequence[DemoDeal], companies: Sequence[Uid], contacts: Sequence[Uid]):
        self._store = store
        self._deals = deals
        self._companies = companies
        self._contacts = contacts
        self._stages: dict[str, StageRow] = {}
        self._by_uid: dict[str, StageRow] = {}
        self._edits: dict[int, Edit] = {}

    def tell(self, progress: Callable[[int, int], None]) -> DealsTold:
        """Write every step of every deal at its time."""
        with self._store.write("setup", "pipeline.add") as unit:
            directory = PipelineDirectory(unit)
            self._stages = {stage.name: stage for stage in directory.pipeline("").stages}
            self._by_uid = directory.stages
        moves = ((step.at_ms, row, step) for row, deal in enumerate(self._deals) for step in deal.steps)
        steps = sorted(moves, key=itemgetter(0, 1))
        done, now = 0, self._store.clock.now()
        with _told_at(self._store) as clock:
            for _, group in groupby(steps, key=lambda entry: entry[0] // _DAY_MS):
                today = [(row, step) for _, row, step in group]
                # A world that ends in days to come has nothing in its ledger that was written then.
                clock.set(min(from_millis(today[-1][1].at_ms), now))
                with self._store.write("edit", "deal.move") as unit:
                    self._take_steps(unit, today)
                done += len(today)
                progress(done, len(steps))
        return DealsTold(self._deals, [Uid(self._edits[row].uid) for row in range(len(self._deals))])

    def _take_steps(self, unit: WriteUnit, steps: Sequence[tuple[int, DemoStep]]) -> None:
        """A deal that goes two stages on one day is saved twice, so that both are remembered."""
        waiting: dict[int, Edit] = {}
        for row, step in steps:
            if row in waiting:
                self._save(unit, waiting)
            waiting[row] = self._edit(unit, row, step)
        self._save(unit, waiting)

    def _save(self, unit: WriteUnit, waiting: dict[int, Edit]) -> None:
        unit.save(EntityKind.DEAL, list(waiting.values()))
        self._edits.update(waiting)
        waiting.clear()

    def _edit(self, unit: WriteUnit, row: int, step: DemoStep) -> Edit:
        standing = self._edits.get(row)
        before = standing.after if standing is not None else None
        after = copied(before) if before is not None else self._new(unit, self._deals[row], step)
        after.update(stage=self._stages[step.stage].uid.hex(), stage_entered_at=step.at_ms)
        if step.stage in _CLOSED:
            deal = self._deals[row]
            after.update({_CLOSED[step.stage]: step.at_ms})
            after.update(loss_reason=deal.loss_reason or None, competitor=deal.competitor or None)
        settle(after, before, self._by_uid, now_millis=unit.now_millis)
        if standing is None:
            return Edit(unit.uids.new(), None, after)
        return Edit(standing.uid, before, after, standing.id)

    def _new(self, unit: WriteUnit, deal: DemoDeal, step: DemoStep) -> Document:
        document = unit.blank(EntityKind.DEAL)
        document.update(
            source="demo",
            external_key=deal.key,
            title=deal.title,
            company=self._companies[deal.company].hex(),
            amount=deal.amount,
            currency=deal.currency,
            expected_close=_iso(deal.expected_close),
            next_step=deal.next_step or None,
            next_step_due=_iso(deal.next_step_due),
            owner=self._store.actor.hex() if self._store.actor is not None else None,
            created_at=step.at_ms,
        )
        document["contacts"] = {
            unit.uids.new().hex(): {"contact": self._contacts[row].hex(), "role": role, "is_primary": int(place == 0)}
            for place, (row, role) in enumerate(deal.people)
        }
        return document


class DealsTold:
    """Deals that are stored, and which of them an activity was about."""

    def __init__(self, deals: Sequence[DemoDeal], uids: Sequence[Uid]) -> None:
        self.uids: Final = uids
        self._of_contact: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
        for deal, uid in zip(deals, uids, strict=True):
            ends = deal.steps[-1].at_ms if deal.stage in _CLOSED else 2**62
            for row, _ in deal.people:
                self._of_contact[row].append((deal.steps[0].at_ms, ends, uid.hex()))
        for spans in self._of_contact.values():
            spans.sort()

    def about(self, contact: int, at_ms: int) -> str | None:
        """The uid of the deal that was under way with somebody then: the youngest of several."""
        spans = self._of_contact.get(contact)
        if spans is None:
            return None
        for begins, ends, uid in reversed(spans[: bisect_right(spans, (at_ms, 2**62, "~"))]):
            if begins <= at_ms <= ends:
                return uid
        return None


class LeadTeller:
    """Stores those who came in as leads and are contacts now: at their time they come in, and are converted."""

    def __init__(self, store: Store, leads: Sequence[DemoLead]) -> None:
        self._store = store
        self._leads = [lead for lead in leads if lead.converted_ms is not None]

    def tell(self) -> None:
        """Write every lead at the moment at which it came in, and convert it at the moment at which that happened."""
        came = [(lead.created_ms, lead, False) for lead in self._leads]
        went = [(lead.converted_ms or 0, lead, True) for lead in self._leads]
        owner = self._store.actor.hex() if self._store.actor is not None else None
        ids: dict[str, int] = {}
        with _told_at(self._store) as clock:
            for at_ms, lead, is_converted in sorted((*came, *went), key=lambda step: (step[0], step[2], step[1].key)):
                clock.set(from_millis(at_ms))
                if is_converted:
                    with self._store.write("convert", "lead.convert") as unit:
                        Converter(unit, self._store.actor).convert(ids[lead.key], None)
                    continue
                with self._store.write("edit", "lead.add") as unit:
                    standing = replace(lead, status="qualified")
                    ids[lead.key], uid = unit.create(EntityKind.LEAD, _lead_document(unit, standing, owner))
                    unit.create(EntityKind.ACTIVITY, _first_call(unit, lead, uid.hex(), owner))


class SalesFiller:
    """Stores leads and tasks in one unit."""

    def __init__(self, unit: WriteUnit, owner: str | None, contacts: Sequence[Uid], deals: DealsTold) -> None:
        self._unit = unit
        self._owner = owner
        self._contacts = contacts
        self._deals = deals

    def fill(self, sales: DemoSales) -> None:
        """Leads, then tasks."""
        leads = [lead for lead in sales.leads if lead.converted_ms is None]
        self._create(EntityKind.LEAD, leads, lambda lead: _lead_document(self._unit, lead, self._owner))
        self._create(EntityKind.TASK, sales.tasks, self._task)

    def _create(self, entity: EntityKind, described: Sequence[Any], make: Callable[[Any], Document]) -> None:
        for start in range(0, len(described), _SLICE):
            self._unit.create_many(entity, [make(one) for one in described[start : start + _SLICE]])

    def _task(self, task: DemoTask) -> Document:
        document = self._unit.blank(EntityKind.TASK)
        document.update(
            source="demo",
            title=task.title,
            status="open" if task.done_ms is None else "done",
            priority=task.priority,
            due_at=task.due_ms,
            all_day=int(task.is_day),
            remind_at=task.remind_ms,
            recurrence=task.recurrence or None,
            done_at=task.done_ms,
            deal=self._deals.uids[task.deal].hex() if task.deal >= 0 else None,
            contact=self._contacts[task.contact].hex() if task.contact >= 0 else None,
            owner=self._owner,
            created_at=task.created_ms,
        )
        return document


def _lead_document(unit: WriteUnit, lead: DemoLead, owner: str | None) -> Document:
    document = unit.blank(EntityKind.LEAD)
    document.update(
        provenance="demo",
        external_key=lead.key,
        name=lead.name,
        title=lead.title or None,
        company=lead.company,
        source=lead.source,
        status=lead.status,
        response_due=lead.due_ms,
        responded_at=lead.created_ms + _DAY_MS // 4 if lead.status != "new" else None,
        disqualify_reason=lead.reason or None,
        notes=lead.notes or None,
        owner=owner,
        created_at=lead.created_ms,
    )
    points = [
        _point("email", lead.email, lead.email),
        _point("address", "", " ".join((lead.city, lead.country)).casefold(), city=lead.city, country=lead.country),
    ]
    kept = [point for point in points if point["normal"].strip()]
    document["points"] = {unit.uids.new().hex(): point for point in kept}
    return document


def _first_call(unit: WriteUnit, lead: DemoLead, uid: str, owner: str | None) -> Document:
    """What was said when a lead came in: it stays the lead's, and is the contact's from the conversion on."""
    document = unit.blank(EntityKind.ACTIVITY)
    document.update(
        owner=owner,
        source="demo",
        type="call",
        lead=uid,
        occurred_at=lead.created_ms,
        recorded_at=lead.created_ms,
        created_at=lead.created_ms,
        subject="First call",
        outcome="reached",
        direction="out",
        duration_s=_CALL_S,
        pinned=0,
    )
    return document


def _iso(day: Any) -> str | None:
    return day.isoformat() if day is not None else None


def _point(kind: str, raw: str, normal: str, *, city: str = "", country: str = "") -> Document:
    return {
        "kind": kind,
        "label": "work",
        "raw": raw,
        "normal": normal,
        "is_primary": 1,
        "city": city or None,
        "region": None,
        "postal_code": None,
        "country": country or None,
        "verified": None,
        "bounced": None,
    }
